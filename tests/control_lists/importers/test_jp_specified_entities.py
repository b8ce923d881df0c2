"""The entities to which exports from Japan are banned."""

from __future__ import annotations

from datetime import date

import pytest

from control_lists.importers import jp_specified_entities
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.publication import Publication
from control_lists.models import WatchlistEntity
from tests.control_lists.importers.conftest import Published

RUSSIA = """○ 国際平和のための努力として講ずる輸出等に係る禁止措置
の対象となるロシア連邦の団体（令和四年外務省告示第八十二号）
指定日：2022 年03月01 日
最終更新日：2025 年09 月12 日
１ 試験株式会社（別称、株式会社テスト、試験社及
び TW）
Test Works JSC, a.k.a., the following three aliases:
-Testwerke;
-TW; and-Works of Test.
所在地：12, Probe St., 10 Moscow 125313, Russia; and 7 Check Lane, Almaty,
Kazakhstan.２ 見本研究所（RQI）
Federal Sample Institute (FSI)
所 在 地 ： 3 Sample St., Kirov 610025
3 第三研究所「第三」Third Institute of Samples
所在地：Samara.
4 見本通商
Sample Trade LLC（見本貿易有限公司）
別称：ミホン; サンプル
Mihon LLC; Sample OOO
所在地：Moscow, Russia
"""
OTHERS = """○ 輸出等に係る禁止措置の対象となるロシア連邦及びベラルー
シ共和国以外の国の団体を指定する件（令和五年外務省告示第四百四十七号）
最終更新日：2025年8月1日
1 試験航空
Probe Air, a.k.a. the following one alias:
-Probe.
所在地：Damascus, Syria.
2 試験航空
Probe Air, a.k.a. the following one alias:
-Probe.
所在地：Unit 5, Dubai, United Arab Emirates.
"""


def read(publication: Publication) -> list[WatchlistEntity]:
    assert jp_specified_entities.recognises(publication)
    return [listing.entity for listing in jp_specified_entities.read(publication)]


def test_entries_are_told_apart_and_every_part_reaches_its_field(published: Published) -> None:
    publication = published("list_russia_tokutei.pdf.txt", RUSSIA)
    first, second, third, fourth = read(publication)
    assert publication.edition == date(2025, 9, 12)
    assert publication.notes == ["the notices for BELARUS, THIRD-COUNTRIES were not given: the list is imported without them"]
    assert publication.is_excerpt
    assert (first.id, first.name) == ("SPECIFIED-RU-test-works-jsc", "Test Works JSC")
    assert [alias.name for alias in first.aliases] == ["Testwerke", "TW", "Works of Test", "試験株式会社", "株式会社テスト", "試験社"]
    assert first.programmes == ("JP-SPECIFIED-RUSSIA",)
    assert first.addresses == ("12, Probe St., 10 Moscow 125313, Russia", "7 Check Lane, Almaty, Kazakhstan")
    assert first.countries == ("RU", "KZ")
    assert first.cites == ("外務省告示第八十二号; Export Trade Control Order art. 2",)
    assert (second.name, second.addresses, second.countries) == ("Federal Sample Institute", ("3 Sample St., Kirov 610025",), ("RU",))
    assert [alias.name for alias in third.aliases] == ["第三研究所「第三」"]
    assert third.name == "Third Institute of Samples"
    assert {alias.name for alias in fourth.aliases} == {"見本貿易有限公司", "ミホン", "サンプル", "Mihon LLC", "Sample OOO", "見本通商"}


def test_the_notices_beside_it_make_one_list_and_the_newest_counts(published: Published) -> None:
    published("240101_list_daisangoku_tokutei.pdf.txt", OTHERS.replace("2025年8月1日", "2024年1月1日").replace("Probe Air", "Old Air"))
    published("250801_list_daisangoku_tokutei.pdf.txt", OTHERS)
    published("list_tokutei_notes.txt", "nothing of it")
    parties = read(published("list_russia_tokutei.pdf.txt", RUSSIA))
    assert [party.id for party in parties[4:]] == ["SPECIFIED-SY-probe-air", "SPECIFIED-AE-probe-air"]
    assert parties[5].programmes == ("JP-SPECIFIED-THIRD-COUNTRIES",)


def test_files_of_other_lists_beside_it_are_no_part_of_it(published: Published) -> None:
    published("consolidated.xml", "<sdnList/>")
    published("250801_list_daisangoku_tokutei.pdf.txt", OTHERS)
    publication = published("list_russia_tokutei.pdf.txt", RUSSIA)
    read(publication)
    assert [path.name for path in publication.used] == ["250801_list_daisangoku_tokutei.pdf.txt"]


def test_a_wrong_count_of_other_names_is_told(published: Published) -> None:
    publication = published("list_russia_tokutei.txt", RUSSIA.replace("three aliases", "five aliases"))
    read(publication)
    assert "list_russia_tokutei.txt: entry 1: 5 other names are announced, 3 found" in publication.notes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (RUSSIA.split("所在地：Samara")[0], "entry 3: no address"),
        (RUSSIA.replace("２ 見本研究所", "見本研究所"), "entry 2 was not found behind it"),
        (RUSSIA.split("１ 試験")[0], "no entry 1"),
        (RUSSIA.replace("ロシア連邦の団体", "某国の団体"), "the title names none of"),
    ],
)
def test_a_text_that_is_cut_or_not_known_stops_the_import(published: Published, text: str, message: str) -> None:
    with pytest.raises(SourceFormatError, match=message):
        read(published("list_russia_tokutei.txt", text))


def test_text_in_another_encoding_stops_the_import(published: Published) -> None:
    publication = published("list_russia_tokutei.txt", RUSSIA.encode() + b"\xff\xfe")
    with pytest.raises(SourceFormatError, match="not UTF-8 text"):
        read(publication)


def test_a_pdf_is_refused_with_what_to_give(published: Published) -> None:
    publication = published("list_russia_tokutei.pdf", b"%PDF-1.7\n\x00\xff")
    with pytest.raises(SourceFormatError, match="PDF is not read; make its text with 'pdftotext'"):
        read(publication)


def test_other_files_are_not_recognised(published: Published) -> None:
    assert not jp_specified_entities.recognises(published("other.pdf", b"%PDF-1.7\n"))
    assert not jp_specified_entities.recognises(published("other.txt", "○ 外国ユーザーリスト"))
    assert not jp_specified_entities.recognises(published("other.bin", b"\x00\xff\xfe"))
