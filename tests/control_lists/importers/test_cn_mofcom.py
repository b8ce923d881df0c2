"""The lists of China's Ministry of Commerce, in their derived JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from control_lists.importers import cn_mofcom
from control_lists.importers.errors import SourceFormatError
from control_lists.models import WatchlistEntity
from tests.control_lists.importers.conftest import Published

RECORD: dict[str, Any] = {
    "id": "cn-wl-20260424-1",
    "country": "cn",
    "list_id": "cn-export-control-watchlist",
    "source_list_name": "出口管制管控名单 (Export Control Watchlist)",
    "entity_name": "Test Works a.s.",
    "entity_type": "organization",
    "aliases": ["试验公司"],
    "addresses": ["Probe 11, Praha 1, Czech Republic（邮编：11000）"],
    "reason": "listed",
    "date_added": "2026-04-24",
    "source_url": "https://example.org/art_1.html",
    "last_verified": "2026-07-19",
}


def read(published: Published, *records: dict[str, Any]) -> list[WatchlistEntity]:
    publication = published("cn.json", json.dumps(records, ensure_ascii=False))
    assert cn_mofcom.recognises(publication)
    found = [listing.entity for listing in cn_mofcom.read(publication)]
    assert publication.edition == date(2026, 7, 19)
    return found


def test_every_field_reaches_its_place(published: Published) -> None:
    (party,) = read(published, RECORD)
    assert (party.id, party.name, party.kind) == ("ECL-test-works-a-s", "Test Works a.s.", "organisation")
    assert [(alias.name, alias.script) for alias in party.aliases] == [("试验公司", "Hani")]
    assert party.programmes == ("CN-ECL",)
    assert party.countries == ("CZ",)
    assert party.addresses == ("Probe 11, Praha 1, Czech Republic（邮编：11000）",)
    assert party.listed_on == date(2026, 4, 24)
    assert party.remarks == ("reason: listed",)
    assert party.cites == ("https://example.org/art_1.html (cn-wl-20260424-1)",)


def test_a_party_of_two_announcements_is_one_on_a_list_and_two_on_two(published: Published) -> None:
    again = RECORD | {"id": "cn-wl-20250102-9", "date_added": "2025-01-02", "source_url": "https://example.org/art_2.html"}
    other = RECORD | {"id": "cn-uel-20250102-9", "list_id": "cn-unreliable-entity-list"}
    first, second = read(published, RECORD, again, other)
    assert (len(first.cites), first.listed_on) == (2, date(2025, 1, 2))
    assert (second.id, second.programmes) == ("UEL-test-works-a-s", ("CN-UEL",))


@pytest.mark.parametrize(
    ("written", "name", "alias"),
    [
        ("试验技术公司（Probe Technologies Co.）等6家实体", "Probe Technologies Co.", "试验技术公司"),
        ("参与对台湾地区军售的美国试验公司", "试验公司", None),
        ("Probe公司及其分支机构等外国实体", "Probe公司", None),
    ],
)
def test_words_of_the_announcement_are_no_part_of_the_name(published: Published, written: str, name: str, alias: str | None) -> None:
    (party,) = read(published, RECORD | {"entity_name": written, "aliases": []})
    assert party.name == name
    assert [other.name for other in party.aliases] == ([alias] if alias else [])
    assert written in party.remarks


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"risk": "high"}, r"record 1: unmapped fields \['risk'\]"),
        ({"list_id": "cn-other-list"}, "list 'cn-other-list' is not one of"),
        ({"entity_type": "other"}, "entity_type 'other' is not one of"),
        ({"entity_name": ""}, "field 'entity_name' is missing or blank"),
        ({"aliases": "试验"}, r"fields \['aliases'\] are not text"),
        ({"reason": 5}, r"fields \['reason'\] are not text"),
    ],
)
def test_what_is_not_known_stops_the_import(published: Published, changed: dict[str, Any], message: str) -> None:
    with pytest.raises(SourceFormatError, match=message):
        read(published, RECORD | changed, RECORD)


def test_a_cut_file_stops_the_import(published: Published) -> None:
    publication = published("cn.json", json.dumps([RECORD, RECORD])[:-40])
    with pytest.raises(SourceFormatError, match="not whole JSON"):
        list(cn_mofcom.read(publication))


def test_other_files_are_not_recognised(published: Published) -> None:
    assert not cn_mofcom.recognises(published("other.json", '[{"list_id": "us-csl"}]'))
    assert not cn_mofcom.recognises(published("other.bin", b"\x00\xff\xfe["))
