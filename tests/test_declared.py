"""What was declared stands beside the determinations of flagged items, and of no other."""

from __future__ import annotations

from screening.declared import with_declared
from screening.engine import Screener
from screening.read import ReadOptions, read_records
from tests.write.determined import BOWLS, CYANIDE, DAY, LISTED


def test_every_determination_of_a_flagged_item_has_what_was_declared(screener: Screener) -> None:
    records = [{**CYANIDE, "declaration_id": "T-1", "net_mass_kg": 5, "parties": [LISTED]}, {**BOWLS, "declaration_id": "T-2"}]
    (part,) = read_records(records, ReadOptions(screener.snapshot))
    decided = screener.determine(part, as_of=DAY, jurisdictions=("UN", "CWC")).determinations
    found = with_declared(decided, part, at_least="REVIEW")
    assert found.select("declaration_id", "jurisdiction", "flag").rows() == [("T-1", "CWC", "NO_FINDING"), ("T-1", "UN", "PROHIBITED")]
    assert found.get_column("declared.net_mass_kg").to_list() == [5.0, 5.0]
    assert [[party["role"] for party in parties] for parties in found.get_column("declared.parties")] == [["consignee"]] * 2
    assert found.select(decided.columns).equals(decided[:2])
    assert with_declared(decided[2:], part, at_least="REVIEW").columns == found.columns
