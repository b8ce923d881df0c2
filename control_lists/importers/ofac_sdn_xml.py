"""OFAC lists in the oldest of their XML forms: sdn.xml and consolidated.xml, root ``sdnList``.

Published at https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN.XML and .../CONSOLIDATED.XML. The namespace
changed in 2024 and does not matter here. ``idList`` mixes identity documents with other features (gender, websites, requirements). Names
are Latin only. The file states its date and the number of its entries, but not which list it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from control_lists.importers.dates import day
from control_lists.importers.draft import Draft
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import CHANGED, Element
from control_lists.importers.ofac_labels import dated, state
from control_lists.importers.ofac_remarks import read_remarks
from control_lists.importers.ofac_terms import KINDS, QUALITIES, add_address, add_programmes, list_of, natural_name, natural_order
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.xml_stream import nested, root_attributes

SOURCE = "OFAC sdnList XML"

_ADDRESS = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode")
_VESSEL = {
    "callSign": "Vessel Call Sign",
    "vesselType": "Vessel Type",
    "vesselFlag": "Vessel Flag",
    "vesselOwner": "Vessel Owner",
    "tonnage": "Vessel Tonnage",
    "grossRegisteredTonnage": "Vessel Gross Registered Tonnage",
}
_CATEGORIES = ("strong", "weak")


def recognises(publication: Publication) -> bool:
    """Root element ``sdnList``."""
    return root_attributes(publication.head)[0] == "sdnList"


def read(publication: Publication) -> Iterator[Listing]:
    """Every ``sdnEntry``."""
    list_id: str | None = None
    count: int | None = None
    with publication.open() as stream:
        for record in nested(stream, publication.name):
            element = Element(publication.name, record)
            if element.name == "publshInformation":
                publication.edition = day(element.need("Publish_Date"), month_first=True)
                stated = element.need("Record_Count")
                if not stated.isdecimal():
                    raise publication.error("", f"Record_Count '{stated}' is not a number")
                count = int(stated)
                element.done()
            elif element.name == "sdnEntry":
                number = element.need("uid")
                element.where = f"{publication.name}: {number}"
                codes = [code for programmes in element.children("programList") for code in programmes.texts("program")]
                list_id = list_id or list_of(publication, codes)
                if count is not None:
                    publication.stated[list_id] = count
                draft = _party(publication, number, element)
                add_programmes(publication, draft, list_id, codes)
                yield Listing(list_id, draft.entity())
            else:
                raise publication.error("", f"element <{element.name}> is not known; {CHANGED}")


def _party(publication: Publication, number: str, entry: Element) -> Draft:
    # In 2014 the entries of the Palestinian Legislative Council named their type so.
    kind_text = (entry.text("nspType") or entry.need("sdnType")).casefold()
    if kind_text not in KINDS:
        raise SourceFormatError(f"{entry.where}: party type '{kind_text}' is not known; {CHANGED}")
    draft = Draft(publication, number, KINDS[kind_text])
    draft.name(_name(draft, entry.need("lastName"), entry.text("firstName")))
    for alias in _items(entry, "akaList", "aka"):
        alias_type, category = alias.need("type").replace(".", ""), alias.need("category")
        if alias_type not in QUALITIES or category not in _CATEGORIES:
            raise SourceFormatError(f"{entry.where}: alias of type '{alias_type}' and category '{category}' is not known; {CHANGED}")
        name = _name(draft, alias.need("lastName"), alias.text("firstName"))
        draft.name(name, "weak" if category == "weak" else QUALITIES[alias_type])
        alias.done()
    for address in _items(entry, "addressList", "address"):
        add_address(draft, [address.text(part) for part in _ADDRESS], address.text("country"))
        address.done()
    state(publication, draft, "Title", entry.text("title"))
    _stated(publication, draft, entry)
    for vessel in entry.children("vesselInfo"):
        for name, label in _VESSEL.items():
            state(publication, draft, label, vessel.text(name))
        vessel.done()
    read_remarks(publication, draft, entry.text("remarks"))
    entry.done()
    return draft


def _name(draft: Draft, last: str, first: str | None) -> str:
    """Weak aliases of persons stand whole in the last name, in the order of the CSV."""
    return natural_name(last, first) if first else natural_order(draft.kind, last)


def _stated(publication: Publication, draft: Draft, entry: Element) -> None:
    for document in _items(entry, "idList", "id"):
        details = (dated("issued", document.text("issueDate")), dated("expires", document.text("expirationDate")))
        state(publication, draft, document.need("idType"), document.text("idNumber"), document.text("idCountry"), details)
        document.done()
    for lists, item, value, label in (
        ("dateOfBirthList", "dateOfBirthItem", "dateOfBirth", "DOB"),
        ("placeOfBirthList", "placeOfBirthItem", "placeOfBirth", "POB"),
        ("nationalityList", "nationality", "country", "nationality"),
        ("citizenshipList", "citizenship", "country", "citizen"),
    ):
        for found in _items(entry, lists, item):
            found.ignore("mainEntry")  # which of several values the list gives first
            state(publication, draft, label, found.text(value))
            found.done()


def _items(entry: Element, lists: str, name: str) -> Iterator[Element]:
    """The items of an optional list; their own numbers identify rows of the publisher's."""
    for held in entry.children(lists):
        for item in held.children(name):
            item.ignore("uid")
            yield item
        held.done()
