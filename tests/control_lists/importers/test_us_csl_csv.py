"""The Consolidated Screening List, in small invented files of the real structure."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import date

import pytest

from control_lists.importers import us_csl_csv
from control_lists.importers.errors import SourceFormatError
from control_lists.models import WatchlistEntity
from tests.control_lists.importers.conftest import Published

_OLD = [
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "title",
    "addresses",
    "federal_register_notice",
    "start_date",
    "end_date",
    "standard_order",
    "license_requirement",
    "license_policy",
    "call_sign",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_flag",
    "vessel_owner",
    "remarks",
    "source_list_url",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
    "source_information_url",
]
_NEW = ["_id", *_OLD, "ids"]

_SDN = {
    "_id": "999",
    "source": "Specially Designated Nationals (SDN) - Treasury Department",
    "entity_number": "999",
    "type": "Individual",
    "programs": "NPWMD; IFSR",
    "name": "DOE, Jane Ann",
    "title": "Director",
    "addresses": "5 Mira, Perm, 614000, RU; AE",
    "remarks": "(Linked To: ACME WORKS)",
    "source_list_url": "http://example.org",
    "alt_names": "ROE, Jane; DOE, J.",
    "citizenships": "RU",
    "dates_of_birth": "1962-08-06; circa 1962; 1960 to 1962",
    "nationalities": "IR",
    "places_of_birth": "Perm, Russia",
    "ids": "RU, 2014-08-30, 2009-08-31, K475336, Passport; Female, Gender; 7708 001, Tax ID No.; 0728 HK, Equity Ticker",
}
_EL = {
    "_id": "f" * 40,
    "source": "Entity List (EL) - Bureau of Industry and Security",
    "name": "Volna Works",
    "addresses": "5 Mira, Perm, RU; 6 Mira, Kiev, UA",
    "federal_register_notice": "87 FR 20299; 88 FR 1",
    "start_date": "2022-04-07",
    "license_requirement": "For all items subject to the EAR. (See §§734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR.)",
    "license_policy": "Policy of denial. ",
    "alt_names": "JSC Volna; and VW",
}


def _row(code: str, **values: str) -> dict[str, str]:
    titles = {
        "UVL": "Unverified List (UVL) - Bureau of Industry and Security",
        "MEU": "Military End User (MEU) List - Bureau of Industry and Security",
        "DPL": "Denied Persons List (DPL) - Bureau of Industry and Security",
        "ISN": "Nonproliferation Sanctions (ISN) - State Department",
        "DTC": "ITAR Debarred (DTC) - State Department",
        "MBS": "Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department",
        "SSI": "Sectoral Sanctions Identifications List (SSI) - Treasury Department",
    }
    return {"source": titles[code], **values}


def _file(*rows: dict[str, str], columns: list[str] = _NEW) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: value for key, value in row.items() if key in columns} for row in rows)
    return text.getvalue()


def _read(published: Published, content: str | bytes, name: str = "consolidated.csv") -> dict[str, list[WatchlistEntity]]:
    publication = published(name, content)
    assert us_csl_csv.recognises(publication)
    found: dict[str, list[WatchlistEntity]] = {}
    for listing in us_csl_csv.read(publication):
        found.setdefault(listing.list_id, []).append(listing.entity)
    return found


def test_an_ofac_row_reads_as_ofacs_own_files_do(published: Published) -> None:
    (doe,) = _read(published, _file(_SDN))["us-sdn"]
    assert (doe.id, doe.name, doe.kind) == ("999", "Jane Ann DOE", "person")
    assert doe.programmes == ("US-NPWMD", "US-IFSR")
    assert [alias.name for alias in doe.aliases] == ["Jane ROE", "J. DOE"]
    assert doe.addresses == ("5 Mira, Perm, 614000, RU",)
    assert set(doe.countries) == {"RU", "AE", "IR"}
    assert doe.birth_dates == ("1962-08-06", "~1962", "1960/1962")
    assert doe.birth_places == ("Perm, Russia",)
    assert doe.identifiers == ("passport:K475336", "tax:7708 001", "ticker:0728 HK")
    assert doe.linked == ("ACME WORKS",)
    assert "Passport: K475336 (RU), issued 2009-08-31, expires 2014-08-30" in doe.remarks
    assert {"Title: Director", "Gender: Female", "nationality: IR", "citizen: RU"} <= set(doe.remarks)


def test_newer_files_write_the_kind_of_a_number_first(published: Published) -> None:
    ids = "Unified Social Credit Code (USCC), 9111000071093019X7, CN; ISIN, US1694261033; Registration Number, 10277, RU"
    (doe,) = _read(published, _file(_SDN | {"ids": ids, "type": "Entity"}))["us-sdn"]
    assert doe.identifiers == ("uscc:9111000071093019X7", "isin:US1694261033", "reg:10277")


def test_a_party_of_two_lists_that_do_not_block_is_one_party(published: Published) -> None:
    rows = [
        _row(code, entity_number="17", type="Entity", programs=code_of, name="PERM BANK", alt_names=alias)
        for code, code_of, alias in (("SSI", "UKRAINE-EO13662", "PB"), ("MBS", "RUSSIA-EO14024", "PERM BANK AO"))
    ]
    (bank,) = _read(published, _file(*rows))["us-ofac-cons"]
    assert bank.programmes == ("US-UKRAINE-EO13662", "US-RUSSIA-EO14024")
    assert [alias.name for alias in bank.aliases] == ["PB", "PERM BANK AO"]


def test_vessels(published: Published) -> None:
    row = _SDN | {
        "type": "Vessel",
        "name": "WAVE, THE",
        "alt_names": "",
        "citizenships": "",
        "nationalities": "",
        "dates_of_birth": "",
        "places_of_birth": "",
        "title": "",
        "call_sign": "A1B",
        "vessel_type": "Tanker",
        "gross_tonnage": "5",
        "gross_registered_tonnage": "4",
        "vessel_flag": "Iran",
        "vessel_owner": "ACME",
        "ids": "IMO 9051648, Vessel Registration Identification",
    }
    (wave,) = _read(published, _file(row))["us-sdn"]
    assert (wave.kind, wave.name) == ("vessel", "WAVE, THE")
    assert set(wave.identifiers) == {"callsign:A1B", "imo:9051648"}
    assert {"Vessel Type: Tanker", "Vessel Owner: ACME"} <= set(wave.remarks)
    assert "IR" in wave.countries


def test_an_entity_list_row_has_the_id_of_the_list_itself(published: Published) -> None:
    (volna,) = _read(published, _file(_EL))["us-entity-list"]
    assert (volna.id, volna.programmes, volna.listed_on) == ("EL-RU-volna-works", ("US-ENTITY-LIST",), date(2022, 4, 7))
    assert [alias.name for alias in volna.aliases] == ["JSC Volna", "VW"]
    assert (volna.countries, volna.addresses) == (("RU", "UA"), ("5 Mira, Perm, RU", "6 Mira, Kiev, UA"))
    assert (volna.footnotes, volna.licence_policy) == (("3",), "Policy of denial.")
    assert volna.cites[:2] == ("15 CFR part 744, Supplement No. 4 (87 FR 20299)", "15 CFR part 744, Supplement No. 4 (88 FR 1)")


@pytest.mark.parametrize(
    ("requirement", "footnotes"),
    [
        ("For all items subject to the EAR, see §§ 734.9(e) 1 and 744.11 of the EAR 2", ("1", "2")),
        ("For all items subject to the EAR. (See §§ 734.9(e)(2) and 744.11 of the EAR) 4", ("4",)),
        ("For all items subject to the EAR (See §§ 734.4(a)(9), 734.9(e)(3), and 744.11 of the EAR) 5.", ("5",)),
        ("For all items subject to the EAR. (See §744.11 of the EAR)", ()),
        ("See § 744.3", ()),
    ],
)
def test_footnotes_are_told_from_numbers_of_sections(published: Published, requirement: str, footnotes: tuple[str, ...]) -> None:
    (volna,) = _read(published, _file(_EL | {"license_requirement": requirement}))["us-entity-list"]
    assert volna.footnotes == footnotes


def test_rows_of_one_party_are_joined_and_hong_kong_stands_under_china(published: Published) -> None:
    rows = [_EL | {"name": "Kite Ltd.,", "addresses": address} for address in ("7 Road, HK", "8 Road, CN")]
    (kite,) = _read(published, _file(*rows))["us-entity-list"]
    assert (kite.id, kite.name, kite.countries) == ("EL-CN-kite-ltd", "Kite Ltd.", ("HK", "CN"))


def test_a_subordinate_is_a_party_under_its_own_name(published: Published) -> None:
    (tong,) = _read(published, _file(_EL | {"name": "Group 13 (G 13). Subordinate Institution - Tong Works"}))["us-entity-list"]
    assert (tong.name, tong.linked) == ("Tong Works", ("Group 13 (G 13)",))


def test_the_other_lists(published: Published) -> None:
    found = _read(
        published,
        _file(
            _row("UVL", name="Alfa Light", addresses="2 Iela, Riga, Latvia, LV"),
            _row(
                "MEU",
                name="Wing Co.",
                addresses="5 Mira, Xian, CN",
                federal_register_notice="85 FR 83799",
                start_date="2020-12-23",
                license_requirement="x",
                license_policy="y",
            ),
            _row(
                "DPL",
                name=" JOHN DOE",
                addresses="5 MAIN, EL PASO, TX, 79905; P.O. BOX 3, DUBAI, AE",
                federal_register_notice="87 F.R. 52741 8/29/2022",
                start_date="2022-08-24",
                end_date="2026-01-14",
                standard_order="Y",
                remarks="F.R. NOTICE ADDED",
            ),
            _row(
                "ISN",
                programs="E.O. 13382; INKSNA",
                name="Zen Complex",
                federal_register_notice="Vol. 81",
                start_date="2016-06-28",
                alt_names="ZC; F.K.A. Old Zen",
            ),
            _row("DTC", name="Richard Roe, Jr.", federal_register_notice="78 FR 8218", alt_names="Dick Roe"),
        ),
    )
    assert {list_id: [entity.id for entity in entities] for list_id, entities in found.items()} == {
        "us-uvl": ["UVL-LV-alfa-light"],
        "us-meu": ["MEU-CN-wing-co"],
        "us-dpl": ["DPL-john-doe-87-fr-52741"],
        "us-isn": ["ISN-zen-complex-2016-06-28"],
        "us-dtc": ["DTC-richard-roe-jr-78-fr-8218"],
    }
    doe = found["us-dpl"][0]
    assert (doe.countries, len(doe.addresses), doe.delisted_on) == (("US", "AE"), 2, date(2026, 1, 15))
    assert found["us-isn"][0].programmes == ("US-ISN-EO-13382", "US-ISN-INKSNA")
    assert [alias.quality for alias in found["us-isn"][0].aliases] == ["strong", "former"]


def test_older_files_have_no_ids(published: Published) -> None:
    assert _read(published, gzip.compress(_file(_SDN, columns=_OLD).encode()), "consolidated.csv.gz")["us-sdn"][0].identifiers == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (_file(_EL) + _file(_EL), "row 3: the header stands again"),
        (_file(_EL)[:-120], "cells, 29 are expected|ends within a cell"),
        (_file(_EL, columns=[*_NEW, "score"]), r"unmapped \['score'\]"),
        (_file(_EL | {"source": "Secret List (SEC) - Nobody"}), r"source 'Secret List \(SEC\) - Nobody' is not a list that is known"),
        (_file(_SDN | {"type": "Robot"}), "party type 'Robot' is not known"),
        (_file(_EL | {"dates_of_birth": "1962"}), "column 'dates_of_birth' holds '1962'"),
        (_file(_row("DPL", name="A", start_date="2022-08-24", standard_order="X")), "standard_order 'X' is not Y or N"),
        (_file(_row("ISN", name="A", programs="INKSNA", start_date="then")), "start_date is not a day"),
    ],
)
def test_a_changed_cut_or_joined_file_stops_in_one_line(published: Published, content: str, message: str) -> None:
    with pytest.raises(SourceFormatError, match=message) as caught:
        list(us_csl_csv.read(published("consolidated.csv", content)))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["", "source,name\n", "Source List,Programs,Name\n", b"\x89PNG\x00\xff"])
def test_nothing_else_is_recognised(published: Published, content: str | bytes) -> None:
    assert not us_csl_csv.recognises(published("consolidated.csv", content))
