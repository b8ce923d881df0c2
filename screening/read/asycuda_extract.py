"""ASYCUDA's database extract: a table whose columns are those of SAD_GENERAL_SEGMENT joined with SAD_ITEM.

Most columns are known by their names. What a declaration says in several of them is put together here, as it is in the system's XML.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from screening.read.columns import header_key
from screening.read.contract import RawPart, Source
from screening.read.distinct import cleaned
from screening.read.messages.asycuda_sad import operation

_SIGNS = frozenset(("TAR_HSC_NB1", "GDS_DS3", "IDE_TYP_SAD", "CMP_EXP_NAM", "CMP_CON_NAM", "KEY_ITM_NBR"))


class AsycudaExtract:
    """A table that may be such an extract; any other table is given as it is."""

    def __init__(self, table: Source) -> None:
        self.file = table.file
        self._table = table

    def parts(self, part_rows: int) -> Iterator[RawPart]:
        """The parts of the table."""
        for part in self._table.parts(part_rows):
            columns = {header_key(name): name for name in part.frame.columns}
            yield part._replace(frame=_joined(part.frame, columns)) if len(_SIGNS & set(columns)) > 1 else part


def _joined(frame: pl.DataFrame, columns: dict[str, str]) -> pl.DataFrame:
    """The table with tariff code, number and operation each in one column; its own columns stay as they are where they are not used."""

    def text(key: str) -> pl.Expr:
        return cleaned(pl.col(columns[key])) if key in columns else pl.lit(None, pl.String)

    made: list[pl.Expr] = []
    used: set[str] = set()
    if {"TAR_HSC_NB1", "TAR_HSC_NB2"} <= set(columns):
        # Eight digits and the national two or three, or two digits a column.
        pieces = [text(f"TAR_HSC_NB{n}") for n in (1, 2)]
        whole = pl.concat_str(pieces, ignore_nulls=True)
        made.append(pl.when(whole.str.len_chars() <= 10).then(whole).otherwise(pieces[0]).alias("hs_code"))
        used.add("TAR_HSC_NB1")
    if "IDE_REG_NBR" in columns:
        year = text("IDE_REG_DAT").str.extract(r"(\d{4})")
        registered = pl.concat_str([text("IDE_CUO_COD"), year, text("IDE_REG_SER"), text("IDE_REG_NBR")], separator=" ", ignore_nulls=True)
        otherwise = pl.coalesce(text("DEC_REF_NBR"), text("INSTANCEID"))
        made.append(pl.when(text("IDE_REG_NBR").is_not_null()).then(registered).otherwise(otherwise).alias("declaration_id"))
        used |= {"IDE_REG_NBR"}
    if "IDE_TYP_SAD" in columns:
        keys = ("IDE_TYP_SAD", "IDE_TYP_PRC", "IDE_TYP_TRS", "IDE_TYP_TYP", "TAR_PRC_EXT")
        said = pl.struct([text(key).alias(key) for key in keys])
        read = said.map_elements(lambda row: operation(*(row[key] or "" for key in keys)), return_dtype=pl.String, skip_nulls=False)
        made.append(read.alias("operation"))
        used.add("IDE_TYP_SAD")
    return frame.with_columns(made).drop(columns[key] for key in used)
