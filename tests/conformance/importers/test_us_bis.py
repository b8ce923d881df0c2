"""Official files of the Bureau of Industry and Security: the counts, by a second and simpler parse."""

from __future__ import annotations

import csv
import gzip
import html
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from control_lists.importers.bis_cell_words import SEPARATOR
from control_lists.importers.bis_repairs import REPAIRS
from control_lists.importers.errors import SourceFormatError
from tests.conformance.importers.conftest import Imported

Import = Callable[[str, str], Imported]

_PART = "bis/2026-07-23/title-15_part-744.xml"


def _of(result: Imported, list_id: str) -> list[Any]:
    return [listing.entity for listing in result.listings if listing.list_id == list_id]


def _cells(shared: Path, supplement: int) -> list[list[str]]:
    """The rows of one supplement by regular expressions: breaks as newlines, tags left out."""
    text = (shared / "data" / "watchlists" / _PART).read_text(encoding="utf-8")
    block = text[text.index(f'<DIV9 N="Supplement No. {supplement} ') :]
    body = block[block.index("<TBODY>") : block.index("</TABLE>")]
    rows = []
    for row in re.findall(r"<TR>(.*?)</TR>", body, re.DOTALL):
        cells = re.findall(r"<TD[^>]*?(?:/>|>(.*?)</TD>)", row, re.DOTALL)
        rows.append([html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<br\s*/>", "\n", cell))).replace("\xa0", " ").strip() for cell in cells])
    return rows


def test_the_entity_list(imported: Import, shared: Path) -> None:
    entities = _of(imported("us_bis_part_744", _PART), "us-entity-list")
    rows = [row for row in _cells(shared, 4) if len(row) == len("EXYZ!")]
    assert len(rows) == 3415
    # Four of the rows have no requirement of their own: they go on with the party above them.
    continued = [row for row in rows if not row[2]]
    assert len(continued) == 4
    # 53 more parties stand within an entry as subordinate or affiliated: 13 + 2 + 2 + 7 + 3 of five groups, 4 of Pakistan's commission, 22
    # of Huawei. Five pairs of rows print one party of one country and first notice twice.
    assert len(entities) == 3415 - 4 + 53 - 5
    assert sum(entity.kind == "address" for entity in entities) == sum(row[1].startswith("Address ") for row in rows) == 19
    assert len({row[0] for row in rows if row[0]}) == 91
    assert len({entity.id for entity in entities}) == len(entities)
    assert all(entity.licence_requirement and entity.licence_policy and entity.listed_on for entity in entities)


def test_every_line_with_a_dash_is_a_name_of_the_entity_list(imported: Import, shared: Path) -> None:
    names = {_bare(name) for entity in _of(imported("us_bis_part_744", _PART), "us-entity-list") for name in _names(entity)}
    dashed = [line for row in _cells(shared, 4) if len(row) > 1 for line in row[1].split("\n") if line.startswith("—")]
    assert len(dashed) > 4900
    missed = [line for line in dashed if _bare(re.sub(r"(?:[;,.]?\s*\band\b)?[\s;,]*$", "", line)) not in names]
    # Lines that hold more than a name (an address, two names, a bracket with a.k.a., an error of print that is repaired).
    assert len(missed) <= 46, missed


def test_names_of_the_entity_list_against_the_joined_names(imported: Import, shared: Path) -> None:
    """8,593 names, 8,137 different ones, were read there by simpler rules; those not met again hold more than a name."""
    ours = {_bare(name) for entity in _of(imported("us_bis_part_744", _PART), "us-entity-list") for name in _names(entity)}
    with gzip.open(shared / "data" / "watchlists" / "benchmark" / "names.tsv.gz", "rt", encoding="utf-8") as lines:
        theirs = {_bare(cells[5]) for line in lines if (cells := line.rstrip("\n").split("\t"))[0] == "US-BIS-EL"}
    assert len(theirs) > 8000
    assert len(theirs - ours) <= 100


def test_every_repair_is_of_a_text_that_the_lists_print(shared: Path) -> None:
    cells = [
        "\n".join(filter(None, (line.strip() for line in row[1].split("\n"))))
        for n in (4, 6, 7)
        for row in _cells(shared, n)
        if len(row) > 1
    ]
    text = re.sub(r"[ \t]+", " ", "\n\n".join(cells))
    missing = [repair.found for repair in REPAIRS if repair.found.replace(SEPARATOR, "and").rstrip("\n") not in text]
    assert missing == []


def test_footnotes_of_the_entity_list(imported: Import, shared: Path) -> None:
    found = Counter(mark for entity in _of(imported("us_bis_part_744", _PART), "us-entity-list") for mark in entity.footnotes)
    assert set(found) == {"1", "2", "3", "4", "5"}
    # 734.9(g) is the rule of footnote 3, so that its number stands in just the rows that cite it. The other rules likewise.
    requirements = [row[2] for row in _cells(shared, 4) if len(row) > 3]
    assert abs(found["3"] - sum("734.9(g)" in text for text in requirements)) <= 2
    assert found["5"] == sum("734.9(e)(3)" in text for text in requirements)
    assert found["4"] == sum("734.9(e)(2)" in text or text.endswith("4") for text in requirements)


def test_the_unverified_list(imported: Import) -> None:
    assert len(_of(imported("us_bis_part_744", _PART), "us-uvl")) == 186


def test_the_military_end_user_list(imported: Import, shared: Path) -> None:
    """INDEX counts 78: 70 parties and the eight rows that read "Subordinate instituion:"."""
    entities = _of(imported("us_bis_part_744", _PART), "us-meu")
    listed = [row for row in _cells(shared, 7) if row[1] and not re.match(r"\[Reserved\]|Subordinate institu|The following", row[1])]
    assert len(entities) == len(listed) == 70
    assert sum(row[1] == "Subordinate instituion:" for row in _cells(shared, 7)) == 8


@pytest.mark.parametrize(("file", "rows", "names", "parties"), [("2023-11-30", 665, 545, 546), ("2022-09-07", 581, 459, 460)])
def test_the_denied_persons_list(imported: Import, shared: Path, file: str, rows: int, names: int, parties: int) -> None:
    """A party is a name and an order: one more than names, as one man stands under two orders and two spellings of blanks are one."""
    relative = f"bis/{file}/dpl.txt"
    entities = _of(imported("us_bis_dpl", relative), "us-dpl")
    with (shared / "data" / "watchlists" / relative).open(encoding="utf-8", newline="") as lines:
        table = list(csv.DictReader(lines, delimiter="\t"))
    assert len(table) == rows
    assert len({row["Name"].strip() for row in table}) == names
    orders = {(re.sub(r"\W+", " ", row["Name"]).strip(), row["Effective_Date"]) for row in table}
    assert len(entities) == len(orders) == parties
    endless = {(re.sub(r"\W+", " ", row["Name"]).strip(), row["Effective_Date"]) for row in table if not row["Expiration_Date"]}
    assert sum(entity.delisted_on is None for entity in entities) == len(endless)
    assert {notice[:4] for entity in entities for notice in entity.cites if " FR " not in notice} == {"15 C"}


def test_a_sample_of_the_old_source_is_refused(imported: Import) -> None:
    with pytest.raises(SourceFormatError, match="row 3: 10 cells, 12 are expected"):
        imported("us_bis_dpl", "us_csl/legacy_source_formats_govwizely/fixture_dpl.txt")


def _names(entity: Any) -> list[str]:
    return [entity.name, *(alias.name for alias in entity.aliases)]


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()
