"""Red flags in the whole line: they move lanes and ask, touch no legal flag, and depend on no part of the batch but the item's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from control_lists.snapshot import Snapshot
from screening.decide.determined import joined
from screening.engine import Screener
from screening.flags.depth import with_table
from screening.flags.stage import FLAG
from screening.read import Declarations, ReadOptions, read_records
from tests.conftest import DAY, Ask

ROOT = Path(__file__).resolve().parents[2]
TRADER = {
    "declaration_id": "T",
    "description": "isostatic press",
    "export_country": "DE",
    "destination_country": "AE",
    "consignee_name": "Harbour Star General Trading",
    "consignee_address": "P.O. Box 4711, Dubai",
}
KIT = [
    {
        "declaration_id": f"K{n}",
        "description": text,
        "export_country": "DE",
        "destination_country": "VN",
        "consignee_name": "Brackwell Mill",
    }
    for n, text in enumerate(("spray dryer", "freeze dryer", "fermenter", "plastic bowls"))
]


def parts(screener: Screener, records: Sequence[dict[str, Any]], rows: int = 100_000) -> list[Declarations]:
    return list(read_records(records, ReadOptions(screener.snapshot), part_rows=rows))


def screened(screener: Screener, records: Sequence[dict[str, Any]], rows: int = 100_000) -> pl.DataFrame:
    found = [screener.determine(part, as_of=DAY, jurisdictions=["EU"]) for part in parts(screener, records, rows)]
    whole = joined(one.determined for one in found)
    return screener.in_order(screener.settled(whole, screener.together(one.pieces for one in found))).whole()


def flags_of(frame: pl.DataFrame) -> dict[str, list[str]]:
    return {row["declaration_id"]: [flag["id"] for flag in row["red_flags"]] for row in frame.iter_rows(named=True)}


def test_a_trader_behind_a_post_office_box_at_a_hub_is_told_by_family_with_what_was_read(ask: Ask) -> None:
    record = ask(**TRADER)
    told = {flag["id"]: (flag["family"], flag["weight"], flag["lane"]) for flag in record["red_flags"]}
    assert told == {"RF02": ("route", 2, "yellow"), "RF08": ("party", 2, "yellow"), "RF10": ("party", 3, "yellow")}
    (trader,) = [flag for flag in record["red_flags"] if flag["id"] == "RF10"]
    assert trader["fields"] == ["parties.consignee.name", "description"]
    assert trader["text"] == "Harbour Star General Trading trades by its name; goods of 2B104 are bought by those who use them."


def test_no_flag_of_the_law_changes_whatever_is_raised(screener: Screener) -> None:
    snapshot = screener.snapshot
    records = [
        {"declaration_id": f"{f.id}-{n}", "export_country": "DE", **e.declaration}
        for f in snapshot.red_flags.values()
        for n, e in enumerate(f.examples)
    ]
    records += [TRADER, *KIT]
    with_flags = screened(screener, records)
    raised = sum(len(ids) for ids in flags_of(with_flags).values())
    assert raised > 20
    silent = Screener(snapshot, screener.policy)
    silent.flags._asked = []
    without = screened(silent, records)
    assert with_flags.select("declaration_id", "flag").equals(without.select("declaration_id", "flag"))
    assert with_flags.select("reasons", "candidates", "authorisations").equals(without.select("reasons", "candidates", "authorisations"))


def test_ordinary_goods_raise_nothing(ask: Ask) -> None:
    record = ask(description="100 CTNS PLASTIC BOWLS", hs_code="392410", consignee_name="Brackwell Household Goods", consignee_country="VN")
    assert (record["lane"], record["red_flags"]) == ("green", [])


def test_flags_raised_elsewhere_are_taken_in(screener: Screener) -> None:
    (part,) = parts(screener, [TRADER])
    row = {"item": 0, "id": "RF17", "family": "document", "weight": 5, "lane": "red", "fields": ["documents"], "text": "t", "question": "q"}
    days = part.items.select("item", as_of=pl.lit(DAY))
    nothing = screener.determine(part, as_of=DAY, jurisdictions=["EU"])
    assert "RF17" not in flags_of(nothing.determinations)["T"]
    candidates = screener.goods.match(part.items, ["eu-dual-use"], DAY)
    matches = screener.parties.match(part.parties, {0: DAY})
    found = screener.flags.raised(part, days, candidates, matches, [pl.DataFrame([row], schema=FLAG)])
    assert found.columns == list(FLAG)
    assert set(found.get_column("id")) == {"RF02", "RF08", "RF10", "RF17"}


def test_a_kit_is_found_over_parts_and_in_any_order(screener: Screener) -> None:
    whole = screened(screener, KIT)
    assert {id_ for id_, ids in flags_of(whole).items() if "RF28" in ids} == {"K0", "K1", "K2"}
    by_one = screened(screener, KIT, rows=1)
    keys = ["declaration_id", "lane", "red_flags", "questions"]
    assert by_one.select(keys).equals(whole.select(keys))
    turned = screened(screener, KIT[::-1])
    assert turned.select(keys).equals(whole.select(keys))


def test_what_other_items_of_a_part_ask_changes_no_flag(screener: Screener) -> None:
    american = {"declaration_id": "U", "description": "isostatic press", "export_country": "US", "destination_country": "VN"}

    def of_trader(records: list[dict[str, Any]]) -> list[Any]:
        (part,) = parts(screener, records)
        found = screener.determine(part, as_of=DAY).determinations.filter(pl.col("declaration_id") == "T")
        return found.select("jurisdiction", "lane", "red_flags").rows()

    assert of_trader([TRADER]) == of_trader([TRADER, american])


def test_the_page_holds_the_table_of_the_data() -> None:
    page = (ROOT / "docs" / "red-flags.md").read_text(encoding="utf-8")
    assert page == with_table(page, Snapshot.open()), "write it anew: python -m screening.flags.depth"


def test_the_day_of_the_declaration_decides_not_that_of_the_run(screener: Screener) -> None:
    record = {
        "declaration_id": "N",
        "description": "processors",
        "hs_code": "854231",
        "incorporated_on": "2025-06-01",
        "export_country": "DE",
    }
    (early,) = flags_of(screened(screener, [{**record, "declared_on": date(2026, 1, 1).isoformat()}])).values()
    (late,) = flags_of(screened(screener, [record])).values()
    assert ("RF12" in early, "RF12" in late) == (True, False)
