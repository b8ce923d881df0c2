"""One free-text cell: names, aliases and addresses told apart by words and punctuation."""

from __future__ import annotations

import pytest

from control_lists.importers.bis_cell_words import SEPARATOR as AND
from control_lists.importers.bis_entity_cell import CellParty, address_country, read_cell, split_addresses

_COUNTRIES = {"Russia": "RU", "China": "CN", "Hong Kong": "HK", "Pakistan": "PK", "UAE": "AE", "U.A.E": "AE", "Turkey": "TR", "Syria": "SY"}


def country(text: str) -> str | None:
    return _COUNTRIES.get(text)


def one(text: str) -> CellParty:
    parties = read_cell(text, country)
    assert len(parties) == 1
    return parties[0]


def names(text: str) -> list[str]:
    return [name.text for name in one(text).names]


@pytest.mark.parametrize(
    "header",
    [
        ", a.k.a., the following two aliases:",
        ", a.k.a. the following two aliases:",
        ", a.k.a, the following 2 aliases:",
        " a.k.a., the following two aliases:",
        ". a.k.a., the following two aliases:",
        "; a.k.a., the following two aliases:",
        ",a.k.a., the following two aliases:",
        ", a.k.a., and the following two aliases:",
        ", a.k.a., the two following aliases:",
        ", a.k.a., the following the following two aliases:",
        ", a.k.a., as the following two aliases:",
        ", a.k.a., including the following two aliases:",
        ", a.k.a., the follow two aliases:",
        ", a.k.a., the following two aliaes:",
        ", the following two aliases:",
        ", and the following two aliases:",
        ", a.k.a., the following two aliases",
        ", a.k.a., the following two aliases,",
        ", a.k.a., the following two\naliases:",
    ],
)
def test_every_printed_heading_of_a_list_of_aliases_is_read(header: str) -> None:
    assert names(f"Volna Radio Plant{header}\n—VRP; {AND}\n—Radiozavod Volna.\n \n 5 Lesnaya Street, Perm, Russia.") == [
        "Volna Radio Plant",
        "VRP",
        "Radiozavod Volna",
    ]


@pytest.mark.parametrize("end", [f"; {AND}", "; and", ", and", ";", ",", f" {AND}", "; and,", ""])
def test_an_alias_ends_in_any_punctuation_of_a_list(end: str) -> None:
    assert names(f"Volna, a.k.a., the following two aliases:\n—First Volna{end}\n—Second Volna.\n1 Mira, Perm, Russia.") == [
        "Volna",
        "First Volna",
        "Second Volna",
    ]


def test_the_full_stop_of_an_abbreviation_stays_and_that_of_a_sentence_goes() -> None:
    assert names(
        "Acme (Private) Co., Ltd., a.k.a., the following two aliases:\n—Acme Ltd.; and\n—Acme Works.\n1 Mall, Lahore, Pakistan."
    ) == [
        "Acme (Private) Co., Ltd.",
        "Acme Ltd.",
        "Acme Works",
    ]


def test_an_alias_without_its_dash_is_read_where_the_line_above_announces_it() -> None:
    party = one(f"Haibo, a.k.a., the following one alias:\n—Haibo Marine;\nHB Tech; {AND}\nHaibo Deep Sea.\n Building 4, Ningbo, China.")
    assert [name.text for name in party.names] == ["Haibo", "Haibo Marine", "HB Tech", "Haibo Deep Sea"]
    assert party.addresses == ("Building 4, Ningbo, China",)


def test_aliases_in_one_line_are_counted_by_the_heading() -> None:
    party = one(f"Vega Air FZC, a.k.a., the following two aliases: Vega Aviation; {AND} Vega Wings FZC. Airport Road, Sharjah, U.A.E.")
    assert [name.text for name in party.names] == ["Vega Air FZC", "Vega Aviation", "Vega Wings FZC"]
    assert party.addresses == ("Airport Road, Sharjah, U.A.E.",)
    assert names(f"House LLC, a.k.a. the following two aliases: -Bait One; {AND} -Bait Two, Apt #18 Tower, Dubai, UAE") == [
        "House LLC",
        "Bait One",
        "Bait Two",
    ]


