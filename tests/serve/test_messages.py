"""Every message in every language."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import screening.serve
from screening.decide.records import FLAGS
from screening.review.queue import DIMENSIONS
from screening.review.state import ROLES, STATUSES
from screening.serve.messages import language_of, messages, say_in

PLACE = Path(screening.serve.__file__).parent
FAMILIES = {
    "flag": FLAGS,
    "lane": ("red", "yellow", "blue", "green"),
    "status": STATUSES,
    "role": ROLES,
    "dimension": DIMENSIONS,
    "criterion": ("met", "not_met", "not_stated"),
    "candidate": ("met", "declared", "needs_data", "not_met", "hint"),
    "strength": ("strong", "possible", "excepted"),
    "event": (
        "opened", "assigned", "noted", "document_received", "proposed", "decided", "confirmed", "rejected", "registered", "withdrawn",
    ),
    "batch_status": ("waiting", "running", "done", "failed"),
    "text": ("description", "marks", "remarks", "end_use"),
    "role_of": (
        "exporter", "consignor", "consignee", "buyer", "end_user", "intermediary", "broker", "notify_party", "freight_forwarder",
        "declarant", "carrier", "vessel", "owner",
    ),
}  # fmt: skip


def sources() -> str:
    """Templates and code."""
    return "".join(path.read_text(encoding="utf-8") for path in [*PLACE.rglob("*.html"), *PLACE.rglob("*.py")])


def used() -> set[str]:
    """The ids that are named: whole ones, and each member of the families that are put together."""
    whole = set(re.findall(r"""(?:say\(|failure=|hint=|, )["']([a-z_]+\.[a-z_]+)["']""", sources()))
    families = set(re.findall(r"""["'](\w+)\.["'] ~""", sources()))
    assert families == set(FAMILIES)
    return {one for one in whole if one.partition(".")[0] in TABLES and not one.endswith(".html")} | {
        f"{f}.{member}" for f in families for member in FAMILIES[f]
    }


TABLES = {message.partition(".")[0] for message in messages()["en"]}


@pytest.mark.parametrize("language", sorted(messages()))
def test_each_language_has_every_message_that_is_used(language: str) -> None:
    assert len(used()) > 150
    assert used() - set(messages()[language]) == set()


@pytest.mark.parametrize("language", sorted(messages()))
def test_each_language_takes_the_same_values(language: str) -> None:
    def values(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert {one for one, text in messages()[language].items() if values(text) != values(messages()["en"][one])} == set()
    assert set(messages()[language]) == set(messages()["en"])


def test_no_message_lies_unused() -> None:
    assert set(messages()["en"]) - used() - {"language.name"} == set()


def test_the_language_is_the_one_chosen_else_the_first_accepted_that_there_is() -> None:
    assert language_of("km", "fr") == "km"
    assert language_of("tlh", "fr-CA,en;q=0.5") == "fr"
    assert language_of(None, "de, km;q=x, fr;q=0.1") == "fr"
    assert language_of(None, None) == "en"


def test_values_are_filled_in() -> None:
    assert say_in("fr")("case.number", number=7) == "Dossier 7"
