"""The Denied Persons List, in small invented files of the real structure."""

from __future__ import annotations

from datetime import date

import pytest

from control_lists.importers import us_bis_dpl
from control_lists.importers.errors import SourceFormatError
from control_lists.models import WatchlistEntity
from tests.control_lists.importers.conftest import Published

_COLUMNS = [
    "Name",
    "Street_Address",
    "City",
    "State",
    "Country",
    "Postal_Code",
    "Effective_Date",
    "Expiration_Date",
    "Standard_Order",
    "Last_Update",
    "Action",
    "FR_Citation",
]
_DOE = {
    "Name": " JOHN Q. DOE",
    "Street_Address": "INMATE NUMBER: 12345-678, FCI NOWHERE",
    "City": "NOWHERE",
    "State": "TX",
    "Country": "",
    "Postal_Code": "75001",
    "Effective_Date": "08/24/2022",
    "Expiration_Date": "01/14/2026",
    "Standard_Order": "Y",
    "Last_Update": "2022-08-29",
    "Action": "F.R. NOTICE ADDED",
    "FR_Citation": "87 F.R. 52741 8/29/2022",
}


def _file(*rows: dict[str, str], columns: list[str] = _COLUMNS) -> str:
    lines = ["\t".join(f'"{column}"' for column in columns)]
    lines += ["\t".join(f'"{row.get(column, "")}"' for column in columns) for row in rows]
    return "\n".join(lines) + "\n"


def _read(published: Published, content: str, name: str = "dpl.txt") -> list[WatchlistEntity]:
    publication = published(name, content)
    assert us_bis_dpl.recognises(publication)
    listings = list(us_bis_dpl.read(publication))
    assert {listing.list_id for listing in listings} <= {"us-dpl"}
    return [listing.entity for listing in listings]


def test_a_row_becomes_a_denied_person(published: Published) -> None:
    (doe,) = _read(published, _file(_DOE))
    assert (doe.id, doe.name, doe.kind, doe.programmes) == ("DPL-john-q-doe-87-fr-52741", "JOHN Q. DOE", "person", ("US-DPL",))
    assert doe.addresses == ("INMATE NUMBER: 12345-678, FCI NOWHERE, NOWHERE, TX, 75001, US",)
    assert doe.countries == ("US",)
    assert doe.cites[0] == "87 FR 52741"
    assert doe.remarks == ("action: F.R. NOTICE ADDED", "last update: 2022-08-29", "denial order in force until 2026-01-14")


def test_an_order_ends_the_day_after_it_expires_and_one_without_an_end_does_not(published: Published) -> None:
    doe, roe = _read(published, _file(_DOE, _DOE | {"Name": "RICHARD ROE", "Expiration_Date": ""}))
    assert (doe.listed_on, doe.delisted_on) == (date(2022, 8, 24), date(2026, 1, 15))
    assert roe.delisted_on is None


def test_rows_of_one_name_and_order_are_one_party_with_all_addresses(published: Published) -> None:
    other = _DOE | {"Name": "JOHN Q. DOE", "Street_Address": "5 MAIN ST", "FR_Citation": "87 F.R. 52741 8/29/2022, 88 F.R. 7 1/3/2023"}
    (doe,) = _read(published, _file(_DOE, other))
    assert len(doe.addresses) == 2
    assert doe.cites[:2] == ("87 FR 52741", "88 FR 7")


def test_a_new_order_against_one_name_is_another_party(published: Published) -> None:
    first, second = _read(published, _file(_DOE, _DOE | {"Effective_Date": "2/3/2024", "FR_Citation": "89 FR 9 2/9/24"}))
    assert (first.id, second.id) == ("DPL-john-q-doe-87-fr-52741", "DPL-john-q-doe-89-fr-9")
    again = _read(published, _file(_DOE, _DOE | {"Effective_Date": "2/3/2024"}))
    assert again[1].id == "DPL-john-q-doe-87-fr-52741-2024-02-03"


def test_a_renewed_order_is_in_force_from_its_first_notice(published: Published) -> None:
    renewed = _DOE | {
        "Effective_Date": "09/23/2023",
        "FR_Citation": "87 F.R. 21611 4/12/2022, 87 F.R. 60985 10/7/2022, 88 F.R. 66807 9/28/2023",
    }
    assert _read(published, _file(renewed))[0].listed_on == date(2022, 4, 12)
    mistyped = renewed | {"FR_Citation": "87 F.R. 21611 4/12/2002, 88 F.R. 66807 9/28/2023"}
    assert _read(published, _file(mistyped))[0].listed_on == date(2023, 9, 23)


def test_a_party_without_a_word_of_organisations_is_taken_for_a_person(published: Published) -> None:
    """The list does not say, and most of it are persons, whose name alone only asks."""
    rows = [_DOE | {"Name": name, "Street_Address": "1 ROAD"} for name in ("NICK STEVENS", "STEVENS AIRLINES", "STEVENSTRADE")]
    assert [party.kind for party in _read(published, _file(*rows))] == ["person", "organisation", "organisation"]


