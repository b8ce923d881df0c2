"""An authority's own register of refusals: a transaction like one that was refused comes back, a red flag (EU 2021/821, Article 16(5))."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from control_lists.codes.control_code import compact, is_under
from control_lists.codes.country import CountryNames
from control_lists.models import NameWord
from control_lists.snapshot import Snapshot
from screening.errors import LicenceError
from screening.frames import PARTY
from screening.matching import MatchIndex
from screening.normalise.likeness import likeness
from screening.normalise.values import read_date, read_hs
from screening.parties.names import word_tables
from screening.policy import Policy

COLUMNS = (
    "number", "exporter", "consignee", "end_user", "control_code", "hs_code", "description", "destination", "denied_on", "authority",
    "reason",
)  # fmt: skip
ROLES = ("exporter", "consignee", "end_user")
ID = "RF29"
RED_FLAGS: dict[str, Any] = {
    "item": pl.UInt32, "id": pl.String, "lane": pl.String, "fields": pl.List(pl.String), "text": pl.String, "question": pl.String,
}  # fmt: skip
"""One row an item and refusal that it resembles; family and weight are the red flags' data."""
QUESTION = "Does the refusal of the like transaction still stand, and what has changed since?"
_ALIKE = 0.6  # of the shorter description's words
_HEADING = 4  # digits of an HS heading


class Denial(NamedTuple):
    """One refusal: who asked to send what to whom and where, when it was refused and by whom."""

    number: str
    exporter: str | None
    consignee: str | None
    end_user: str | None
    control_code: str | None
    hs_code: str | None
    description: str | None
    destination: str | None
    denied_on: date
    authority: str | None


class Denials(NamedTuple):
    """The refusals held; ``name_words`` are those that names are compared with, ``reports`` the rows that could not be read."""

    rows: tuple[Denial, ...]
    name_words: tuple[NameWord, ...]
    reports: tuple[str, ...]
    digest: str


def read_denials(path: Path, snapshot: Snapshot) -> Denials:
    """The refusals of a CSV with columns of COLUMNS; raises LicenceError for a file that is no such register."""
    countries = CountryNames(snapshot.countries)
    rows: list[Denial] = []
    reports: list[str] = []
    try:
        content = path.read_bytes()
        reader = csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True), strict=True)
        strange = [name for name in reader.fieldnames or () if name not in COLUMNS]
        if strange or "denied_on" not in (reader.fieldnames or ()):
            fault = f"unknown column '{strange[0]}'" if strange else "no column 'denied_on'"
            raise LicenceError(f"{path}: row 1: {fault}; a register of denials has the columns {', '.join(COLUMNS)}")
        for row in reader:
            one = _denial(row, countries)
            if isinstance(one, str):
                reports.append(f"{path.name}: row {reader.line_num}: {one}")
            else:
                rows.append(one)
    except (UnicodeDecodeError, csv.Error) as error:
        raise LicenceError(f"{path}: {error}; a register of denials is a UTF-8 CSV") from None
    return Denials(tuple(rows), snapshot.name_words, tuple(reports), hashlib.sha256(content).hexdigest()[:12])


def denied_before(items: pl.DataFrame, parties: pl.DataFrame, denials: Denials, policy: Policy) -> pl.DataFrame:
    """A red flag (RED_FLAGS) for each item and refusal in force on its day that its transaction resembles.

    ``items`` are ITEM columns with the day filled in; ``parties`` PARTY columns. Alike is: the same good (control code, description or,
    with the same destination or recipient, HS heading) from the same exporter, to the same destination or to a consignee that the
    refusal does not name; or the same good to the refused recipient in the same destination, whoever exports it.
    """
    alike = _parties_alike(parties, denials, policy)
    if alike.is_empty():
        return pl.DataFrame(schema=RED_FLAGS)
    concerned = {row["item"]: row for row in items.join(alike.select("item"), on="item", how="semi").iter_rows(named=True)}
    found = []
    for item, position, roles, names in alike.iter_rows():
        denial, row = denials.rows[position], concerned[item]
        if not denial.denied_on <= row["declared_on"] < _months_later(denial.denied_on, policy.denial_months):
            continue
        if (flag := _flag(row, denial, dict(zip(roles, names, strict=True)))) is not None:
            found.append({"item": item, **flag})
    return pl.DataFrame(found, schema=RED_FLAGS).sort("item", "text")


