"""Damages messages at random and reads them: ``python -m benchmarks.fuzz_readers --minutes 3``. Prints one JSON line a family.

Every file of a batch has to come out as items or as rejects, whatever is in it; of XML that is still well-formed, as many rows as a
second, plain reading of the tree counts. A crash, a file that takes longer than a minute, or a lost row ends the run with the seed.
"""

from __future__ import annotations

import argparse
import faulthandler
import gzip
import io
import json
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from control_lists.snapshot import Snapshot
from screening.read import ReadOptions, read
from screening.read.messages import XML_SHAPES

SEEDS = Path(__file__).parents[1] / "tests" / "data" / "messages"
BATCH = 20
MAX_SECONDS = 60
HOSTILE = (
    b"&x;", b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"<null/>", b"]]>", b"<![CDATA[", b"<!--", b"\0", b"\xff\xfe", b"'", b"?", b"+", b":", b'"',
    b"&#0;", b"</", b"<Item>", b"<SAD>", b"<Declaration>", b"UNT+1+1'", b"UNS+S'", b"CST+1'", b"9" * 400, b"x" * 5000, b"\n" * 50,
    b"<a>" * 300,
)  # fmt: skip


def truncated(content: bytes, chance: random.Random) -> bytes:
    """The content up to a place."""
    return content[: chance.randrange(len(content) + 1)]


def flipped(content: bytes, chance: random.Random) -> bytes:
    """The content with some bytes changed."""
    found = bytearray(content)
    for _ in range(chance.randint(1, 8) if found else 0):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def duplicated(content: bytes, chance: random.Random) -> bytes:
    """The content with a piece of it standing once more, where an element or segment begins or anywhere."""
    if not content:
        return content
    edges = [n for n, byte in enumerate(content) if byte in b"<'\n"] or [0]
    start, end, place = (chance.choice(edges) if chance.random() < 0.8 else chance.randrange(len(content)) for _ in range(3))
    piece = content[min(start, end) : max(start, end)][:4000]
    return content[:place] + piece * chance.choice((1, 1, 1, 2, 30)) + content[place:]


def element_duplicated(content: bytes, chance: random.Random) -> bytes:
    """Well-formed XML with whole elements standing once more, elsewhere too; content that is none comes back as it is."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return content
    for _ in range(chance.randint(1, 4)):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        copy = etree.fromstring(etree.tostring(chance.choice(elements), with_tail=False))
        if len(elements) < 4000:
            chance.choice(elements).append(copy)
    return bytes(etree.tostring(root))


def shortened(content: bytes, chance: random.Random) -> bytes:
    """The content without a piece."""
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.randint(1, 300) :]


def hostile(content: bytes, chance: random.Random) -> bytes:
    """The content with something put in that readers trip over."""
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.choice(HOSTILE) + content[place:]


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    truncated, flipped, duplicated, element_duplicated, shortened, hostile,
)  # fmt: skip


def packed(content: bytes, chance: random.Random) -> tuple[str, bytes]:
    """The content as it is, or in a gzip or ZIP file that may itself be damaged; and the suffix of that."""
    kind = chance.random()
    if kind < 0.8:
        return "", content
    if kind < 0.9:
        whole = gzip.compress(content, 1)
        return ".gz", flipped(whole, chance) if chance.random() < 0.5 else whole
    with io.BytesIO() as buffer:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inner.xml", content)
            archive.writestr("inner.csv", b"description\nvalve\n")
        whole = buffer.getvalue()
    return ".zip", flipped(whole, chance) if chance.random() < 0.5 else whole


def rows_of(folder: Path, options: ReadOptions) -> Counter[str]:
    """The rows, items and rejects, that each file of a folder gives."""
    found: Counter[str] = Counter()
    for part in read(folder, options):
        found.update(part.items["source_file"])
        found.update(part.rejects["file"])
    return found


def expected_rows(content: bytes) -> int | None:
    """The rows of a plain XML file by a second reading; None where it is not well-formed, has a document type, or is not ours."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root.getroottree().docinfo.doctype or not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return None
    entries = {name: (shape, level) for shape in XML_SHAPES for name, level in shape.entries.items()}

    def name(element: Any) -> str:
        return str(etree.QName(element).localname)

    def leaves(element: Any, deeper: dict[str, int], level: int) -> int:
        inner = 0
        waiting = list(element)
        while waiting:
            child = waiting.pop()
            if deeper.get(name(child), -1) > level:
                inner += leaves(child, deeper, deeper[name(child)])
            else:
                waiting.extend(child)
        return inner or 1

    def declarations(element: Any) -> int:
        if name(element) in entries:
            shape, level = entries[name(element)]
            return leaves(element, {n: i for i, storey in enumerate(shape.levels) for n in storey.elements}, level)
        return sum(declarations(child) for child in element)

    return declarations(root) or 1


