"""What reading takes and gives: the options, the reference data it needs, and the declarations of one part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

import polars as pl

from control_lists.models import ColumnSynonym, Country, Parameter, Unit

if TYPE_CHECKING:
    from screening.read.spellings import Spellings

ROLES = (
    "exporter", "consignor", "consignee", "buyer", "end_user", "intermediary", "broker", "notify_party", "freight_forwarder",
    "declarant", "carrier", "vessel", "owner",
)  # fmt: skip
UNKNOWN_ROLE = "unknown"

# The scalar fields of an item, in the order of the contract; parties, documents and attributes stand apart.
FIELDS = (
    "declaration_id", "item_number", "operation", "declared_on", "export_country", "destination_country", "origin_country",
    "customs_office", "procedure_code", "transport_mode", "container_numbers", "payment", "transit_countries", "hs_code",
    "description", "tariff_text", "marks", "remarks", "end_use", "end_use_informed", "us_content_pct", "cas_number", "un_number",
    "control_code", "quantity", "unit", "net_mass_kg", "value", "currency",
)  # fmt: skip

# Long frames beside the rows of a part; ``row`` is the number of the record within the part, from 0.
PARTIES: dict[str, type[pl.DataType]] = {
    "row": pl.UInt32, "rank": pl.UInt32, "role": pl.String, "name": pl.String, "country": pl.String, "address": pl.String,
    "identifiers": pl.String,
}  # fmt: skip
DOCUMENTS: dict[str, type[pl.DataType]] = {"row": pl.UInt32, "code": pl.String, "reference": pl.String, "valid_until": pl.String}
ATTRIBUTES: dict[str, type[pl.DataType]] = {"row": pl.UInt32, "name": pl.String, "value": pl.String}
NOTES: dict[str, type[pl.DataType]] = {"row": pl.UInt32, "note": pl.String}


class Reference(Protocol):
    """The reference data that reading needs."""

    @property
    def countries(self) -> Sequence[Country]: ...
    @property
    def column_synonyms(self) -> Sequence[ColumnSynonym]: ...
    @property
    def parameters(self) -> Sequence[Parameter]: ...
    @property
    def units(self) -> Sequence[Unit]: ...


class ReadOptions(NamedTuple):
    """How to read. ``blanks`` fills blank values only; ``columns`` maps a foreign column name to a field of the contract.

    ``spellings``: those of the reference data, where they are opened already.
    """

    reference: Reference
    input_format: str | None = None
    blanks: Mapping[str, str] = {}
    columns: Mapping[str, str] = {}
    spellings: Spellings | None = None


class Declarations(NamedTuple):
    """One part of a file: items, their parties, carried unknown columns, unreadable rows, and what there is to say about it."""

    items: pl.DataFrame
    parties: pl.DataFrame
    extra: pl.DataFrame
    rejects: pl.DataFrame
    reports: list[str]


class Reject(NamedTuple):
    """A record that could not be read: its row in the file, the field at fault where one is, and why; ``file`` where not the source's."""

    row: int
    field: str | None
    reason: str
    file: str | None = None


class RawPart(NamedTuple):
    """Records as found: one String column a foreign column, the row of each in the file, and the nested lists of JSON.

    ``records`` counts what was found independently of what became of it: rows of ``frame`` plus ``rejects``. ``files`` names the
    file of each row, where a source reads several.
    """

    frame: pl.DataFrame
    rows: pl.Series
    records: int
    rejects: list[Reject]
    reports: list[str]
    parties: pl.DataFrame
    documents: pl.DataFrame
    attributes: pl.DataFrame
    files: pl.Series | None = None


class Source(Protocol):
    """An opened file. ``parts`` may be called again and then starts anew."""

    @property
    def file(self) -> str:
        """The name shown in messages and results."""
        ...

    def parts(self, part_rows: int) -> Iterator[RawPart]:
        """The records in order, at most ``part_rows`` at a time."""
        ...


def flat_part(frame: pl.DataFrame, rows: pl.Series, rejects: list[Reject], records: int, reports: list[str] | None = None) -> RawPart:
    """A part of a format that knows no nested lists."""
    return RawPart(
        frame, rows, records, rejects, reports or [],
        pl.DataFrame(schema=PARTIES), pl.DataFrame(schema=DOCUMENTS), pl.DataFrame(schema=ATTRIBUTES),
    )  # fmt: skip
