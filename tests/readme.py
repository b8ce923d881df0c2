"""Runs the commands that stand in the README and in docs, and compares what they print: ``python -m tests.readme [--write] [PAGE …]``.

A block of four blanks that holds ``$ stc ...`` is run from its first command to its last, each file in a folder and a store of its own,
on a terminal 120 columns wide. Lines that the page leaves out stand as ``…``: as many before and after it are compared. Times of the
clock are not compared. Commands that name files which are not in the tree are left out, and said so. Not for Windows.
"""

from __future__ import annotations

import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
INDENT, PROMPT, LEFT_OUT = "    ", "    $ stc ", "    …"
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_CLOCK = re.compile(r"\d\d\d\d-\d\d-\d\d \d\d:\d\d")


def printed(words: str, folder: Path, environment: Mapping[str, str]) -> list[str]:
    """The lines of a command's standard output, on a terminal, then those of its standard error; raises where it fails."""
    ours, theirs = pty.openpty()
    taken: list[bytes] = []

    def take() -> None:
        try:
            while data := os.read(ours, 1 << 16):
                taken.append(data)
        except OSError:  # the other end was closed
            return

    reading = threading.Thread(target=take)
    reading.start()
    command = [sys.executable, str(ROOT / "cli.py"), *_globbed(shlex.split(words), folder)]
    done = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.PIPE, check=False
    )
    os.close(theirs)
    reading.join()
    os.close(ours)
    if done.returncode not in (0, 3):
        raise SystemExit(f"stc {words}: exit code {done.returncode}: {done.stderr.decode()[-300:]}")
    text = b"".join(taken).decode() + done.stderr.decode()
    return [f"{INDENT}{line}".rstrip() for line in _ESCAPES.sub("", text).replace("\r", "").rstrip().split("\n")]


def shown(before: list[str], now: list[str]) -> list[str]:
    """What a page shows of ``now``: nothing where it showed nothing; else all, or as many lines before and after the mark of what it
    leaves out as it showed ``before``.
    """
    if not any(before):
        return before
    if LEFT_OUT not in before:
        return now
    first, last = before.index(LEFT_OUT), len(before) - before.index(LEFT_OUT) - 1
    return [*now[:first], LEFT_OUT, *now[len(now) - last :]]


def run_page(text: str) -> tuple[str, list[str]]:
    """A page with what its commands print now, and a line on each command that prints another thing or was not run."""
    lines, out, told = text.split("\n"), list[str](), list[str]()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copytree(ROOT / "examples", folder / "examples")
        environment = {
            **os.environ,
            "STC_HOME": f"{place}/home",
            "COLUMNS": "120",
            "NO_COLOR": "1",
            "TERM": "xterm",
            "PYTHONPATH": str(ROOT),
        }
        at = 0
        while at < len(lines):
            out.append(lines[at])
            at += 1
            if not out[-1].startswith(PROMPT):
                continue
            words, before = out[-1].removeprefix(PROMPT), list[str]()
            while at < len(lines) and not lines[at].startswith(PROMPT) and (lines[at].startswith(INDENT) or _goes_on(lines, at)):
                before.append(lines[at])
                at += 1
            files = [word for word in shlex.split(words) if "/" in word and not word.startswith("-")]
            if any(not (folder / word).exists() for word in files):
                told.append(f"not run: stc {words}")
                out += before
                continue
            now = shown(before, printed(words, folder, environment))
            if [_CLOCK.sub("", line) for line in now] == [_CLOCK.sub("", line) for line in before]:
                out += before
            else:
                told.append(f"prints another thing: stc {words}")
                out += now
    return "\n".join(out), told


def _goes_on(lines: list[str], at: int) -> bool:
    """Whether blank lines at ``at`` are within a block."""
    while at < len(lines) and not lines[at]:
        at += 1
    return at < len(lines) and lines[at].startswith(INDENT) and not lines[at].startswith(PROMPT)


def _globbed(words: list[str], folder: Path) -> list[str]:
    return [found for word in words for found in (sorted(map(str, folder.glob(word))) if "*" in word else [word])]


def main(arguments: list[str]) -> int:
    """0 where every page shows what its commands print."""
    differ = False
    for page in [Path(name).resolve() for name in arguments if not name.startswith("-")] or PAGES:
        before = page.read_text(encoding="utf-8")
        if PROMPT not in before:
            continue
        now, told = run_page(before)
        for line in told:
            print(f"{page.relative_to(ROOT)}: {line}")
        differ |= now != before
        if "--write" in arguments:
            page.write_text(now, encoding="utf-8")
    return int(differ and "--write" not in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