def faults(contents: dict[str, bytes], options: ReadOptions) -> list[str]:
    """What went wrong when these files were read together; every exception but ours passes through."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        folder.mkdir()
        for file, content in contents.items():
            (folder / file).write_bytes(content)
        rows = rows_of(folder, options)
    found: list[str] = []
    for file, content in contents.items():
        count = sum(n for shown, n in rows.items() if shown == f"in/{file}" or shown.startswith(f"in/{file}/"))
        if not count and file.endswith((".xml", ".edi")):
            found.append(f"{file}: no row")
        expected = expected_rows(content) if file.endswith(".xml") else None
        if expected is not None and expected != count:
            found.append(f"{file}: {count} rows where {expected} stand")
    return found


def fuzz(family: Path, minutes: float, seed: int, options: ReadOptions) -> dict[str, object]:
    """Damaged files of a family, read batch by batch for so many minutes; exits at the first fault."""
    chance = random.Random(f"{seed} {family.name}")
    content, began, cases, slowest = family.read_bytes(), time.perf_counter(), 0, 0.0
    while time.perf_counter() - began < minutes * 60:
        batch: dict[str, bytes] = {}
        for n in range(BATCH):
            damaged = content
            for _ in range(chance.choice((1, 1, 1, 2, 3))):
                damaged = chance.choice(MUTATIONS)(damaged, chance)
            suffix, whole = packed(damaged, chance)
            batch[f"{n}{family.suffix}{suffix}"] = whole
        faulthandler.dump_traceback_later(MAX_SECONDS, exit=True)
        start = time.perf_counter()
        try:
            wrong = faults(batch, options)
        except BaseException:
            print(f"{family.name}: seed {seed}, case {cases}", file=sys.stderr)
            keep(batch)
            raise
        slowest = max(slowest, time.perf_counter() - start)
        faulthandler.cancel_dump_traceback_later()
        if wrong:
            keep(batch)
            sys.exit(f"{family.name}: seed {seed}, case {cases}: {'; '.join(wrong)}")
        cases += BATCH
    return {
        "family": family.name,
        "files": cases,
        "minutes": round((time.perf_counter() - began) / 60, 2),
        "slowest_batch_s": round(slowest, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def keep(batch: dict[str, bytes]) -> None:
    """Leave the files of a batch that went wrong where they can be looked at."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for file, content in batch.items():
        (folder / file).write_bytes(content)
    print(f"the files are in {folder}", file=sys.stderr)


def main() -> None:
    """Run the families asked for, one after another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=3.0, help="for each family")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--family", action="append", help="name of a seed file; default: all")
    options = parser.parse_args()
    families = sorted(path for path in SEEDS.iterdir() if options.family is None or path.name in options.family)
    if not families:
        sys.exit(f"no such family; there are {', '.join(sorted(path.name for path in SEEDS.iterdir()))}")
    reading = ReadOptions(Snapshot.open())
    for family in families:
        print(json.dumps(fuzz(family, options.minutes, options.seed, reading)), flush=True)


if __name__ == "__main__":
    main()
