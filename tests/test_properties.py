"""What holds of every declaration, tried on drawn ones (seeded, so that every run draws the same) and asked in one batch."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

import polars as pl
import pytest

from control_lists.models import Rule
from screening.decide import rules as law
from screening.decide.predicates import Context, countries
from screening.decide.records import SEVERITY
from screening.engine import Screener
from screening.read import ReadOptions, read_records
from screening.write import write_to
from screening.write.nested import records

DAY = date(2026, 11, 24)
JURISDICTIONS = ("EU", "US", "UN", "KH", "CWC")
DRAWN = 60  # declarations of each property, or pairs of them

GOODS = ("isostatic press", "aluminium alloy tube 7075-T6", "thermal imaging camera uncooled", "sodium cyanide", "thiodiglycol solution",
         "phosphorus trichloride", "frequency converter", "vacuum pump", "carbon fibre prepreg", "CNC milling machine", "spray dryer",
         "maraging steel", "pressure transducer", "spark plugs", "cotton t-shirts")  # fmt: skip
FACTS = (("working_pressure", "20 MPa"), ("working_pressure", "100 MPa"), ("inner_diameter", "100 mm"), ("inner_diameter", "300 mm"),
         ("outer_diameter", "50 mm"), ("outer_diameter", "100 mm"),
         ("ultimate_tensile_strength", "300 MPa"), ("ultimate_tensile_strength", "572 MPa"), ("frame_rate", "9 Hz"),
         ("frame_rate", "60 Hz"), ("concentration", "5 %"), ("concentration", "25 %"), ("concentration", "85 %"),
         ("retail_packed", "yes"))  # fmt: skip
DESTINATIONS = ("VN", "JP", "US", "EG", "IL", "KP", "IR", "RU", "SY", "KH", "CH", "TR")
NAMES = ("Quillmark Trading", "Hanover Precision GmbH", "Nguyen Van An", "Ministry of Supply", "Al Noor General Trading LLC")
ROLES = ("exporter", "consignee", "end_user")


def declarations(draw: Random) -> Iterator[dict[str, Any]]:
    """Goods to somewhere, most with one or two stated facts."""
    for _ in range(DRAWN):
        facts = dict(draw.sample(FACTS, draw.randrange(3)))
        yield {"description": draw.choice(GOODS), "destination_country": draw.choice(DESTINATIONS)} | (
            {"attributes": facts} if facts else {}
        )


def determined(screener: Screener, declared: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
    """The determinations of each declaration, in the order of JURISDICTIONS."""
    whole = [{"declaration_id": f"D-{number:04}", "export_country": "DE", **record} for number, record in enumerate(declared)]
    (part,) = read_records(whole, ReadOptions(screener.snapshot))
    found = records(screener.determine(part, as_of=DAY, jurisdictions=JURISDICTIONS).determinations)
    found.sort(key=lambda one: (one["declaration_id"], JURISDICTIONS.index(one["jurisdiction"])))
    assert len(found) == len(whole) * len(JURISDICTIONS)
    return [found[place : place + len(JURISDICTIONS)] for place in range(0, len(found), len(JURISDICTIONS))]


def determined_pairs(
    screener: Screener, pairs: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]
) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """The determinations of each declaration and of the one beside it."""
    found = determined(screener, [one for pair in pairs for one in pair])
    return zip(found[::2], found[1::2], strict=True)


def tells_of(record: Mapping[str, Any], parameter: str) -> bool:
    """Whether a limit not met names the fact, or a note that frees the good is told.

    Packing for retail sale ends a suspicion about a good below its limits (catch-alls): there the limit that it is below is told.
    """
    low = {"id": f"{record['jurisdiction'].lower()}_low_{parameter}"}.items()
    return any(low <= note.items() for note in record["notes"]) or any(
        (c["status"] == "not_met" and c["declared"] is not None and parameter in (c["parameter"], "retail_packed")) or candidate["why"]
        for candidate in record["candidates"]
        for c in candidate["criteria"]
    )


Told = tuple[dict[str, Any], str, str, list[dict[str, Any]], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def one_fact_more(screener: Screener) -> list[Told]:
    """Declarations, the name and value of a fact, and the determinations without and with it."""
    draw = Random(1)
    asked = [(declaration, *draw.choice(FACTS)) for declaration in declarations(draw)]
    pairs = []
    for declaration, name, value in asked:
        stated = {k: v for k, v in declaration.get("attributes", {}).items() if k != name}
        pairs.append(({**declaration, "attributes": stated}, {**declaration, "attributes": {**stated, name: value}}))
    return [(*one, *found) for one, found in zip(asked, determined_pairs(screener, pairs), strict=True)]


def test_a_fact_that_frees_a_good_is_told_as_the_reason(one_fact_more: list[Told]) -> None:
    freed = 0
    for declaration, name, value, before, after in one_fact_more:
        for was, now in zip(before, after, strict=True):
            if was["flag"] != "NO_FINDING" and now["flag"] == "NO_FINDING":
                freed += 1
                assert tells_of(now, name), (was["jurisdiction"], declaration, name, value)
    assert freed


def test_a_fact_opens_no_question_that_was_settled_for_the_candidates(one_fact_more: list[Told]) -> None:
    for declaration, name, _, before, after in one_fact_more:
        for was, now in zip(before, after, strict=True):
            settled = {(c["list"], c["code"][:5]) for c in was["candidates"] if c["status"] == "not_met"}
            reopened = {(c["list"], c["code"][:5]) for c in now["candidates"] if c["status"] == "needs_data"}
            # Only a statement about the very limit that decided can reopen it: a text that says otherwise than the attribute.
            decided_by = {c["parameter"] for k in was["candidates"] for c in k["criteria"] if c["status"] == "not_met"}
            assert not settled & reopened or name in decided_by, (was["jurisdiction"], declaration)


def caught(rule: Rule, country: str, context: Context) -> bool:
    """Whether a rule's questions about the destination leave it standing for this country."""
    when = rule.when
    inside = country in countries(when["destination"], context) if "destination" in when else True
    outside = country not in countries(when["destination_not"], context) if "destination_not" in when else True
    among = country in countries(when["any_country"], context) if "any_country" in when else True
    return inside and outside and among


