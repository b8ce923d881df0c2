"""Office of Financial Sanctions Implementation (HM Treasury): consolidated list of financial sanctions targets, XML.

https://ofsistorage.blob.core.windows.net/publishlive/2022format/ConList.xml, closed on 2026-01-28. The rows of ConList.csv as flat
elements; what the CSV packs into other information has elements of its own. The file bears no day.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from control_lists.importers.fields import Fields, local, local_name
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.uk_ofsi_targets import Targets
from control_lists.importers.xml_stream import nested, root_attributes

SOURCE = "uk_ofsi_xml"
_ROOT = "ArrayOfFinancialSanctionsTarget"
_COLUMNS = {
    "Name6": "Name 6", "name1": "Name 1", "name2": "Name 2", "name3": "Name 3", "name4": "Name 4", "name5": "Name 5", "Title": "Title",
    "NameNonLatinScript": "Name Non-Latin Script", "NonLatinScriptType": "Non-Latin Script Type",
    "NonLatinScriptLanguage": "Non-Latin Script Language", "Individual_DateOfBirth": "DOB", "Individual_TownOfBirth": "Town of Birth",
    "Individual_CountryOfBirth": "Country of Birth", "Individual_Nationality": "Nationality",
    "Individual_PassportNumber": "Passport Number", "Individual_PassportDetails": "Passport Details",
    "Individual_NINumber": "National Identification Number", "Individual_NIDetails": "National Identification Details",
    "Individual_Position": "Position", "Address1": "Address 1", "Address2": "Address 2", "Address3": "Address 3", "Address4": "Address 4",
    "Address5": "Address 5", "Address6": "Address 6", "PostCode": "Post/Zip Code", "Country": "Country",
    "OtherInformation": "Other Information", "GroupTypeDescription": "Group Type", "AliasType": "Alias Type",
    "AliasQuality": "Alias Quality", "RegimeName": "Regime", "DateListed": "Listed On",
    "DateDesignated": "UK Sanctions List Date Designated", "LastUpdated": "Last Updated", "GroupID": "Group ID",
}  # fmt: skip
_LABELLED = {
    "UKSanctionsListRef": "UK Sanctions List Ref", "FCOId": "UK Sanctions List Ref", "UNRef": "UN Ref",
    "UKStatementOfReasons": "UK Statement of Reasons", "Individual_Gender": "Gender", "PhoneNumber": "Phone number",
    "EmailAddress": "Email address", "Website": "Website", "Entity_Type": "Type of entity", "Entity_Subsidiaries": "Subsidiaries",
    "Entity_ParentCompany": "Parent company", "Entity_BusinessRegNumber": "Business Reg No", "Ship_IMONumber": "IMO number",
    "Ship_CurrentOwners": "Current owners", "Ship_PreviousOwners": "Previous owners", "Ship_Flag": "Flag of ship",
    "Ship_PreviousFlags": "Previous flags", "Ship_Type": "Type of ship", "Ship_Tonnage": "Tonnage of ship",
    "Ship_Length": "Length of ship", "Ship_YearBuilt": "Year built", "Ship_HIN": "Hull identification number",
    "GroupSanctions": "Sanctions", "DateAdditionalSanctions": "Further sanctions", "GrpStatus": "Status",
}  # fmt: skip
# The status in words repeats GrpStatus; whose listing it is (UN, UK) is said by the references.
_ASIDE = frozenset({"GroupStatus", "ListingType"})


def recognises(publication: Publication) -> bool:
    """By its root element."""
    return root_attributes(publication.head)[0] == _ROOT


def read(publication: Publication) -> Iterator[Listing]:
    """Every party of the file."""
    targets = Targets(publication)
    with publication.open() as stream:
        for number, element in enumerate(nested(stream, publication.name), 1):
            if local(element) != "FinancialSanctionsTarget":
                raise publication.error(f"record {number}", f"<{local(element)}> is not a FinancialSanctionsTarget")
            values = _values(publication, number, element)
            labelled = {_LABELLED[name]: text for name, text in values.items() if name in _LABELLED and text}
            if labelled.get("Status", "A") not in ("A", "I"):
                raise publication.error(
                    f"record {number}", f"GrpStatus '{labelled['Status']}' is neither A (asset freeze) nor I (investment ban)"
                )
            # An element without a value may be left out.
            columns = {column: values.get(name) for name, column in _COLUMNS.items()}
            strange = {name: text for name, text in values.items() if name not in _COLUMNS and name not in _LABELLED and name not in _ASIDE}
            targets.add(Fields(f"{publication.name}: record {number}", columns | strange), labelled)
    yield from targets.listings()


def _values(publication: Publication, number: int, element: _Element) -> dict[str, str | None]:
    values: dict[str, str | None] = {}
    for child in element:
        name = local(child)
        if name in values or len(child) or {local_name(str(key)) for key in child.attrib} - {"nil"}:
            raise publication.error(f"record {number}", f"<{name}> stands twice or holds more than text")
        values[name] = (child.text or "").strip() or None
    return values
