"""The declared parties of a part: from flat columns and from nested lists, one row a party."""

from __future__ import annotations

import re

import polars as pl

from control_lists.codes.country import CountryNames
from screening.frames import PARTY
from screening.read.columns import Slot
from screening.read.contract import NOTES, PARTIES
from screening.read.distinct import by_distinct, cleaned

# Line breaks as systems write them into one field; the last is what a broker's system makes of a line feed.
_BREAK = r"(?:_x000[dDaA]_|&#(?:10|13|x[aAdD]);|\\[rn]|[\r\n\u2028])+"
_SLASH_N = r"/N"
_IDENTIFIER = re.compile(r"([A-Za-z][A-Za-z _]*?)\s*:\s*(\S.*)")
_IMO = re.compile(r"IMO(?:\s*N[OR]\.?)?[\s#]*(\d{7})", re.IGNORECASE)


def flat_parties(frame: pl.DataFrame, slots: tuple[Slot, ...]) -> pl.DataFrame:
    """The parties that party columns state, in the PARTIES shape; ``rank`` is the order of the columns."""
    found: list[pl.DataFrame] = []
    for slot in slots:
        first = cleaned(pl.col(slot.names[0])) if slot.names else pl.lit(None, pl.String)
        country = pl.coalesce(cleaned(pl.col(column)) for column in slot.countries) if slot.countries else pl.lit(None, pl.String)
        address = pl.concat_list(cleaned(pl.col(c)) for c in slot.addresses) if slot.addresses else None
        number = pl.concat_list(cleaned(pl.col(c)) for c in slot.ids) if slot.ids else None
        base = [
            country.alias("country"),
            _joined(address, ", ").alias("address"),
            _joined(number, ";").alias("identifiers"),
        ]
        for further, column in enumerate(slot.names or (None,)):
            name = cleaned(pl.col(column)) if column is not None else first
            rows = frame.select(
                pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
                pl.lit(len(found), pl.UInt32).alias("rank"),
                pl.lit(slot.role).alias("role"),
                name.alias("name"),
                *base,
                (name != first).fill_null(first.is_null() & name.is_not_null()).alias("differs"),
            )
            stated = pl.any_horizontal(pl.col("name", "country", "address", "identifiers").is_not_null())
            # The twin of a name (its English form) is screened too, unless it is the same text.
            rows = rows.filter(stated if further == 0 else pl.col("differs"))
            found.append(rows.select(*PARTIES))
    return pl.concat(found) if found else pl.DataFrame(schema=PARTIES)


def typed_parties(parties: pl.DataFrame, countries: CountryNames) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The parties with country codes, split name blocks and lists of identifiers, in order; and notes (row, note).

    The frame has the columns of PARTY, but ``row`` for ``item``.
    """
    if parties.is_empty():
        typed = pl.DataFrame(schema={"row": pl.UInt32} | {name: dtype for name, dtype in PARTY.items() if name != "item"})
        return typed, pl.DataFrame(schema=NOTES)
    blocks = _split_blocks(parties.sort("row", "rank", maintain_order=True))
    country = by_distinct(blocks["country"], lambda text: _country(text, countries), pl.String)
    identifiers = by_distinct(blocks["identifiers"], _identifiers, pl.List(pl.String)).values
    typed = blocks.with_columns(
        pl.int_range(pl.len()).over("row").cast(pl.UInt32).alias("party"),
        country.values.alias("country"),
        identifiers.fill_null(pl.Series([[]], dtype=pl.List(pl.String))).alias("identifiers"),
    )
    notes = blocks.select("row", (pl.col("role") + "_country: " + country.notes).alias("note")).drop_nulls("note")
    return typed.select("row", *(name for name in PARTY if name != "item")), notes


def _split_blocks(parties: pl.DataFrame) -> pl.DataFrame:
    """A name of several lines is a block: the first line is the name, the rest belongs to the address."""
    name = pl.col("name").str.replace_all(_BREAK, "\n")
    # "/N" also stands inside names (OIL/NATURAL GAS): only two of them and more are line breaks.
    name = pl.when(name.str.count_matches(_SLASH_N) >= 2).then(name.str.replace_all(_SLASH_N, "\n")).otherwise(name)
    lines = name.str.strip_chars().str.split("\n").list.eval(pl.element().str.strip_chars().replace("", None).drop_nulls())
    rest = lines.list.slice(1).list.join(", ").replace("", None)
    plain = pl.col("address").str.replace_all(_BREAK, ", ").str.strip_chars(", ")
    return parties.with_columns(
        lines.list.first().alias("name"),
        pl.concat_str(rest, plain, separator=", ", ignore_nulls=True).replace("", None).alias("address"),
    )


def _joined(texts: pl.Expr | None, separator: str) -> pl.Expr:
    """Lists of texts as one text each, repeats dropped; null where nothing is stated."""
    if texts is None:
        return pl.lit(None, pl.String)
    return texts.list.drop_nulls().list.unique(maintain_order=True).list.join(separator).replace("", None)


def _country(text: str, countries: CountryNames) -> tuple[str | None, str | None]:
    reading = countries.read(text)
    return reading.code, None if reading.understood else f"'{text}' is not a country we know"


def _identifiers(text: str) -> tuple[list[str], str | None]:
    """``type:value`` texts; a bare value is ``id:value``, a bare IMO number ``imo:value``.

    >>> _identifiers("LEI: 5299000J2N45DDNE4Y28; IMO 9187629; 0815")[0]
    ['lei:5299000J2N45DDNE4Y28', 'imo:9187629', 'id:0815']
    """
    found: list[str] = []
    for piece in filter(None, (piece.strip() for piece in text.split(";"))):
        if match := _IMO.fullmatch(piece):
            found.append(f"imo:{match[1]}")
        elif match := _IDENTIFIER.fullmatch(piece):
            found.append(f"{re.sub(r'[ _]+', '_', match[1].strip().lower())}:{match[2].strip()}")
        else:
            found.append(f"id:{piece}")
    return found, None
