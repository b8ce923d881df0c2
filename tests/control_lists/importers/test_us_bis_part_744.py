"""Supplements no. 4, 6 and 7 to 15 CFR part 744 as the eCFR's XML, in small invented files of the real structure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from control_lists.importers import us_bis_part_744
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.source import Listing
from control_lists.models import WatchlistEntity
from tests.control_lists.importers.conftest import Published

_ENTITY = ("Country", "Entity", "License requirement", "License review<br/>policy", "<strong>Federal Register</strong> citation")
_UVL = ("Country", "Listed person and address", "Federal Register citation")
_MEU = ("Country", "Entity", "Federal Register citation")
_ALL = "For all items subject to the EAR. (See § 744.11 of the EAR)"
_DENIAL = "Presumption of denial"
_FEATHER = ("CHINA, PEOPLE'S REPUBLIC OF", "Feather Works (FW), 5 Mira Road, Xian, China.", _ALL, _DENIAL, "76 FR 71869, 11/21/11.")


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<TH>{cell}</TH>" for cell in header)
    body = "".join("<TR>" + "".join(f'<TD class="left">{cell}</TD>' for cell in row) + "</TR>" for row in rows)
    return f'<DIV><DIV class="gpotbl_div"><TABLE><THEAD><TR>{head}</TR></THEAD><TBODY>{body}</TBODY></TABLE></DIV></DIV>'


def part_744(
    entity: Sequence[Sequence[str]] = (_FEATHER,),
    uvl: Sequence[Sequence[str]] = (("LATVIA", "Alfa Light, 2 Iela, Riga, Latvia", "81 FR 40171, June 21, 2016."),),
    meu: Sequence[Sequence[str]] = (("BURMA", "[Reserved]", "[Reserved]"),),
    entity_header: Sequence[str] = _ENTITY,
) -> str:
    """A whole part of three supplements, each with one table."""
    supplements = (("4", entity_header, entity), ("6", _UVL, uvl), ("7", _MEU, meu))
    return (
        '<?xml version="1.0"?><DIV5 N="744" TYPE="PART"><HEAD>PART 744</HEAD>'
        + "".join(
            f'<DIV9 N="Supplement No. {number} to Part 744" TYPE="APPENDIX"><HEAD>Supplement</HEAD>{_table(header, rows)}</DIV9>'
            for number, header, rows in supplements
        )
        + "</DIV5>"
    )


def _read(published: Published, xml: str, name: str = "title-15_part-744.xml") -> list[Listing]:
    publication = published(name, xml)
    assert us_bis_part_744.recognises(publication)
    return list(us_bis_part_744.read(publication))


def _entities(listings: Sequence[Listing], list_id: str = "us-entity-list") -> list[WatchlistEntity]:
    return [listing.entity for listing in listings if listing.list_id == list_id]


def test_a_row_becomes_a_party_of_its_list(published: Published) -> None:
    listings = _read(published, part_744())
    (entity,) = _entities(listings)
    assert (entity.id, entity.name, entity.kind) == ("EL-CN-feather-works-fw", "Feather Works (FW)", "organisation")
    assert entity.programmes == ("US-ENTITY-LIST",)
    assert entity.countries == ("CN",)
    assert entity.addresses == ("5 Mira Road, Xian, China",)
    assert (entity.licence_requirement, entity.licence_policy) == (_ALL, _DENIAL)
    assert entity.listed_on == date(2011, 11, 21)
    assert entity.cites == ("15 CFR part 744, Supplement No. 4 (76 FR 71869)", "15 CFR part 744, Supplement No. 4")
    assert [(a.name, a.quality) for a in entity.aliases] == [("Feather Works", "strong"), ("FW", "weak")]
    (unverified,) = _entities(listings, "us-uvl")
    assert (unverified.id, unverified.programmes, unverified.listed_on) == ("UVL-LV-alfa-light", ("US-UVL",), date(2016, 6, 21))
    assert not _entities(listings, "us-meu")


def test_a_country_holds_for_its_block_and_hong_kong_is_read_from_the_address(published: Published) -> None:
    rows = (_FEATHER, ("\xa0", "Kite Ltd., 7 Wing Road, Hong Kong.", _ALL, _DENIAL, "80 FR 1, 1/2/15."))
    kite = _entities(_read(published, part_744(rows)))[1]
    assert (kite.id, kite.countries) == ("EL-CN-kite-ltd", ("CN", "HK"))


def test_crimea_is_read_as_ukraine(published: Published) -> None:
    row = ("CRIMEA REGION OF UKRAINE", "Port Works, 5 Mira, Kerch, Ukraine.", _ALL, _DENIAL, "80 FR 1, 1/2/15.")
    assert _entities(_read(published, part_744([row])))[0].countries == ("UA",)


def test_an_italic_and_parts_aliases_and_addresses(published: Published) -> None:
    cell = (
        'Volna, a.k.a., the following two aliases:<br/>—VN; <E T="03">and</E><br/>—Wave.<br/> <br/> 1 Mira, Perm, Russia; '
        '<E T="03">and</E> 2<sup>1</sup>⁄<sub>4</sub> Mira, Perm, Russia.'
    )
    (entity,) = _entities(_read(published, part_744([("RUSSIA", cell, _ALL, _DENIAL, "87 FR 1, 3/9/22.")])))
    assert [alias.name for alias in entity.aliases] == ["VN", "Wave"]
    assert entity.addresses == ("1 Mira, Perm, Russia", "21⁄4 Mira, Perm, Russia")


def test_footnotes_are_kept_as_numbers_and_leave_the_requirement(published: Published) -> None:
    requirement = "For all items subject to the EAR. (See §§ 734.9(g),<sup>3</sup> 746.8(a)(3), and 744.21(b) of the EAR) <sup>4</sup>"
    rows = [
        ("RUSSIA", "Volna, 1 Mira, Perm, Russia.", requirement, "Policy of denial", "87 FR 1, 3/9/22."),
        ("<sup>3</sup> For this entity …",),
    ]
    (entity,) = _entities(_read(published, part_744(rows)))
    assert entity.footnotes == ("3", "4")
    assert entity.licence_requirement == "For all items subject to the EAR. (See §§ 734.9(g), 746.8(a)(3), and 744.21(b) of the EAR)"


def test_rows_without_a_requirement_go_on_with_the_party_above(published: Published) -> None:
    rows = (
        (
            "CHINA, PEOPLE'S REPUBLIC OF",
            "Second Academy, a.k.a., the following one alias, and two subordinate institutions:<br/>—SA.",
            _ALL,
            _DENIAL,
            "83 FR 1, 8/1/18.",
        ),
        (
            "\xa0",
            '<E T="03">Subordinate institution</E><br/>Radio Plant.<br/><E T="03">Subordinate institution</E> Sonar Plant.',
            "\xa0",
            "\xa0",
            "\xa0",
        ),
        (
            "\xa0",
            "The following addresses apply to the entity and to the two subordinate institutions:<br/>5 Mira, Xian, China.",
            "",
            "",
            "",
        ),
    )
    academy, plant, sonar = _entities(_read(published, part_744(rows)))
    assert academy.addresses == plant.addresses == sonar.addresses == ("5 Mira, Xian, China",)
    assert plant.licence_requirement == _ALL
    assert plant.linked == ("Second Academy",)


def test_the_same_party_under_two_countries_is_two_linked_entries(published: Published) -> None:
    rows = (
        ("IRAN", "Dart Air, 1 Azadi, Tehran, Iran. (See alternate address under France).", _ALL, _DENIAL, "84 FR 1, 11/13/19."),
        ("FRANCE", "Dart Air, 3 Rue, Paris, France.", _ALL, _DENIAL, "84 FR 1, 11/13/19."),
    )
    iran, france = _entities(_read(published, part_744(rows)))
    assert (iran.id, iran.linked, iran.remarks) == ("EL-IR-dart-air", ("id:EL-FR-dart-air",), ("See alternate address under France",))
    assert france.linked == ("id:EL-IR-dart-air",)


def test_rows_of_one_name_country_and_first_notice_are_one_party_and_a_later_notice_is_another(published: Published) -> None:
    rows = (
        ("PAKISTAN", "Zain Traders, 1 Mall, Lahore, Pakistan.", _ALL, _DENIAL, "83 FR 12475, 3/22/18."),
        ("", "Zain Traders, 9 Mall, Lahore, Pakistan.", _ALL, _DENIAL, "88 FR 5, 1/3/23."),
        ("", "Zain Traders, 2 Mall, Karachi, Pakistan.", _ALL, _DENIAL, "83 FR 12475, 3/22/18. 85 FR 7, 1/1/20."),
    )
    first, later = _entities(_read(published, part_744(rows)))
    assert first.addresses == ("1 Mall, Lahore, Pakistan", "2 Mall, Karachi, Pakistan")
    assert (first.id, later.id) == ("EL-PK-zain-traders", "EL-PK-zain-traders-88-fr-5")


def test_an_address_entry_is_of_kind_address(published: Published) -> None:
    row = ("CHINA, PEOPLE'S REPUBLIC OF", "Address 04,<br/> Room 8, 45 Chatham Road, Hong Kong.", _ALL, _DENIAL, "89 FR 1, 6/12/24.")
    (entity,) = _entities(_read(published, part_744([row])))
    assert (entity.kind, entity.countries, entity.addresses) == ("address", ("HK",), ("Room 8, 45 Chatham Road, Hong Kong",))
    assert entity.remarks == ("Address 04",)


def test_a_plain_personal_name_is_a_person(published: Published) -> None:
    row = ("RUSSIA", "Alexander Petrovich Volkonin, 1 Mira, Perm, Russia.", _ALL, _DENIAL, "87 FR 1, 3/9/22.")
    assert _entities(_read(published, part_744([row])))[0].kind == "person"


def test_military_end_users_under_a_heading_are_subordinate_and_take_its_citation(published: Published) -> None:
    meu = (
        ("CHINA, PEOPLE'S REPUBLIC OF", "Solid Works, 1 Tian Road, Xian, China", "85 FR 83799, 12/23/2020."),
        ("", "The following two subordinate institutions of Wing Corporation of China:", "85 FR 83799, 12/23/2020."),
        ("", '<E T="03">Subordinate instituion:</E>', ""),
        ("", "Wing Motor Co. Ltd., 5 Mira Road, Xian, China", ""),
        ("", "Wing Tail Co. Ltd., 6 Mira Road, Xian, China", ""),
        ("", "Bear Works, 7 Mira Road, Xian, China", "86 FR 4864, 1/15/2021."),
        ("NICARAGUA", "[Reserved]", "[Reserved]"),
    )
    solid, motor, tail, bear = _entities(_read(published, part_744(meu=meu)), "us-meu")
    assert motor.linked == tail.linked == ("Wing Corporation of China",)
    assert solid.linked == bear.linked == ()
    assert (motor.listed_on, bear.listed_on) == (date(2020, 12, 23), date(2021, 1, 15))


def test_exchanged_columns_and_a_misplaced_citation_are_put_right(published: Published) -> None:
    rows = (
        ("GERMANY", "Nord GmbH, 1 Weg, Kiel, Germany.", _DENIAL, _ALL, "73 FR 54504,<br/>9/22/08."),
        ("", "Sued GmbH, 2 Weg, Kiel, Germany.", _ALL, "See § 744.3(d) of the EAR88 FR 13675, 3/6/23.", "89 FR 14405, 2/27/24."),
    )
    nord, sued = _entities(_read(published, part_744(rows)))
    assert (nord.licence_requirement, nord.licence_policy, nord.listed_on) == (_ALL, _DENIAL, date(2008, 9, 22))
    assert (sued.licence_policy, sued.listed_on) == ("See § 744.3(d) of the EAR", date(2023, 3, 6))


def test_one_supplement_alone_is_read(published: Published) -> None:
    xml = part_744()
    start, end = xml.index('<DIV9 N="Supplement No. 6'), xml.index('<DIV9 N="Supplement No. 7')
    assert [listing.list_id for listing in _read(published, xml[start:end], "uvl.xml")] == ["us-uvl"]


def test_a_date_in_the_file_is_its_edition(published: Published) -> None:
    xml = part_744().replace('TYPE="PART"', 'TYPE="PART" hierarchy_metadata="/on/2026-03-25/title-15/part-744"')
    publication = published("part.xml", xml)
    list(us_bis_part_744.read(publication))
    assert publication.edition == date(2026, 3, 25)


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        (part_744(entity_header=(*_ENTITY[:4], "Notice")), "header"),
        (part_744([(*_FEATHER, "more")]), "has 6 cells, not 5"),
        (part_744([("", *_FEATHER[1:])]), "stands under no country"),
        (part_744([(_FEATHER[0], "Kite <IMG/> Ltd.", *_FEATHER[2:])]), "<IMG> in a cell is not known"),
        (part_744().replace("Supplement No. 6", "Supplement No. 9"), "has no supplement no. 6"),
        (part_744()[:-200], "not well-formed XML"),
        (part_744().replace("</TABLE>", "</TABLE><TABLE></TABLE>", 1), "holds 2 tables"),
    ],
)
def test_a_changed_or_cut_file_stops_in_one_line(published: Published, xml: str, message: str) -> None:
    with pytest.raises(SourceFormatError, match=r"^part\.xml: ") as caught:
        list(us_bis_part_744.read(published("part.xml", xml)))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_declares_entities_is_refused(published: Published) -> None:
    hostile = part_744().replace("<DIV5", '<!DOCTYPE x [<!ENTITY e "boom">]><DIV5', 1)
    with pytest.raises(SourceFormatError, match="declares XML entities"):
        list(us_bis_part_744.read(published("part.xml", hostile)))


@pytest.mark.parametrize("content", ["", "Name\tEffective_Date", '<DIV5 N="746" TYPE="PART"/>', "<sdnList/>", b"\x00\xff\xfe\x89PNG"])
def test_nothing_else_is_recognised(published: Published, content: str | bytes) -> None:
    assert not us_bis_part_744.recognises(published("title-15_part-744.xml", content))