@pytest.fixture(scope="module")
def stricter(screener: Screener) -> list[tuple[str, str, str]]:
    """Jurisdiction and two destinations, of which the second is caught by all that catches the first, and freed by no more.

    Caught: by a rule that raises a flag, by a column of a country chart, as a State outside the Chemical Weapons Convention. Freed: by
    an authorisation. An embargo adds to what catches and takes from what frees.
    """
    context = Context(screener.snapshot, screener.policy, screener.goods.facts, DAY)
    sets = {s.id: set(s.members) for s in screener.snapshot.country_sets if law.in_force(s, DAY)}
    pairs = []
    for jurisdiction in JURISDICTIONS:
        rules = [rule for rule in screener.snapshot.rules[jurisdiction] if law.in_force(rule, DAY)]
        charts = {prefix for rule in rules if (prefix := rule.when.get("chart"))}
        read = {name: members for name, members in sets.items() if name == "cwc_non_party" or any(name.startswith(c) for c in charts)}
        catching, freeing = {}, {}
        for country in DESTINATIONS:
            standing = [rule for rule in rules if caught(rule, country, context)]
            marked = {name for name, members in read.items() if country in members}
            catching[country] = {rule.id for rule in standing if rule.then.flag} | marked
            freeing[country] = {rule.id for rule in standing if rule.then.authorisation}
        pairs += [
            (jurisdiction, mild, strict)
            for mild in DESTINATIONS
            for strict in DESTINATIONS
            if mild != strict and catching[mild] <= catching[strict] and freeing[strict] <= freeing[mild]
        ]
    assert ("UN", "VN", "KP") in pairs
    assert {jurisdiction for jurisdiction, _, _ in pairs} >= {"EU", "UN", "CWC", "KH"}
    return pairs


