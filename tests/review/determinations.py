"""Determinations made by hand, terms to decide them under, and people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from control_lists.models import PublicHoliday, ReasonCode, Weekend
from screening.policy import Policy
from screening.review import By, ReviewTerms
from screening.review.working_days import WorkingDays

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)  # a Tuesday
ANY = ("true_match", "false_positive", "needs_information", "held", "referred", "released")
TERMS = ReviewTerms(
    {
        "other_party": ReasonCode(id="other_party", title="Another party", dispositions=("false_positive", "released")),
        "consult_authority": ReasonCode(id="consult_authority", title="Asked", dispositions=("held", "referred")),
        "any": ReasonCode(id="any", title="Any", dispositions=ANY),
    },
    WorkingDays.of(
        [Weekend(country="EG", days=("friday", "saturday"))],
        [PublicHoliday(country="DE", on=date(2026, 12, 25), name="Christmas Day")],
    ),
    {"EU": 10, "DE": 10, "KH": 15},
    Policy(),
)


def by(name: str = "amy", role: str = "officer", days: float = 0) -> By:
    """Somebody, some days after NOW."""
    return By(name, role, NOW + timedelta(days=days))


def goods(declaration_id: str, **stated: Any) -> dict[str, Any]:
    """A determination on a good that is recognised as 2B350.g, REVIEW under EU law unless stated otherwise."""
    entry = stated.pop("entry", "eu-dual-use:2B350.g")
    return {
        "declaration_id": declaration_id,
        "item_number": 1,
        "jurisdiction": "EU",
        "as_of": "2026-11-24",
        "flag": "REVIEW",
        "lane": "yellow",
        "description": "GLOBE VALVE DN25 HASTELLOY C276",
        "hs_code": "848180",
        "export_country": "DE",
        "destination_country": "EG",
        "customs_office": "DE004851",
        "reasons": [_reason(entry=entry)],
        "candidates": [{"list": entry.partition(":")[0], "code": entry.partition(":")[2], "title": "Valves", "score": 100.0}],
        "party_matches": [],
        "authorisations": [],
        "red_flags": [],
        "questions": ["Which alloy is wetted?"],
        "notes": [],
        "source_file": "morning.csv",
        "source_row": 2,
        "snapshot": "5" * 64,
        "engine_version": "0.1.0",
        "policy": "shipped:0",
        **stated,
    }


def party(declaration_id: str, name: str = "Example Trading Co", **stated: Any) -> dict[str, Any]:
    """A determination on a consignee that is like a listed party, LICENCE_REQUIRED and red."""
    match = {"role": "consignee", "name": name, "list": "us-sdn", "entity_id": "9647", "listed_name": "EXAMPLE TRADING", "record": "a1b2c3"}
    return goods(
        declaration_id,
        **{
            "flag": "LICENCE_REQUIRED",
            "lane": "red",
            "reasons": [_reason(entity="us-sdn:9647")],
            "candidates": [],
            "party_matches": [match],
            **stated,
        },
    )


def _reason(entry: str | None = None, entity: str | None = None) -> dict[str, Any]:
    return {"rule_id": "r", "flag": "REVIEW", "law": "Article 3", "text": "A reason.", "entry": entry, "entity": entity, "lifted_by": None}
