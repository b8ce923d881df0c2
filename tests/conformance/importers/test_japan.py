"""The official files of Japan: what the importers make of them against a raw reading of the same files."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conformance.importers.conftest import Imported

Reader = Callable[[str, str], Imported]
EUL = "japan/meti_feul/2025-09-29/20250929_4.xlsx"
MOF = "japan/mof_asset_freeze/2026-03-05/shisantouketsu20260305.xlsx"
NOTICES = "japan/russia_belarus_thirdcountry_specified_entities"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def raw_sheets(path: Path) -> Iterator[list[dict[str, str]]]:
    """The rows of each sheet of a workbook as cells by column letter, read from its XML alone."""
    with zipfile.ZipFile(path) as archive:
        shared = [
            "".join(t.text or "" for part in (item.findall(f"{_MAIN}t"), item.findall(f"{_MAIN}r/{_MAIN}t")) for t in part)
            for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        ]
        names = sorted((n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")), key=lambda n: int(re.sub(r"\D", "", n)))
        for name in names:
            rows = []
            for row in ElementTree.fromstring(archive.read(name)).iter(f"{_MAIN}row"):
                cells = {}
                for cell in row:
                    value = cell.findtext(f"{_MAIN}v") or ""
                    text = shared[int(value)] if cell.get("t") == "s" else value
                    if text.strip():
                        cells[re.sub(r"\d", "", cell.get("r", ""))] = text
                rows.append(cells)
            yield rows


def test_the_foreign_end_user_list(imported: Reader, shared: Path) -> None:
    done = imported("jp_meti_eul", EUL)
    (rows,) = raw_sheets(shared / "data" / "watchlists" / EUL)
    parties = [listing.entity for listing in done.listings]
    assert len(parties) == len(rows) - 1 == 835
    assert len({party.id for party in parties}) == 835
    lines = sum(1 for row in rows[1:] for line in row.get("D", "").split("\n") if line.strip())
    assert 835 + lines == 2_304
    # Acronyms and Han names in brackets are names of their own; two broken lines are joined, and a name may repeat the first.
    assert sum(1 + len(party.aliases) for party in parties) == 2_668
    assert sum(alias.quality == "weak" for party in parties for alias in party.aliases) == 166
    assert Counter(programme for party in parties for programme in party.programmes) == {
        "JP-EUL-M": 616, "JP-EUL-N": 465, "JP-EUL-CW": 240, "JP-EUL-C": 233, "JP-EUL-B": 218,
    }  # fmt: skip
    assert sum("CW" in row.get("F", "") for row in rows[1:]) == 240
    assert len({party.countries for party in parties}) == 15
    assert done.publication.notes == []


def test_the_asset_freeze_list(imported: Reader, shared: Path) -> None:
    done = imported("jp_mof", MOF)
    entries = names = 0
    for rows in raw_sheets(shared / "data" / "watchlists" / MOF):
        header = next((row for row in rows if "告示番号" in row.values()), None)
        if header is None:
            continue
        column = {title: letter for letter, title in header.items()}
        for row in rows[rows.index(header) + 1 :]:
            found = [row[column[title]] for title in ("日本語表記", "英語表記") if column[title] in row]
            if column["告示番号"] in row and found:
                entries, names = entries + 1, names + len(found)
    parties = [listing.entity for listing in done.listings]
    assert (entries, names) == (2_862, 5_723)
    assert len(parties) == entries
    assert len({party.id for party in parties}) == entries
    assert len({party.id[:3] for party in parties}) == 40  # of 41 sheets with entries that of Mali holds deleted ones only
    assert Counter(party.kind for party in parties) == {"person": 2_014, "organisation": 848}
    assert all(party.listed_on for party in parties)
    assert sum(bool(party.birth_dates) for party in parties) > 1_700
    assert sum(alias.quality == "former" for party in parties for alias in party.aliases) > 80
    unknown = [note for note in done.publication.notes if not note.startswith("country ")]
    assert unknown == ["2.タリバーン関係者等: row 276: the entry has neither a name nor the mark of a deleted one (削除): skipped"]


def test_japanese_and_latin_names_stand_in_one_record(imported: Reader) -> None:
    parties = {listing.entity.id: listing.entity for listing in imported("jp_mof", MOF).listings}
    assert {alias.name for alias in parties["013-000001"].aliases} >= {"コハス・AG"}
    assert parties["013-000001"].name == "Kohas AG"
    assert parties["016-000012"].name == "Dandong Hongxiang Industrial Development Company Limited"


@pytest.mark.parametrize(
    ("name", "others"),
    [("250912_list_russia_tokutei.pdf.txt", 561), ("250912_list_daisangoku_tokutei.pdf.txt", 56), ("list_belarus_tokutei.pdf.txt", 27)],
)
def test_the_specified_entities_make_one_list_of_three_notices(imported: Reader, shared: Path, name: str, others: int) -> None:
    done = imported("jp_specified_entities", f"{NOTICES}/{name}")
    text = (shared / "data" / "watchlists" / NOTICES / name).read_text(encoding="utf-8")
    assert len(re.findall(r"所\s*在\s*地\s*[：:]", text)) == others
    parties = [listing.entity for listing in done.listings]
    assert Counter(party.programmes[0] for party in parties) == {
        "JP-SPECIFIED-RUSSIA": 561, "JP-SPECIFIED-THIRD-COUNTRIES": 56, "JP-SPECIFIED-BELARUS": 27,
    }  # fmt: skip
    assert len({party.id for party in parties}) == 644
    assert all(party.countries for party in parties)
    assert not done.publication.is_excerpt
    assert done.publication.notes == []  # every announced count of other names is met
