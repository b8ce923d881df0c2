"""OFAC's CSV files, written small."""

from __future__ import annotations

import pytest

from control_lists.importers.errors import SourceFormatError
from control_lists.importers.ofac_csv import read, recognises
from control_lists.importers.registry import recognise
from control_lists.models import WatchlistEntity
from tests.control_lists.importers.conftest import Published

NULL = "-0- "
END = "\x1a"


def row(number: int, name: str, kind: str = NULL, programme: str = '"CUBA"', remarks: str = NULL, **cells: str) -> str:
    title, sign, ship, tons, grt, flag, owner = (cells.get(k, NULL) for k in ("title", "sign", "ship", "tons", "grt", "flag", "owner"))
    return f'{number},"{name}",{kind},{programme},{title},{sign},{ship},{tons},{grt},{flag},{owner},{remarks}\r\n'


PERSON = row(12, "DOE, Jane Q.", '"individual"', '"SDGT] [NPWMD"', "\"DOB 1960; a.k.a. 'JANEY'.\"", title='"Minister"')
VESSEL = row(
    13,
    "MV TEST",
    '"vessel"',
    sign='"CL1"',
    ship='"Tug"',
    tons='"640"',
    grt='"300"',
    flag='"Iran"',
    owner='"ACME"',
    remarks='"MMSI 352002202."',
)
PRIMARY = row(11, "ACME TRADING, S.A.") + PERSON + VESSEL + END
ALIASES = f'11,1,"aka","ACME",{NULL}\r\n11,2,"fka","OLD ACME",{NULL}\r\n12,3,"nka","ROE, Jane",{NULL}\r\n{END}'
BLANK = f"{NULL},{NULL},{NULL},{NULL}"
ADDRESSES = f'11,1,"1 Road","Town 123","Panama",{NULL}\r\n11,2,{NULL},{NULL},"Spain",{NULL}\r\n12,3,{BLANK}\r\n13,4,{BLANK}\r\n{END}'


def whole(published: Published, primary: str = PRIMARY) -> list[WatchlistEntity]:
    published("alt.csv", ALIASES)
    published("add.csv", ADDRESSES)
    published("sdn_comments.csv", END)
    return [entity for _, entity in read(published("SDN.CSV", primary))]


def test_parties_with_their_aliases_and_addresses(published: Published) -> None:
    acme, person, vessel = whole(published)
    assert (acme.id, acme.name, acme.kind, acme.programmes) == ("11", "ACME TRADING, S.A.", "organisation", ("US-CUBA",))
    assert [(a.name, a.quality) for a in acme.aliases] == [("ACME", "strong"), ("OLD ACME", "former")]
    assert (acme.addresses, acme.countries) == (("1 Road, Town 123, Panama",), ("PA", "ES"))
    assert acme.cites == ("OFAC SDN List, UID 11",)
    assert (person.name, person.kind, person.programmes) == ("Jane Q. DOE", "person", ("US-SDGT", "US-NPWMD"))
    assert [(a.name, a.quality) for a in person.aliases] == [("Jane ROE", "strong"), ("JANEY", "weak")]
    assert (person.birth_dates, person.remarks) == (("1960",), ("Title: Minister",))
    assert (vessel.kind, vessel.countries, vessel.identifiers) == ("vessel", ("IR",), ("callsign:CL1", "mmsi:352002202"))
    assert vessel.remarks == (
        "Vessel Call Sign: CL1",
        "Vessel Type: Tug",
        "Vessel Tonnage: 640",
        "Vessel Gross Registered Tonnage: 300",
        "Vessel Flag: Iran",
        "Vessel Owner: ACME",
    )


def test_a_whole_list_is_no_excerpt_and_states_its_count(published: Published) -> None:
    whole(published)
    publication = published("SDN.CSV", PRIMARY)
    assert [listing.list_id for listing in read(publication)] == ["us-sdn"] * 3
    assert (publication.stated, publication.is_excerpt, publication.notes) == ({"us-sdn": 3}, False, [])
    assert publication.edition is None


def test_the_primary_file_alone_is_an_excerpt(published: Published) -> None:
    publication = published("sdn.csv", PRIMARY)
    assert len(list(read(publication))) == 3
    assert publication.is_excerpt
    assert "alt.csv, which holds the aliases, was not given" in publication.notes


