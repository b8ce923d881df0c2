"""The asset-freeze list of Japan, as a workbook and as CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from control_lists.importers import jp_mof
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.publication import Publication
from control_lists.models import WatchlistEntity
from tests.control_lists.importers.conftest import Published
from tests.control_lists.importers.workbooks import Cell, workbook

Sheets = Mapping[str, Sequence[Sequence[Cell]]]
PERSONS: list[Cell] = [
    "告示日付", "告示番号", "日本語表記", "英語表記", "別名・別称", "旧称", "確定に十分でない別名", "称号", "役職", "生年月日",
    "出生地・出身地",
    "国籍", "旅券番号", "ID番号", "住所・所在地", "国連制裁員会による指定日", "国連参照番号", "その他の情報",
]  # fmt: skip
ALI: list[Cell] = [
    "2001.9.22\n2008.6.25改訂", "*2", "アリ・テスター", "ALI TESTER\n(original script: علي تستر)",
    "(a)アリ・テスト(b)アリー\n (a.k.a.: (a)Ali Test (b)Alee)",
    "アリ・モト (f.k.a.: Ali Moto)", "サルマン Salman", "Mullah（ムラー）", "知事", "(a)1955年-1958年頃\n(b)23996",
    "Test village, Kandahar Province, Afghanistan",
    "アフガニスタン", "アフガニスタン旅券 D 000763 （1997年1月9日発行）", "不明", "(a)カタール (b)Street 13, Kabul, Afghanistan",
    "2001年1月25日（2003年9月3日に改訂）", "TAi.999", "父親の名前はベン。",
]  # fmt: skip
FIRMS: list[Cell] = ["告示日付", "告示番号", "日本語表記", "英語表記", "別称・旧称", "所在地", "その他の情報"]


def sheets(title: str, *rows: Sequence[Cell]) -> dict[str, list[Sequence[Cell]]]:
    """A workbook of an index and one sheet under a row of title."""
    return {"一覧": [[title.split(".")[0], "試験"]], title: [["試験の対象となる者"], *rows]}


def read(published: Published, book: Sheets) -> tuple[Publication, list[WatchlistEntity]]:
    publication = published("shisantouketsu20260305.xlsx", workbook(book))
    assert jp_mof.recognises(publication)
    return publication, [listing.entity for listing in jp_mof.read(publication)]


def test_every_column_of_a_person_reaches_its_field(published: Published) -> None:
    publication, parties = read(published, sheets("2.タリバーン関係者等", PERSONS, ALI))
    (party,) = parties
    assert publication.edition == date(2026, 3, 5)
    assert (party.id, party.kind, party.name) == ("002-000002", "person", "ALI TESTER")
    assert {(alias.name, alias.quality) for alias in party.aliases} >= {
        ("علي تستر", "strong"), ("アリ・テスター", "strong"), ("アリ・テスト", "strong"), ("アリー", "strong"), ("Ali Test", "strong"),
        ("Alee", "strong"), ("Ali Moto", "former"), ("アリ・モト", "former"), ("サルマン Salman", "weak"),
    }  # fmt: skip
    assert party.programmes == ("JP-MOF-TALIBAN",)
    assert party.listed_on == date(2001, 9, 22)
    assert party.birth_dates == ("~1955/1958", "1965-09-11")
    assert party.birth_places == ("Test village, Kandahar Province, Afghanistan",)
    assert set(party.countries) == {"AF", "QA"}
    assert party.identifiers == ("passport:000763",)
    assert party.addresses == ("Street 13, Kabul, Afghanistan",)
    assert party.cites == ("告示 2001.9.22, 2008.6.25改訂", "資産凍結等対象者一覧 2, 告示番号 *2", "UN TAi.999")
    assert {
        "title: Mullah（ムラー）", "position: 知事", "告示番号 *2", "父親の名前はベン。",
        "passport: アフガニスタン旅券 D 000763 (1997年1月9日発行)",
        "designated by the United Nations: 2001年1月25日（2003年9月3日に改訂）",
    } <= set(party.remarks)  # fmt: skip


def test_a_firm_is_told_from_a_person_by_the_columns_that_are_filled(published: Published) -> None:
    firm: list[Cell] = ["2002.4.20", "3(*290)", "試験信託", "TEST TRUST (TT)", *[None] * 10, "英国", None, None, None]
    _, parties = read(published, sheets("2.タリバーン関係者等", PERSONS, ALI, firm))
    assert [(party.id, party.kind) for party in parties] == [("002-000002", "person"), ("002-000003", "organisation")]
    assert parties[1].countries == ("GB",)


def test_numbers_of_ships_banks_and_wallets_are_found_in_the_text(published: Published) -> None:
    rows: list[list[Cell]] = [
        ["2017.8.16", "#1", "甲船舶", "Kou Shipping", None, "北朝鮮平壌特別市", "IMO番号：53428835405737"],
        ["2017.8.16", "2", "乙銀行", None, "乙\nOtsu Bank", "北朝鮮平壌特別市", "SWIFT/BIC：TESTKPPY\n暗号資産アドレス：0x" + "ab" * 20],
    ]
    _, (ship, bank) = read(published, sheets("14.北朝鮮(決議1718号等；団体) ", FIRMS, *rows))
    assert ship.identifiers == ("imo:5342883", "imo:5405737")
    assert ship.countries == ("KP",)
    assert bank.identifiers == ("swift:TESTKPPY", f"wallet:0x{'ab' * 20}")
    assert bank.name == "乙"  # its Latin name is an other name; the first of all stands


def test_deleted_entries_and_lifted_regimes_are_skipped_and_rows_continue(published: Published) -> None:
    header: list[Cell] = ["告示日付", "告示番号", "日本語表記", "英語表記", "その他の情報"]
    book: dict[str, Sequence[Sequence[Cell]]] = {
        "一覧": [["8", "リベリア"], ["21", "ソマリア"]],
        "8.【解除】リベリア": [["リベリア"], ["【2015年12月18日告示廃止】"]],
        "21.ソマリア": [
            ["ソマリア"], header, ["2010.6.25", "1", "甲", "KOU GROUP", "first part"], [None, None, None, None, "second part"],
            ["2015.2.20削除", "2", None, None, None], ["2010.6.25", "3", None, None, None],
        ],
    }  # fmt: skip
    publication, parties = read(published, book)
    assert [party.id for party in parties] == ["021-000001"]
    assert parties[0].remarks == ("first part", "second part")
    assert publication.notes == ["21.ソマリア: row 6: the entry has neither a name nor the mark of a deleted one (削除): skipped"]


def test_an_unknown_sheet_is_imported_under_its_name(published: Published) -> None:
    book = sheets("2.タリバーン関係者等", PERSONS, ALI)
    book["45.試験国(団体)"] = [["試験国"], FIRMS, ["2026.1.9", "1", "甲", "KOU LTD", None, None, None]]
    publication, parties = read(published, book)
    assert parties[-1].programmes == ("JP-MOF-試験国(団体)",)
    assert parties[-1].id == "045-000001"
    assert any("45.試験国" in note for note in publication.notes)


@pytest.mark.parametrize(
    ("header", "rows", "message"),
    [
        ([*FIRMS, "備考"], [], r"row 2: unmapped columns \['備考'\]"),
        (FIRMS, [[None, None, None, None, None, None, "x"]], "first row has no notice number"),
        (FIRMS, [["2017.8.16", "1", "甲", "KOU", None, None, None, "stray"]], "column 8 has no header"),
        (FIRMS, [["2017.8.16", "1", "甲", "KOU"], ["2017.8.16", "1", "乙", "OTSU"]], "014-000001 stands twice"),
        (["日付"], [], "no row with 告示番号"),
    ],
)
def test_what_is_not_known_stops_the_import(published: Published, header: list[Cell], rows: list[list[Cell]], message: str) -> None:
    with pytest.raises(SourceFormatError, match=message):
        read(published, sheets("14.北朝鮮(決議1718号等；団体)", header, *rows))


def test_a_sheet_that_the_index_names_must_be_there(published: Published) -> None:
    book = sheets("2.タリバーン関係者等", PERSONS, ALI)
    book["一覧"] = [["2", "試験"], ["3", "試験"]]
    with pytest.raises(SourceFormatError, match="sheet 3 of the index is missing"):
        read(published, book)


COLUMNS = (
    "区分,番号,告示日付,告示番号,個人・団体,氏名（日本語）,氏名（英語）,別名・別称（日本語）,別名・別称（英語）,旧称（日本語）,旧称（英語）,"
    "確定に十分でない別名（日本語）,確定に十分でない別名（英語）,称号（日本語）,称号（英語）,役職（日本語）,役職（英語）,生年月日,出生地（日本語）,"
    "出生地（英語）,国籍（日本語）,国籍（英語）,旅券番号,身分証番号,住所・所在地（国）（日本語）,住所・所在地（都市その他の情報）（日本語）,"
    "住所・所在地（国）（英語）,住所・所在地（都市その他の情報）（英語）,国連参照番号,リスト掲載日,その他の情報,外務省告示情報"
)
PERSON = (
    "29,029-000007,2022.3.1 2023.5.1改訂,7,個人,イワン・テスト,Ivan TEST,イヴァン; ワーニャ,Iwan; Wanja,,Ivan OLD,,Joe,大佐,Colonel,"
    "長,Head,1970/1/2; 1971年頃,モスクワ,Moscow,"
    "ロシア,Russia,RU 123456,99-77,ロシア,,Russia,Moscow,,2022年3月1日,(original script: Иван)x,全文"
)
FIRM = "28,028-000001,2022.3.1,1,団体,,Test Works,,,,,,,,,,,,,,,,,,,,,,,,,"


def csv(published: Published, *rows: str, header: str = COLUMNS) -> list[WatchlistEntity]:
    publication = published("shisantouketsu20260828.csv", "\ufeff" + "\r\n".join([header, *rows]) + "\r\n")
    assert jp_mof.recognises(publication)
    return [listing.entity for listing in jp_mof.read(publication)]


def test_the_csv_gives_the_same_ids_and_fields(published: Published) -> None:
    person, firm = csv(published, PERSON, FIRM)
    assert (person.id, person.kind, person.name, person.programmes) == ("029-000007", "person", "Ivan TEST", ("JP-MOF-RUSSIA",))
    assert [(alias.name, alias.quality) for alias in person.aliases] == [
        ("イワン・テスト", "strong"), ("イヴァン", "strong"), ("ワーニャ", "strong"), ("Iwan", "strong"), ("Wanja", "strong"),
        ("Ivan OLD", "former"), ("Joe", "weak"), ("Иван", "strong"),
    ]  # fmt: skip
    assert person.birth_dates == ("1970-01-02", "~1971")
    assert person.birth_places == ("モスクワ", "Moscow")
    assert person.countries == ("RU",)
    assert person.addresses == ("Moscow",)
    assert person.identifiers == ("passport:123456", "national:99-77")
    assert (firm.id, firm.kind, firm.programmes) == ("028-000001", "organisation", ("JP-MOF-RUSSIA",))


def test_an_unknown_regime_of_the_csv_is_imported_under_its_number(published: Published) -> None:
    assert csv(published, FIRM.replace("28,028", "99,099"))[0].programmes == ("JP-MOF-99",)


@pytest.mark.parametrize(
    ("rows", "header", "message"),
    [
        ((FIRM[:-5],), COLUMNS, "27 cells instead of 32"),
        ((FIRM, COLUMNS), COLUMNS, "row 3: the header stands again"),
        ((FIRM + ",x",), COLUMNS + ",備考", r"row 1: unmapped columns \['備考'\]"),
        ((FIRM.replace("団体", "船舶"),), COLUMNS, "'船舶' is neither a person"),
        ((FIRM, FIRM), COLUMNS, "028-000001 stands twice"),
    ],
)
def test_a_csv_that_is_not_as_known_stops_the_import(published: Published, rows: tuple[str, ...], header: str, message: str) -> None:
    with pytest.raises(SourceFormatError, match=message):
        csv(published, *rows, header=header)


def test_other_files_are_not_recognised(published: Published) -> None:
    assert not jp_mof.recognises(published("list.xlsx", workbook({"Data": [["Name"]]})))
    assert not jp_mof.recognises(published("broken.xlsx", b"PK\x03\x04broken"))
    assert not jp_mof.recognises(published("list.csv", "id,name\n1,Test\n"))
    assert not jp_mof.recognises(published("list.bin", b"\x00\xff\xfe"))
