"""A register of licences in its forms, and one line for each row that cannot be read."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from screening.engine import Screener
from screening.errors import LicenceError
from screening.licences.records import Balance
from screening.licences.register import Register, read_register

HEADER = "number,jurisdiction,exporter,destinations,valid_from,valid_to,status,control_code,quantity,unit,value,currency,used_quantity\n"
FLAT = """1\\fileHeader\\SPIRE\\CHIEF\\licenceData\\202601011531\\1\\N
2\\licence\\T-1\\insert\\GBSIE2026/00001\\SIE\\E\\20260110\\20280109
3\\trader\\\\GB111111111000\\20260110\\20280109\\SAMPLE EXPORTS\\1 SAMPLE STREET\\\\\\\\\\AB1 2CD
4\\country\\AU\\\\D
5\\foreignTrader\\SAMPLE END USER\\2 SAMPLE ROAD\\\\\\\\\\\\AU
6\\restrictions\\Provisos apply
7\\line\\1\\\\\\\\\\SAMPLE VALVES\\Q\\\\030\\\\12
8\\line\\2\\\\\\\\\\SAMPLE SALT\\B\\GBP\\023\\900\\40.5
9\\end\\licence\\8
10\\licence\\T-2\\cancel\\GBSIE2025/00009\\SIE\\E\\20250110\\20270109
11\\end\\licence\\2
12\\fileTrailer\\2
"""
USAGE = """1\\fileHeader\\CHIEF\\SPIRE\\usageData\\202602010300\\1\\
2\\licenceUsage\\LU1/00001\\insert\\GBSIE2026/00001\\O\\
3\\line\\2\\10.5\\100\\
4\\usage\\O\\5GB1-X\\R\\20260130\\10.5\\100\\\\000111\\\\\\\\
5\\end\\line\\3
6\\end\\licenceUsage\\5
7\\licenceUsage\\LU1/00002\\insert\\GBSIE2020/77777\\O\\
8\\line\\1\\1\\0\\
9\\end\\licenceUsage\\3
10\\fileTrailer\\2
"""


@pytest.fixture
def registered(tmp_path: Path, screener: Screener):  # type: ignore[no-untyped-def]
    """A register of the texts given, one file each."""

    def read(*texts: str) -> Register:
        paths = [tmp_path / f"licences{number}" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        return read_register(paths, screener.snapshot)

    return read


def test_rows_of_one_number_are_the_lines_of_one_licence(registered) -> None:  # type: ignore[no-untyped-def]
    register = registered(HEADER + "E-1,EU,Sample Works,Egypt; TR,2026-01-01,31.12.2027,,2B350.g,20,PCE,,,6\nE-1,,,,,,,1C350,,,9000,eur,\n")
    licence = register.find("e 1")
    assert register.reports == ()
    assert (licence.jurisdictions, licence.destinations, licence.valid_to, licence.status) == (
        ("EU",), ("EG", "TR"), date(2027, 12, 31), "active",
    )  # fmt: skip
    assert [(line.number, line.control_codes, line.quantity, line.value) for line in licence.lines] == [
        (1, ("2B350.g",), Balance(Decimal(20), Decimal(6), "piece"), None),
        (2, ("1C350",), None, Balance(Decimal(9000), Decimal(0), "EUR")),
    ]


def test_json_says_the_same_as_csv(registered) -> None:  # type: ignore[no-untyped-def]
    item = {"control_code": "2B350.g", "quantity": 20.5, "unit": "KGM"}
    text = json.dumps({"licences": [{"number": "E-1", "exporter": "Sample Works", "destinations": ["EG", "TR"], "items": [item]}]})
    licence = registered(text).find("E-1")
    assert (licence.exporter.name, licence.destinations) == ("Sample Works", ("EG", "TR"))
    assert licence.lines[0].quantity == Balance(Decimal("20.5"), Decimal(0), "kg")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("E-1,EU,A,EG,2026-02-30,,,2B350,,,,,", "row 2: valid_from: '2026-02-30' is not a date; write it as 2026-11-24"),
        ("E-1,EU,A,EG,2026-02-01,2026-01-01,,2B350,,,,,", "row 2: valid_to: 2026-01-01 is before valid_from 2026-02-01; exchange them"),
        ("E-1,EU,A,Atlantis,,,,2B350,,,,,", "row 2: destinations: 'Atlantis' is no country; write ISO codes: EG; TR"),
        ("E-1,EU,A,EG,,,paused,2B350,,,,,", "row 2: status: 'paused' is none of active, suspended, revoked"),
        ("E-1,EU,A,EG,,,,2B350,few,H87,,,", "row 2: quantity: 'few' is not a number"),
        ("E-1,EU,A,EG,,,,2B350,5,,,,", "row 2: unit: is blank beside a quantity; write a code of UN/ECE Recommendation 20: KGM, LTR, H87"),
        ("E-1,EU,A,EG,,,,2B350,5,DRM,,,",
         "row 2: unit: 'DRM' is not a unit we know; write a code of UN/ECE Recommendation 20: KGM, LTR, H87"),
        ("E-1,EU,A,EG,,,,2B350,,,5,,", "row 2: currency: '' is no currency code; write EUR, USD"),
        ("E-1,EU,A,EG,,,,2B350,5,H87,,,6", "row 2: used_quantity: 6.0 is more than the 5.0 piece granted; correct one of them"),
        ("E-1,EU,A,EG,,,,2B350,5,H87,,,,extra", "row 2: has 14 fields where the header has 13"),
    ],
)  # fmt: skip
def test_a_bad_row_is_one_line_and_its_licence_is_not_held_whole(registered, row: str, told: str) -> None:  # type: ignore[no-untyped-def]
    register = registered(HEADER + row + "\n")
    assert register.reports == (f"licences0: {told}",)
    assert register.find("E-1").faults == register.reports


def test_a_row_without_a_number_is_told(registered) -> None:  # type: ignore[no-untyped-def]
    register = registered(HEADER + ",EU,A,EG,,,,2B350,,,,,\n")
    assert register.reports == ("licences0: row 2: number: is blank; write the number of the licence in every row",)
    assert register.licences == {}


def test_rows_that_contradict_each_other_are_told(registered) -> None:  # type: ignore[no-untyped-def]
    register = registered(HEADER + "E-1,EU,A,EG,,,,2B350,,,,,\nE-1,EU,B,EG,,,,1C350,,,,,\n")
    assert register.reports == ("licences0: row 3: exporter: 'B' where another row of the licence says 'A'; make them one",)


def test_an_unknown_column_stops_the_register(registered) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(LicenceError, match="row 1: unknown column 'holder'"):
        registered("number,holder\nE-1,A\n")


def test_a_number_in_a_later_file_counts_and_is_told(registered) -> None:  # type: ignore[no-untyped-def]
    register = registered("number,exporter\nE-1,A\n", "number,exporter\nE-1,B\n")
    assert register.find("E-1").exporter.name == "B"
    assert register.reports == ("licences1: row 2: number: E-1 stands in licences0: row 2 too; the later file counts",)


def test_a_uk_exchange_file_is_read_with_its_use(registered) -> None:  # type: ignore[no-untyped-def]
    register = registered(FLAT, USAGE)
    licence = register.find("GBSIE2026/00001")
    assert licence.exporter == ("SAMPLE EXPORTS", "GB111111111000")
    assert (licence.end_user.name, licence.destinations) == ("SAMPLE END USER", ("AU",))
    assert (licence.jurisdictions, licence.operations, licence.conditions) == (("UK",), ("export", "reexport"), ("Provisos apply",))
    assert [(line.description, line.quantity, line.value) for line in licence.lines] == [
        ("SAMPLE VALVES", Balance(Decimal(12), Decimal(0), "piece"), None),
        ("SAMPLE SALT", Balance(Decimal("40.5"), Decimal("10.5"), "kg"), Balance(Decimal(900), Decimal(100), "GBP")),
    ]
    assert register.find("GBSIE2025/00009").status == "revoked"
    assert register.reports == (
        "licences1: row 8: number: use of GBSIE2020/77777, which is not in the register; give its licence file too",
    )


def test_the_digest_changes_with_a_row(registered) -> None:  # type: ignore[no-untyped-def]
    one, other = (registered(f"number,exporter\nE-1,{name}\n").digest for name in "AB")
    assert one != other