@pytest.mark.parametrize(
    ("last", "name", "address"),
    [
        ("—EMX, Suite 7, Floor 6, Egerton Complex, Lahore, Pakistan.", "EMX", "Suite 7, Floor 6, Egerton Complex, Lahore, Pakistan"),
        ("—APX Ltd., 26 Belov Street, Moscow, Russia 115583.", "APX Ltd.", "26 Belov Street, Moscow, Russia 115583"),
        (
            "—Optical Plant—Gora. Optical Plant, 1 Mira Street, Perm, Russia.",
            "Optical Plant—Gora",
            "Optical Plant, 1 Mira Street, Perm, Russia",
        ),
        ("—Gazmir. ul. Zoi, d. 15, Perm, Russia.", "Gazmir", "ul. Zoi, d. 15, Perm, Russia"),
    ],
)
def test_an_address_may_follow_the_last_alias_on_its_line(last: str, name: str, address: str) -> None:
    party = one(f"Acme, a.k.a., the following one alias:\n{last}")
    assert [n.text for n in party.names] == ["Acme", name]
    assert party.addresses == (address,)


@pytest.mark.parametrize(
    ("cell", "name", "address"),
    [
        ("Pearl FZE, P.O. Box 327, Sharjah, U.A.E.", "Pearl FZE", "P.O. Box 327, Sharjah, U.A.E."),
        ("East Tech, China.", "East Tech", "China"),
        ("Xinhe Goods Co., Ltd., Shanghai, China.", "Xinhe Goods Co., Ltd.", "Shanghai, China"),
        ("Xi'an Heng Co., Ltd.\n No. 48 Feitian Road, Xi'an, China.", "Xi'an Heng Co., Ltd.", "No. 48 Feitian Road, Xi'an, China"),
        ("Markel Closed Company (Markel),\n 17 Mira, Perm, Russia", "Markel Closed Company (Markel)", "17 Mira, Perm, Russia"),
        ("Works J.S. Co. 5 Zavodskaya St., Perm, Russia.", "Works J.S. Co.", "5 Zavodskaya St., Perm, Russia"),
        ("Ander Tech. Co., Ltd. No. C22, Yu An Rd., Beijing, China", "Ander Tech. Co., Ltd.", "No. C22, Yu An Rd., Beijing, China"),
        ("Joint Stock Company 766 UPT. 1 Mira Street, Perm, Russia.", "Joint Stock Company 766 UPT", "1 Mira Street, Perm, Russia"),
        ("A. Lev Ltd.; Has 19, Haifa, Syria.", "A. Lev Ltd.", "Has 19, Haifa, Syria"),
        ("Safin Group. Syria.", "Safin Group", "Syria"),
        (
            "Missile Corporation, Joint Stock Company Avan, 78 Mira Street, Perm, Russia.",
            "Missile Corporation, Joint Stock Company Avan",
            "78 Mira Street, Perm, Russia",
        ),
        (
            "Missile Corporation, 711 Repair Plant (711 RP), 18 Chkalov, Perm, Russia.",
            "Missile Corporation, 711 Repair Plant (711 RP)",
            "18 Chkalov, Perm, Russia",
        ),
        (
            "Academy of Medicine, Institute of Hygiene, 20 East Street, Beijing, China",
            "Academy of Medicine, Institute of Hygiene",
            "20 East Street, Beijing, China",
        ),
        (
            "Nura Sahin, Institute of Physics, P.O. Box 5, Lahore, Pakistan.",
            "Nura Sahin",
            "Institute of Physics, P.O. Box 5, Lahore, Pakistan",
        ),
        (
            "Huabo Co., Ltd. Chengdu Research Institute, No. 18, Xi Ave., Chengdu, China.",
            "Huabo Co., Ltd. Chengdu Research Institute",
            "No. 18, Xi Ave., Chengdu, China",
        ),
        (
            "Electronics Group Corporation 13th Research Institute, 1 Mira, Perm, Russia",
            "Electronics Group Corporation 13th Research Institute",
            "1 Mira, Perm, Russia",
        ),
    ],
)
def test_a_name_ends_where_its_address_begins(cell: str, name: str, address: str) -> None:
    assert (names(cell), one(cell).addresses) == ([name], (address,))


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Lin Yong, (a.k.a. Lin Rong, Steven Lin and Yong Lin), 1 Mira, Perm, Russia", ["Lin Yong", "Lin Rong", "Steven Lin", "Yong Lin"]),
        ("Ural Air, a.k.a., UR Airlines, UR Air, 29 Ayar Str., Damascus, Syria", ["Ural Air", "UR Airlines", "UR Air"]),
        ("Majid S, a.k.a., Mark Ong and Matti Chong, 27-06 Amcorp, Perm, Russia", ["Majid S", "Mark Ong", "Matti Chong"]),
        ("Parto, (a.k.a., Rayan Parto and Rayane Parto), Unit 7, Perm, Russia", ["Parto", "Rayan Parto", "Rayane Parto"]),
        ("Al Trade (a.k.a., Erman & Sultan Co.), 8 Shop, Dubai, UAE", ["Al Trade", "Erman & Sultan Co."]),
        ("MM Cargo Oy a.k.a. MM Cargo WH a.k.a. MM Cargo, 5 Mira, Perm, Russia", ["MM Cargo Oy", "MM Cargo WH", "MM Cargo"]),
        ("Joseph C, aka Yo C, D-304, Perm, Russia", ["Joseph C", "Yo C"]),
        (
            "Defence Board (DB), a.k.a., Board of Defence (BD), Etablissement de Guerre (EG), Al Thawra Street, Damascus, Syria.",
            ["Defence Board (DB)", "Board of Defence (BD)", "Etablissement de Guerre (EG)"],
        ),
        (
            "Bureau, JSC (a.k.a., A.A. Ras Bureau; a.k.a. Zavod IM. Kal, G. Perm OAO; a.k.a. Bureau)\n Address: 1 Mira, Perm, Russia.",
            ["Bureau, JSC", "A.A. Ras Bureau", "Zavod IM. Kal, G. Perm OAO", "Bureau"],
        ),
    ],
)
def test_aliases_stand_in_the_line_of_the_name(cell: str, found: list[str]) -> None:
    assert names(cell) == found


