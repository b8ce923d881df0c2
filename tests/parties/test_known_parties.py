"""Listed parties of the embedded lists are found under the spellings that declarations use; ordinary names are not."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import polars as pl
import pytest

from screening.engine import Screener
from screening.frames import PARTY
from screening.read import ReadOptions, read_records
from screening.single import determine

DAY = date(2026, 11, 24)


class Known(NamedTuple):
    """A declared party and the listed party it is."""

    declared: str
    entity_id: str
    identifier: str | None = None


KNOWN = (
    # Slips of the pen.
    Known("Namchongang Tradng Corp", "KPe.004"),
    Known("Tanchon Comercial Bank", "KPe.003"),
    Known("CHIMCONECT AG", "EL-CH-chimconnect-ag"),
    Known("Polymaster Enginering", "EL-PK-polymaster-engineering"),
    Known("Odissey General Trading FZC", "EL-AE-odyssey-general-trading-fzc"),
    Known("KALAYE ELEKTRIK COMPANY", "SDN-10122"),
    Known("Shahid Hemat Industrial Group", "SDN-9349"),
    Known("Mohsen Hojjati", "IRi.018"),
    Known("Mohsen Hojjati", "SDN-10856"),
    # Words in another order.
    Known("TRADING CORPORATION NAMCHONGANG", "KPe.004"),
    Known("Industrial Group Shahid Hemmat", "IRe.067"),
    Known("Ho-Jin Yun", "KPi.001"),
    Known("Reza Mozaffarinia", "SDN-15573"),
    Known("Alireza Tangsiri", "SDN-26935"),
    Known("Ruben Ruslanovich Kirakosyan", "SDN-22608"),
    Known("Hyon Sop SIM", "SDN-42498"),
    Known("Mahabadi Mohsen Fakhrizadeh", "SDN-10861"),
    # Words written together or apart.
    Known("YUN HOJIN", "KPi.001"),
    Known("DANDONG HONG XIANG INDUSTRIAL DEVELOPMENT COMPANY", "SDN-20564"),
    Known("Nanjing Jiuding Refrigeration and Airconditioning Equipment Co Ltd",
          "EL-CN-nanjing-jiuding-refrigeration-air-conditioning-equipment-co-ltd"),
    Known("SCI-BOX SCIENTIFIC & LABORATORY EQUIPMENT TRADING L.L.C.", "EL-AE-sci-box-scientific-and-laboratory-equipment-trading-llc"),
    Known("Kim Se-gon", "KPi.032"),
    Known("Techno-Lab S.A.R.L.", "SDN-21245"),
    # Another legal form, or none, or words abbreviated.
    Known("Korea Mining Development Trading Co., Ltd.", "KPe.001"),
    Known("Chimconnect G.m.b.H.", "EL-DE-chimconnect-gmbh"),
    Known("LONGFORD ENGINEERING PRIVATE LIMITED", "EL-PK-longford-engineering-ltd"),
    Known("Akhtar & Sons (Pvt) Ltd", "EL-PK-akhtar-and-sons-private-limited"),
    Known("Triton Educational Equipments and Consultancy Company", "EL-PK-triton-educational-equipment-consultancy-co"),
    Known("Rigsol Well Drilling Equip. Trading LLC", "EL-AE-rigsol-well-drilling-equipment-trading"),
    Known("Huaxin Shipping (Hong Kong) Limited", "KPe.059"),
    Known("Shen Zhong Int'l Shipping Co", "KPe.073"),
    Known("Mesbah Energy Co", "IRe.041"),
    Known("Mesbah Energy Co", "EL-IR-mesbah-energy-company"),
    Known("Mesbah Energy Co", "SDN-25653"),
    Known("Machine Pardazan Company Limited", "SDN-12554"),
    Known("Mizan Machine Mfg Group", "SDN-10389"),
    Known("Mingzheng Int'l Trading Ltd", "SDN-22583"),
    Known("Syrian Co. for Information Technology", "SDN-22255"),
    Known("Suzhou A One Special Alloy", "SDN-27031"),
    Known("China National Precision Machinery Import & Export Corp.", "SDN-9753"),
    Known("Islamic Republic of Iran Shipping Lines Co", "SDN-25396"),
    Known("Ardis Bearings OOO", "SDN-22288"),
    Known("27 SCIENTIFIC CENTRE", "SDN-30722"),
    # An alias, or a name with its address behind.
    Known("Center for Scientific Studies and Research", "EL-SY-scientific-studies-and-research-center"),
    Known("Atomic Energy Organisation of Iran", "IRe.006"),
    Known("Atomic Energy Organisation of Iran", "EL-IR-atomic-energy-organization-of-iran"),
    Known("IRISL", "SDN-25396"),
    Known("Korea Ryonbong General Corporation, Pot'onggang District, Pyongyang", "KPe.002"),
    Known("First Islamic Investment Bank Ltd Labuan", "SDN-25802"),
    Known("MV SHAYAN 1", "SDN-25289"),
    # Other scripts.
    Known("朝鲜联合机械贸易会社", "KPe.016"),
    Known("朝鮮聯合機械貿易會社", "KPe.016"),
    Known("长安海连技术", "KPe.055"),
    Known("華信船務(香港)有限公司", "KPe.059"),
    Known("沈忠國際海運", "KPe.073"),
    Known("金铁三", "KPi.035"),
    Known("윤호진", "KPi.001"),
    Known("Интерлаб", "EL-RU-interlab"),
    Known("ООО Рау Фарм", "EL-RU-rau-farm"),
    Known("Парсек ООО", "SDN-34458"),
    Known("ОАО Белвнешпромсервис", "SDN-15487"),
    Known("Главное разведывательное управление", "SDN-21343"),
    Known("Киракосян Рубен", "SDN-22608"),
    Known("Мохсен Фахризаде Махабади", "IRi.016"),
    Known("محسن فخری‌زاده مهابادی", "SDN-10861"),
    Known("Kürşad Zafer Çire", "SDN-11363"),
    # An identifier under a name that says nothing.
    Known("Plain Harbour Ceramics", "SDN-25304", "imo:9165827"),
    Known("Plain Harbour Ceramics", "SDN-27031", "reg:91320594MA1MAHHR9W"),
    Known("Plain Harbour Ceramics", "SDN-26935", "national_id:5859876629"),
    Known("Plain Harbour Ceramics", "IRi.018", "passport:G4506013"),
    Known("Plain Harbour Ceramics", "SDN-10856", "passport: g4506013"),
    Known("Plain Harbour Ceramics", "KPe.061", "IMO:5936312"),
)  # fmt: skip

ORDINARY = (
    "Maersk Line A/S", "Siemens Energy Global GmbH & Co. KG", "Toyota Motor Corporation", "Vietnam Dairy Products JSC",
    "PT Indofood Sukses Makmur Tbk", "Nestle Suisse S.A.", "Cong ty TNHH Thuong mai Phuong Nam", "Angkor Rice Mill Co., Ltd.",
    "Samsung Electronics Co., Ltd.", "Bharat Heavy Electricals Limited", "Korea Electric Power Corporation",
    "Shanghai Garden Furniture Co., Ltd.", "Ulaanbaatar Cashmere LLC", "Tehran Carpet Weavers", "Damascus Olive Oil Trading",
    "Gulf Marine Services", "Hong Kong Toys Trading Limited", "Smith & Sons Ltd", "Kowalski Meble Sp. z o.o.", "Garcia Hermanos S.A.",
    "Ali Hassan Trading Est.", "Hossein Karimi", "Kim Min-jun", "Nguyen Van An", "Ivan Petrov", "Maria da Silva Santos",
    "北京友谊商店有限公司", "ООО Ромашка", "شركة النور للتجارة", "株式会社山田製作所",
)  # fmt: skip


@pytest.fixture(scope="module")
def matched(screener: Screener) -> dict[int, list[str]]:
    """The listed parties found for each declared one: first KNOWN, then ORDINARY, in their order."""
    declared = [*KNOWN, *(Known(name, "") for name in ORDINARY)]
    rows = [
        {"item": n, "party": 0, "role": "consignee", "name": one.declared, "identifiers": [one.identifier] if one.identifier else None}
        for n, one in enumerate(declared)
    ]
    found = screener.parties.match(pl.DataFrame(rows, schema=PARTY), dict.fromkeys(range(len(rows)), DAY))
    return {n: found.filter(pl.col("item") == n).get_column("entity_id").to_list() for n in range(len(rows))}


@pytest.mark.parametrize("number", range(len(KNOWN)), ids=lambda n: f"{n}-{KNOWN[n].entity_id[:24]}")
def test_a_listed_party_is_found_as_declarations_write_it(matched: dict[int, list[str]], number: int) -> None:
    assert KNOWN[number].entity_id in matched[number], KNOWN[number]


@pytest.mark.parametrize("number", range(len(ORDINARY)))
def test_an_ordinary_name_is_no_listed_party(matched: dict[int, list[str]], number: int) -> None:
    assert matched[len(KNOWN) + number] == [], ORDINARY[number]


def test_the_starter_lists_hold_at_least_four_hundred_parties(screener: Screener) -> None:
    assert sum(len(loaded.entities) for loaded in screener.snapshot.lists.values()) >= 400


def test_a_proliferator_named_in_a_us_export_needs_a_licence_and_an_eu_export_a_review(screener: Screener) -> None:
    record = {
        "declaration_id": "T-1",
        "description": "Plastic storage bowls",
        "hs_code": "392410",
        "consignee_name": "Vohom Technology HK Co., Limited",
        "consignee_country": "CN",
        "destination_country": "CN",
    }
    us = determine(screener, {**record, "export_country": "US"}, as_of=DAY, jurisdictions=("US",), limit=10)
    eu = determine(screener, {**record, "export_country": "DE"}, as_of=DAY, jurisdictions=("EU",), limit=10)
    assert (us[0]["flag"], us[0]["reasons"][0]["rule_id"]) == ("LICENCE_REQUIRED", "us-744-8")
    assert (eu[0]["flag"], eu[0]["reasons"][0]["rule_id"]) == ("REVIEW", "eu-other-list-party")


def test_a_listed_name_of_one_common_word_is_possible_against_the_same_text(screener: Screener) -> None:
    (part,) = read_records([{"parties": [{"role": "vessel", "name": "Amina"}]}], ReadOptions(screener.snapshot))
    found = screener.parties.match(part.parties, {0: DAY})
    assert found.select("entity_id", "strength").rows() == [("SDN-25363", "possible")]
