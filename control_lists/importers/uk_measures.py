"""What a designation on the UK Sanctions List bears: its programme follows from the measures imposed, not from the regime alone."""

from __future__ import annotations

from control_lists.importers import dates
from control_lists.importers.draft import clean
from control_lists.importers.publication import Publication
from control_lists.importers.uk_designation import Designation
from control_lists.importers.uk_regimes import OTHER_MEASURES, REFERENCE, SHIPPING, reference_programme

_SHIPPING = ("shipping", "port entry", "deflag", "charter")


def bear(
    publication: Publication,
    party: Designation,
    *,
    reference: str,
    group: str | None,
    un_reference: str | None,
    regime: str | None,
    measures: str | None,
    designated: str,
    source: str | None,
    reasons: str | None,
) -> None:
    """Put programme, footnotes, citations and day of a designation on its draft."""
    if not REFERENCE.fullmatch(reference):
        publication.note(f"Unique ID '{reference}' is not of the known form: imported as it is")
    imposed = [clean(measure) for measure in (measures or "").split("|") if clean(measure)]
    party.draft.programme(_programme(party, reference, imposed))
    for measure in imposed:
        party.draft.footnote(measure)
    party.draft.cite(f"UK Sanctions List {reference}")
    party.draft.cite(regime)
    party.draft.cite(f"OFSI group {group}" if group else None)
    party.draft.cite(f"UN reference {un_reference}" if un_reference else None)
    day = dates.day(designated)
    if day is None:
        raise publication.error(reference, f"'{designated}' is not a day of designation")
    party.draft.listed_on = min(day, party.draft.listed_on or day)
    party.remark("designated by", source)
    party.draft.remark(f"statement of reasons: {reasons}" if reasons else None)


def _programme(party: Designation, reference: str, imposed: list[str]) -> str:
    """The regime's own where assets are frozen. A ship is specified, not designated (SAMLA 2018, s. 14): it is no freeze unless stated."""
    if any("asset freeze" in measure.casefold() for measure in imposed) or (not imposed and party.draft.kind != "vessel"):
        return reference_programme(reference)
    if all(any(word in measure.casefold() for word in _SHIPPING) for measure in imposed):
        return SHIPPING
    return OTHER_MEASURES