def test_former_names_are_former_wherever_they_stand() -> None:
    party = one(
        "Gaz, OOO (f.k.a., ZAO Gaz Old; and ZAO Gaz Older), a.k.a., the following one alias:\n—Gaz (f.k.a., Gaz Then).\n"
        "1 Mira, Perm, Russia"
    )
    assert [(n.text, n.quality) for n in party.names] == [
        ("Gaz, OOO", "strong"),
        ("ZAO Gaz Old", "former"),
        ("ZAO Gaz Older", "former"),
        ("Gaz", "strong"),
        ("Gaz Then", "former"),
    ]
    assert [n.quality for n in one("Rost Trade, f.k.a., TNK Trade Limited.\n5 Mira, Perm, Russia").names] == ["strong", "former"]


def test_an_alias_of_an_alias_and_two_on_a_line_are_names_of_their_own() -> None:
    cell = "Group 12, a.k.a., the following two aliases:\n—Thermal Institute, a.k.a., Hot Institute; and\n—Air Force; AFGR.\n1 Mira, Perm"
    assert names(cell) == ["Group 12", "Thermal Institute", "Hot Institute", "Air Force", "AFGR"]


def test_addresses_part_at_italic_and_at_punctuated_and_after_a_country() -> None:
    cell = (
        f"1 Mira, Perm, Russia; {AND} 2 Mira, Perm, Russia; and3 Mira, Perm, Russia, {AND} 4 Mira, Perm, Russia {AND} 5 Mira, Perm, Russia."
    )
    assert split_addresses(cell, country) == tuple(f"{n} Mira, Perm, Russia" for n in range(1, 6))
    assert split_addresses("9 Sand and Stone Street, Lahore, Pakistan and MZ-9 Plaza, Lahore, Pakistan", country) == (
        "9 Sand and Stone Street, Lahore, Pakistan",
        "MZ-9 Plaza, Lahore, Pakistan",
    )
    assert split_addresses(f"Science {AND} Technology Park, No; 14, Perm, Russia", country) == (
        "Science and Technology Park, No; 14, Perm, Russia",
    )
    assert split_addresses("Address: 1 Mira, Perm, Russia.\nAlt Address: 2 Mira,\nPerm, Russia.", country) == (
        "1 Mira, Perm, Russia",
        "2 Mira, Perm, Russia",
    )


