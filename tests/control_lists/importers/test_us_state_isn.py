"""The table of nonproliferation sanctions, in small invented files of the real structure."""

from __future__ import annotations

from datetime import date

import pytest

from control_lists.importers import us_state_isn
from control_lists.importers.errors import SourceFormatError
from control_lists.models import WatchlistEntity
from tests.control_lists.importers.conftest import Published

_HEADER = "Source List,Programs,Name,Alternative Names,Country,Federal Register Notice,Effective Date,Remarks/Notes,Web Link\n"
_ZEN = 'ISN,INKSNA,Zen Complex (ZC) ,,Russia,"Vol. 81, No. 128, 07/05/16",6/28/2016,,http://example.org\n'


def _read(published: Published, rows: str) -> list[WatchlistEntity]:
    publication = published("isn.csv", _HEADER + rows)
    assert us_state_isn.recognises(publication)
    return [listing.entity for listing in us_state_isn.read(publication)]


def test_a_row_becomes_a_sanctioned_party(published: Published) -> None:
    (zen,) = _read(published, _ZEN)
    assert (zen.id, zen.name, zen.programmes) == ("ISN-zen-complex-zc-2016-06-28", "Zen Complex (ZC)", ("US-ISN-INKSNA",))
    assert (zen.countries, zen.listed_on) == (("RU",), date(2016, 6, 28))
    assert zen.cites[0] == "Federal Register Vol. 81, No. 128, 07/05/16"


def test_one_day_under_several_laws_is_one_party_and_another_day_another(published: Published) -> None:
    rows = _ZEN + _ZEN.replace("INKSNA", "E.O. 13382") + _ZEN.replace("6/28/2016", "7/1/2018")
    first, later = _read(published, rows)
    assert first.programmes == ("US-ISN-INKSNA", "US-ISN-EO-13382")
    assert later.id == "ISN-zen-complex-zc-2018-07-01"


def test_spellings_of_one_law_are_one_programme(published: Published) -> None:
    publication = published("isn.csv", _HEADER + _ZEN.replace("INKSNA", "INSKNA") + _ZEN.replace("INKSNA", "New Act of 2030"))
    (listing,) = us_state_isn.read(publication)
    assert listing.entity.programmes == ("US-ISN-INKSNA", "US-ISN-NEW-ACT-OF-2030")
    assert publication.notes == ["programme 'New Act of 2030' is not described: what its listing means is that of the list"]


def test_aliases_former_names_and_reach(published: Published) -> None:
    rows = (
        'ISN,INKSNA,Pine Group,"PG, Pine Co., Ltd., F.K.A. Old Pine",Iran,,1/9/2009,Based in Utopia,\n'
        "ISN,INKSNA,\"Li Yang [also known as Carl Lee]\",,Kong Kong,,1/9/2009,,\n"
        'ISN,INKSNA,"First Academy, and its sub-units and successors",,China,,1/9/2009,,\n'
    )  # fmt: skip
    pine, li, academy = _read(published, rows)
    assert [(a.name, a.quality) for a in pine.aliases] == [("PG", "strong"), ("Pine Co., Ltd.", "strong"), ("Old Pine", "former")]
    assert pine.remarks == ("Based in Utopia",)
    assert ((li.name, li.aliases[0].name), li.countries) == (("Li Yang", "Carl Lee"), ("HK",))
    assert academy.name == "First Academy"
    assert academy.remarks == ("the sanctions extend to its sub-units and successors",)


def test_brackets_hold_names_or_say_who_a_person_is(published: Published) -> None:
    rows = (
        'ISN,E.O. 13382,"Pine Institute [aka Pine Centre, Old Pine Works]",,Iran,,1/9/2009,,\n'
        "ISN,E.O. 13382,Pine Industries Organization (PIO),,Iran,,1/9/2009,,\n"
        "ISN,E.O. 13382,Ri Yong Example [Pine Industry Department (PID) Official] (North Korean individual in China),,China,,1/9/2009,,\n"
    )
    institute, organisation, ri = _read(published, rows)
    assert [institute.name, *(a.name for a in institute.aliases)] == ["Pine Institute", "Pine Centre", "Old Pine Works"]
    assert [(a.name, a.quality) for a in organisation.aliases] == [("Pine Industries Organization", "strong"), ("PIO", "weak")]
    assert (ri.name, ri.kind) == ("Ri Yong Example", "person")
    assert ri.remarks == ("Pine Industry Department (PID) Official", "North Korean individual in China")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (_HEADER.replace("Web Link", "Link") + _ZEN, r"missing \['Web Link'\], unmapped \['Link'\]"),
        (_HEADER + _ZEN.replace("ISN,", "XYZ,", 1), "source list 'XYZ' is not ISN"),
        (_HEADER + _ZEN.replace("6/28/2016", "soon"), "Effective Date 'soon' is not a day"),
        (_HEADER + _ZEN[:40], "cells, 9 are expected"),
        (_HEADER + _HEADER, "the header stands again"),
    ],
)
def test_a_changed_or_cut_file_stops_in_one_line(published: Published, content: str, message: str) -> None:
    with pytest.raises(SourceFormatError, match=message):
        list(us_state_isn.read(published("isn.csv", content)))


@pytest.mark.parametrize("content", ["", "id,name\n", b"\x89PNG\x00\xff"])
def test_nothing_else_is_recognised(published: Published, content: str | bytes) -> None:
    assert not us_state_isn.recognises(published("isn.csv", content))
