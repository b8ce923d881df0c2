"""The derived file of China's Ministry of Commerce."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.conformance.importers.conftest import Imported

FILE = "china/mofcom_2026-07-19_derived/cn.json"


def test_the_three_lists(imported: Callable[[str, str], Imported], shared: Path) -> None:
    done = imported("cn_mofcom", FILE)
    records = json.loads((shared / "data" / "watchlists" / FILE).read_text(encoding="utf-8"))
    parties = [listing.entity for listing in done.listings]
    assert len(records) == 240
    # One less: Boeing Defense, Space & Security stands in two records, its Chinese name parted at the comma. Ids of records repeat.
    assert len(parties) == len({party.id for party in parties}) == 239
    assert len({record["id"] for record in records}) == 238
    assert Counter(party.programmes for party in parties) == {("CN-ECL",): 139, ("CN-UEL",): 60, ("CN-ATTENTION",): 40}
    assert sum(len(record["aliases"]) + 1 for record in records) == 474
    # Two names of the records stand in brackets in the Chinese one, one record less.
    assert sum(1 + len(party.aliases) for party in parties) == 475
