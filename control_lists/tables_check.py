"""Our reference data and entries against the official tables and texts that are imported: each difference, said with its place."""

from __future__ import annotations

from collections.abc import Iterator

from control_lists.check import Fault
from control_lists.codes.country import CountryNames
from control_lists.importers.us_ear_tables import members
from control_lists.models import CountrySet
from control_lists.snapshot import Snapshot

_SHOWN = 12


def check_official(snapshot: Snapshot) -> Iterator[Fault]:
    """A warning for each country that a set and its official column do not share, and for each text that moved under our entries.

    A set that another period replaced is not compared, nor members that its ``beside`` names with a reason of law.
    """
    countries = CountryNames(snapshot.countries)
    printed: dict[str, dict[str, str]] = {}
    for one in snapshot.country_sets:
        list_id, _, code = (one.official or "").partition(":")
        if list_id not in snapshot.texts:
            continue
        if list_id not in printed:
            printed[list_id] = {code: text for code, _, text in snapshot.texts[list_id].text.frame.iter_rows()}
        yield from _set(one, printed[list_id].get(code), countries, snapshot.texts[list_id].facts.edition.isoformat())
    for list_id, change in snapshot.moved.items():
        shown = ", ".join(sorted(change.codes)[:_SHOWN])
        more = f" and {len(change.codes) - _SHOWN} more" if len(change.codes) > _SHOWN else ""
        yield Fault(
            "warning",
            list_id,
            f"the official text of {change.now} differs in {len(change.codes)} codes from that of {change.written_from} which the entries "
            f"were written from: {shown}{more}; answers on them ask for a check",
        )


def _set(one: CountrySet, printed: str | None, countries: CountryNames, edition: str) -> Iterator[Fault]:
    where = f"country_set:{one.id}"
    if printed is None:
        yield Fault("warning", where, f"the official table of {edition} has no column '{one.official}'")
        return
    official: set[str] = set()
    for name in members(printed):
        code = countries.read(name).code
        if code is None:
            yield Fault("warning", where, f"'{name}' of the official table ({edition}) is no country in reference/")
        else:
            official.add(code)
    for code in sorted(official - {*one.members}):
        yield Fault("warning", where, f"{code} stands in {one.official} of {edition} and not in our set")
    for code in sorted({*one.members} - official - {*one.beside}):
        yield Fault("warning", where, f"{code} stands in our set and not in {one.official} of {edition}")
