"""European Union consolidated list of financial sanctions, the XML of before the FSF files (``WHOLE/ENTITY``, in use until 2017).

Once at http://ec.europa.eu/external_relations/cfsp/sanctions/list/version4/global/global.xml; copies are still about. The id is the
logical id, as the form has no reference numbers: an edition of it is not comparable party by party with one of the later forms. The
remark of a party listed under several regimes names them; a document's number, type and details stand in one text. Countries are
three-letter codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from control_lists.importers import dates
from control_lists.importers.control_characters import repaired
from control_lists.importers.draft import Draft
from control_lists.importers.eu_fsf import Parties, add_description, add_identification, add_programme
from control_lists.importers.fields import Element, local
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.xml_stream import nested, root_attributes

SOURCE = "EU consolidated financial sanctions list (XML of 2016)"

_DOCUMENT = re.compile(r"^(.*?)\s*\((\w+)-([^()]*)\)\s*(.*)$", re.DOTALL)
_REGIME = re.compile(r"\bregime ([^\s,]+(?: \(OJ [^()]*\))?) of programme (\w+)")
_APPROXIMATE = "(approximative)"
# Of which act a part of the entry is, and its number in the publisher's database: neither tells parties apart.
_PROVENANCE = ("@Id", "@Entity_id", "@legal_basis", "@reg_date", "@pdf_link", "@programme")


def recognises(publication: Publication) -> bool:
    """Whether the root is the old export."""
    name, attributes = root_attributes(publication.head)
    return name == "WHOLE" and "Date" in attributes


def read(publication: Publication) -> Iterator[Listing]:
    """Every listed party; the edition is the day of the root's ``Date``."""
    publication.edition = dates.day(root_attributes(publication.head)[1].get("Date"))
    publication.note("this form has no EU reference numbers: its parties carry the list's logical ids")
    parties = Parties(publication)
    with publication.open() as stream:
        for node in nested(repaired(publication, stream), publication.name):
            if local(node) != "ENTITY":
                raise publication.error("", f"element <{local(node)}> is not known")
            _party(publication, parties, Element(publication.name, node))
    yield from parties.listings()


def _party(publication: Publication, parties: Parties, entity: Element) -> None:
    logical_id = entity.need_attribute("Id")
    entity.where = f"{publication.name}: {logical_id}"
    draft = parties.party(logical_id, None, entity.attribute("Type"))
    add_programme(publication, draft, entity.attribute("programme"), entity.attribute("legal_basis"))
    remark = entity.attribute("remark")
    for act, programme in _REGIME.findall(remark or ""):
        add_programme(publication, draft, programme, act)
    draft.remark(remark)
    entity.ignore("@reg_date", "@pdf_link")  # the day and place of the act that its number names; no day of listing
    for name in entity.children("NAME"):
        parts = [name.text(part) for part in ("FIRSTNAME", "MIDDLENAME", "LASTNAME")]
        parties.name(draft, name.text("WHOLENAME"), parts, language=name.text("LANGUAGE"))
        add_description(draft, gender=name.text("GENDER"), title=name.text("TITLE"), function=name.text("FUNCTION"))
        _done(name)
    for birth in entity.children("BIRTH"):
        _birth(publication, draft, birth)
    for document in entity.children("PASSPORT"):
        _document(publication, draft, document)
    for citizenship in entity.children("CITIZEN"):
        draft.country(citizenship.text("COUNTRY"))
        _done(citizenship)
    for address in entity.children("ADDRESS"):
        parts = [address.text(part) for part in ("NUMBER", "STREET", "ZIPCODE", "CITY", "COUNTRY")]
        draft.country(parts[-1])
        draft.address(*parts)
        if other := address.text("OTHER"):
            draft.remark(f"address {', '.join(part for part in parts if part)}: {other}")
        _done(address)
    entity.done()


def _birth(publication: Publication, draft: Draft, birth: Element) -> None:
    if text := birth.text("DATE"):
        plain = text.replace(_APPROXIMATE, "").strip()
        read = dates.birth_date(plain, is_approximate=plain != text)
        draft.birth_date(read)
        if read is None:
            draft.remark(f"date of birth: {text}")
            publication.note(f"date of birth '{text}' is not understood: kept as a remark")
    draft.birth_place(birth.text("PLACE"), birth.text("COUNTRY"))
    _done(birth)


def _document(publication: Publication, draft: Draft, document: Element) -> None:
    text, country = document.text("NUMBER"), document.text("COUNTRY")
    match = _DOCUMENT.match(text or "")
    if match is None:
        draft.remark(f"document: {text}" if text else None)
    else:
        number, code, label, details = match.groups()
        said = [part for part in (country, details.strip()) if part]
        add_identification(publication, draft, code, label, None if number == "UNKNOWN" else number, said)
    _done(document)


def _done(element: Element) -> None:
    element.ignore(*_PROVENANCE)
    element.done()
