"""A national list in a plain table."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from control_lists.importers import national_csv
from control_lists.importers.errors import SourceFormatError

HEADER = (
    "id,name,kind,aliases,weak_aliases,former_names,country,address,identifiers,birth_date,birth_place,programme,listed_on,delisted_on,"
    "cite,remark"
)
PERSON = (
    "7,Ivan Holm,person,Jan Holm; Ivan Hill,Vanya,Ivan Bergh,RU; Cambodia,1 River Road,passport:A 1; tax:77,1963-04-05; 1960 to 1962,"
    "Hillton,KH-WMD,2024-05-31,,Order 12/2024,Seen once"
)


def _read(published, content: str, name: str = "kh-national.csv"):
    publication = published(name, content)
    assert national_csv.recognises(publication)
    return list(national_csv.read(publication))


def test_a_party_with_every_column(published) -> None:
    ((list_id, person),) = _read(published, f"\ufeff{HEADER}\r\n{PERSON}\r\n\r\n")
    assert list_id == "kh-national"
    assert (person.id, person.name, person.kind, person.programmes) == ("7", "Ivan Holm", "person", ("KH-WMD",))
    assert [(name.name, name.quality) for name in person.aliases] == [
        ("Jan Holm", "strong"),
        ("Ivan Hill", "strong"),
        ("Vanya", "weak"),
        ("Ivan Bergh", "former"),
    ]
    assert person.countries == ("RU", "KH")
    assert person.addresses == ("1 River Road",)
    assert person.identifiers == ("passport:A 1", "tax:77")
    assert person.birth_dates == ("1963-04-05", "1960/1962")
    assert person.birth_places == ("Hillton",)
    assert (person.listed_on, person.delisted_on) == (date(2024, 5, 31), None)
    assert person.cites == ("Order 12/2024", "kh-national 7")
    assert person.remarks == ("Seen once",)


def test_the_least_table_is_enough(published) -> None:
    ((_, firm),) = _read(published, "id,name,kind\n1,Hill Mills,organisation\n")
    assert (firm.programmes, firm.cites) == (("KH-NATIONAL",), ("kh-national 1",))


def test_tabs_the_list_column_and_a_second_row_of_a_party(published) -> None:
    table = (
        "list\tid\tname\tkind\tcite\nkh-a\t1\tHill Mills\torganisation\tOrder 1\n"
        "kh-a\t1\tHill Works\torganisation\t\nkh-b\t1\tX\tvessel\t\n"
    )
    first, second = _read(published, table, "any name.tsv")
    assert (first.list_id, [name.name for name in first.entity.aliases]) == ("kh-a", ["Hill Works"])
    assert (second.list_id, second.entity.kind) == ("kh-b", "vessel")


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (f"{HEADER},risk\n{PERSON},1\n", "a.csv", "row 1: column 'risk' is not known; the columns are id, name, kind"),
        ("id,name\n1,X\n", "a.csv", "row 1: column 'kind' is missing"),
        ("id,name,kind,kind\n1,X,person,person\n", "a.csv", "row 1: column 'kind' is written twice"),
        ("id,name,kind\n1,X,ship\n", "a.csv", "row 2: kind 'ship' is not known: one of person, organisation"),
        ("id,name,kind\n1,X\n", "a.csv", "row 2: 2 cells where the header has 3"),
        ("id,name,kind\n1,,person\n", "a.csv", "row 2: field 'name' is blank"),
        ("id,name,kind\n,X,person\n", "a.csv", "row 2: field 'id' is blank"),
        ("id,name,kind\n1,X,person\n", "My List.csv", "row 2: 'my list' is no list id"),
        ("id,name,kind\n1,X,person\n1,X,vessel\n", "a.csv", "row 3: '1' is a person in an earlier row and a vessel here"),
        ("id,name,kind,country\n1,X,person,Hill Land\n", "a.csv", "row 2: country 'Hill Land' is not known"),
        ("id,name,kind,identifiers\n1,X,person,A1\n", "a.csv", "row 2: identifier 'A1' is no 'type:value'"),
        ("id,name,kind,identifiers\n1,X,person,shoe:44\n", "a.csv", "row 2: identifier 'shoe:44'"),
        ("id,name,kind,identifiers\n1,X,vessel,imo:12\n", "a.csv", "row 2: IMO number '12' has not seven digits"),
        ("id,name,kind,birth_date\n1,X,person,long ago\n", "a.csv", "row 2: birth date 'long ago' is not understood"),
        ("id,name,kind,listed_on\n1,X,person,soon\n", "a.csv", "row 2: listed_on 'soon' is no day"),
        ("id,name,kind,listed_on,delisted_on\n1,X,person,2024-05-31,2023-05-31\n", "a.csv", "row 2: delisted on 2023-05-31, before"),
    ],
)
def test_every_fault_is_told_with_its_row(published, content, name, message) -> None:
    with pytest.raises(SourceFormatError) as error:
        _read(published, content, name)
    assert message in str(error.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\xff", b"<xml/>", b"id,schema,name,aliases,birth_date,countries,addresses,sanctions,phones,emails\n", b"name,kind\n"],
)
def test_other_files_are_not_recognised(published, content) -> None:
    assert not national_csv.recognises(published("a.csv", content))


def test_the_example_of_the_documentation_is_a_national_list(published) -> None:
    page = (Path(__file__).parents[3] / "docs" / "national-list.md").read_text(encoding="utf-8")
    example = page.split("## Example\n")[1].split("\n\n")[0]
    table = "\n".join(line.strip() for line in example.splitlines())
    parties = [listing.entity for listing in _read(published, table)]
    assert [(party.kind, party.countries) for party in parties] == [
        ("organisation", ("KH",)),
        ("person", ("KH", "TH")),
        ("vessel", ("KH",)),
    ]
    assert parties[1].delisted_on == date(2025, 2, 1)
    told = {column.strip(" `") for line in page.splitlines() if line.startswith("| `") for column in line.split("|")[1].split(",")}
    assert told == set(national_csv.COLUMNS)
