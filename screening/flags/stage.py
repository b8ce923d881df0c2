"""The red flags stage: items with what was found of them in, one row a raised flag out."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import polars as pl

from control_lists.errors import ListDataError
from control_lists.red_flags import RedFlag, RedFlagCase
from control_lists.snapshot import Snapshot
from screening.decide.determined import Determined
from screening.decide.predicates import Context
from screening.decide.records import RED_FLAG
from screening.flags.predicates import OVER_BATCH, PREDICATES, may_hold
from screening.flags.subject import CANDIDATES, MATCHES, TOGETHER, Subject, facts_of, rows_of
from screening.flags.tables import Tables
from screening.flags.together import Declared, over_batch, pieces
from screening.flags.unit_values import UsualValues
from screening.goods.facts import FactReader
from screening.policy import Policy
from screening.read import Declarations

FLAG: dict[str, Any] = {"item": pl.UInt32, **dict(RED_FLAG.to_schema()), "question": pl.String}
BRACE = re.compile(r"\{(\w+)\}")
NAMES = ("exporter", "consignee", "end_user", "buyer", "notify_party")
COUNTRIES = {"destination": "destination_country", "export": "export_country", "origin": "origin_country"}


class RedFlags:
    """Raises the red flags of a snapshot, or ``only`` some of them. Opened once; keeps no result."""

    def __init__(
        self, snapshot: Snapshot, policy: Policy, facts: FactReader, usual: UsualValues, only: Collection[str] | None = None
    ) -> None:
        self._snapshot = snapshot
        self._policy = policy
        self._facts = facts
        self.usual = usual
        self._tables = Tables(snapshot)
        self._asked = [flag for flag in snapshot.red_flags.values() if flag.case and (only is None or flag.id in only)]
        self.of_batch = [flag.id for flag in self._asked if any(OVER_BATCH & set(case.when) for case in flag.case)]
        self._needs = {need for flag in self._asked for case in flag.case for need in case.needs}

    def raised(
        self, part: Declarations, days: pl.DataFrame, candidates: pl.DataFrame, matches: pl.DataFrame, others: Sequence[pl.DataFrame] = ()
    ) -> pl.DataFrame:
        """FLAG rows of a part, in the order of the data within each item.

        ``days``: columns item and as_of. ``candidates`` and ``matches`` are those of the goods and parties stages, the former of the
        lists that answer for the item. ``others``: FLAG rows raised elsewhere (licences, denials), which are taken as they are.
        """
        subject = self._subject(part, days, candidates, matches)
        found = [frame for flag in self._asked for frame in self._raised(flag, subject, over_batch=False)]
        return self._in_order([*found, *others])

    def told(self, found: pl.DataFrame) -> pl.DataFrame:
        """FLAG rows of flags that another stage found (the columns but family and weight, which the data says)."""
        held = [(flag.id, flag.family, flag.weight) for flag in self._snapshot.red_flags.values()]
        known = pl.DataFrame(held, schema={"id": pl.String, "family": pl.String, "weight": pl.Int32}, orient="row")
        return found.join(known, on="id", how="left", maintain_order="left").select(*FLAG)

    def together(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """What the PIECE rows of all parts of a batch tell together: FLAG rows with the place of the item in place of its number."""
        whole = pl.concat(parts) if parts else None
        if whole is None or whole.is_empty():
            return pl.DataFrame()
        found = over_batch(whole, self._snapshot.kits, self._snapshot.value_limits)
        places = found.select(pl.exclude("id", "told")).unique(maintain_order=True).with_row_index("item")
        keys = places.columns[1:]
        told = found.join(places, on=keys, nulls_equal=True, maintain_order="left").select(*TOGETHER).cast(TOGETHER)  # type: ignore[arg-type]
        return self.over_batch(places.select("item"), told).join(places, on="item", how="left", maintain_order="left")

    def over_batch(self, items: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
        """FLAG rows of the flags that only a whole batch raises, of ``told`` (TOGETHER) about ``items``."""
        nothing = pl.DataFrame()
        subject = Subject(items, nothing, nothing, nothing, nothing, told, self.usual, self._tables, self._context(date.min)).looked_over()
        found = [frame for flag in self._asked for frame in self._raised(flag, subject, over_batch=True)]
        return self._in_order(found)

    @staticmethod
    def pieces(part: Declarations, determined: Determined) -> pl.DataFrame:
        """The narrow rows of one part for ``together``."""
        return pieces(Declared(part.items, part.parties, determined))

    # ---------------------------------------------------------------------------------------------------------
    def _context(self, day: date) -> Context:
        return Context(self._snapshot, self._policy, self._facts, day)

    def _subject(self, part: Declarations, days: pl.DataFrame, candidates: pl.DataFrame, matches: pl.DataFrame) -> Subject:
        rows = rows_of(part.items, part.parties).join(days, on="item", how="left", maintain_order="left")
        rows = rows.with_columns(declared_on=pl.col("declared_on").fill_null(pl.col("as_of"))).drop("as_of")
        day = days.get_column("as_of").max()
        return Subject(
            rows,
            part.parties,
            candidates.filter(pl.col("status") != "hint").select(*CANDIDATES),
            matches.select(*MATCHES),
            facts_of(part.items, part.extra, self._needs),
            pl.DataFrame(schema=TOGETHER),
            self.usual,
            self._tables,
            self._context(day if isinstance(day, date) else date.min),
        ).looked_over()

    def _raised(self, flag: RedFlag, subject: Subject, *, over_batch: bool) -> list[pl.DataFrame]:
        """The flag's rows: of each item by the first case that holds."""
        frames: list[pl.DataFrame] = []
        rows = subject.rows
        for case in flag.case:
            if bool(OVER_BATCH & set(case.when)) != over_batch:
                continue
            raised = holding(case, subject._replace(rows=rows))
            if raised.is_empty():
                continue
            frames.append(self._told(flag, case, raised, subject))
            rows = rows.join(raised, on="item", how="anti", maintain_order="left")
        return frames

    def _told(self, flag: RedFlag, case: RedFlagCase, raised: pl.DataFrame, subject: Subject) -> pl.DataFrame:
        wanted = set(BRACE.findall(case.text + (case.question or "")))
        for role in sorted(wanted & set(NAMES)):
            named = subject.parties.filter((pl.col("role") == role) & pl.col("name").is_not_null())
            named = named.unique("item", keep="first", maintain_order=True).select("item", pl.col("name").alias(role))
            raised = raised.join(named, on="item", how="left", maintain_order="left")
        for word in sorted(wanted & set(COUNTRIES)):
            column = COUNTRIES[word]
            raised = raised.with_columns(pl.col(column).replace(self._snapshot.country_names).alias(word))
        return raised.select(
            "item",
            id=pl.lit(flag.id),
            family=pl.lit(flag.family),
            weight=pl.lit(flag.weight, pl.Int32),
            lane=pl.lit(case.lane),
            fields=pl.lit(pl.Series([list(case.fields)])).first(),
            text=_filled(case.text),
            question=_filled(case.question) if case.question else pl.lit(None, pl.String),
        )

    @staticmethod
    def _in_order(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
        if not frames:
            return pl.DataFrame(schema=FLAG)
        return pl.concat([frame.select(*FLAG) for frame in frames]).sort("item", maintain_order=True)


def holding(case: RedFlagCase, subject: Subject) -> pl.DataFrame:
    """The subject's rows of which every predicate of the case holds, with what each of them told under its name."""
    rows = subject.rows
    for strange in set(case.when) - set(PREDICATES):
        raise ListDataError(f"red flags: unknown predicate '{strange}'; the closed set stands in docs/data-formats.md")
    if not all(may_hold(key, wanted, subject.stated) for key, wanted in case.when.items()):
        return rows.clear()
    for key in (key for key in PREDICATES if key in case.when):
        if rows.is_empty():
            break
        found = PREDICATES[key](subject._replace(rows=rows), case.when[key])
        rows = rows.join(found.rename({"told": key}), on="item", how="inner", maintain_order="left")
    return rows


def _filled(template: str) -> pl.Expr:
    """The template with each brace filled by the column of that name."""
    columns = [pl.col(name).cast(pl.String).fill_null("not stated") for name in BRACE.findall(template)]
    return pl.format(BRACE.sub("{}", template), *columns) if columns else pl.lit(template)
