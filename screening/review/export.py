"""A case in one file, to be handed to another office; and the same declaration screened again from that file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from screening.engine import Screener
from screening.errors import ReviewError
from screening.review.cases import stated
from screening.review.declared import declarations_of
from screening.review.ledger import canonical, digest, row_hash
from screening.review.lines import case_lines
from screening.review.reading import Case
from screening.write.nested import records

FORMAT = "stc-case/1"
_INSIDE = "case.json"
_OF_THE_RUN = ("snapshot", "engine_version", "policy")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # of files in an archive, so that equal cases are equal bytes


class Replay(NamedTuple):
    """What screening again came to: the fields in which it differs, and what the determination was made with then and now."""

    differs: tuple[str, ...]
    then: dict[str, str]
    now: dict[str, str]


def case_file(case: Case) -> dict[str, Any]:
    """The content of an exported case: the row it was opened as, and its events as they stand in the ledger."""
    return {"format": FORMAT, "case": case.row, "events": [event._asdict() for event in case.events]}


def write_case(case: Case, path: Path, today: date) -> None:
    """A case in ``path``: JSON, or a ZIP file of it and of the same in words, by the suffix."""
    text = json.dumps(case_file(case), ensure_ascii=False, indent=1)
    if path.suffix == ".json":
        path.write_text(text + "\n", encoding="utf-8")
        return
    if path.suffix != ".zip":
        raise ReviewError(f"{path}: a case is written as .json or .zip")
    told = "".join(f"{line.text}\n" for line in case_lines(case, (), today))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ((_INSIDE, text + "\n"), ("case.txt", told)):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    path.write_bytes(out.getvalue())


def read_case(path: Path) -> dict[str, Any]:
    """An exported case, proved against its own hashes; raises ReviewError where it is none, or not as it was written."""
    try:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                content = json.loads(archive.read(_INSIDE))
        else:
            content = json.loads(path.read_bytes())
        fault = _fault(content)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, zipfile.BadZipFile):
        raise ReviewError(f"{path}: is no case that stc review export wrote") from None
    if fault:
        raise ReviewError(f"{path}: {fault}")
    return dict(content)


def _fault(content: Mapping[str, Any]) -> str | None:
    """What speaks against an exported case, if anything."""
    if content["format"] != FORMAT:
        return f"was written in the form {content['format']}; this version reads {FORMAT}"
    if [event["version"] for event in content["events"]] != list(range(1, len(content["events"]) + 1)):
        return "events are missing since the case was exported"
    for event in content["events"]:
        if row_hash({**event, "details": canonical(event["details"])}) != event["hash"]:
            return f"event {event['seq']} was altered since the case was exported"
    if content["events"][0]["details"]["case"] != digest(as_opened(content["case"])):
        return "the case was altered since it was exported"
    return None


def as_opened(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as the store holds it: its nested parts as JSON text."""
    return {
        **row,
        "determination": canonical(row["determination"]),
        "declared": canonical(row["declared"]) if row["declared"] is not None else None,
    }


def replay(content: Mapping[str, Any], screener: Screener) -> Replay:
    """The declaration of an exported case screened again under the same law on the same day; raises ReviewError where it was not kept."""
    row = content["case"]
    if row["declared"] is None:
        raise ReviewError(f"case {row['case_id']} holds no declared record; open results with --declarations to keep it")
    then = row["determination"]
    found = screener.determine(
        declarations_of(row["declared"]), as_of=date.fromisoformat(row["as_of"]), jurisdictions=(row["jurisdiction"],)
    )
    (now,) = records(found.determinations)
    fields = sorted({*then, *now} - {*_OF_THE_RUN})
    differs = tuple(name for name in fields if stated({name: then.get(name)}) != stated({name: now.get(name)}))
    return Replay(differs, {name: then[name] for name in _OF_THE_RUN}, {name: now[name] for name in _OF_THE_RUN})