@pytest.mark.parametrize(("name", "content"), [("alt.csv", ALIASES), ("add.csv", ADDRESSES), ("sdn_comments.csv", '11,"more."\r\n\x1a')])
def test_a_companion_alone_names_the_primary_file(published: Published, name: str, content: str) -> None:
    publication = published(name, content)
    assert recognises(publication)
    with pytest.raises(SourceFormatError, match=r"holds only the .* of an OFAC list; give its primary file sdn.csv or cons_prim.csv"):
        list(read(publication))


def test_the_consolidated_list_has_companions_of_its_own(published: Published) -> None:
    published("cons_alt.csv", f'11,1,"aka","PRIM",{NULL}\r\n{END}')
    published("cons_add.csv", f"11,1,{NULL},{NULL},{NULL},{NULL}\r\n{END}")
    published("cons_comments.csv", END)
    publication = published("cons_prim.csv", row(11, "ACME", programme='"UKRAINE-EO13662"') + END)
    ((list_id, entity),) = read(publication)
    assert (list_id, [a.name for a in entity.aliases]) == ("us-ofac-cons", ["PRIM"])
    assert entity.cites == ("OFAC Consolidated Non-SDN List, UID 11",)


def test_remarks_go_on_in_the_comments_within_a_word(published: Published) -> None:
    start = "Gender Male; " + "x" * 971 + "; Passport A1234"
    assert len(start) == 1000
    published("sdn_comments.csv", f'11,"567 (Iran); Linked To: ACME."\r\n99,"left over."\r\n{END}')
    publication = published("sdn.csv", row(11, "DOE, J.", '"individual"', remarks=f'"{start}"') + END)
    ((_, entity),) = read(publication)
    assert entity.identifiers == ("passport:A1234567",)
    assert entity.linked == ("ACME",)
    assert "the comments of parties no longer listed are left out: 99" in publication.notes


def test_a_cut_remark_without_its_rest_gives_no_wrong_identifier(published: Published) -> None:
    start = "Gender Male; " + "x" * 971 + "; Passport A1234"
    publication = published("sdn.csv", row(11, "DOE, J.", '"individual"', remarks=f'"{start}"') + END)
    ((_, entity),) = read(publication)
    assert entity.identifiers == ()
    assert "cut by the publisher: Passport A1234" in entity.remarks
    assert any("whose rest no comments file holds: 11" in note for note in publication.notes)


def test_companions_of_another_edition_are_refused(published: Published) -> None:
    published("alt.csv", f'99,1,"aka","STRAY",{NULL}\r\n{END}')
    with pytest.raises(SourceFormatError, match=r"has no party for alt\.csv: row 1; give primary file and companions of one edition"):
        list(read(published("sdn.csv", PRIMARY)))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (PRIMARY[:-60], "row 3: (12 cells|ends within a row)"),
        (PRIMARY.removesuffix(END)[:-5], "row 3: ends within a row; the file is cut"),
        (row(11, "ACME") + '12,"DOE, Jane"\r\n' + END, "row 2: 12 cells"),
        (row(11, "ACME") + "ent_num,name,type,p,t,c,v,t,g,f,o,r\r\n" + END, "row 2: 12 cells, a number first"),
        (row(11, "ACME") + row(11, "ACME") + END, "row 2: party 11 stands twice"),
        (row(11, "ACME") + row(12, "ACME", '"robot"') + END, "row 2: party type 'robot' is not known"),
    ],
)
def test_damage_is_told_in_one_line(published: Published, content: str, message: str) -> None:
    with pytest.raises(SourceFormatError, match=message) as error:
        list(read(published("sdn.csv", content)))
    assert "\n" not in str(error.value)


def test_an_unknown_type_of_alias_stops_the_import(published: Published) -> None:
    published("alt.csv", f'11,1,"zka","ACME",{NULL}\r\n{END}')
    with pytest.raises(SourceFormatError, match=r"alt\.csv: row 1: alias type 'zka' is not known"):
        list(read(published("sdn.csv", PRIMARY)))


def test_a_missing_end_mark_is_told(published: Published) -> None:
    publication = published("sdn.csv", PRIMARY.removesuffix(END))
    assert len(list(read(publication))) == 3
    assert "sdn.csv lacks the end mark that OFAC puts: it may be cut" in publication.notes


@pytest.mark.parametrize("content", ["", "id,name\n1,ACME\n", "1,2,3\n", "<sdnList/>", b"\x00\xff\xfe PK\x03", '1,"aka",x\n'])
def test_other_files_are_not_recognised(published: Published, content: str | bytes) -> None:
    assert not recognises(published("sdn.csv", content))


def test_the_registry_finds_it(published: Published) -> None:
    assert recognise(published("any_name.csv", PRIMARY)).SOURCE == "OFAC CSV"
