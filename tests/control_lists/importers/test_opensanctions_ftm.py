"""OpenSanctions, FollowTheMoney entities."""

from __future__ import annotations

import json
from datetime import date

import pytest

from control_lists.importers import opensanctions_ftm
from control_lists.importers.errors import SourceFormatError
from control_lists.models import EntityName


def _entity(entity_id: str, schema: str, **properties: object) -> dict[str, object]:
    said = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    return {"id": entity_id, "schema": schema, "caption": entity_id, "properties": said, "datasets": ["hill_list"],
            "last_seen": "2026-01-02T03:04:05", "target": True}  # fmt: skip


PERSON = _entity(
    "P1", "Person", name="Ivan Holm", alias="Иван Холм", weakAlias="Vanya", previousName="Jan Holm", country="ru", nationality="by",
    birthDate="1963-04", birthPlace="Hillton", idNumber="77", passportNumber="A1", innCode="7701234567", position="Head", gender="male",
    firstName="Ivan", addressEntity="A1", topics=["sanction"], shoeSize="44",
)  # fmt: skip
AROUND = [
    _entity("A1", "Address", full="1 River Road, Hillton"),
    _entity("S1", "Sanction", entity="P1", authority="Hill Office", authorityId="H-7", program="Hill Freeze", programId="US-HILL",
            reason="Did it", listingDate="2020-02-03", startDate="2020", endDate="2030-01-01"),
    _entity("D1", "Passport", holder="P1", number="B2", country="ru", endDate="2019"),
    _entity("W1", "CryptoWallet", holder="P1", publicKey="bc1xyz"),
    _entity("O1", "Ownership", owner="P1", asset="C1", role="owner"),
    _entity("O2", "Directorship", director="P1", organization="C2"),
]  # fmt: skip
FIRM = _entity("C1", "Company", name="Hill Mills", jurisdiction="by", registrationNumber="1-2", leiCode="LEI1", swiftBic="HILLBY2X",
               topics=["sanction.linked"])  # fmt: skip
SHIP = _entity("V1", "Vessel", name="Sea Star", imoNumber="IMO9074729", mmsi="123456789", flag="pa", topics=["export.control"])
PLANE = _entity("F1", "Airplane", name="HB-XYZ", registrationNumber="HB-XYZ", serialNumber="1234", topics=["sanction"])
POLITICIAN = _entity("C2", "Organization", name="Some Party", topics=["role.pep"])


def _read(published, *entities: object):
    lines = "\n".join(json.dumps(entity, ensure_ascii=False) if not isinstance(entity, str) else entity for entity in entities)
    publication = published("entities.ftm.json", lines + "\n")
    assert opensanctions_ftm.recognises(publication)
    return publication, {listing.entity.id: listing.entity for listing in opensanctions_ftm.read(publication)}


def test_parties_with_what_other_entities_say_of_them(published) -> None:
    publication, parties = _read(published, PERSON, *AROUND, FIRM, SHIP, PLANE, POLITICIAN)
    person = parties["P1"]
    assert publication.edition == date(2026, 1, 2)
    assert (person.name, person.kind, person.programmes) == ("Ivan Holm", "person", ("OS-US-HILL",))
    assert person.aliases == (
        EntityName(name="Иван Холм", script="Cyrl"),
        EntityName(name="Vanya", quality="weak"),
        EntityName(name="Jan Holm", quality="former"),
    )
    assert person.countries == ("RU", "BY")
    assert person.addresses == ("1 River Road, Hillton",)
    assert person.birth_dates == ("1963-04",)
    assert person.identifiers == ("national:77", "passport:A1", "tax:7701234567", "passport:B2", "wallet:bc1xyz")
    assert (person.listed_on, person.delisted_on) == (date(2020, 2, 3), date(2030, 1, 1))
    assert person.linked == ("id:C1",)
    assert person.cites == ("Hill Office: Hill Freeze", "Hill Office H-7", "OpenSanctions P1")
    assert {"position: Head", "reason: Did it", "relation to C1: owner", "shoeSize: 44", "passport B2: ru; valid to 2019"} <= set(
        person.remarks
    )
    assert publication.notes == [
        "property 'shoeSize' is not known: kept as a remark",
        "1 parties without a topic of sanctions or export control were put aside",
    ]
    assert parties["C1"].identifiers == ("reg:1-2", "lei:LEI1", "swift:HILLBY2X")
    assert parties["C1"].linked == ("id:P1",)
    assert (parties["V1"].kind, parties["V1"].identifiers) == ("vessel", ("imo:9074729", "mmsi:123456789"))
    assert (parties["F1"].kind, parties["F1"].identifiers) == ("aircraft", ("tail:HB-XYZ", "msn:1234"))
    assert parties["F1"].programmes == ("OS-HILL-LIST",)


def test_the_nested_form_gives_the_same(published) -> None:
    nested = {**PERSON, "properties": {**PERSON["properties"], "addressEntity": [AROUND[0]], "sanctions": [AROUND[1]]}}  # type: ignore[dict-item]
    _, parties = _read(published, nested)
    person = parties["P1"]
    assert (person.addresses, person.programmes, person.listed_on) == (("1 River Road, Hillton",), ("OS-US-HILL",), date(2020, 2, 3))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "X", "schema": "Person", "prop', "line 2: "),
        ('["x"]', "line 2: no entity"),
        (json.dumps(_entity("X", "Ghost")), "line 2: schema 'Ghost' is not known"),
    ],
)
def test_what_is_not_known_stops_the_import(published, line, message) -> None:
    with pytest.raises(SourceFormatError) as error:
        _read(published, PERSON, line)
    assert message in str(error.value)


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00{", b'{"a": 1}'])
def test_other_files_are_not_recognised(published, content) -> None:
    assert not opensanctions_ftm.recognises(published("entities.ftm.json", content))
