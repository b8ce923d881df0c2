"""The straight line: declarations in, determinations out. Read this first.

    files -read-> declarations -match-> goods candidates, party matches -decide, flag-> determinations -write-> files
                               -check-> declared licences, over the whole batch, where a register is given

Each stage takes frames, gives a frame and keeps no state. What is opened once (lists, indexes, rules) is the Screener.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any, NamedTuple

import polars as pl

import screening
from control_lists.chemical_index import ChemicalIndex
from control_lists.editions import EditionStore
from control_lists.snapshot import Snapshot
from screening.decide.determine import Decider
from screening.decide.determined import Determined, joined
from screening.decide.gathered import DECLARES_GOODS, Matches
from screening.decide.records import INTERNATIONAL
from screening.decide.rows import shared
from screening.denials import Denials, denied_before, read_denials
from screening.errors import ContractError, UsageError
from screening.flags.score import settled
from screening.flags.stage import RedFlags
from screening.flags.together import PLACE
from screening.flags.unit_values import UsualValues
from screening.frames import ITEM, PARTY, check
from screening.goods.match import GoodsMatcher, texts_of
from screening.licences.batch import DocumentCheck, of_part
from screening.licences.register import Register, read_register
from screening.parties.exceptions import Exceptions, digest_of, read_exceptions
from screening.parties.match import PartyMatcher, names_of
from screening.policy import Policy
from screening.read import Declarations, ReadOptions, Spellings, copied, read, read_frame, read_records

KEYS = ("declaration_id", "item_number", "source_file", "source_row")
ORDER = ("declaration_id", "item_number", "source_file", "source_row", "jurisdiction")


class Screened(NamedTuple):
    """One part's outcome: determinations (one an item and jurisdiction), what could not be read, and what to tell once.

    ``pieces`` are the narrow rows that tell only together with those of the other parts (``Screener.together``).
    """

    determined: Determined
    rejects: pl.DataFrame
    reports: list[str]
    items: int
    pieces: pl.DataFrame

    @property
    def determinations(self) -> pl.DataFrame:
        """The determinations as one frame, one row each."""
        return self.determined.whole()


class Reached(NamedTuple):
    """What distinct texts name (RECOGNISED columns) and which listed names distinct names reach (REACHED columns)."""

    goods: pl.DataFrame
    names: pl.DataFrame


class Screener:
    """Everything that is opened once: lists, indexes, rules, policy. Immutable, so safe to use from several threads."""

    def __init__(
        self,
        snapshot: Snapshot,
        policy: Policy,
        exceptions: Exceptions | None = None,
        prepared: Path | None = None,
        threads: int = 1,
        unit_values: Path | None = None,
        chemicals: ChemicalIndex | None = None,
        register: Register | None = None,
        denials: Denials | None = None,
    ) -> None:
        self.snapshot = snapshot
        self.reading = ReadOptions(snapshot, spellings=Spellings(snapshot))
        self.policy = policy
        self.denials = denials
        usual = UsualValues.open(snapshot, unit_values)
        self._own = (exceptions, prepared, threads, unit_values, chemicals, register, denials)
        beside = {
            "exceptions": digest_of(exceptions) if exceptions else None,
            "unit_values": usual.digest,
            "chemicals": chemicals.digest if chemicals else None,
            "licences": register.digest if register else None,
            "denials": denials.digest if denials else None,
        }
        self.applied = ";".join([policy.digest, *(f"{name}:{digest}" for name, digest in beside.items() if digest)])
        self.reports = (*(register.reports if register else ()), *(denials.reports if denials else ()))
        self.goods = GoodsMatcher(snapshot, policy, chemicals, threads)
        self.documents = DocumentCheck(snapshot, policy, register, self.goods) if register else None
        self.parties = PartyMatcher(snapshot, policy, exceptions, prepared, threads)
        self.decider = Decider(snapshot, policy, self.goods.facts, threads)
        self.flags = RedFlags(snapshot, policy, self.goods.facts, usual)

    def on(self, snapshot: Snapshot) -> Screener:
        """A Screener of the same policy on another snapshot."""
        return Screener(snapshot, self.policy, *self._own)

    @classmethod
    def open(
        cls,
        lists: Sequence[Path] = (),
        policy: Path | None = None,
        prepared: Path | None = None,
        store: EditionStore | None = None,
        day: date | None = None,
        exceptions: Path | None = None,
        threads: int = 1,
        unit_values: Path | None = None,
        chemicals: Path | None = None,
        licences: Sequence[Path] = (),
        denials: Path | None = None,
    ) -> Screener:
        """A Screener on the embedded lists, those imported into ``store`` and in force on ``day``, and those of ``lists`` over them.

        Raises ListDataError, LicenceError or PolicyError. ``prepared`` is a folder in which checked lists and the index of their names
        are kept between starts; ``exceptions`` a file of pairs judged to be different parties; ``threads``: how many a large search may
        use; ``unit_values`` a table of usual unit values that was learnt; ``chemicals`` a folder with the local index of chemicals that no
        list names, where one was built; ``licences`` files of a register of licences and ``denials`` one of refusals, of whose rows
        ``reports`` names the unreadable.
        """
        snapshot = Snapshot.open(lists, prepared, store, day)
        index = ChemicalIndex.open(chemicals) if chemicals is not None else None
        register = read_register(licences, snapshot) if licences else None
        refused = read_denials(denials, snapshot) if denials else None
        own = (read_exceptions(exceptions), prepared, threads, unit_values, index, register, refused)
        return cls(snapshot, Policy.open(policy), *own)

    def screen(
        self,
        source: str | Path | IO[bytes] | Sequence[str | Path],
        *,
        as_of: date,
        jurisdictions: Sequence[str] = (),
        input_format: str | None = None,
        blanks: Mapping[str, str] | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> Iterator[Screened]:
        """Determinations part by part for what ``read`` takes. Rows in are items plus rejects, and that is checked."""
        options = self.reading._replace(input_format=input_format, blanks=blanks or {}, columns=columns or {})
        opened = source if isinstance(source, (str, Path, Sequence)) or self.documents is None else copied(source)

        def parts() -> Iterator[Declarations]:
            if not isinstance(opened, (str, Path, Sequence)) and self.documents is not None:
                opened.seek(0)
            yield from read(opened, options)

        for part, checked in self.checked(parts, as_of):
            yield self.determine(part, as_of=as_of, jurisdictions=jurisdictions, checked=checked)

    def checked(self, parts: Callable[[], Iterable[Declarations]], as_of: date) -> Iterator[tuple[Declarations, pl.DataFrame | None]]:
        """The parts of a batch, each with its declared licences checked. A register is drawn down over all of them before the first."""
        whole = self.documents.check(parts(), as_of) if self.documents is not None else None
        begin = 0
        for part in parts():
            yield part, of_part(whole, begin, part.items.height) if whole is not None else None
            begin += part.items.height

    def reach(self, texts: pl.Series, names: pl.Series) -> Reached:
        """What distinct ``texts`` and ``names`` are found to be: the costly half of matching, done once however often they are declared."""
        return Reached(self.goods.reach(texts), self.parties.reach(names))

    def determine(
        self,
        part: Declarations,
        *,
        as_of: date,
        jurisdictions: Sequence[str] = (),
        reached: Reached | None = None,
        checked: pl.DataFrame | None = None,
    ) -> Screened:
        """Determinations of one part of declarations: the line itself.

        Where it is one part of a batch: ``reached`` is of its texts and names, and maybe of others; ``checked`` are its licences.
        """
        self.require(jurisdictions)
        if checked is None and self.documents is not None:
            checked = self.documents.check([part], as_of)
        part = part._replace(items=self.goods.with_problems(part.items))
        items, parties = check(part.items, ITEM, "match"), check(part.parties, PARTY, "match")
        if reached is None:
            reached = self.reach(texts_of(items), names_of(parties))
        asked = self.asked(items, as_of, jurisdictions)
        lists = {adopted.id for j in asked.get_column("jurisdiction").unique() for adopted in self.snapshot.profiles[j].control_lists}
        days = dict(items.select("item", pl.col("declared_on").fill_null(as_of)).iter_rows())
        candidates = self.goods.match(items, lists, as_of, reached.goods)
        matched = self.parties.match(parties, days, reached.names)
        decided = self.decider.decide(Matches(items, parties, candidates, matched, checked), asked)
        flags = self.flags.raised(
            part, asked.select("item", "as_of").unique(), self._answering(candidates, asked), matched, self._refused(items, parties, as_of)
        )
        determined = self._finish(decided, flags, part)
        return Screened(determined, part.rejects, part.reports, items.height, self.flags.pieces(part, determined))

    def _refused(self, items: pl.DataFrame, parties: pl.DataFrame, as_of: date) -> list[pl.DataFrame]:
        """The red flags of items like a refused transaction."""
        if self.denials is None:
            return []
        dated = items.with_columns(pl.col("declared_on").fill_null(as_of))
        return [self.flags.told(denied_before(dated, parties, self.denials, self.policy))]

    def together(self, pieces: Iterable[pl.DataFrame]) -> pl.DataFrame:
        """What only the items of a batch together tell, kits and split shipments, from the ``pieces`` of its parts."""
        return self.flags.together(list(pieces))

    def settled(self, determined: Determined, together: pl.DataFrame) -> Determined:
        """Determinations of a batch with what its items ``together`` tell."""
        return settled(determined, together, PLACE, self.snapshot, self.policy)

    def asked(self, items: pl.DataFrame, as_of: date, jurisdictions: Sequence[str]) -> pl.DataFrame:
        """One row an item and jurisdiction to answer for: those asked, else the handling state's and the international ones."""
        base = items.select("item", "export_country", as_of=pl.col("declared_on").fill_null(as_of))
        if jurisdictions:
            return base.drop("export_country").join(
                pl.DataFrame({"jurisdiction": list(jurisdictions)}), how="cross", maintain_order="left_right"
            )
        handling = {state: profile.id for profile in self.snapshot.profiles.values() for state in profile.states}
        international = [j for j in INTERNATIONAL if j in self.snapshot.profiles]
        own = base.with_columns(
            jurisdiction=pl.col("export_country").replace_strict(handling, default=None, return_dtype=pl.String)
        ).drop_nulls("jurisdiction")
        others = base.join(pl.DataFrame({"jurisdiction": international}), how="cross")
        return (
            pl.concat([own, others.select(own.columns)])
            .drop("export_country")
            .select("item", "as_of", "jurisdiction")
            .sort("item", maintain_order=True)
        )

    def _answering(self, candidates: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
        """The candidates of the lists that answer for their item, whatever else was asked of the part."""
        adopted = [(j, one.id) for j, profile in self.snapshot.profiles.items() for one in profile.control_lists]
        lists = pl.DataFrame(adopted, schema={"jurisdiction": pl.String, "list": pl.String}, orient="row")
        concerned = asked.join(candidates.select("item").unique(), on="item", how="semi")
        return candidates.join(concerned.join(lists, on="jurisdiction"), on=["item", "list"], how="semi", maintain_order="left")

    def _finish(self, decided: Determined, flags: pl.DataFrame, part: Declarations) -> Determined:
        """Keys, problems, carried columns and provenance joined to the determinations, in the order of the contract."""
        situations = shared(
            part.items.select(
                "problems", "export_country", declares_goods=DECLARES_GOODS, no_destination=pl.col("destination_country").is_null()
            )
        )
        keys = part.items.select(
            "item",
            *KEYS,
            "export_country",
            "destination_country",
            "hs_code",
            "description",
            "customs_office",
            situation=pl.Series(situations.at),
        )
        rows = decided.rows.join(keys, on="item", how="left", maintain_order="left")
        if part.extra.width > 1:
            extra = part.extra.rename({c: f"extra.{c}" for c in part.extra.columns if c != "item"})
            rows = rows.join(extra, on="item", how="left", maintain_order="left")
        if rows.get_column("item").n_unique() != part.items.height:
            raise ContractError(f"{part.items.height} items went in, {rows.get_column('item').n_unique()} came out: nothing was written")
        rows = rows.with_columns(
            snapshot=pl.lit(self.snapshot.digest), engine_version=pl.lit(screening.__version__), policy=pl.lit(self.applied)
        )
        opened = decided._replace(rows=rows).changed(
            "situation", lambda records: self._with_open_facts(records.hstack(situations.frame[records.get_column("situation")]))
        )
        told = settled(opened, flags, ["item"], self.snapshot, self.policy)
        return self.in_order(told._replace(rows=told.rows.drop("item")))

    @staticmethod
    def in_order(determined: Determined) -> Determined:
        """Determinations in the order of the contract."""
        return determined._replace(rows=determined.rows.sort(ORDER, nulls_last=True, maintain_order=True))

    def _with_open_facts(self, frame: pl.DataFrame) -> pl.DataFrame:
        """What the reader could not use, and what a movement leaves open for every rule, as notes and questions."""
        handled = [state for profile in self.snapshot.profiles.values() for state in profile.states]
        state, international = pl.col("export_country"), pl.col("jurisdiction").is_in(INTERNATIONAL)
        open_facts = [
            (
                pl.col("declares_goods") & pl.col("no_destination"),
                pl.struct(
                    id=pl.lit("destination_unknown"),
                    text=pl.lit("No destination is declared: embargoes and other rules on destinations are open."),
                ),
                "Which country is the destination?",
            ),
            (
                pl.col("declares_goods") & international & state.is_null(),
                pl.struct(
                    id=pl.lit("handling_state_unknown"), text=pl.lit("No country of export is declared: no national law was applied.")
                ),
                "Which state handles this movement (country of export)?",
            ),
            (
                international & state.is_not_null() & ~state.is_in(handled),
                pl.struct(
                    id=pl.lit("rule_set_not_held"),
                    text=pl.format("No rule set is held for {}: only international rules were applied.", state),
                ),
                None,
            ),
        ]
        notes = pl.concat_list(
            "notes", pl.col("problems").fill_null([]).list.eval(pl.struct(id=pl.lit("unreadable_value"), text=pl.element()))
        )
        questions = pl.col("questions")
        for holds, note, question in open_facts:
            notes = pl.when(holds).then(pl.concat_list(notes, note)).otherwise(notes)
            if question:
                questions = pl.when(holds).then(pl.concat_list(questions, pl.lit(question))).otherwise(questions)
        return frame.with_columns(notes=notes, questions=questions.list.unique(maintain_order=True).list.head(self.policy.max_questions))

    def require(self, jurisdictions: Sequence[str]) -> None:
        """Raises UsageError for a jurisdiction of which no rule set is held."""
        held = sorted(self.snapshot.profiles)
        for jurisdiction in jurisdictions:
            if jurisdiction not in held:
                raise UsageError(
                    f"no rule set is held for '{jurisdiction}'; held are {', '.join(held)} (rule sets are data: add one with --lists)"
                )


def screen(
    source: str | Path | IO[bytes] | pl.DataFrame | Sequence[Mapping[str, Any]],
    *,
    as_of: date | None = None,
    jurisdictions: Sequence[str] = (),
    lists: Sequence[Path] = (),
    policy: Path | None = None,
    licences: Sequence[Path] = (),
    denials: Path | None = None,
) -> pl.DataFrame:
    """All determinations of a path, a stream, a polars frame or records, as one frame in the order of the contract.

    ``as_of`` is the day of declarations without a date (default: today). Rows that cannot be read are not in the frame: a batch
    that must account for them uses ``Screener.screen``. ``Screener.reports`` names the rows of ``licences`` and ``denials``
    that could not be.
    """
    screener = Screener.open(lists, policy, licences=licences, denials=denials)
    day = as_of or date.today()
    if isinstance(source, (str, Path)) or hasattr(source, "read"):
        parts = list(screener.screen(source, as_of=day, jurisdictions=jurisdictions))  # type: ignore[arg-type]
    else:
        options = screener.reading
        declared = read_frame(source, options) if isinstance(source, pl.DataFrame) else read_records(source, options)
        held = list(declared)
        parts = [
            screener.determine(part, as_of=day, jurisdictions=jurisdictions, checked=checked)
            for part, checked in screener.checked(lambda: held, day)
        ]
    whole = screener.settled(joined(part.determined for part in parts), screener.together(part.pieces for part in parts))
    return screener.in_order(whole).whole()