def test_a_stricter_destination_never_lowers_the_flag(screener: Screener, stricter: list[tuple[str, str, str]]) -> None:
    draw = Random(2)
    asked = [(declaration, *draw.choice(stricter)) for declaration in declarations(draw)]
    pairs = [({**one, "destination_country": mild}, {**one, "destination_country": strict}) for one, _, mild, strict in asked]
    for (_, jurisdiction, mild, strict), found in zip(asked, determined_pairs(screener, pairs), strict=True):
        was, now = (determinations[JURISDICTIONS.index(jurisdiction)] for determinations in found)
        assert SEVERITY[now["flag"]] >= SEVERITY[was["flag"]], (jurisdiction, mild, was["flag"], strict, now["flag"])


SUSPICIOUS = {
    "transit_countries": ("AE;TR",), "payment": ("cash in advance",), "hs_code": ("8542",), "value": ("1", "999999"),
    "net_mass_kg": ("0.1",), "currency": ("EUR",), "procedure_code": ("2300",), "transport_mode": ("5",),
}  # fmt: skip


def test_what_is_only_suspicious_is_never_a_licence_flag(screener: Screener) -> None:
    draw, declared = Random(3), []
    for _ in range(2 * DRAWN):
        parties = [
            {"role": role, "name": draw.choice(("Global Freight Forwarding LLC", *NAMES[:2])), "address": "PO Box 1234, Free Zone"}
            for role in draw.sample(("consignee", "end_user", "notify_party"), draw.randrange(3))
        ]
        declared.append({
            "description": draw.choice(("spare parts", "machine parts", "samples", "adapters", "cotton t-shirts", "LED bulbs")),
            "destination_country": draw.choice(("AE", "HK", "TR", "KZ", "VN")),
            **{name: draw.choice(values) for name, values in SUSPICIOUS.items() if draw.random() < 0.5},
            **({"parties": parties} if parties else {}),
        })  # fmt: skip
    found = determined(screener, declared)
    assert any(record["red_flags"] for one in found for record in one)
    assert {record["flag"] for one in found for record in one} <= {"NO_FINDING", "REVIEW"}


def test_names_and_nationalities_of_parties_change_no_ranking_of_goods(screener: Screener) -> None:
    draw, pairs = Random(4), []
    for declaration in declarations(draw):
        swapped = (draw.sample(NAMES, 3), draw.sample(("VN", "RU", "IR", "US", "KP"), 3))
        plain, other = (
            {**declaration, "parties": [{"role": r, "name": n, "country": c} for r, n, c in zip(ROLES, *who, strict=True)]}
            for who in ((NAMES[:3], ("VN", "RU", "IR")), swapped)
        )
        pairs.append((plain, other))
    for before, after in determined_pairs(screener, pairs):
        for was, now in zip(before, after, strict=True):
            assert was["candidates"] == now["candidates"]


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_the_same_input_and_snapshot_give_the_same_bytes(screener: Screener, form: str) -> None:
    declared = [
        {"declaration_id": f"D-{n}", "export_country": "DE", "destination_country": to, "description": good, "consignee_name": NAMES[n % 5]}
        for n, (good, to) in enumerate((good, to) for good in GOODS for to in DESTINATIONS[:4])
    ]
    written = []
    for opened in (screener, Screener(screener.snapshot, screener.policy)):
        frame = pl.concat(opened.determine(part, as_of=DAY).determinations for part in read_records(declared, ReadOptions(opened.snapshot)))
        held = io.BytesIO()
        write_to([frame], held, form, bom=False)
        written.append(held.getvalue())
    assert written[0] == written[1]
    assert written[0]
