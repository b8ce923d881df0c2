"""The straight line: declarations in, determinations out. Read this first.

    files -read-> declarations -match-> goods candidates, party matches -decide-> determinations -write-> files

Each stage takes frames, gives a frame and keeps no state. What is opened once (lists, indexes, rules) is the Screener.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any, NamedTuple

import polars as pl

import screening
from control_lists.editions import EditionStore
from control_lists.snapshot import Snapshot
from screening.decide.determine import Decider
from screening.decide.gathered import DECLARES_GOODS, Matches
from screening.decide.records import INTERNATIONAL
from screening.errors import ContractError, UsageError
from screening.frames import ITEM, PARTY, check
from screening.goods.match import GoodsMatcher
from screening.parties.exceptions import Exceptions, digest_of, read_exceptions
from screening.parties.match import PartyMatcher
from screening.policy import Policy
from screening.read import Declarations, ReadOptions, read, read_frame, read_records

KEYS = ("declaration_id", "item_number", "source_file", "source_row")
ORDER = ("declaration_id", "item_number", "source_file", "source_row", "jurisdiction")


class Screened(NamedTuple):
    """One part's outcome: determinations (one row an item and jurisdiction), what could not be read, and what to tell once."""

    determinations: pl.DataFrame
    rejects: pl.DataFrame
    reports: list[str]
    items: int


class Screener:
    """Everything that is opened once: lists, indexes, rules, policy. Immutable, so safe to use from several threads."""

    def __init__(
        self, snapshot: Snapshot, policy: Policy, exceptions: Exceptions | None = None, prepared: Path | None = None, threads: int = 1
    ) -> None:
        self.snapshot = snapshot
        self.policy = policy
        self.applied = f"{policy.digest};exceptions:{digest_of(exceptions)}" if exceptions else policy.digest
        self.goods = GoodsMatcher(snapshot, policy)
        self.parties = PartyMatcher(snapshot, policy, exceptions, prepared, threads)
        self.decider = Decider(snapshot, policy, self.goods.facts)

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
    ) -> Screener:
        """A Screener on the embedded lists, those imported into ``store`` and in force on ``day``, and those of ``lists`` over them.

        Raises ListDataError or PolicyError. ``prepared`` is a folder in which checked lists and the index of their names are kept
        between starts; ``exceptions`` a file of pairs judged to be different parties; ``threads``: how many a large search may use.
        """
        return cls(Snapshot.open(lists, prepared, store, day), Policy.open(policy), read_exceptions(exceptions), prepared, threads)

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
        options = ReadOptions(self.snapshot, input_format, blanks or {}, columns or {})
        for part in read(source, options):
            yield self.determine(part, as_of=as_of, jurisdictions=jurisdictions)

    def determine(self, part: Declarations, *, as_of: date, jurisdictions: Sequence[str] = ()) -> Screened:
        """Determinations of one part of declarations: the line itself."""
        self._require(jurisdictions)
        items, parties = check(part.items, ITEM, "match"), check(part.parties, PARTY, "match")
        asked = self.asked(items, as_of, jurisdictions)
        lists = {adopted.id for j in asked.get_column("jurisdiction").unique() for adopted in self.snapshot.profiles[j].control_lists}
        days = dict(items.select("item", pl.col("declared_on").fill_null(as_of)).iter_rows())
        candidates = self.goods.match(items, lists, as_of)
        matched = self.parties.match(parties, days)
        decided = self.decider.decide(Matches(items, parties, candidates, matched), asked)
        return Screened(self._finish(decided, part), part.rejects, part.reports, items.height)

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

    def _finish(self, decided: pl.DataFrame, part: Declarations) -> pl.DataFrame:
        """Keys, problems, carried columns and provenance joined to the determinations, in the order of the contract."""
        keys = part.items.select(
            "item",
            *KEYS,
            "export_country",
            "destination_country",
            "hs_code",
            "description",
            "customs_office",
            "problems",
            DECLARES_GOODS.alias("declares_goods"),
        )
        frame = decided.join(keys, on="item", how="left", maintain_order="left")
        frame = self._with_open_facts(frame)
        if part.extra.width > 1:
            frame = frame.join(
                part.extra.rename({c: f"extra.{c}" for c in part.extra.columns if c != "item"}),
                on="item",
                how="left",
                maintain_order="left",
            )
        if frame.get_column("item").n_unique() != part.items.height:
            raise ContractError(f"{part.items.height} items went in, {frame.get_column('item').n_unique()} came out: nothing was written")
        frame = frame.with_columns(
            snapshot=pl.lit(self.snapshot.digest), engine_version=pl.lit(screening.__version__), policy=pl.lit(self.applied)
        )
        return self.in_order(frame.drop("item", "problems", "declares_goods"))

    @staticmethod
    def in_order(determinations: pl.DataFrame) -> pl.DataFrame:
        """Determinations in the order of the contract."""
        return determinations.sort(ORDER, nulls_last=True, maintain_order=True)

    def _with_open_facts(self, frame: pl.DataFrame) -> pl.DataFrame:
        """What the reader could not use, and what a movement leaves open for every rule, as notes and questions."""
        handled = [state for profile in self.snapshot.profiles.values() for state in profile.states]
        state, international = pl.col("export_country"), pl.col("jurisdiction").is_in(INTERNATIONAL)
        open_facts = [
            (
                pl.col("declares_goods") & pl.col("destination_country").is_null(),
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

    def _require(self, jurisdictions: Sequence[str]) -> None:
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
) -> pl.DataFrame:
    """All determinations of a path, a stream, a polars frame or records, as one frame in the order of the contract.

    ``as_of`` is the day of declarations without a date (default: today). Rows that cannot be read are not in the frame: a batch
    that must account for them uses ``Screener.screen``.
    """
    screener = Screener.open(lists, policy)
    day = as_of or date.today()
    if isinstance(source, (str, Path)) or hasattr(source, "read"):
        parts = list(screener.screen(source, as_of=day, jurisdictions=jurisdictions))  # type: ignore[arg-type]
    else:
        options = ReadOptions(screener.snapshot)
        declared = read_frame(source, options) if isinstance(source, pl.DataFrame) else read_records(source, options)
        parts = [screener.determine(part, as_of=day, jurisdictions=jurisdictions) for part in declared]
    return pl.concat([part.determinations for part in parts], how="diagonal").sort(ORDER, nulls_last=True, maintain_order=True)
