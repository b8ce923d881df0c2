"""What OFAC's forms share."""

from __future__ import annotations

import pytest

from control_lists.importers.draft import Draft
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.ofac_terms import (
    CONSOLIDATED,
    SDN,
    add_address,
    add_country,
    add_programmes,
    list_of,
    natural_name,
    programme_id,
)
from tests.control_lists.importers.conftest import Published


def test_programme_ids_follow_one_rule() -> None:
    assert programme_id("ILLICIT-DRUGS-EO14059") == "US-ILLICIT-DRUGS-EO14059"
    assert programme_id("CAATSA - IRAN") == "US-CAATSA-IRAN"


def test_the_programmes_of_the_first_party_tell_the_list(published: Published) -> None:
    assert list_of(published("any.csv", ""), ["CUBA"]) == SDN
    assert list_of(published("sdn.csv", ""), ["NS-PLC"]) == CONSOLIDATED


def test_where_programmes_stand_on_both_lists_the_name_of_the_file_tells(published: Published) -> None:
    assert list_of(published("CONSOLIDATED.XML", ""), ["UKRAINE-EO13662"]) == CONSOLIDATED
    assert list_of(published("sdn.xml", ""), ["UKRAINE-EO13662"]) == SDN
    with pytest.raises(SourceFormatError, match="does not say which"):
        list_of(published("list.xml", ""), ["UKRAINE-EO13662"])


def test_a_programme_that_is_not_described_is_imported_and_told_once(published: Published) -> None:
    publication = published("sdn.csv", "")
    draft = Draft(publication, "7", "vessel")
    draft.name("X1")
    add_programmes(publication, draft, SDN, ["CUBA", "MOON-EO99999"])
    assert draft.entity().programmes == ("US-CUBA", "US-MOON-EO99999")
    assert draft.entity().cites == ("OFAC SDN List, UID 7",)
    assert publication.notes == ["programme 'MOON-EO99999' is not described: what its listing means is that of the list"]


def test_regions_and_unknown_countries(published: Published) -> None:
    publication = published("sdn.csv", "")
    draft = Draft(publication, "7", "organisation")
    draft.name("X1")
    for text in ("Region: Gaza", "Region: Crimea", "Palestinian", "Korea, North", "undetermined", None):
        add_country(draft, text)
    add_address(draft, ["1 Road", None, "Town"], "Region: Gaza")
    add_address(draft, [None], "Iran")
    add_programmes(publication, draft, SDN, ["CUBA"])
    entity = draft.entity()
    assert entity.countries == ("PS", "UA", "KP", "IR")
    assert entity.addresses == ("1 Road, Town, Gaza",)
    assert publication.notes == []


def test_names_of_east_asian_scripts_begin_with_the_surname() -> None:
    assert natural_name("李", "小明", "Chinese Simplified") == "李小明"
    assert natural_name("Пример", "Иван", "Cyrillic") == "Иван Пример"
