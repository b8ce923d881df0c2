"""Law that moves: a candidate whose official paragraph changed since its entry was written answers nothing any more and asks."""

from __future__ import annotations

import polars as pl

from control_lists.snapshot import Snapshot

NOTE_ID = "rule_text_changed"
_OPEN = ("met", "declared", "needs_data", "not_met")
_ASK = "The official text of {code} changed after these criteria were written ({before}): what does the edition of {now} say of this good?"
_WHY = "rule text changed since it was written: check {code} in the official text of {now}"


def reopened(candidates: pl.DataFrame, snapshot: Snapshot) -> pl.DataFrame:
    """The candidates (CANDIDATE columns), those that rest on a changed paragraph turned to ``needs_data`` with why and the question.

    Worked out once for each code that occurs. A hint states nothing and stays.
    """
    if not snapshot.moved or candidates.is_empty():
        return candidates
    codes = candidates.select("list", "code").unique()
    rows = [
        {"list": list_id, "code": code, "why_moved": _WHY.format(code=code, now=change.now), "asks": _ask(code, list_id, snapshot)}
        for list_id, code in codes.iter_rows()
        if (change := snapshot.moved.get(list_id)) is not None and change.under(code)
    ]
    if not rows:
        return candidates
    found = pl.DataFrame(rows, schema={"list": pl.String, "code": pl.String, "why_moved": pl.String, "asks": pl.String})
    joined = candidates.join(found, on=["list", "code"], how="left", maintain_order="left")
    is_moved = pl.col("asks").is_not_null() & pl.col("status").is_in(_OPEN)
    return joined.with_columns(
        status=pl.when(is_moved).then(pl.lit("needs_data")).otherwise("status"),
        why=pl.when(is_moved).then(pl.concat_list("why_moved", "why")).otherwise("why"),
        questions=pl.when(is_moved).then(pl.concat_list("asks", "questions")).otherwise("questions"),
    ).drop("why_moved", "asks")


def moved_note(list_id: str, title: str, snapshot: Snapshot) -> list[dict[str, str]]:
    """What stands beside every answer of a law that applies a list whose text moved."""
    change = snapshot.moved.get(list_id)
    if change is None:
        return []
    shown = ", ".join(sorted(change.codes)[:5]) + (" …" if len(change.codes) > 5 else "")
    text = (
        f"{title}: the official text of {change.now} differs in {len(change.codes)} paragraphs ({shown}) "
        f"from that of {change.written_from} which the entries were written from; goods were compared with the entries as written."
    )
    return [{"id": NOTE_ID, "text": text}]


def _ask(code: str, list_id: str, snapshot: Snapshot) -> str:
    change = snapshot.moved[list_id]
    return _ASK.format(code=code, before=change.written_from, now=change.now)
