"""The Security Council's files: every name, number and day of them, counted again by another reader."""

from __future__ import annotations

import gzip
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

Imported = Callable[..., object]

FILES = {
    "un/2026-02-27/UN_consolidated.xml": (730, 273, 4133, 615, {"UN-1718": 155, "UN-IRAN": 121, "UN-1267": 341, "UN-1988": 140}),
    "un/2025-08-02/consolidatedLegacyByPRN.xml.gz": (684, 195, 3970, 619, {"UN-1718": 155, "UN-1267": 343, "UN-1988": 140}),
    "un/2018-10-29/consolidated.xml.gz": (703, 390, 4167, 595, {"UN-1718": 155, "UN-IRAN": 84, "UN-1518": 238}),
}
"""Persons, organisations, names and low-quality names of the index; parties of some regimes."""


def _tree(path: Path) -> ElementTree.Element:
    return ElementTree.fromstring(gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes())


def _text(element: ElementTree.Element, name: str) -> str:
    return " ".join((element.findtext(name) or "").split())


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


@pytest.mark.parametrize("relative", FILES)
def test_every_party_name_and_day_arrives(imported, shared: Path, relative: str) -> None:
    persons, organisations, names, weak, regimes = FILES[relative]
    publication, listings = imported("un_sc_xml", relative)
    entities = {listing.entity.id: listing.entity for listing in listings}
    assert (publication.edition.isoformat(), len(entities)) == (relative.split("/")[1], persons + organisations)
    assert sum(entity.kind == "person" for entity in entities.values()) == persons
    for programme, count in regimes.items():
        assert sum(entity.programmes == (programme,) for entity in entities.values()) == count
    published = low = 0
    for party in (
        *_tree(shared / "data/watchlists" / relative).iter("INDIVIDUAL"),
        *_tree(shared / "data/watchlists" / relative).iter("ENTITY"),
    ):
        entity = entities[_text(party, "REFERENCE_NUMBER")]
        found = {_key(entity.name), *(_key(alias.name) for alias in entity.aliases)}
        whole = " ".join(_text(party, f"{part}_NAME") for part in ("FIRST", "SECOND", "THIRD", "FOURTH")).replace(" na ", " ")
        texts = [whole, _text(party, "NAME_ORIGINAL_SCRIPT")]
        for tag in ("INDIVIDUAL_ALIAS", "ENTITY_ALIAS"):
            for alias in party.iter(tag):
                texts.append(_text(alias, "ALIAS_NAME"))
                low += _text(alias, "QUALITY") == "Low"
        published += sum(bool(text) for text in texts)
        # A name of several spellings is read as each of them, so all words of the published one are among the party's.
        words = {word.casefold() for name in (entity.name, *(alias.name for alias in entity.aliases)) for word in re.findall(r"\w+", name)}
        links = {word for link in entity.linked for word in re.findall(r"\w+", link.casefold())}
        for text in texts:
            wanted = {word.casefold() for word in re.findall(r"\w+", text)} - {"na", "tigrinya", "b"}
            assert _key(text) in found or wanted - links <= words, text
        assert str(entity.listed_on) == _text(party, "LISTED_ON")[:10]
        years = {
            _text(date, tag)[:4] for date in party.iter("INDIVIDUAL_DATE_OF_BIRTH") for tag in ("DATE", "YEAR", "FROM_YEAR", "TO_YEAR")
        }
        assert years - {""} <= set(re.findall(r"\d{4}", " ".join(entity.birth_dates)))
        for document in party.iter("INDIVIDUAL_DOCUMENT"):
            number = _text(document, "NUMBER")
            assert number in " ".join((*entity.identifiers, *entity.remarks))
        for country in (_text(value, ".") for value in party.findall("NATIONALITY/VALUE")):
            assert entity.countries or any(country in remark for remark in entity.remarks)
    assert (published, low) == (names, weak)


def test_the_embedded_parties_are_among_the_imported_ones(imported) -> None:
    _, listings = imported("un_sc_xml", "un/2026-02-27/UN_consolidated.xml")
    entities = {listing.entity.id: listing.entity for listing in listings}
    folder = Path(__file__).parents[3] / "control_lists/data/parties/un-sc"
    embedded = [party for name in ("dprk", "iran") for party in tomllib.loads((folder / f"{name}.toml").read_text())["entity"]]
    assert len(embedded) == 276
    for party in embedded:
        entity = entities[party["id"]]
        assert entity.programmes == tuple(party["programmes"])
        assert entity.listed_on == party["listed_on"]
        assert (
            set(entity.countries) >= set(party.get("countries", ())) or party["id"] == "IRi.020"
        )  # its country stands in the list's prose
        found = {alias.name.casefold() for alias in entity.aliases} | {entity.name.casefold()}
        wanted = {party["name"].casefold(), *(alias["name"].casefold() for alias in party.get("aliases", ()))}
        # Written out by hand there: a bank with "AND" between two names, and an abbreviation that is none of its own name.
        assert wanted <= found or party["id"] in ("IRe.007", "IRe.047")
