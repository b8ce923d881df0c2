"""The draw-down: who takes what of which licence, in the order of declaration, and what that makes of each claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import polars as pl

from screening.licences.check import Compared, Wanted, evidence
from screening.licences.records import CHECK, Balance, Licence, number_key

_TERMS = {"status": "revoked", "valid_to": "expired"}


class Judged(NamedTuple):
    """A claim with what the comparison found; ``place`` orders claims: day, declaration, item number, file, row, place in the batch."""

    place: tuple[date, str, int, str, int, int, int]
    item: int
    claim: Mapping[str, Any]
    licence: Licence | None
    compared: Compared | None


class Ledger:
    """What is left of every licence line while claims draw on it. A balance is never negative, and drawn and left make what was granted."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[str, int, str], Decimal] = {}

    def left(self, licence: Licence, line: int, what: str, balance: Balance) -> Decimal:
        """What is left of a line's quantity or value."""
        return balance.granted - balance.used - self._drawn.get((number_key(licence.number), line, what), Decimal(0))

    def draw(self, licence: Licence, wanted: Wanted) -> bool:
        """Take what is wanted if both quantity and value have as much left; otherwise nothing."""
        takes = [
            (what, balance, amount)
            for what, balance, amount in (
                ("quantity", wanted.line.quantity, wanted.quantity),
                ("value", wanted.line.value, wanted.value),
            )
            if balance is not None and amount is not None
        ]
        if any(amount > self.left(licence, wanted.line.number, what, balance) for what, balance, amount in takes):
            return False
        for what, _, amount in takes:
            key = (number_key(licence.number), wanted.line.number, what)
            self._drawn[key] = self._drawn.get(key, Decimal(0)) + amount
        return True


def drawn_down(claims: Iterable[Judged], country: Callable[[str], str], ledger: Ledger | None = None) -> pl.DataFrame:
    """The outcome of every claim (CHECK columns), sorted by item; whatever order the claims come in, the earliest declared draws first.

    A claim that fails draws nothing. One that an undeclared fact leaves open draws all the same, so that a later one is not granted
    what this one may have taken; one whose amount is not known draws nothing.
    """
    ledger = ledger or Ledger()
    rows = [_outcome(judged, ledger, country) for judged in sorted(claims, key=lambda one: one.place)]
    return pl.DataFrame(rows, schema=CHECK).sort("item", maintain_order=True)


def _outcome(judged: Judged, ledger: Ledger, country: Callable[[str], str]) -> dict[str, Any]:
    claim, licence, compared = judged.claim, judged.licence, judged.compared
    row: dict[str, Any] = {
        "item": judged.item,
        **{name: claim[name] for name in ("code", "reference", "claim", "jurisdictions")},
        "failed": [], "unknown": [], "covers": [], "parties": [], "questions": [], "conditions": [], "evidence": [],
    }  # fmt: skip
    if licence is None or compared is None:
        return {**row, **_not_held(claim)}
    shown = list(compared.evidence)
    failed, unknown = list(compared.failed), list(compared.unknown)
    taken: Wanted | None = None
    if not failed and compared.wanted:
        taken = next((one for one in compared.wanted if ledger.draw(licence, one)), None)
        amounts, short = _amounts(ledger, licence, taken or compared.wanted[0], is_drawn=taken is not None)
        shown += amounts
        failed += short
    outcome = _named(failed, unknown)
    return {
        **row,
        "outcome": outcome,
        "failed": failed,
        "unknown": unknown,
        "covers": list((taken or compared.wanted[0]).line.control_codes) if compared.wanted else [],
        "parties": list(compared.parties),
        "said": _said(shown, country),
        "questions": list(compared.questions) if outcome == "unknown" else [],
        "conditions": list(licence.conditions) if outcome in ("valid", "unknown") else [],
        "evidence": shown,
    }


def _not_held(claim: Mapping[str, Any]) -> dict[str, Any]:
    """A licence that no register holds is missing. A general authorisation is law, and need stand in none."""
    if claim["claim"] == "general_authorisation":
        return {"outcome": "declared", "unknown": ["register"], "said": "it is not in the register"}
    if claim["reference"] is None:
        return {"outcome": "unknown", "unknown": ["reference"], "said": "no number is declared", "questions": [
            f"What is the number of the licence declared with {claim['code']}?"]}  # fmt: skip
    return {"outcome": "missing", "failed": ["reference"], "said": "the register holds no such number"}


def _named(failed: list[str], unknown: list[str]) -> str:
    """The outcome that findings make: what ends a licence before what does not fit it, and that before what it has not left."""
    for field, outcome in _TERMS.items():
        if field in failed:
            return outcome
    if set(failed) - {"balance_quantity", "balance_value"}:
        return "mismatch"
    return "exhausted" if failed else "unknown" if unknown else "valid"


def _amounts(ledger: Ledger, licence: Licence, wanted: Wanted, *, is_drawn: bool) -> tuple[list[dict[str, Any]], list[str]]:
    """What is wanted beside what is left, before a draw that was refused and after one that was made; and which of the two is short."""
    told: list[dict[str, Any]] = []
    short: list[str] = []
    for what, balance, amount in (("quantity", wanted.line.quantity, wanted.quantity), ("value", wanted.line.value, wanted.value)):
        if balance is None or amount is None:
            continue
        left = ledger.left(licence, wanted.line.number, what, balance)
        is_short = not is_drawn and amount > left
        listed = f"{_plain(left)} {balance.unit} left of {_plain(balance.granted)}"
        comparison = "more_than_left" if is_short else "drawn" if is_drawn else "within"
        told.append(evidence(f"balance_{what}", f"{_plain(amount)} {balance.unit}", listed, comparison, 0.0 if is_short else 100.0))
        if is_short:
            short.append(f"balance_{what}")
    return told, short


def _said(shown: list[dict[str, Any]], country: Callable[[str], str]) -> str:
    """What decided, as the middle of a sentence: what differs or is short, else what is open, else what was drawn."""
    differs = [_words(one, country) for one in shown if one["comparison"] in ("differs", "more_than_left")]
    unknown = [f"{_label(one['field'])} not declared (register: {one['listed']})" for one in shown if one["comparison"] == "not_declared"]
    drawn = [f"{one['declared']} drawn, {one['listed']}" for one in shown if one["comparison"] == "drawn"]
    return "; ".join(differs or unknown or drawn or ["all that the register names agrees"])


def _words(one: Mapping[str, Any], country: Callable[[str], str]) -> str:
    declared, listed = one["declared"], one["listed"]
    if one["field"] == "destination":
        declared, listed = country(declared), ", ".join(map(country, listed.split(", ")))
    if one["comparison"] == "more_than_left":
        return f"{declared} declared, {listed}"
    if one["field"] == "status":
        return f"it is {listed}"
    if one["field"] in ("valid_to", "valid_from"):
        return f"declared on {declared}, valid {'until' if one['field'] == 'valid_to' else 'from'} {listed}"
    return f"{_label(one['field'])} declared {declared}, register {listed}"


def _label(field: str) -> str:
    return "a row of the register" if field == "register" else field.replace("_", " ")


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}" if amount else "0"
