"""OFSI ConList as XML."""

from __future__ import annotations

import pytest

from control_lists.importers import uk_ofsi_xml
from control_lists.importers.errors import SourceFormatError
from control_lists.models import WatchlistEntity

ROOT = (
    '<?xml version="1.0"?><ArrayOfFinancialSanctionsTarget xmlns:i="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns="http://schemas.hmtreasury.gov.uk/ofsi/consolidatedlist">{}</ArrayOfFinancialSanctionsTarget>'
)
ROW = {
    "Name6": "ZORIN", "name1": "Ivan", "AliasType": "Primary name", "GroupTypeDescription": "Individual", "RegimeName": "Russia",
    "DateListed": "2022-03-15T00:00:00", "DateDesignated": "2022-03-15T00:00:00", "LastUpdated": "2024-01-01T00:00:00",
    "GroupID": "501", "GrpStatus": "A", "GroupStatus": "Asset Freeze Targets", "ListingType": "UK", "UKSanctionsListRef": "RUS9001",
}  # fmt: skip


def target(**changes: str | None) -> str:
    row = "".join(f"<{name}>{text}</{name}>" for name, text in (ROW | changes).items() if text is not None)
    return f'<FinancialSanctionsTarget>{row}<Title i:nil="true"/></FinancialSanctionsTarget>'


def entities(published, *targets: str) -> list[WatchlistEntity]:
    publication = published("ConList.xml", ROOT.format("".join(targets)))
    assert uk_ofsi_xml.recognises(publication)
    return [listing.entity for listing in uk_ofsi_xml.read(publication)]


def test_rows_and_their_own_elements_become_one_party(published) -> None:
    found = entities(
        published,
        target(Individual_DateOfBirth="07/05/1971", Individual_Gender="Male", UNRef="QDi.999", UKStatementOfReasons="Ran a works."),
        target(Name6="SORIN", AliasType="AKA", AliasQuality="Low quality", PhoneNumber="+7 111"),
    )
    assert [(e.id, e.name, e.programmes, e.birth_dates) for e in found] == [("RUS9001", "Ivan ZORIN", ("UK-RUS",), ("1971-05-07",))]
    assert [(a.name, a.quality) for a in found[0].aliases] == [("Ivan SORIN", "weak")]
    assert found[0].remarks == ("statement of reasons: Ran a works.", "gender: Male", "phone number: +7 111")
    assert found[0].cites == ("OFSI group 501", "UK Sanctions List RUS9001", "UN reference QDi.999")


def test_ships_and_companies_have_their_numbers(published) -> None:
    ship = entities(
        published, target(GroupTypeDescription="Ship", Ship_IMONumber="9074729", Ship_Flag="Gabon", Ship_CurrentOwners="Sea Works")
    )
    assert (ship[0].kind, ship[0].identifiers, ship[0].countries, ship[0].linked) == ("vessel", ("imo:9074729",), ("GA",), ("Sea Works",))
    firm = entities(published, target(GroupTypeDescription="Entity", Entity_BusinessRegNumber="OGRN: 1027700000001"))
    assert firm[0].identifiers == ("reg:1027700000001",)


def test_an_investment_ban_is_no_freeze(published) -> None:
    assert entities(published, target(GrpStatus="I"))[0].programmes == ("UK-OTHER-MEASURES",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ROOT.format(target(Mood="fine")), r"unmapped fields \['Mood'\]"),
        (ROOT.format(target(GrpStatus="X")), "GrpStatus 'X' is neither"),
        (ROOT.format("<Other/>"), "<Other> is not a FinancialSanctionsTarget"),
        (ROOT.format(target(Name6="<b>A</b>")), "<Name6> stands twice or holds more than text"),
        (ROOT.format(target())[:-60], "the file is cut or damaged"),
        ('<!DOCTYPE a [<!ENTITY e "x">]>' + ROOT.format(target())[21:], "declares XML entities"),
    ],
)
def test_strange_files_stop_the_import(published, content: str, message: str) -> None:
    with pytest.raises(SourceFormatError, match=message):
        list(uk_ofsi_xml.read(published("ConList.xml", content)))


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 50, b"<Designations/>"])
def test_other_files_are_not_recognised(published, content: bytes) -> None:
    assert not uk_ofsi_xml.recognises(published("a.xml", content))
