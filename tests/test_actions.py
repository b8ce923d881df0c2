"""The next steps of an officer follow the flag, the licence that is declared and the parties that matched."""

from __future__ import annotations

from screening.actions import actions
from tests.conftest import Ask
from tests.write.determined import ASKED, BOWLS, CYANIDE, LISTED


def test_nothing_is_to_be_done_where_nothing_was_found(ask: Ask) -> None:
    assert list(actions(ask(**BOWLS))) == []


def test_a_missing_licence_is_asked_for_and_a_declared_one_verified(ask: Ask) -> None:
    assert next(actions(ask(**CYANIDE))).startswith("Do not release without a licence")
    steps = list(actions(ask(**CYANIDE, documents=[{"code": "X060", "reference": "DE-1"}])))
    why = "A licence is declared and not verified (not checked: no register)"
    assert steps[0] == f"{why}: verify number, holder, goods, destination, validity and balance."
    assert not any("without a licence" in step for step in steps)


def test_what_is_open_is_settled_before_release(ask: Ask) -> None:
    steps = list(actions(ask(**ASKED)))
    assert steps[0].startswith("Settle what is open before release")
    assert any("may hold the movement for 10 working days" in step for step in steps)


def test_a_matched_party_is_compared_with_the_listing(ask: Ask) -> None:
    steps = list(actions(ask(**BOWLS, parties=[LISTED])))
    assert steps[0].startswith("Do not release: stop the movement")
    assert steps[1].startswith(
        "Compare the identity papers and registration of consignee Korea Mining Development Trading Corp with the listing of"
    )
