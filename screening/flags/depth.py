"""What each red flag reads and needs: shown by ``stc lists check --coverage`` and in docs/red-flags.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from control_lists.snapshot import Snapshot

_MARKS = ("<!-- table -->", "<!-- end -->")


class FlagDepth(NamedTuple):
    """One red flag for a person who sets it up: the lanes it speaks for and the input it waits for."""

    id: str
    title: str
    family: str
    weight: int
    lane: str
    reads: str
    needs: str


def depth_of_flags(snapshot: Snapshot) -> list[FlagDepth]:
    """Every red flag in the order of its id. ``needs`` names columns beside the contract's, or the stage that raises the flag."""
    rows = []
    for flag in sorted(snapshot.red_flags.values(), key=lambda flag: flag.id):
        lanes = sorted({case.lane for case in flag.case}, key=("red", "yellow", "green").index)
        reads = dict.fromkeys(field for case in flag.case for field in case.fields)
        needs = dict.fromkeys(need for case in flag.case for need in case.needs)
        is_open = any(not case.needs for case in flag.case)
        told = f"told by {flag.told_by}" if flag.told_by else f"{'for some cases: ' if is_open and needs else ''}{', '.join(needs)}"
        lane = " or ".join(lanes) + (" (red alone)" if flag.alone and "red" in lanes else "")
        rows.append(
            FlagDepth(flag.id, flag.title, flag.family, flag.weight, lane, ", ".join(key for key in reads if key not in needs), told)
        )
    return rows


def table(snapshot: Snapshot) -> Iterator[str]:
    """The rows as a Markdown table."""
    yield "| id | indicator | family | weight | speaks for | reads | needs beside the declaration |"
    yield "|---|---|---|---|---|---|---|"
    for row in depth_of_flags(snapshot):
        yield "| " + " | ".join(str(cell).replace("|", "/") for cell in row) + " |"


def with_table(page: str, snapshot: Snapshot) -> str:
    """The page with the table of the data between its marks."""
    head, rest = page.split(_MARKS[0])
    return f"{head}{_MARKS[0]}\n{chr(10).join(table(snapshot))}\n{_MARKS[1]}{rest.split(_MARKS[1])[1]}"


if __name__ == "__main__":
    path = Path("docs/red-flags.md")
    path.write_text(with_table(path.read_text(encoding="utf-8"), Snapshot.open()), encoding="utf-8")