def _parties_alike(parties: pl.DataFrame, denials: Denials, policy: Policy) -> pl.DataFrame:
    """One row an item and refusal that share a party: item, place of the refusal, the roles in it, and the declared names."""
    listed = [(position, role, name) for position, one in enumerate(denials.rows) for role in ROLES if (name := getattr(one, role))]
    declared = parties.select(*PARTY).filter(pl.col("role").is_in(ROLES) & pl.col("name").is_not_null())
    names = declared.get_column("name").unique(maintain_order=True).to_list()
    schema: dict[str, Any] = {"item": pl.UInt32, "position": pl.UInt32, "roles": pl.List(pl.String), "names": pl.List(pl.String)}
    if not listed or not names:
        return pl.DataFrame(schema=schema)
    index = MatchIndex.names([name for _, _, name in listed], word_tables(denials.name_words))
    near = index.search(names, policy.name_threshold).select(
        name=pl.lit(pl.Series(names)).gather(pl.col("declared")),
        position=pl.lit(pl.Series([p for p, _, _ in listed], dtype=pl.UInt32)).gather(pl.col("listed")),
        as_role=pl.lit(pl.Series([r for _, r, _ in listed])).gather(pl.col("listed")),
    )
    # A recipient is a recipient: who was the end user may be the consignee now.
    sides = pl.col("role") == "exporter", pl.col("as_role") == "exporter"
    met = declared.select("item", "role", "name").join(near, on="name").filter(sides[0] == sides[1])
    each = met.sort("item", "position", "as_role", "name").unique(["item", "position", "as_role"], keep="first", maintain_order=True)
    return each.group_by("item", "position", maintain_order=True).agg(roles="as_role", names="name").select(*schema)


def _flag(item: Mapping[str, Any], denial: Denial, parties: Mapping[str, str]) -> dict[str, Any] | None:
    """The red flag that a transaction raises beside one refusal, if it is alike."""
    by_code, by_text, by_heading = _same_good(item, denial)
    parties = {role: parties[role] for role in ROLES if role in parties}
    recipients = [role for role in parties if role != "exporter"]
    same_place = denial.destination is not None and item["destination_country"] == denial.destination
    is_same = by_code or by_text or (by_heading and (same_place or bool(recipients)))
    is_again = same_place or not recipients if "exporter" in parties else same_place
    if not is_same or not is_again:
        return None
    fields = [f"parties.{role}" for role in parties]
    fields += ["control_code"] if by_code else ["description"] if by_text else ["hs_code"]
    fields += ["destination_country"] if same_place else []
    change = "" if recipients else " The consignee is another than the one refused."
    who = ", ".join(f"{role.replace('_', ' ')} {name}" for role, name in parties.items())
    number = f" {denial.number}" if denial.number else ""
    by = f" by {denial.authority}" if denial.authority else ""
    text = f"A like transaction was refused{by} on {denial.denied_on}{number}: the same good, {who}.{change}"
    return {"id": ID, "lane": "red", "fields": fields, "text": text, "question": QUESTION}


def _same_good(item: Mapping[str, Any], denial: Denial) -> tuple[bool, bool, bool]:
    """Whether control code, description and HS heading each say that it is the same good."""
    code = compact(item["control_code"]) if item["control_code"] else None
    by_code = bool(code and denial.control_code and (is_under(code, denial.control_code) or is_under(denial.control_code, code)))
    by_text = likeness(item["description"], denial.description) >= _ALIKE
    by_heading = bool(item["hs_code"] and denial.hs_code and item["hs_code"][:_HEADING] == denial.hs_code[:_HEADING])
    return by_code, by_text, by_heading and len(item["hs_code"]) >= _HEADING


def _denial(row: Mapping[str, str], countries: CountryNames) -> Denial | str:
    """The refusal of a row, or what is wrong with it and the cure."""
    text: dict[str, str | None] = {name: (row.get(name) or "").strip() or None for name in COLUMNS}
    day = read_date(text["denied_on"] or "")
    hs = read_hs(text["hs_code"]) if text["hs_code"] else None
    place = countries.read(text["destination"]).code if text["destination"] else None
    if day.value is None:
        return f"denied_on: '{text['denied_on'] or ''}' {day.fault}; write it as 2026-11-24"
    if hs is not None and hs.value is None:
        return f"hs_code: '{text['hs_code']}' {hs.fault}"
    if text["destination"] and place is None:
        return f"destination: '{text['destination']}' is no country; write its ISO code"
    if not any(text[role] for role in ROLES):
        return "exporter: is blank, and so are consignee and end_user; a refusal names a party"
    if not any(text[name] for name in ("control_code", "hs_code", "description")):
        return "description: is blank, and so are control_code and hs_code; a refusal names a good"
    code = compact(text["control_code"]) if text["control_code"] else None
    return Denial(
        text["number"] or "", text["exporter"], text["consignee"], text["end_user"], code, hs.value if hs else None, text["description"],
        place, day.value, text["authority"],
    )  # fmt: skip


def _months_later(day: date, months: int) -> date:
    """The same day so many months later; the first of the next month where that month has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)
