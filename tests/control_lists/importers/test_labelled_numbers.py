"""Identifiers behind labels."""

from __future__ import annotations

import pytest

from control_lists.importers.labelled_numbers import labelled_numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Passport no.: a) Moroccan passport number D-379312 b) Passport number 954242 issued 1995",
            [("passport", "D-379312"), ("passport", "954242")],
        ),
        ("PASSPORT: No. 2863795S, expires 2005", [("passport", "2863795S")]),
        ("Afghan passport number SE 011252.", [("passport", "SE 011252")]),
        ("National identification no.: Saudi identification card 00813602", [("national", "00813602")]),
        ("National ID No. 985416981 (Palestinian)", [("national", "985416981")]),
        ("Italian Fiscal Code: SSYBLK62T26Z336L", [("tax", "SSYBLK62T26Z336L")]),
        ("INN: 7719265496 OGRN: 1037719005873", [("tax", "7719265496"), ("reg", "1037719005873")]),
        ("Tax Identification Number: INN 4706036197 KPP: 470601001", [("tax", "4706036197")]),
        ("Company identification No. 1227700626350", [("reg", "1227700626350")]),
        ("Legal Entity Number 2534006SJ05GGKETEY75 (Russia)", [("lei", "2534006SJ05GGKETEY75")]),
        ("SWIFT/BIC: SMBKRUMMXXX", [("swift", "SMBKRUMMXXX")]),
        ("IMO Number: 5342883.", [("imo", "5342883")]),
        ("Its vessel NIGHT SWAN (IMO: 9074729) carried coal", []),
        ("KPP: 770501001, BIK 044525125", []),
        ("Passport No.: 983", []),
        ("Registration date: 27/07/1992", []),
        ("Director of the Passport Department 1998", []),
        (None, []),
    ],
)
def test_a_number_is_of_the_kind_of_its_label(text: str | None, found: list[tuple[str, str]]) -> None:
    assert [tuple(number) for number in labelled_numbers(text)] == found


def test_a_number_without_a_label_counts_only_where_a_kind_is_expected() -> None:
    assert list(labelled_numbers("1147746527279 dated 1992")) == []
    assert [tuple(n) for n in labelled_numbers("1147746527279 dated 1992. Tax ID: 7701863782", leading="reg")] == [
        ("reg", "1147746527279"),
        ("tax", "7701863782"),
    ]
    assert list(labelled_numbers("www.example.org", leading="reg")) == []
    assert list(labelled_numbers("772201001", leading="reg")) == []  # the KPP of a Russian tax office
