"""The Swiss fixture: the trimmed entries of a real export."""

from __future__ import annotations

from datetime import date


def test_the_fixture(imported) -> None:
    publication, listings = imported("ch_seco", "switzerland/seco_fixture.xml")
    assert publication.edition == date(2026, 8, 27)
    found = {listing.entity.id: (listing.entity.kind, listing.entity.programmes, listing.entity.delisted_on) for listing in listings}
    assert found == {
        "5142": ("person", ("CH-BELARUS",), date(2016, 3, 1)),
        "46130": ("organisation", ("CH-BELARUS",), None),
        "34461": ("vessel", ("CH-NORTH-KOREA",), None),
        "1900": ("person", ("CH-BELARUS",), None),
    }
