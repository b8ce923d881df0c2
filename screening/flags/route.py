"""Predicates of the route family: where the goods go, by which way and means, and what the packages say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from screening.decide.predicates import countries
from screening.flags.subject import FOUND, Subject, found
from screening.flags.tables import MADE
from screening.flags.words import matching

_EARTH_KM = 6371.0
_MAINS = r"(?i)\b(1[0-2]\d)\s?-?\s?v(?:olts?|ac)?\b"
_BOTH_MAINS = r"(?i)\b1[0-2]\d\s?v?\s?[-/~]\s?2[0-4]\d\b|\b2[0-4]\d\s?v"
"""Goods of both voltages fit everywhere."""


def transport(subject: Subject, value: Sequence[str]) -> pl.DataFrame:
    """The declared mode of transport is one of these codes or words; tells it."""
    return found(subject.rows.filter(pl.col("transport_mode").str.to_lowercase().is_in(list(value))), pl.col("transport_mode"))


def detour(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """The way over the transit countries is ``ratio`` times the direct one and ``km`` longer; tells both in thousands of kilometres.

    Carriers tranship at their hubs: transit countries of ``except`` are no detour. Distances are great circles between the rough
    positions of countries, so that a neighbour is never one.
    """
    hubs = list(countries(value["except"], subject.context))
    way = subject.rows.filter(
        (pl.col("transit_countries").list.len() > 0) & pl.col("export_country").is_not_null() & pl.col("destination_country").is_not_null()
    ).select("item", "transit_countries", first="export_country", last="destination_country")
    way = way.with_columns(via=pl.col("transit_countries").list.eval(pl.element().filter(~pl.element().is_in(hubs)))).filter(
        pl.col("via").list.len() > 0
    )
    stops = way.select("item", stop=pl.concat_list("first", "via", "last")).explode("stop")
    placed = stops.join(subject.tables.positions, left_on="stop", right_on="country", how="left", maintain_order="left")
    legs = placed.with_columns(lat2=pl.col("lat").shift(-1).over("item"), lon2=pl.col("lon").shift(-1).over("item"))
    first, last = pl.col("lat", "lon").first(), pl.col("lat", "lon").last()
    lengths = (
        legs.with_columns(leg=_km(pl.col("lat"), pl.col("lon"), pl.col("lat2"), pl.col("lon2")))
        .group_by("item", maintain_order=True)
        .agg(
            first.name.suffix("_a"),
            last.name.suffix("_b"),
            whole=pl.col("leg").sum(),
            is_known=pl.col("lat").is_not_null().all(),
        )
        .with_columns(direct=_km(pl.col("lat_a"), pl.col("lon_a"), pl.col("lat_b"), pl.col("lon_b")))
    )
    far = lengths.filter(
        pl.col("is_known")
        & (pl.col("whole") >= float(value["ratio"]) * pl.col("direct"))
        & (pl.col("whole") - pl.col("direct") >= float(value["km"]))
    )
    thousands = [(pl.col(name) / 1000).round(0).cast(pl.Int64) for name in ("whole", "direct")]
    return found(far, pl.format("{} thousand km instead of {}", *thousands)).cast(FOUND)  # type: ignore[arg-type]


def made_elsewhere(subject: Subject, value: Sequence[str]) -> pl.DataFrame:
    """One of these texts says that the good was made in another country than that of origin; tells the country named."""
    parts = []
    for field in value:
        texts = matching(subject.rows.get_column(field), subject.tables.made_in, pl.col("text").str.contains(MADE))
        if texts.is_empty():
            continue
        country = pl.col("told").str.to_lowercase().replace_strict(subject.tables.country_of, default=None, return_dtype=pl.String)
        named = subject.rows.join(texts.with_columns(code=country), left_on=field, right_on="text", maintain_order="left")
        parts.append(found(named.filter((pl.col("code") != pl.col("origin_country")).fill_null(False)), pl.col("told")))
    return pl.concat(parts).unique("item", keep="first", maintain_order=True) if parts else pl.DataFrame(schema=FOUND)


def package_names_place(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """One of ``fields``, or of the carried ``facts``, names one of the ``countries`` or a place in it, to which no declared leg goes."""
    texts = [subject.rows.select("item", text=field) for field in value["fields"]]
    texts.append(subject.facts.filter(pl.col("fact").is_in(list(value["facts"]))).select("item", text="value"))
    written = pl.concat(texts).drop_nulls()
    parts = []
    for code in sorted(countries(value["countries"], subject.context) & set(subject.tables.places)):
        named = written.join(matching(written.get_column("text"), subject.tables.places[code]), on="text", maintain_order="left")
        legs = pl.col("export_country", "destination_country", "origin_country") == code
        on_route = subject.rows.filter(pl.any_horizontal(legs, pl.col("transit_countries").list.contains(code)).fill_null(False))
        parts.append(found(named.join(on_route, on="item", how="anti", maintain_order="left"), pl.col("told")))
    whole = pl.concat(parts) if parts else pl.DataFrame(schema=FOUND)
    return whole.unique("item", keep="first", maintain_order=True)


def mains_voltage_elsewhere(subject: Subject, value: Sequence[str]) -> pl.DataFrame:
    """The description states mains of 100 to 127 V alone, and the destination is no country that has such; tells the voltage."""
    low = list(countries(value, subject.context))
    texts = matching(subject.rows.get_column("description"), _MAINS).filter(~pl.col("text").str.contains(_BOTH_MAINS))
    rows = subject.rows.filter(pl.col("destination_country").is_not_null() & ~pl.col("destination_country").is_in(low))
    return found(rows.join(texts, left_on="description", right_on="text", maintain_order="left"), pl.col("told"))


PREDICATES = {
    "transport": transport,
    "detour": detour,
    "package_names_place": package_names_place,
    "made_elsewhere": made_elsewhere,
    "mains_voltage_elsewhere": mains_voltage_elsewhere,
}


def _km(lat: pl.Expr, lon: pl.Expr, lat2: pl.Expr, lon2: pl.Expr) -> pl.Expr:
    """Great-circle distance in kilometres between points in degrees (haversine)."""
    a = ((lat2 - lat).radians() / 2).sin() ** 2 + lat.radians().cos() * lat2.radians().cos() * ((lon2 - lon).radians() / 2).sin() ** 2
    return 2 * _EARTH_KM * a.sqrt().clip(0, 1).arcsin()
