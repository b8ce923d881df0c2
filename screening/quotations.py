"""The official wording of a control code, quoted from the imported edition beside our own title. Nothing official is in the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from control_lists.codes.control_code import at_and_above
from control_lists.texts import HeldText

_LONGEST = 400  # characters of one line shown; --json gives the whole


def quotation(texts: Mapping[str, HeldText], list_id: str, code: str) -> dict[str, Any] | None:
    """Edition, file and lines (code, kind, text) printed under ``code``, behind the openings of what it stands under.

    None where no text of the list is imported, or it does not have the code.
    """
    held = texts.get(list_id)
    if held is None:
        return None
    text = held.text
    lines = [
        {"code": over, "kind": kind, "text": line}
        for over in reversed(list(at_and_above(code)))
        for kind, line in text.quote(over)
        if over == code or kind == "provision"
    ]
    if not any(line["code"] == code for line in lines):
        return None
    return {"edition": held.facts.edition.isoformat(), "file": held.facts.file, "lines": lines}


def quotation_lines(quoted: Mapping[str, Any], *, notes: bool = True) -> Iterator[str]:
    """The quotation as lines, marked as such; licence requirements, which are long, are left to ``--json``."""
    yield f"official wording, quoted from the edition of {quoted['edition']} ({quoted['file']}):"
    for line in quoted["lines"]:
        if line["kind"] == "provision" or (notes and line["kind"] != "requirements"):
            text = line["text"] if len(line["text"]) <= _LONGEST else f"{line['text'][:_LONGEST].rstrip()} …"
            yield f"{line['code']}  “{text}”"
