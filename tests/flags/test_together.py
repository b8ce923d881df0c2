"""Kits and split shipments are told of the whole batch alone: neither order nor the cut into parts matters, and time does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from control_lists.red_flags import Kit, KitGroup, ValueLimit
from screening.flags.together import PIECE, over_batch

START = date(2026, 1, 1)
CODES = {"spray": "2B352.h", "freeze": "2B352.e", "ferment": "2B352.b"}
KIT = Kit(
    id="k", title="drying cells", at_least=3, days=30, cites=("c",), groups=tuple(KitGroup(title=t, codes=(c,)) for t, c in CODES.items())
)
LIMIT = ValueLimit(id="l", title="free limit", export_from=("DE",), amount=5000.0, currency="EUR", days=30, cites=("c",))


def piece(
    row: int, day: int, code: str = "2A226", consignee: str | None = "MILL|VN", value: float | None = None, **more: Any
) -> dict[str, Any]:
    known = {"source_file": "f", "source_row": row, "item_number": 1, "declaration_id": f"D{row}", "day": START + timedelta(day)}
    return {
        **known,
        "exporter": "N|DE",
        "consignee": consignee,
        "export_country": "DE",
        "value": value,
        "currency": "EUR",
        "codes": [code],
        **more,
    }


def told(*rows: dict[str, Any]) -> list[tuple[str, str]]:
    found = over_batch(pl.DataFrame(rows, schema=PIECE), (KIT,), (LIMIT,))
    return [(row["declaration_id"], row["told"]) for row in found.iter_rows(named=True)]


def test_three_kinds_in_the_window_make_a_kit_and_every_member_is_told() -> None:
    rows = [piece(1, 0, "2B352.h.1"), piece(2, 10, "2B352.e"), piece(3, 29, "2B352.b.1"), piece(4, 5, "3A001")]
    assert told(*rows) == [(f"D{n}", "drying cells (ferment, freeze, spray)") for n in (1, 2, 3)]


def test_neither_two_kinds_nor_a_later_third_nor_another_consignee_make_one() -> None:
    assert told(piece(1, 0, "2B352.h"), piece(2, 1, "2B352.e"), piece(3, 2, "2B352.e")) == []
    assert told(piece(1, 0, "2B352.h"), piece(2, 1, "2B352.e"), piece(3, 30, "2B352.b")) == []
    assert told(piece(1, 0, "2B352.h"), piece(2, 1, "2B352.e"), piece(3, 2, "2B352.b", consignee="OTHER|VN")) == []
    assert told(piece(1, 0, "2B352.h"), piece(2, 1, "2B352.e"), piece(3, 2, "2B352.b", consignee=None)) == []


def test_one_good_that_is_of_three_kinds_is_no_kit() -> None:
    assert told({**piece(1, 0), "codes": list(CODES.values())}) == []


def test_values_that_cross_a_limit_together_are_told_and_one_that_is_above_alone_is_not_split() -> None:
    assert told(piece(1, 0, value=3000.0), piece(2, 20, value=2500.0)) == [
        (f"D{n}", "free limit: 2 items of 5500.0 EUR together") for n in (1, 2)
    ]
    assert told(piece(1, 0, value=3000.0), piece(2, 20, value=2000.0)) == []
    assert told(piece(1, 0, value=3000.0), piece(2, 40, value=3000.0)) == []
    assert told(piece(1, 0, value=3000.0), piece(2, 1, value=9000.0)) == []
    assert told(piece(1, 0, value=3000.0), piece(2, 1, value=3000.0, currency="USD")) == []
    assert told(piece(1, 0, value=3000.0), piece(2, 1, value=3000.0, export_country="FR")) == []
    assert told(piece(1, 0, "2A226", value=3000.0), piece(2, 1, "3A001", value=3000.0)) == []


PIECES = st.lists(st.tuples(st.integers(0, 80), st.sampled_from(sorted(CODES.values())), st.sampled_from(["A", "B", None])), max_size=12)


@settings(max_examples=60, deadline=None)
@given(PIECES, st.randoms())
def test_kits_are_those_of_the_slow_reference_in_any_order(drawn: list[tuple[int, str, str | None]], chance: Any) -> None:
    rows = [piece(n, day, code, consignee) for n, (day, code, consignee) in enumerate(drawn)]
    expected = set()
    for start in range(81):
        for consignee in ("A", "B"):
            inside = [r for r in rows if r["consignee"] == consignee and start <= (r["day"] - START).days < start + KIT.days]
            if len({r["codes"][0] for r in inside}) >= 3:
                expected |= {r["declaration_id"] for r in inside}
    assert {id_ for id_, _ in told(*rows)} == expected
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert told(*shuffled) == told(*rows)
