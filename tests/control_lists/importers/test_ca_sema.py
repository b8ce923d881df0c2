"""Canada's autonomous sanctions list."""

from __future__ import annotations

from datetime import date

import pytest

from control_lists.importers import ca_sema
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.publication import Publication
from control_lists.models import WatchlistEntity

PERSON = """<record><Country>Russia / Russie</Country><LastName>ZORIN </LastName><GivenName>Ivan Petrovich</GivenName>
<TitleOrShip>Colonel</TitleOrShip><DateOfBirthOrShipBuildDate>1971-05-07 or 1972</DateOfBirthOrShipBuildDate>
<Schedule>1, Part 1</Schedule><Item>44</Item><DateOfListing>2022-02-24</DateOfListing><Aliases>Иван Зорин; Iwan</Aliases></record>"""
OLD = """<record><Country>Burma / Birmanie</Country><Entity>Bolt Works (BW)</Entity>
<Aliases>Bolt Holdings Pte. Ltd., Bolt Limited</Aliases><Schedule>N/A</Schedule><Item>1</Item></record>"""
OLD_PERSON = """<record><Country>Foreign Officials Regulations (FOR) / Règlement (RF)</Country><LastName>Zorin</LastName><Title>Dr.</Title>
<DateOfBirth>1971</DateOfBirth><Item>2</Item></record>"""
NEW = """<record><Country-Pays>Russia / Russie</Country-Pays><EntityOrShip-EntiteOuNavire>Night Swan</EntityOrShip-EntiteOuNavire>
<TitleOrShipType-TitreOuTypeDeNavire>Oil Tanker | Pétrolier</TitleOrShipType-TitreOuTypeDeNavire>
<DateOfBirthOrShipBuildDate-DateDeNaissanceOuDateDeConstructionDuNavire>2005</DateOfBirthOrShipBuildDate-DateDeNaissanceOuDateDeConstructionDuNavire>
<ShipIMONumber-NumeroOMIDuNavire>9074729</ShipIMONumber-NumeroOMIDuNavire><Schedule-Annexe>1.1</Schedule-Annexe>
<Item-NumeroDarticle>3</Item-NumeroDarticle><DateOfListing-DateDinscription>2025-02-21</DateOfListing-DateDinscription>
<Aliases-Alias>Day Swan</Aliases-Alias></record>"""


