"""The European Union's files: every name, number and day of them, counted again by another reader."""

from __future__ import annotations

import gzip
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

import pytest

from control_lists.importers.errors import SourceFormatError

_NAMESPACE = "{http://eu.europa.ec/fpi/fsd/export}"
FILES = {
    "eu_fsf/2022-03-18/sanctions.first1044.xml": ("2022-03-18", 1044, 1024, 4855),
    "eu_fsf/2026-05-01_mirror/xmlFullSanctionsList_1_1.REBUILT.xml.gz": ("2026-05-01", 5860, 5860, 29826),
}
"""Edition, elements, parties and names of the index."""


def _tree(path: Path) -> ElementTree.Element:
    return ElementTree.fromstring(gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes())


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


@pytest.mark.parametrize("relative", FILES)
def test_every_party_name_number_and_country_arrives(imported, shared: Path, relative: str) -> None:
    edition, elements, parties, names = FILES[relative]
    publication, listings = imported("eu_fsf_xml", relative)
    entities = {listing.entity.id: listing.entity for listing in listings}
    assert (publication.edition.isoformat(), len(listings), len(entities)) == (edition, parties, parties)
    by_party = defaultdict(list)
    for element in _tree(shared / "data/watchlists" / relative):
        by_party[element.attrib["euReferenceNumber"]].append(element)
    assert (sum(map(len, by_party.values())), len(by_party)) == (elements, parties)
    counted = 0
    for reference, together in by_party.items():
        entity = entities[reference]
        found = {_key(entity.name), *(_key(alias.name) for alias in entity.aliases)}
        said = " ".join(entity.remarks)
        for element in together:
            published = [name.attrib["wholeName"] for name in element.iter(f"{_NAMESPACE}nameAlias")]
            counted += len(published)
            assert {_key(name) for name in published} <= found
            act = element.find(f"{_NAMESPACE}regulation").attrib
            assert f"EU-{act['programme']}" in entity.programmes
            assert f"EU {act['numberTitle']}, in force {act['entryIntoForceDate']}" in entity.cites
            for identification in element.iter(f"{_NAMESPACE}identification"):
                number = " ".join(identification.attrib["number"].split())
                assert number == "-" or any(i.partition(":")[2] == number for i in entity.identifiers) or number in said
            for birth in element.iter(f"{_NAMESPACE}birthdate"):
                for year in ((birth.get("birthdate") or birth.get("year") or "")[:4], birth.get("yearRangeFrom"), birth.get("yearRangeTo")):
                    assert not year or any(year in date for date in entity.birth_dates) or year in said
            countries = {c.get("countryIso2Code") for tag in ("citizenship", "address") for c in element.iter(f"{_NAMESPACE}{tag}")}
            assert countries - {"00", "CS", "AN"} <= set(entity.countries)  # two states that are no more stand in the remarks
    assert counted == names


def test_a_cut_download_fails_in_one_line(imported) -> None:
    with pytest.raises(SourceFormatError) as error:
        imported("eu_fsf_xml", "eu_fsf/2022-03-18/sanctions.truncated.xml.gz")
    assert "line 28198" in str(error.value)
    assert "\n" not in str(error.value)


def test_weak_names_of_the_2022_file_are_those_its_remarks_call_so(imported, shared: Path) -> None:
    # No element of the file has strong="false"; the remarks of eleven say low quality, and abbreviations in brackets are weak too.
    relative = "eu_fsf/2022-03-18/sanctions.first1044.xml"
    _, listings = imported("eu_fsf_xml", relative)
    weak = {_key(a.name) for listing in listings for a in listing.entity.aliases if a.quality == "weak"}
    low = {
        _key(name.attrib["wholeName"])
        for name in _tree(shared / "data/watchlists" / relative).iter(f"{_NAMESPACE}nameAlias")
        if any("low quality" in (remark.text or "").casefold() for remark in name.iter(f"{_NAMESPACE}remark"))
    }
    assert low
    assert low <= weak


def test_the_form_of_2016(imported, shared: Path) -> None:
    relative = "eu_fsf/2016-02-11_legacy_schema/data.xml.gz"
    publication, listings = imported("eu_fsf_2016_xml", relative)
    entities = {listing.entity.id: listing.entity for listing in listings}
    assert (publication.edition.isoformat(), len(entities)) == ("2016-02-11", 595)
    counted = 0
    for element in _tree(shared / "data/watchlists" / relative):
        entity = entities[element.attrib["Id"]]
        found = {_key(entity.name), *(_key(alias.name) for alias in entity.aliases)}
        published = [name.findtext("WHOLENAME") or "" for name in element.iter("NAME")]
        counted += len(published)
        assert {_key(name) for name in published} <= found
        assert f"EU-{element.attrib['programme']}" in entity.programmes
        for number in element.findall("PASSPORT/NUMBER"):
            first = " ".join((number.text or "").partition(" (")[0].split())
            assert first == "UNKNOWN" or first in " ".join((*entity.identifiers, *entity.remarks))
    assert counted == 2993
