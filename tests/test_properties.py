"""What holds of every declaration, tried on drawn ones (seeded, so that every run draws the same)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
drawn = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])

GOODS = ("isostatic press", "aluminium alloy tube 7075-T6", "thermal imaging camera uncooled", "sodium cyanide", "thiodiglycol solution",
         "phosphorus trichloride", "frequency converter", "vacuum pump", "carbon fibre prepreg", "CNC milling machine", "spray dryer",
         "maraging steel", "pressure transducer", "spark plugs", "cotton t-shirts")  # fmt: skip
FACTS = (("working_pressure", "20 MPa"), ("working_pressure", "100 MPa"), ("inner_diameter", "100 mm"), ("inner_diameter", "300 mm"),
         ("outer_diameter", "50 mm"), ("outer_diameter", "100 mm"), ("uts", "300 MPa"), ("uts", "572 MPa"), ("frame_rate", "9 Hz"),
         ("frame_rate", "60 Hz"), ("concentration", "5 %"), ("concentration", "25 %"), ("concentration", "85 %"),
         ("retail_packed", "yes"))  # fmt: skip
DESTINATIONS = ("VN", "JP", "US", "EG", "IL", "KP", "IR", "RU", "SY", "KH", "CH", "TR")
NAMES = ("Quillmark Trading", "Hanover Precision GmbH", "Nguyen Van An", "Ministry of Supply", "Al Noor General Trading LLC")
ROLES = ("exporter", "consignee", "end_user")

declarations = st.fixed_dictionaries(
    {"description": st.sampled_from(GOODS), "destination_country": st.sampled_from(DESTINATIONS)},
    optional={"attributes": st.dictionaries(*(st.sampled_from([f[n] for f in FACTS]) for n in (0, 1)), max_size=2)},
)


def determined(screener: Screener, *declared: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    """The determinations of each declaration, in the order of JURISDICTIONS."""
    whole = [{"declaration_id": f"D-{number:03}", "export_country": "DE", **record} for number, record in enumerate(declared)]
    (part,) = read_records(whole, ReadOptions(screener.snapshot))
    found = records(screener.determine(part, as_of=DAY, jurisdictions=JURISDICTIONS).determinations)
    return [
        sorted((r for r in found if r["declaration_id"] == one["declaration_id"]), key=lambda r: JURISDICTIONS.index(r["jurisdiction"]))
        for one in whole
    ]


def tells_of(record: Mapping[str, Any], parameter: str, value: str) -> bool:
    """Whether a limit not met names the fact, or a note that frees the good is told."""
    return any(
        (c["parameter"] == parameter and c["status"] == "not_met" and c["declared"] is not None) or candidate["why"]
        for candidate in record["candidates"]
        for c in candidate["criteria"]
    )


@drawn
@given(declaration=declarations, fact=st.sampled_from(FACTS))
def test_a_fact_that_frees_a_good_is_told_as_the_reason(screener: Screener, declaration: dict[str, Any], fact: tuple[str, str]) -> None:
    name, value = fact
    stated = {k: v for k, v in declaration.get("attributes", {}).items() if k != name}
    before, after = determined(screener, {**declaration, "attributes": stated}, {**declaration, "attributes": {**stated, name: value}})
    for was, now in zip(before, after, strict=True):
        if was["flag"] != "NO_FINDING" and now["flag"] == "NO_FINDING":
            assert tells_of(now, name, value), (was["jurisdiction"], declaration, fact)


@drawn
@given(declaration=declarations, fact=st.sampled_from(FACTS))
def test_a_fact_opens_no_question_that_was_settled_for_the_candidates(
    screener: Screener, declaration: dict[str, Any], fact: tuple[str, str]
) -> None:
    name, value = fact
    stated = {k: v for k, v in declaration.get("attributes", {}).items() if k != name}
    before, after = determined(screener, {**declaration, "attributes": stated}, {**declaration, "attributes": {**stated, name: value}})
    for was, now in zip(before, after, strict=True):
        settled = {(c["list"], c["code"][:5]) for c in was["candidates"] if c["status"] == "not_met"}
        reopened = {(c["list"], c["code"][:5]) for c in now["candidates"] if c["status"] == "needs_data"}
        # Only a statement about the very limit that decided can reopen it: a text that says otherwise than the attribute.
        decided_by = {c["parameter"] for k in was["candidates"] for c in k["criteria"] if c["status"] == "not_met"}
        assert not settled & reopened or name in decided_by


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


@drawn
@given(data=st.data(), declaration=declarations)
def test_a_stricter_destination_never_lowers_the_flag(
    screener: Screener, stricter: list[tuple[str, str, str]], data: st.DataObject, declaration: dict[str, Any]
) -> None:
    jurisdiction, mild, strict = data.draw(st.sampled_from(stricter))
    place = JURISDICTIONS.index(jurisdiction)
    was, now = (
        found[place]
        for found in determined(screener, {**declaration, "destination_country": mild}, {**declaration, "destination_country": strict})
    )
    assert SEVERITY[now["flag"]] >= SEVERITY[was["flag"]], (jurisdiction, mild, was["flag"], strict, now["flag"])


suspicious = st.fixed_dictionaries(
    {"description": st.sampled_from(("spare parts", "machine parts", "samples", "adapters", "cotton t-shirts", "LED bulbs")),
     "destination_country": st.sampled_from(("AE", "HK", "TR", "KZ", "VN"))},
    optional={"transit_countries": st.just("AE;TR"), "payment": st.just("cash in advance"), "hs_code": st.just("8542"),
              "value": st.sampled_from(("1", "999999")), "net_mass_kg": st.just("0.1"), "currency": st.just("EUR"),
              "procedure_code": st.just("2300"), "transport_mode": st.just("5"),
              "parties": st.lists(st.fixed_dictionaries({"role": st.sampled_from(("consignee", "end_user", "notify_party")),
                                                         "name": st.sampled_from(("Global Freight Forwarding LLC", *NAMES[:2])),
                                                         "address": st.just("PO Box 1234, Free Zone")}), max_size=2)},
)  # fmt: skip


@drawn
@given(declaration=suspicious)
def test_what_is_only_suspicious_is_never_a_licence_flag(screener: Screener, declaration: dict[str, Any]) -> None:
    (found,) = determined(screener, declaration)
    assert {record["flag"] for record in found} <= {"NO_FINDING", "REVIEW"}


@drawn
@given(declaration=declarations, names=st.permutations(NAMES), nationalities=st.permutations(("VN", "RU", "IR", "US", "KP")))
def test_names_and_nationalities_of_parties_change_no_ranking_of_goods(
    screener: Screener, declaration: dict[str, Any], names: list[str], nationalities: list[str]
) -> None:
    plain, swapped = (
        {
            **declaration,
            "parties": [{"role": r, "name": n, "country": c} for r, n, c in zip(("exporter", "consignee", "end_user"), *who, strict=False)],
        }
        for who in ((NAMES, ("VN", "RU", "IR")), (names, nationalities))
    )
    for was, now in zip(*determined(screener, plain, swapped), strict=True):
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
