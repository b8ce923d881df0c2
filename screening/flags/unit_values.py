"""Usual unit values, learnt from earlier declarations: the median and spread of the price of a kilogram or piece, by HS subheading.

Median and MAD (median absolute deviation) of the logarithm: up to half of the lines may be grossly wrong before either moves far
(Rousseeuw and Croux, 1993). A table is a file of its own, named by its digest in every determination; nothing is computed from the
batch that is screened.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from control_lists.digests import file_digest
from control_lists.snapshot import Snapshot
from screening.errors import UsageError
from screening.normalise.quantities import UnitReader

LEAST_LINES = 30
PIECE, KG = "piece", "kg"
_NORMAL = 1.4826  # the MAD of a normal distribution times this is its standard deviation
# Prices that hardly vary (ln): less than five per cent of spread is no spread.
_LEAST_SPREAD = 0.05
KEY = ("hs6", "basis", "currency")
USUAL: dict[str, type[pl.DataType]] = {
    "hs6": pl.String, "basis": pl.String, "currency": pl.String, "lines": pl.Int64, "median": pl.Float64, "spread": pl.Float64,
}  # fmt: skip


class UsualValues:
    """Reads units of quantities and compares unit values with learnt ones. ``digest`` names the table, empty where none is held."""

    def __init__(self, snapshot: Snapshot, table: pl.DataFrame | None = None, digest: str = "") -> None:
        self._units = UnitReader([(unit.id, unit.words) for unit in snapshot.units])
        self._pieces = {word.lower() for word in snapshot.words_of("piece_units")}
        self.table = pl.DataFrame(schema=USUAL) if table is None else table
        self.digest = digest

    @classmethod
    def open(cls, snapshot: Snapshot, path: Path | None) -> UsualValues:
        """The table in ``path``, or none; raises UsageError for a file that is no such table."""
        if path is None or not path.exists():
            return cls(snapshot)
        try:
            return cls(snapshot, pl.read_csv(path, schema=USUAL), file_digest(path)[:12])
        except (OSError, pl.exceptions.PolarsError) as error:
            raise UsageError(f"{path}: {error}; it is written by stc lists learn-values") from None

    def learn(self, parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
        """The table (USUAL) of frames of items, whatever their order; subheadings with fewer than 30 lines are left out."""
        lines = [self.unit_values(part).select(*KEY, "logarithm") for part in parts]
        if not lines:
            return pl.DataFrame(schema=USUAL)
        whole = pl.concat(lines)
        median = pl.col("logarithm").median()
        learnt = whole.group_by(KEY).agg(lines=pl.len(), median=median, spread=(pl.col("logarithm") - median).abs().median())
        return (
            learnt.filter(pl.col("lines") >= LEAST_LINES)
            .with_columns(pl.col("median", "spread").round(6))
            .sort(KEY)
            .select(*USUAL)
            .cast(USUAL)  # type: ignore[arg-type]
        )

    def unusual(self, rows: pl.DataFrame, mads: float, factor: float) -> pl.DataFrame:
        """Items (``item``, ``told``) whose unit value is off by ``mads`` robust deviations and ``factor`` times, on every basis known."""
        if self.table.is_empty():
            return pl.DataFrame(schema={"item": pl.UInt32, "told": pl.String})
        known = self.unit_values(rows).join(self.table, on=KEY, maintain_order="left")
        away = (pl.col("logarithm") - pl.col("median")).abs()
        spread = pl.max_horizontal(pl.col("spread") * _NORMAL, pl.lit(_LEAST_SPREAD))
        judged = known.with_columns(is_off=(away > mads * spread) & (away > pl.lit(factor).log()))
        value, usual = (pl.col(name).exp().round(2) for name in ("logarithm", "median"))
        told = pl.format("{} {} per {}, usually about {} ({} lines)", value, "currency", "basis", usual, "lines")
        judged = judged.with_columns(told=told)
        return (
            judged.group_by("item", maintain_order=True).agg(pl.col("is_off").all(), pl.col("told").first()).filter("is_off").drop("is_off")
        )

    def unit_values(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Logarithms of unit values: ``item``, ``hs6``, ``basis`` (kg, piece or a unit's name), ``currency``, ``logarithm``."""
        priced = rows.filter((pl.col("value") > 0) & pl.col("currency").is_not_null() & (pl.col("hs_code").str.len_chars() >= 6))
        by_quantity = self._with_basis(priced).select("item", "hs_code", "currency", "value", "basis", "amount")
        by_mass = priced.filter(pl.col("net_mass_kg") > 0).select(
            "item", "hs_code", "currency", "value", basis=pl.lit(KG), amount=pl.col("net_mass_kg")
        )
        both = pl.concat([by_mass, by_quantity]).unique(["item", "basis"], keep="first", maintain_order=True)
        return both.select(
            "item", "basis", "currency", hs6=pl.col("hs_code").str.slice(0, 6), logarithm=(pl.col("value") / pl.col("amount")).log()
        )

    def counted(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows that state a number of pieces, with ``pieces``."""
        return self._with_basis(rows).filter(pl.col("basis") == PIECE).rename({"amount": "pieces"})

    def _with_basis(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows with a quantity in a unit that is understood: ``basis`` and ``amount`` in it. Other units are not guessed."""
        stated = rows.filter((pl.col("quantity") > 0) & pl.col("unit").is_not_null())
        units = stated.get_column("unit").unique().to_list()
        read = {unit: basis for unit in units if (basis := self._basis(unit)) is not None}
        known = pl.DataFrame(
            [(unit, name, scale) for unit, (name, scale) in read.items()],
            schema={"unit": pl.String, "basis": pl.String, "scale": pl.Float64},
            orient="row",
        )
        return stated.join(known, on="unit", maintain_order="left").with_columns(amount=pl.col("quantity") * pl.col("scale")).drop("scale")

    def _basis(self, unit: str) -> tuple[str, float] | None:
        if unit.strip().lower() in self._pieces:
            return PIECE, 1.0
        name = self._units.unit_of(unit.strip())
        if name is None:
            return None
        to_kg = self._units.factor(name, KG)
        return (KG, to_kg[0]) if to_kg is not None else (name, 1.0)


def write(table: pl.DataFrame, path: Path) -> str:
    """Keep a learnt table; gives its digest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = path.with_name(f"{path.name}.new")
    table.write_csv(kept)
    kept.replace(path)
    return file_digest(path)[:12]
