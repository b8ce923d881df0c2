"""A Snapshot: lists, rules and reference data, loaded once, checked, dated and digested."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from control_lists.bound import Moved, binding_of, moved
from control_lists.editions import Edition, EditionStore
from control_lists.errors import ListDataError
from control_lists.models import (
    ChemicalFamily,
    ColumnSynonym,
    Country,
    CountrySet,
    DocumentCode,
    Grade,
    Lexicon,
    Mark,
    NameWord,
    OtherChemical,
    Parameter,
    Profile,
    PublicHoliday,
    ReasonCode,
    Regime,
    Rule,
    Source,
    Substance,
    TextSource,
    Unit,
    Weekend,
)
from control_lists.red_flags import HeadNoun, Kit, PieceMass, Place, Position, RedFlag, ValueLimit
from control_lists.store import EMBEDDED, ListData, LoadedList, load
from control_lists.texts import HeldText, TextStore


class Snapshot:
    """What one run screens with. Immutable; ``digest`` names its content exactly."""

    def __init__(self, data: ListData, imported: Sequence[Edition] = (), texts: Sequence[HeldText] = ()) -> None:
        self._data = data
        self._imported = imported
        self.lists: dict[str, LoadedList] = _with_imported(data, imported)
        self.texts = {held.facts.list_id: held for held in texts}
        self.digest = _digest(data.digest, imported, texts)
        self.base_digest = _digest(data.digest, (), texts)
        self.editions = {edition.facts.list_id: edition.folder.name for edition in imported}
        self.sources: dict[str, Source] = data.sources
        self.text_sources: dict[str, TextSource] = data.texts
        self.substances: dict[str, Substance] = data.substances
        self.families: dict[str, ChemicalFamily] = data.families
        self.other_chemicals: dict[str, OtherChemical] = data.other_chemicals
        self.profiles: dict[str, Profile] = data.profiles
        self.rules: dict[str, tuple[Rule, ...]] = data.rules

    @classmethod
    def open(
        cls, extra: Sequence[Path] = (), prepared: Path | None = None, store: EditionStore | None = None, day: date | None = None
    ) -> Snapshot:
        """The embedded lists, the imported ones of ``store`` in force on ``day`` over them, those of ``extra`` directories over both.

        Raises ListDataError. ``prepared`` as in ``store.load``; without ``day`` the newest editions are in force.
        """
        data = load((EMBEDDED, *extra), prepared)
        held = [store.in_force(list_id, day) for list_id in store.lists()] if store is not None else []
        texts = TextStore(store) if store is not None else None
        printed = [texts.in_force(list_id, day) for list_id in texts.lists()] if texts is not None else []
        return cls(data, [edition for edition in held if edition is not None], [text for text in printed if text is not None])

    def with_editions(self, editions: Sequence[Edition]) -> Snapshot:
        """The same beside these editions of imported lists, each in place of the one held of its list."""
        new = {edition.facts.list_id for edition in editions}
        kept = [edition for edition in self._imported if edition.facts.list_id not in new]
        return Snapshot(self._data, [*kept, *editions], list(self.texts.values()))

    def with_texts(self, texts: Sequence[HeldText]) -> Snapshot:
        """The same lists and rules beside these editions of official texts, each in place of the one held of its list."""
        return Snapshot(self._data, self._imported, list((self.texts | {held.facts.list_id: held for held in texts}).values()))

    def at_editions(self, store: EditionStore, editions: Mapping[str, str]) -> Snapshot:
        """The same rules and authored lists with other imported editions (folders by list); raises ListDataError where one is gone."""
        return Snapshot(
            self._data,
            [Edition.open(store.root / list_id / folder) for list_id, folder in sorted(editions.items())],
            list(self.texts.values()),
        )

    def with_lists(self, lists: dict[str, LoadedList]) -> Snapshot:
        """The same rules and reference data with these lists alone."""
        return Snapshot(self._data._replace(lists=lists))

    def _table(self, name: str) -> tuple[Any, ...]:
        return tuple(self._data.reference.get(name, {}).values())

    def _flag_table(self, name: str) -> tuple[Any, ...]:
        return tuple(self._data.red_flags.get(name, {}).values())

    @cached_property
    def red_flags(self) -> dict[str, RedFlag]:
        return {record.id: record for record in self._flag_table("red_flag")}

    @cached_property
    def kits(self) -> tuple[Kit, ...]:
        return self._flag_table("kit")

    @cached_property
    def value_limits(self) -> tuple[ValueLimit, ...]:
        return self._flag_table("value_limit")

    @cached_property
    def piece_masses(self) -> tuple[PieceMass, ...]:
        return self._flag_table("piece_mass")

    @cached_property
    def head_nouns(self) -> tuple[HeadNoun, ...]:
        return self._flag_table("head_noun")

    @cached_property
    def positions(self) -> dict[str, Position]:
        return {record.code: record for record in self._flag_table("position")}

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return self._flag_table("place")

    @cached_property
    def moved(self) -> dict[str, Moved]:
        """By list, what the official text in force differs in from the one that the embedded entries and sets were written from.

        Of a list that an administration authored itself nothing is said.
        """
        found = {}
        for list_id, held in self.texts.items():
            authored = list_id in self.lists and not Path(self.lists[list_id].origin).is_relative_to(EMBEDDED)
            binding = None if authored else binding_of(list_id)
            change = moved(binding, held.text) if binding is not None else None
            if change is not None:
                found[list_id] = change
        return found

    @cached_property
    def moved_sets(self) -> frozenset[str]:
        """The country sets whose column of an official table changed since they were written."""
        named = [(s.id, *s.official.split(":", 1)) for s in self.country_sets if s.official]
        return frozenset(id_ for id_, list_id, code in named if list_id in self.moved and code in self.moved[list_id].codes)

    @cached_property
    def countries(self) -> tuple[Country, ...]:
        return self._table("country")

    @cached_property
    def country_sets(self) -> tuple[CountrySet, ...]:
        return self._table("country_set")

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        return self._table("parameter")

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return self._table("unit")

    @cached_property
    def trade_units(self) -> tuple[Unit, ...]:
        """Codes of units that declarations and licences count goods in, beside the spellings of ``units``."""
        return self._table("trade_unit")

    @cached_property
    def grades(self) -> tuple[Grade, ...]:
        return self._table("grade")

    @cached_property
    def lexicons(self) -> dict[str, Lexicon]:
        return {record.id: record for record in self._table("lexicon")}

    def words_of(self, lexicon: str) -> tuple[str, ...]:
        """The words of a lexicon; none where it is not held."""
        return self.lexicons[lexicon].words if lexicon in self.lexicons else ()

    @cached_property
    def regimes(self) -> dict[str, Regime]:
        return {record.id: record for record in self._table("regime")}

    @cached_property
    def marks(self) -> dict[str, Mark]:
        return {record.id: record for record in self._table("mark")}

    @cached_property
    def document_codes(self) -> tuple[DocumentCode, ...]:
        return self._table("document_code")

    @cached_property
    def column_synonyms(self) -> tuple[ColumnSynonym, ...]:
        return self._table("column_synonym")

    @cached_property
    def unmapped_thresholds(self) -> dict[str, dict[str, str]]:
        """By list and code, why the numeric limits printed there are in no criterion."""
        reasons: dict[str, dict[str, str]] = {}
        for record in self._table("unmapped_thresholds"):
            reasons.setdefault(record.list, {}).update(dict.fromkeys(record.codes, record.reason))
        return reasons

    @cached_property
    def name_words(self) -> tuple[NameWord, ...]:
        return self._table("name_word")

    @cached_property
    def reason_codes(self) -> tuple[ReasonCode, ...]:
        return self._table("reason_code")

    @cached_property
    def weekends(self) -> tuple[Weekend, ...]:
        return self._table("weekend")

    @cached_property
    def public_holidays(self) -> tuple[PublicHoliday, ...]:
        return self._table("public_holiday")

    @cached_property
    def country_names(self) -> dict[str, str]:
        """English short name by alpha-2 code, as a sentence says it: ``Korea, Republic of`` is the Republic of Korea."""
        return {country.code: _spoken(country.name) for country in self.countries}

    def country_set(self, set_id: str, day: date) -> frozenset[str]:
        """The members of a set on ``day``; raises ListDataError for a set that is not defined.

        Before the oldest period held, that period applies, as for lists.
        """
        periods = sorted((s for s in self.country_sets if s.id == set_id), key=lambda s: s.since or date.min)
        if not periods:
            raise ListDataError(f"country set '{set_id}' is not defined in reference/")
        for period in periods:
            if (period.since is None or period.since <= day) and (period.until is None or day < period.until):
                return frozenset(period.members)
        first = periods[0]
        return frozenset(first.members) if first.since and day < first.since else frozenset()


def source_of(sources: Mapping[str, Source], list_id: str) -> Source:
    """The description of an importable list; a national list that has none of its own is described by ``national``."""
    if list_id in sources or "national" not in sources:
        return sources[list_id]
    return sources["national"].model_copy(update={"id": list_id, "title": f"National list {list_id}"})


def _with_imported(data: ListData, imported: Sequence[Edition]) -> dict[str, LoadedList]:
    """The lists as loaded, an imported one in place of the embedded excerpt of the same list, or of one that it replaces.

    A list that an administration authored itself stands.
    """
    lists = dict(data.lists)
    for edition in imported:
        source = source_of(data.sources, edition.facts.list_id)
        for list_id in (source.id, *source.replaces):
            if list_id in lists and Path(lists[list_id].origin).is_relative_to(EMBEDDED):
                del lists[list_id]
        loaded = LoadedList(edition.meta(source), (), edition.all, edition.facts.digest, str(edition.folder))
        lists.setdefault(source.id, loaded)
    return lists


def _digest(base: str, imported: Sequence[Edition], texts: Sequence[HeldText] = ()) -> str:
    if not imported and not texts:
        return base
    parts = sorted(
        [f"{one.facts.list_id}@{one.facts.edition}:{one.facts.digest}" for one in imported]
        + [f"{one.facts.list_id}@{one.facts.edition}:{one.facts.digest}" for one in texts]
    )
    return hashlib.sha256("\0".join([base, *parts]).encode()).hexdigest()


def _spoken(name: str) -> str:
    head, comma, tail = name.partition(", ")
    return f"{tail} {head}" if comma and tail.endswith((" of", " of the", "the")) else name
