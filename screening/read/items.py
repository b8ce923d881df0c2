"""Records as found made into declarations: items, parties, carried columns, and rejects for what states nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

import polars as pl

from control_lists.codes.country import CountryNames
from screening.errors import ContractError
from screening.frames import ATTRIBUTE, DOCUMENT, ITEM, PARTY, REJECT, check
from screening.read.attributes import AttributeNames, attributes_in_text, flat_attributes, typed_attributes
from screening.read.columns import ColumnNames, Layout
from screening.read.contract import ATTRIBUTES, Declarations, RawPart
from screening.read.distinct import cleaned
from screening.read.documents import flat_documents, typed_documents
from screening.read.fields import FieldReader, field_texts, joined
from screening.read.fill import filled
from screening.read.nested import parties_in_text
from screening.read.parties import flat_parties, typed_parties

_REQUIRED = ("description", "hs_code", "control_code", "cas_number")
_NOTHING = "states no description, hs_code, control_code, cas_number or party"
# A key of ours beside foreign columns, whatever those are called; it also keeps the height of a part without any column.
_ROW = "\0row"
_EMPTY = {"documents": pl.List(DOCUMENT), "attributes": pl.List(ATTRIBUTE), "problems": pl.List(pl.String)}


class ItemReader:
    """Turns the raw parts of one file into declarations."""

    def __init__(self, file: str, names: ColumnNames, countries: CountryNames, attributes: AttributeNames, fields: FieldReader) -> None:
        self._file = file
        self._stem = PurePosixPath(file.removesuffix(".gz")).stem
        self._names = names
        self._countries = countries
        self._attributes = attributes
        self._fields = fields

    def read(self, raw: RawPart, layout: Layout, blanks: Mapping[str, str]) -> tuple[Declarations, dict[str, int], list[str]]:
        """The declarations of a part, the number of blanks filled by field, and the attribute names that are of no parameter.

        Raises ContractError unless records = items + rejects.
        """
        foreign, layout, counts = filled(_framed(raw), layout, self._names, blanks)
        frame = foreign.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias(_ROW))
        text, in_text = _texts(frame, layout)

        flat = flat_parties(frame, layout.slots)
        if (column := layout.nested.get("parties")) is not None:
            further = parties_in_text(frame.select(cleaned(pl.col(column))).to_series(), self._names)
            flat = pl.concat([flat, further.with_columns(pl.col("rank") + len(layout.slots) * 10)])
        behind = 0 if flat.is_empty() else int(flat["rank"].max()) + 1  # type: ignore[arg-type]
        parties, party_notes = typed_parties(pl.concat([flat, raw.parties.with_columns(pl.col("rank") + behind)]), self._countries)
        documents, document_notes = typed_documents(pl.concat([flat_documents(frame, layout.documents), raw.documents]))
        attributes, unknown = typed_attributes(
            pl.concat([raw.attributes, flat_attributes(frame, layout.attributes), in_text]), self._attributes
        )
        typed, field_notes = self._fields.read(frame, text, layout)

        is_item = _is_item(text, parties)
        items = self._items(typed, raw, documents, attributes, pl.concat([field_notes, party_notes, document_notes])).filter(is_item)
        items = items.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("item"))
        rejects = self._rejects(raw, is_item)
        if raw.records != items.height + rejects.height:
            raise ContractError(f"{self._file}: {raw.records} records became {items.height} items and {rejects.height} rejects")

        key = items.select("row", "item")
        ours = parties.join(key, on="row", how="inner", maintain_order="left")
        carried = frame.rename({_ROW: "row"}).join(key.rename({"item": _ROW}), on="row", how="inner", maintain_order="left")
        extra = carried.select(pl.col(_ROW).alias("item"), *(pl.col(c).alias(carried_name(c)) for c in layout.carried if c != _ROW))
        declarations = Declarations(
            check(items.select(*ITEM), ITEM, "read items"), check(ours.select(*PARTY), PARTY, "read parties"), extra, rejects, []
        )
        return declarations, counts, unknown

    def _items(
        self, typed: pl.DataFrame, raw: RawPart, documents: pl.DataFrame, attributes: pl.DataFrame, notes: pl.DataFrame
    ) -> pl.DataFrame:
        problems = notes.group_by("row", maintain_order=True).agg(pl.col("note").alias("problems"))
        items = typed.with_columns(self._file_of(raw), raw.rows.cast(pl.Int64).alias("source_row"))
        items = items.with_columns(pl.col("declaration_id").fill_null(pl.lit(f"{self._stem}:") + pl.col("source_row").cast(pl.String)))
        for lists in (documents, attributes, problems):
            items = items.join(lists, on="row", how="left", maintain_order="left")
        return items.with_columns(pl.col(name).fill_null(pl.lit([], dtype)) for name, dtype in _EMPTY.items())

    def _rejects(self, raw: RawPart, is_item: pl.Series) -> pl.DataFrame:
        unreadable = [(reject.file or self._file, reject.row, reject.field, reject.reason) for reject in raw.rejects]
        without = pl.DataFrame({"row": raw.rows}).with_columns(self._file_of(raw)).filter(~is_item)
        nothing = [(file, row, "description", _NOTHING) for row, file in without.iter_rows()]
        if raw.files is None:
            return pl.DataFrame(sorted([*unreadable, *nothing], key=lambda reject: reject[1]), schema=REJECT, orient="row")
        return pl.DataFrame(sorted([*unreadable, *nothing], key=lambda reject: reject[:2]), schema=REJECT, orient="row")

    def _file_of(self, raw: RawPart) -> pl.Expr:
        """The file of each row of a part."""
        return pl.lit(self._file if raw.files is None else raw.files, pl.String).alias("source_file")


def carried_name(column: str) -> str:
    """The name of a carried column in the output: its own, unless that is the key's."""
    return "item (declared)" if column == "item" else column


def _framed(raw: RawPart) -> pl.DataFrame:
    """The foreign columns, with one of ours that keeps the height when there is none."""
    return pl.DataFrame({_ROW: raw.rows}).hstack(raw.frame.get_columns())


def _texts(frame: pl.DataFrame, layout: Layout) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The texts of the scalar fields; and the attributes that a flat ``attributes`` column names. What names none is remarks."""
    text = field_texts(frame, layout)
    column = layout.nested.get("attributes")
    if column is None:
        return text, pl.DataFrame(schema=ATTRIBUTES)
    found, free = attributes_in_text(frame.select(cleaned(pl.col(column))).to_series())
    return text.with_columns(joined([pl.col("remarks"), pl.lit(free)]).alias("remarks")), found


def _is_item(text: pl.DataFrame, parties: pl.DataFrame) -> pl.Series:
    """Whether a record states anything to screen: a required field, or a party beyond its country."""
    named = parties.filter(pl.any_horizontal(pl.col("name", "address").is_not_null(), pl.col("identifiers").list.len() > 0))
    has_party = pl.col("row").is_in(named["row"].unique().implode())
    return text.select(pl.any_horizontal(*(pl.col(field).is_not_null() for field in _REQUIRED), has_party).alias("is_item")).to_series()
