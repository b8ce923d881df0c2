"""OpenSanctions, one line a target."""

from __future__ import annotations

from datetime import date

import pytest

from control_lists.importers import opensanctions_simple
from control_lists.importers.errors import SourceFormatError

HEADER = (
    "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,program_ids,dataset,first_seen,last_seen,"
    "last_change"
)
PERSON = (
    '"NK-1","Person","Ivan Holm","Vanya Holm;""Holm; Ivan""","1963-04-05;1964","ru;kp","1 River Road, Hillton","A123;77","Hill - Freeze",'
    '"+1 2","a@b.example","US-HILL;EU-UKR","Hill List","2023-04-20T00:00:00","2026-01-02T03:04:05","2025-01-01T00:00:00"'
)
SHIP = '"NK-2","Vessel","Sea Star","","2001","pa","","IMO9074729","","","","","Hill List (HL)","2023-04-20","2026-01-03","2025-01-01"'
WALLET = '"NK-3","CryptoWallet","Wallet 1","","","","","bc1xyz","","","","","Hill List","2023-04-20","2026-01-03","2025-01-01"'


def _read(published, *rows: str, header: str = HEADER):
    publication = published("targets.simple.csv", "\n".join((header, *rows)) + "\n")
    assert opensanctions_simple.recognises(publication)
    return publication, list(opensanctions_simple.read(publication))


def test_targets_with_every_field(published) -> None:
    publication, ((list_id, person), (_, ship)) = _read(published, PERSON, SHIP, WALLET)
    assert list_id == "opensanctions"
    assert publication.edition == date(2026, 1, 3)
    assert (person.id, person.name, person.kind) == ("NK-1", "Ivan Holm", "person")
    assert [name.name for name in person.aliases] == ["Vanya Holm", "Holm; Ivan"]
    assert person.programmes == ("OS-US-HILL", "OS-EU-UKR")
    assert person.birth_dates == ("1963-04-05", "1964")
    assert person.countries == ("RU", "KP")
    assert person.identifiers == ("other:A123", "other:77")
    assert person.cites == ("OpenSanctions NK-1", "Hill - Freeze", "Hill List")
    assert set(person.remarks) == {"phone: +1 2", "e-mail: a@b.example"}
    assert (ship.kind, ship.identifiers, ship.programmes) == ("vessel", ("imo:9074729",), ("OS-HILL-LIST-HL",))
    assert publication.notes == ["1 targets that are no parties (wallets, securities and the like) were put aside"]


def test_the_form_without_programmes_is_known(published) -> None:
    row = '"NK-2","Company","Hill Mills","","","by","","","","","","Hill List","2023-04-20","2024-01-03","2023-05-01"'
    _, ((_, firm),) = _read(published, row, header=HEADER.replace("program_ids,", ""))
    assert (firm.kind, firm.programmes) == ("organisation", ("OS-HILL-LIST",))


@pytest.mark.parametrize(
    ("rows", "header", "message"),
    [
        ((PERSON.replace('"Person"', '"Ghost"'),), HEADER, "row 2: schema 'Ghost' is not known"),
        ((PERSON[:60],), HEADER, "row 2"),
        ((PERSON, HEADER), HEADER, "row 3"),
        ((PERSON,), f"{HEADER},risk", "unmapped ['risk']"),
    ],
)
def test_what_is_not_known_stops_the_import(published, rows, header, message) -> None:
    with pytest.raises(SourceFormatError) as error:
        _read(published, *rows, header=header)
    assert message in str(error.value)
