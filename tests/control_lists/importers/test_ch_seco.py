"""The Swiss sanctions lists."""

from __future__ import annotations

from datetime import date

import pytest

from control_lists.importers import ch_seco
from control_lists.importers.errors import SourceFormatError
from control_lists.models import EntityName


def _part(order: int, kind: str, value: str, variants: str = "") -> str:
    return f'<name-part order="{order}" name-part-type="{kind}"><value>{value}</value>{variants}</name-part>'


def _name(parts: str, kind: str = "primary-name", quality: str = "good") -> str:
    return f'<name ssid="3" name-type="{kind}" quality="{quality}" lang="eng">{parts}</name>'


CYRILLIC = '<spelling-variant lang="RUS" script="CYRL" spelling-variant-type="not-defined">{}</spelling-variant>'
PROGRAMS = """<sanctions-program ssid="20" version-date="2026-05-21" predecessor-version-date="2025-12-12">
<program-key lang="ger">Hügelland</program-key><program-key lang="eng">Hill Land</program-key>
<program-name lang="eng">Ordinance on Hill Land</program-name>
<sanctions-set ssid="201" lang="ger">Artikel 12</sanctions-set><sanctions-set ssid="201" lang="eng">article 12 -- freeze</sanctions-set>
<sanctions-set ssid="202" lang="eng">article 16 -- capital market</sanctions-set><origin>EU</origin></sanctions-program>"""
PLACE = (
    '<place ssid="501"><location>Hillton</location><location-variant lang="RUS">Х</location-variant><area>East</area>'
    '<country iso-code="BY">Belarus</country></place>'
)
PERSON = (
    '<target ssid="1"><sanctions-set-id>201</sanctions-set-id><sanctions-set-id>202</sanctions-set-id>'
    '<foreign-identifier>140</foreign-identifier><individual sex="male"><identity ssid="2" main="true">'
    + _name(
        _part(1, "family-name", "Holm", CYRILLIC.format("Холм"))
        + _part(2, "given-name", "Ivan", CYRILLIC.format("Иван"))
        + _part(3, "father-name", "Petrovich")
        + _part(4, "title", "Dr.")
        + _part(5, "maiden-name", "Bergh")
    )
    + _name(_part(1, "whole-name", "Vanya"), "alias", "low")
    + _name(_part(1, "whole-name", "Old Holm"), "formerly-known-as")
    + '<day-month-year ssid="4" day="23" month="3" year="1980" calendar="Gregorian" quality="good"/>'
    '<day-month-year ssid="5" year="1343" calendar="Islamic"/><place-of-birth ssid="6" place-id="501"/>'
    '<nationality ssid="7"><country iso-code="RU">Russia</country></nationality>'
    '<address ssid="8" place-id="501" quality="good"><remarks>old</remarks><c-o>A Club</c-o><address-details>1 River Road</address-details>'
    "<p-o-box>7</p-o-box><zip-code>99</zip-code></address>"
    '<identification-document ssid="9" document-type="diplomatic-passport"><number>D1</number><issuer code="RU">Russia</issuer>'
    "<date-of-issue>2010-01-02</date-of-issue></identification-document>"
    '<identification-document ssid="9" document-type="library-card"><number>L1</number></identification-document></identity>'
    '<justification ssid="10">Did it.</justification><relation ssid="11" target-id="2" relation-type="related-to"/>'
    '<other-information ssid="12">Tax identification number: 7701234567</other-information></individual>'
    '<modification modification-type="amended" effective-date="2022-01-01"><added><identity><name/></identity></added></modification>'
    '<modification modification-type="listed" enactment-date="2020-02-01" publication-date="2020-02-02" effective-date="2020-02-03"/>'
    "</target>"
)
FIRM = (
    '<target ssid="2"><sanctions-set-id>201</sanctions-set-id><entity><identity ssid="22" main="true">'
    + _name(_part(1, "whole-name", "Hill Steel Works (HSW)"))
    + '<day-month-year year="1994"/></identity><other-information>SWIFT/BIC: HILLBY2X</other-information></entity>'
    '<modification modification-type="de-listed" effective-date="2024-05-01"/>'
    '<modification modification-type="listed" effective-date="2020-02-03"/></target>'
)
SHIP = (
    '<target ssid="3" sanctions-set-id="202"><object object-type="vessel"><identity ssid="33" main="true">'
    + _name(_part(1, "whole-name", "Sea Star"))
    + "</identity><other-information>IMO Number: 9074729</other-information></object>"
    '<modification modification-type="listed" effective-date="2024-05-01"/>'
    '<modification modification-type="de-listed" effective-date="2024-05-01"/></target>'
)


