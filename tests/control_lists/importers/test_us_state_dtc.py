"""The table of debarred parties, in small invented files of the real structure."""

from __future__ import annotations

from datetime import date

import pytest

from control_lists.importers import us_state_dtc
from control_lists.importers.errors import SourceFormatError
from control_lists.models import WatchlistEntity
from tests.control_lists.importers.conftest import Published

_HEADER = 'Debarred Party Full Name and Alias,Date of Birth,Notice,Notice Date,"Corrected Notice","Corrected Notice Date"\n'


def _read(published: Published, rows: str) -> list[WatchlistEntity]:
    publication = published("itar_debarred_party_list.csv", _HEADER + rows)
    assert us_state_dtc.recognises(publication)
    return [listing.entity for listing in us_state_dtc.read(publication)]


def test_a_person_is_in_natural_order_with_birth_and_notices(published: Published) -> None:
    (roe,) = _read(published, '"Roe, Jr., Richard (a.k.a. Dick Roe; Rick Row)","May, 1984",78 FR 8218,2/5/2013,81 FR 28113,5/9/2016\n')
    assert (roe.id, roe.name, roe.kind) == ("DTC-richard-roe-jr-78-fr-8218", "Richard Roe Jr.", "person")
    assert [alias.name for alias in roe.aliases] == ["Dick Roe", "Rick Row"]
    assert (roe.birth_dates, roe.listed_on) == (("1984-05",), date(2013, 2, 5))
    assert roe.cites == ("78 FR 8218", "corrected by 81 FR 28113")
    assert roe.programmes == ("US-DTC",)


@pytest.mark.parametrize("name", ["Far West Trading Company, Inc.", "Aero Parts Pte. Ltd.", "West Defence Associates"])
def test_a_company_stays_a_company(published: Published, name: str) -> None:
    (company,) = _read(published, f'"{name}",,53 FR 27097,7/18/1988,,\n')
    assert (company.name, company.kind) == (name, "organisation")


def test_two_notices_are_two_debarments(published: Published) -> None:
    rows = "Hercules Works,,53 FR 27097,7/18/1988,,\nHercules Works,,58 FR 6835,2/2/1993,,\n"
    assert [entity.id for entity in _read(published, rows)] == ["DTC-hercules-works-53-fr-27097", "DTC-hercules-works-58-fr-6835"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (_HEADER.replace("Notice Date", "Day", 1) + "A,,1 FR 2,1/1/2000,,\n", "header is not known"),
        (_HEADER + "A,,1 FR 2,never,,\n", "Notice Date 'never' is not a day"),
        (_HEADER + "A,in spring,1 FR 2,1/1/2000,,\n", "Date of Birth 'in spring' is not understood"),
        (_HEADER + "A,,1 FR 2\n", "3 cells, 6 are expected"),
    ],
)
def test_a_changed_or_cut_file_stops(published: Published, content: str, message: str) -> None:
    with pytest.raises(SourceFormatError, match=message):
        list(us_state_dtc.read(published("itar.csv", content)))


@pytest.mark.parametrize("content", ["", "id,name\n", b"\x89PNG\x00\xff"])
def test_nothing_else_is_recognised(published: Published, content: str | bytes) -> None:
    assert not us_state_dtc.recognises(published("itar.csv", content))