def sema(*records: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<data-set xmlns:xsi="x">{"".join(records)}</data-set>'


def entities(publication: Publication) -> list[WatchlistEntity]:
    assert ca_sema.recognises(publication)
    return [listing.entity for listing in ca_sema.read(publication)]


def test_a_person_has_every_field(published) -> None:
    (party,) = entities(published("sema-lmes.xml", sema(PERSON)))
    assert (party.id, party.name, party.kind) == ("CA-RUSSIA-ivan-petrovich-zorin", "Ivan Petrovich ZORIN", "person")
    assert [(a.name, a.quality) for a in party.aliases] == [("Иван Зорин", "strong"), ("Iwan", "weak")]
    assert (party.birth_dates, party.countries, party.listed_on) == (("1971-05-07", "1972"), (), date(2022, 2, 24))
    assert party.programmes == ("CA-RUSSIA",)
    assert party.cites == ("Special Economic Measures (Russia) Regulations, Schedule 1, Part 1, item 44",)
    assert party.remarks == ("title: Colonel", "other names as printed: Иван Зорин; Iwan")


def test_the_forms_of_other_years_are_read(published) -> None:
    firm, person, ship = entities(
        published("sema-lmes.xml", sema(OLD, OLD_PERSON, NEW).replace("<record><Country-Pays", "\n<record><Country-Pays"))
    )
    assert (firm.id, firm.programmes) == ("CA-MYANMAR-bolt-works-bw", ("CA-MYANMAR",))
    assert [(a.name, a.quality) for a in firm.aliases] == [
        ("Bolt Works", "strong"), ("BW", "weak"), ("Bolt Holdings Pte. Ltd.", "strong"), ("Bolt Limited", "strong"),
    ]  # fmt: skip
    assert firm.cites == ("Special Economic Measures (Burma) Regulations, item 1",)
    assert (person.id, person.programmes, person.birth_dates) == ("CA-FOR-zorin", ("CA-FOR",), ("1971",))
    assert person.cites == ("Foreign Officials Regulations, item 2",)
    assert (ship.kind, ship.identifiers, ship.programmes) == ("vessel", ("imo:9074729",), ("CA-RUSSIA-SHIPS",))
    assert [a.name for a in ship.aliases] == ["Day Swan"]
    assert ship.remarks == ("type of ship: Oil Tanker", "built: 2005")


def test_the_new_form_alone_is_recognised(published) -> None:
    assert [e.name for e in entities(published("sema-lmes.xml", sema(NEW)))] == ["Night Swan"]


def test_a_name_twice_in_a_regime_is_two_ids_and_items_are_no_part_of_the_first(published) -> None:
    again = PERSON.replace("Part 1", "Part 1.1").replace("44", "6")
    assert [e.id for e in entities(published("a.xml", sema(PERSON, again, again.replace("6<", "7<"))))] == [
        "CA-RUSSIA-ivan-petrovich-zorin",
        "CA-RUSSIA-ivan-petrovich-zorin-1-part-1-1",
        "CA-RUSSIA-ivan-petrovich-zorin-1-part-1-1-7",
    ]
    assert entities(published("b.xml", sema(PERSON.replace("44", "45"))))[0].id == "CA-RUSSIA-ivan-petrovich-zorin"


def test_names_within_the_name_are_names(published) -> None:
    def names(text: str) -> list[str]:
        record = OLD.replace("Bolt Works (BW)", text).replace("<Aliases>Bolt Holdings Pte. Ltd., Bolt Limited</Aliases>", "")
        (party,) = entities(published("a.xml", sema(record)))
        return [party.name, *(alias.name for alias in party.aliases)]

    assert names("Bolt Institute/Institut du boulon") == ["Bolt Institute", "Institut du boulon"]
    assert names("Bolt JSC (also\nknown as Joint Stock\nCompany Bolt, Bolt Plant and Boltov, JSC)") == [
        "Bolt JSC", "Joint Stock Company Bolt", "Bolt Plant and Boltov, JSC",
    ]  # fmt: skip
    assert names("Steel Mills (Hmaw Bi/Pyi)") == ["Steel Mills (Hmaw Bi/Pyi)"]


def test_the_schedules_on_finance_are_their_own_programme(published) -> None:
    record = OLD.replace("Burma / Birmanie", "Russia / Russie").replace("N/A", "2")
    assert entities(published("a.xml", sema(record)))[0].programmes == ("CA-RUSSIA-FINANCE",)


def test_what_is_no_number_or_date_is_kept(published) -> None:
    publication = published(
        "a.xml", sema(NEW.replace("9074729", "Sea Bird"), PERSON.replace("1971-05-07 or 1972", "born in the early 1970s"))
    )
    ship, person = entities(publication)
    assert (ship.identifiers, [(a.name, a.quality) for a in ship.aliases]) == ((), [("Sea Bird", "weak"), ("Day Swan", "strong")])
    assert "date of birth: born in the early 1970s" in person.remarks
    assert len(publication.notes) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (sema(PERSON.replace("<Item>", "<Mood>fine</Mood><Item>")), r"record 1: unmapped fields \['Mood'\]"),
        (sema(PERSON.replace("<Item>44</Item>", "")), "record 1: field 'Item' is missing"),
        (sema(PERSON.replace("<Item>", "<EntityOrShip>B</EntityOrShip><Item>")), "holds neither one person nor one entity"),
        (sema(PERSON.replace("44", "<b>44</b>")), "<Item> stands twice or holds more than text"),
        (sema(PERSON, "<other/>"), "<other> is not a record"),
        (sema(PERSON)[:-30], "the file is cut or damaged"),
        ('<!DOCTYPE a [<!ENTITY e "x">]>' + sema(PERSON)[39:], "declares XML entities"),
    ],
)
def test_strange_files_stop_the_import(published, content: str, message: str) -> None:
    with pytest.raises(SourceFormatError, match=message):
        list(ca_sema.read(published("sema-lmes.xml", content)))


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 50, b"<data-set><row/></data-set>", b"a,b\n"])
def test_other_files_are_not_recognised(published, content: bytes) -> None:
    assert not ca_sema.recognises(published("a.xml", content))