def test_of_two_last_days_of_one_order_the_latest_stands(published: Published) -> None:
    publication = published("dpl.txt", _file(_DOE, _DOE | {"Expiration_Date": "01/24/2026"}))
    (listing,) = us_bis_dpl.read(publication)
    assert listing.entity.delisted_on == date(2026, 1, 25)
    assert "2026-01-14, 2026-01-24: the latest stands" in publication.notes[0]


def test_an_order_that_ends_before_it_begins_is_kept_in_force(published: Published) -> None:
    publication = published("dpl.txt", _file(_DOE | {"Expiration_Date": "01/14/1926"}))
    (listing,) = us_bis_dpl.read(publication)
    assert listing.entity.delisted_on is None
    assert "kept in force" in publication.notes[0]


def test_years_mistyped_are_repaired_and_say_why(published: Published) -> None:
    (doe,) = _read(published, _file(_DOE | {"Last_Update": "3033-09-30"}))
    assert "last update: 2022-09-30" in doe.remarks
    assert all(repair.reason and repair.found[4:] == repair.read[4:] for repair in us_bis_dpl.REPAIRS)


@pytest.mark.parametrize(
    ("country", "state", "code"), [("PRC", "", "CN"), ("NM", "", "US"), ("", "NV", "US"), ("AE", "", "AE"), ("", "ONTARIO", None)]
)
def test_countries(published: Published, country: str, state: str, code: str | None) -> None:
    (doe,) = _read(published, _file(_DOE | {"Country": country, "State": state}))
    assert doe.countries == ((code,) if code else ())


def test_names_with_an_alias_or_in_the_order_of_a_register(published: Published) -> None:
    rows = [
        _DOE | {"Name": name, "Street_Address": "5 MAIN ST"}
        for name in (
            "FU SUN A/K/A FRANK SUN",
            "PEARL (A.K.A. NEI CHU) LI",
            "BLUE WING AIRLINES D/B/A B7 AIRLINES",
            "DOE, JANE",
            "ELMO TRADING CO., LTD.",
        )
    ]
    entities = _read(published, _file(*rows))
    assert [(e.name, [a.name for a in e.aliases]) for e in entities] == [
        ("FU SUN", ["FRANK SUN"]),
        ("PEARL LI", ["NEI CHU"]),
        ("BLUE WING AIRLINES", ["B7 AIRLINES"]),
        ("JANE DOE", []),
        ("ELMO TRADING CO., LTD.", []),
    ]
    assert [e.kind for e in entities[2:]] == ["organisation", "person", "organisation"]


def test_an_order_that_is_not_standard_says_so(published: Published) -> None:
    no, lower, blank = _read(published, _file(*(_DOE | {"Name": f"DOE {n}", "Standard_Order": n} for n in ("N", "y", ""))))
    assert any("not a standard order" in remark for remark in no.remarks)
    assert not any("not a standard order" in remark for entity in (lower, blank) for remark in entity.remarks)


def test_older_files_quote_only_where_needed_and_write_short_days(published: Published) -> None:
    content = "\t".join(_COLUMNS) + "\r\nACE CORP\t5 Road\tPERTH\t\tAU\t\t8/8/1997\t8/8/2017\tY\t3/23/2000\t\t62 F.R. 43503 8/14/97\r\n"
    (ace,) = _read(published, content)
    assert (ace.listed_on, ace.delisted_on, ace.countries) == (date(1997, 8, 8), date(2017, 8, 9), ("AU",))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (_file(_DOE, columns=[*_COLUMNS, "Risk"]), r"row 1: header is not known: missing \[\], unmapped \['Risk'\]"),
        (_file(_DOE | {"Standard_Order": "MAYBE"}), "Standard_Order 'MAYBE' is not Y or N"),
        (_file(_DOE | {"Effective_Date": "24 AUG"}), "Effective_Date '24 AUG' is not a day"),
        (_file(_DOE | {"Name": ""}), "field 'Name' is blank"),
        (_file(_DOE) + '"CUT', "row 3: 1 cells, 12 are expected"),
        (_file(_DOE) + _file(_DOE), "the header stands again"),
        (_file(_DOE)[:-10], "ends within a cell"),
    ],
)
def test_a_changed_or_cut_file_stops_in_one_line(published: Published, content: str, message: str) -> None:
    with pytest.raises(SourceFormatError, match=message) as caught:
        list(us_bis_dpl.read(published("dpl.txt", content)))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["", "Name,Effective_Date,Standard_Order\n", "<sdnList/>", b"\xff\x00PK\x03\x04"])
def test_nothing_else_is_recognised(published: Published, content: str | bytes) -> None:
    assert not us_bis_dpl.recognises(published("dpl.txt", content))