def test_a_note_on_other_countries_is_no_address() -> None:
    party = one("Si Electronics, 1 Mira, Perm, Russia. (See alternate addresses under Iran and the UAE).")
    assert party.addresses == ("1 Mira, Perm, Russia",)
    assert party.notes == ("See alternate addresses under Iran and the UAE",)
    assert one("Si Electronics, 1 Mira, Perm, Russia.\n (For alternate addresses, see Turkey.)").notes == (
        "For alternate addresses, see Turkey",
    )


def test_an_address_entry_is_the_address_itself() -> None:
    party = one("Address 07,\n Room 5, 13F, Plaza, 61 Road, Kowloon, Hong Kong.")
    assert party.is_address
    assert party.addresses == (party.names[0].text,) == ("Room 5, 13F, Plaza, 61 Road, Kowloon, Hong Kong",)
    assert party.notes == ("Address 07",)


def test_subordinate_institutions_are_parties_and_share_the_addresses_for_all() -> None:
    parties = read_cell(
        "Second Academy, a.k.a., the following one alias, and two subordinate institutions:\n—CASA.\nSubordinate institution\n"
        "23rd Institute, a.k.a., the following one alias:\n—BIRM.\nSubordinate institution\nRadio Plant.\n"
        "The following addresses apply to the entity and to the two subordinate institutions:\n"
        f"50 Yong Road, Beijing, China; {AND} 51 Yong Road, Beijing, China.",
        country,
    )
    assert [[name.text for name in party.names] for party in parties] == [
        ["Second Academy", "CASA"],
        ["23rd Institute", "BIRM"],
        ["Radio Plant"],
    ]
    assert [party.parent for party in parties] == [None, "Second Academy", "Second Academy"]
    assert all(party.addresses == ("50 Yong Road, Beijing, China", "51 Yong Road, Beijing, China") for party in parties)


def test_a_bare_parent_before_one_subordinate_is_not_listed_by_that_row() -> None:
    (party,) = read_cell("Group 13 (G 13) subordinate institution: Tong Electronics, 21 Chang Street, Hebei, China.", country)
    assert (party.names[0].text, party.parent) == ("Tong Electronics", "Group 13 (G 13)")


def test_affiliated_entities_end_with_their_country() -> None:
    parties = read_cell(
        "Huabo Co., Ltd., 1 Base, Shenzhen, China.\nAffiliated entities:\nHuabo Marine, a.k.a., the following one alias:\n—HM Sea.\n"
        "Building 4, Ningbo, China.\nHuabo Mobile Ltd., Base, Shenzhen, China.",
        country,
    )
    assert [[name.text for name in party.names] for party in parties] == [
        ["Huabo Co., Ltd."],
        ["Huabo Marine", "HM Sea"],
        ["Huabo Mobile Ltd."],
    ]
    assert [party.parent for party in parties] == [None, "Huabo Co., Ltd.", "Huabo Co., Ltd."]


def test_the_reach_of_an_entry_is_a_note_and_names_what_it_takes_in() -> None:
    party = one(
        "Ministry of War of Utopia, including the Armed Forces of Utopia and all operating units wherever located. This includes "
        "the army, as well as the police. All addresses located in Utopia."
    )
    assert [name.text for name in party.names] == ["Ministry of War of Utopia", "Armed Forces of Utopia"]
    assert party.notes[0].startswith("including the Armed Forces of Utopia and all operating units")


@pytest.mark.parametrize("blank", ["", " \n ", "\xa0"])
def test_a_blank_cell_lists_nobody(blank: str) -> None:
    assert read_cell(blank, country) == ()


def test_the_country_at_the_end_of_an_address_survives_a_postal_code() -> None:
    assert address_country("5 Mira, Perm, Russia 614101", country) == "RU"
    assert address_country("8 Shop, Dubai U.A.E.", country) == "AE"
    assert address_country("8 Road, Central Hong Kong (rear)", country) == "HK"
    assert address_country("17 Cherokee Street, CN", country) is None
