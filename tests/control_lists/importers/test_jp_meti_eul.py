"""The Foreign End User List of Japan."""

from __future__ import annotations

from datetime import date

import pytest

from control_lists.importers import jp_meti_eul
from control_lists.importers.errors import SourceFormatError
from control_lists.models import WatchlistEntity
from tests.control_lists.importers.conftest import Published
from tests.control_lists.importers.workbooks import Cell, workbook

HEADER: list[Cell] = [
    "No.", "国名、地域名\nCountry or Region", "企業名､組織名\nCompany or Organization", "別名\nAlso Known As", "懸念区分\nType of WMD",
    "通常兵器\nConventional Weapons",
]  # fmt: skip
SHEET = "ユーザーリスト"


def listed(published: Published, *rows: list[Cell], header: list[Cell] = HEADER) -> list[WatchlistEntity]:
    publication = published("20250929_4.xlsx", workbook({SHEET: [header, *rows]}))
    assert jp_meti_eul.recognises(publication)
    return [listing.entity for listing in jp_meti_eul.read(publication)]


def test_every_column_reaches_its_field(published: Published) -> None:
    party = listed(
        published,
        [
            7,
            "イラン\nIslamic Republic of Iran",
            "Test Works Industry （TWI）\n(試験工業会社)",
            "・Works of Test\n・Testwerk (TW)",
            "ミサイル、核\nM,Ｎ ",
            "通常兵器\nCW",
        ],
    )[0]
    assert party.id == "EUL-IR-test-works-industry"
    assert party.name == "Test Works Industry"
    assert [(alias.name, alias.quality, alias.script) for alias in party.aliases] == [
        ("TWI", "weak", None),
        ("試験工業会社", "strong", "Hani"),
        ("Works of Test", "strong", None),
        ("Testwerk", "strong", None),
        ("TW", "weak", None),
    ]
    assert party.kind == "organisation"
    assert party.countries == ("IR",)
    assert party.programmes == ("JP-EUL-M", "JP-EUL-N", "JP-EUL-CW")
    assert party.remarks == ("type of concern: missiles, nuclear weapons, conventional weapons (ミサイル、核 M,Ｎ 通常兵器 CW)",)
    assert party.cites


def test_the_day_stands_in_the_official_name(published: Published) -> None:
    publication = published("20250929_4.xlsx", workbook({SHEET: [HEADER, [1, "インド\nIndia", "Test Ltd", None, "核\nN", None]]}))
    list(jp_meti_eul.read(publication))
    assert publication.edition == date(2025, 9, 29)


@pytest.mark.parametrize(
    ("cell", "aliases"),
    [
        ("・One Works\n・Two Works", ["One Works", "Two Works"]),
        ("・One Works ・Two Works", ["One Works", "Two Works"]),
        (" ・One Works \n(一会社)\nTwo Works", ["One Works", "一会社", "Two Works"]),
        ("・One Works; and", ["One Works"]),
        ("・ウラン・ワークス", ["ウラン・ワークス"]),
    ],
)
def test_other_names_stand_on_lines_with_and_without_bullets(published: Published, cell: str, aliases: list[str]) -> None:
    party = listed(published, [1, "インド\nIndia", "Test Ltd", cell, "核\nN", None])[0]
    assert [alias.name for alias in party.aliases] == aliases


def test_types_are_read_however_they_are_separated(published: Published) -> None:
    party = listed(published, [1, "インド\nIndia", "Test Ltd", None, "生物、化学、ミサイルB、C,M", None])[0]
    assert party.programmes == ("JP-EUL-B", "JP-EUL-C", "JP-EUL-M")


def test_an_older_edition_has_no_column_of_conventional_weapons(published: Published) -> None:
    assert listed(published, [1, "インド\nIndia", "Test Ltd", None, "核\nN"], header=HEADER[:5])[0].programmes == ("JP-EUL-N",)


def test_the_same_name_twice_in_a_country_has_two_ids(published: Published) -> None:
    row: list[Cell] = [1, "インド\nIndia", "Test Ltd", None, "核\nN", None]
    assert [party.id for party in listed(published, row, row)] == ["EUL-IN-test-ltd", "EUL-IN-test-ltd-2"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([1, "どこか\nNowhere", "Test Ltd", None, "核\nN", None], "country 'どこか Nowhere' is not known"),
        ([1, "インド\nIndia", "Test Ltd", None, "放射能\nR", None], r"type of concern \['R'\]"),
        ([1, "インド\nIndia", "Test Ltd", None, "核", None], "has no letter"),
        ([1, "インド\nIndia", "Test Ltd", None, "核\nN", "何か"], "is not the mark of conventional weapons"),
        ([1, "インド\nIndia", "Test Ltd", None, None, None], "no programme"),
        ([1, "インド\nIndia", None, None, "核\nN", None], "field 'Company or Organization' is blank"),
    ],
)
def test_what_is_not_known_stops_the_import(published: Published, row: list[Cell], message: str) -> None:
    with pytest.raises(SourceFormatError, match=message):
        listed(published, row)


def test_a_new_column_stops_the_import(published: Published) -> None:
    with pytest.raises(SourceFormatError, match=r"unmapped \['Address'\]"):
        listed(published, [1, "インド\nIndia", "Test Ltd", None, "核\nN", None, "x"], header=[*HEADER, "住所\nAddress"])


def test_other_files_are_not_recognised(published: Published) -> None:
    assert not jp_meti_eul.recognises(published("list.xlsx", workbook({"Data": [["Name"], ["Test"]]})))
    assert not jp_meti_eul.recognises(published("broken.xlsx", b"PK\x03\x04broken"))
    assert not jp_meti_eul.recognises(published("20250929_2.pdf", b"%PDF-1.7\x00\xff"))
    assert jp_meti_eul.recognises(published("renamed.xlsx", workbook({"Sheet1": [HEADER]})))
