"""Identifiers that stand in running text behind a label: ``Tax ID No.: 7750005482 (Russia)``, ``Passport no.: FA0157612``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from control_lists.importers.imo_number import is_company_number


class Labelled(NamedTuple):
    """An identifier: one of ``draft.IDENTIFIER_KINDS`` and its number as printed."""

    kind: str
    value: str


# KPP and BIK, which Russian entries print beside the others, name a tax office and a bank: they are no identifiers of the party.
_LABELS = {
    "imo": r"\bIMO\b\)?",
    "mmsi": r"\bMMSI",
    "lei": r"\bLEI|Legal Entity (?:Identifier|Number)",
    "passport": r"passport",
    "tax": r"\b(?:Russian? )?INN|УНН/ИНН|\bИНН|\bTIN|\btax(?:payer)?(?: (?:ID(?:entification)?|registration))?|national tax"
    r"|fiscal code|\bVAT",
    "reg": r"\b(?:Russian? )?OGRN(?:IP)?|\bОГРН|\bBIN|\bUNP|\bУНП|\bOKPO|Government Gazette|business (?:identification|registration)"
    r"|company (?:identification|registration)|(?:state|commercial) registration|registered company|registration|(?:UK )?company",
    "national": r"national (?:identification|identity|identifier|ID)(?: card)?|identity (?:card|document)|identification card|\bID card"
    r"|\bDNI|\bNRIC|ration card|social security|military (?:identification|service|ID)|(?:FARDC|personal) ID",
    "licence": r"(?:service )?provider licen[cs]e|driving licen[cs]e|(?:trade|business) licen[cs]e",
    "swift": r"SWIFT/ ?BIC|\bSWIFT(?: code)?|\bBIC",
}
_BANK_CODE = r"(?P<bank>[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b"
# A number has a digit, is written in capitals, and a letter or two may stand apart before it (``NR 55 0246878`` is read up to the gap).
_NUMBER = r"(?P<number>(?:(?!INN|TIN|KPP|BIN)[A-Z]{1,3} (?=\d))?(?=[A-Z/.-]*\d)[A-Z0-9](?:[A-Z0-9/.-]*[A-Z0-9])?)"
_LABELLED = re.compile(
    "(?i:" + "|".join(f"(?P<{kind}>{label})" for kind, label in _LABELS.items()) + ")"
    r"(?i:[\s.:]*(?:card|ship|identification|identity|numbers?|no\b|nos\b|nr\b|id\b|№|#))*[\s.:#–-]*"
    rf"(?:{_BANK_CODE}|{_NUMBER})"
)  # fmt: skip
_LEADING = re.compile(rf"^\W*(?:(?i:no)\b\W*)?{_NUMBER}(?![\w@])")
_DATE = re.compile(r"^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$")
_KPP = re.compile(r"^\d{4}[\dA-Z]{2}001$")
_LEAST_SIGNS = 5
_MARK = re.compile(r"\W")


def labelled_numbers(text: str | None, leading: str | None = None) -> Iterator[Labelled]:
    """Every identifier behind its label; of IMO numbers only a company's, as a ship's in running text is mostly another party's.

    A number that opens the text without a label is of the kind ``leading``, where one is given.

    >>> list(labelled_numbers("Registration ID: 1097711000078 (Russia). Tax ID No.: 7750005482"))
    [Labelled(kind='reg', value='1097711000078'), Labelled(kind='tax', value='7750005482')]
    >>> list(labelled_numbers("A-333602 (Indian) issued 1985", leading="passport"))
    [Labelled(kind='passport', value='A-333602')]
    """
    if text is None:
        return
    if leading is not None and (first := _LEADING.match(text)) and _is_number(first["number"]) and not _KPP.match(first["number"]):
        yield Labelled(leading, first["number"])
    for found in _LABELLED.finditer(text):
        kind = next(kind for kind in _LABELS if found[kind] is not None)
        if kind == "swift":
            if found["bank"] is not None:
                yield Labelled(kind, found["bank"])
        elif found["number"] is not None and _is_number(found["number"]) and (kind != "imo" or is_company_number(found["number"])):
            yield Labelled(kind, found["number"])


def _is_number(value: str) -> bool:
    """At least five signs with a digit among them, and no date: a shorter one is many a party's."""
    return len(_MARK.sub("", value)) >= _LEAST_SIGNS and any(c.isdigit() for c in value) and not _DATE.match(value)