def _list(*parts: str) -> str:
    return f'<?xml version="1.0"?><swiss-sanctions-list list-type="whole-list" date="2026-08-27">{"".join(parts)}</swiss-sanctions-list>'


def _read(published, content: str):
    publication = published("seco.xml", content)
    assert ch_seco.recognises(publication)
    return publication, {listing.entity.id: listing.entity for listing in ch_seco.read(publication)}


def test_a_person_with_every_field(published) -> None:
    # What a target refers to may stand before or behind it.
    publication, parties = _read(published, _list(PERSON, FIRM, PROGRAMS, PLACE))
    person = parties["1"]
    assert publication.edition == date(2026, 8, 27)
    assert (person.name, person.kind, person.programmes) == ("Ivan Petrovich Holm", "person", ("CH-HILL-LAND",))
    assert person.aliases == (
        EntityName(name="Иван Petrovich Холм", script="Cyrl"),
        EntityName(name="Ivan Petrovich Bergh", quality="former"),
        EntityName(name="Иван Petrovich Bergh", quality="former", script="Cyrl"),
        EntityName(name="Vanya", quality="weak"),
        EntityName(name="Old Holm", quality="former"),
    )
    assert person.footnotes == ("article 12 -- freeze", "article 16 -- capital market")
    assert person.cites == ("Ordinance on Hill Land", "SECO target 1", "foreign identifier 140")
    assert person.birth_dates == ("1980-03-23",)
    assert person.birth_places == ("Hillton, East, Belarus",)
    assert person.countries == ("RU", "BY")
    assert person.addresses == ("A Club, 1 River Road, P.O. Box 7, 99, Hillton, East, Belarus",)
    assert person.identifiers == ("passport:D1", "tax:7701234567")
    assert (person.listed_on, person.delisted_on) == (date(2020, 2, 3), None)
    assert person.linked == ("id:2",)
    assert {
        "gender: male",
        "title: Dr.",
        "Did it.",
        "relation to 2: related-to",
        "date of birth: 1343 (Islamic)",
        "diplomatic passport: D1; issued by Russia; issued 2010-01-02",
        "library card: L1",
    } <= set(person.remarks)
    assert publication.notes == ["document type 'library-card' is not known: kept as a remark"]


def test_a_removed_target_stays_with_the_day_of_its_removal(published) -> None:
    _, parties = _read(published, _list(PROGRAMS, PLACE, FIRM, SHIP))
    firm, ship = parties["2"], parties["3"]
    assert (firm.listed_on, firm.delisted_on) == (date(2020, 2, 3), date(2024, 5, 1))
    assert {(name.name, name.quality) for name in firm.aliases} == {("Hill Steel Works", "strong"), ("HSW", "weak")}
    assert firm.identifiers == ("swift:HILLBY2X",)
    assert "founded or built: 1994" in firm.remarks
    # Of two changes of one day the first in the file is the newest.
    assert (ship.kind, ship.identifiers, ship.delisted_on) == ("vessel", ("imo:9074729",), None)


def test_a_place_that_is_not_in_the_file_is_told(published) -> None:
    publication, parties = _read(published, _list(PROGRAMS, PERSON))
    assert parties["1"].addresses == ("A Club, 1 River Road, P.O. Box 7, 99",)
    assert any("places" in note for note in publication.notes)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            _list(PROGRAMS, PERSON.replace("<justification", "<verdict").replace("</justification", "</verdict")),
            "unmapped fields ['verdict']",
        ),
        (_list(PROGRAMS, PERSON.replace("maiden-name", "pen-name")), "name part 'pen-name' is not known"),
        (_list(PROGRAMS, PERSON.replace('"alias"', '"nickname"')), "name type 'nickname' is not known"),
        (_list(PROGRAMS, PERSON.replace('"low"', '"fair"')), "name quality 'fair' is not known"),
        (_list(PROGRAMS, SHIP.replace('"vessel"', '"train"')), "object type 'train' is not known"),
        (_list(PROGRAMS, FIRM.replace("de-listed", "paused")), "modification 'paused'"),
        (_list(FIRM), "sanctions set 201 is not in the file"),
        (_list(PROGRAMS, FIRM, FIRM), "2: the target stands twice"),
        (_list(PROGRAMS, "<notice/>"), "element <notice> is not known"),
        (_list(PROGRAMS, FIRM)[:-30], "the file is cut or damaged"),
    ],
)
def test_what_is_not_known_stops_the_import(published, content, message) -> None:
    with pytest.raises(SourceFormatError) as error:
        _read(published, content)
    assert message in str(error.value)
