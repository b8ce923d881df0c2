"""Reading real declaration files: as many declarations, items and parties come out as a plain count of the elements finds."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from lxml import etree

from screening.engine import Screener
from screening.read import Declarations, ReadOptions, read
from tests.read.messages.test_nothing_is_lost import lost_paths

MALFORMED = {"TT_EX002a.xml", "TT_EX022a_Declaration1_(Step1).xml", "TT_IM084a.xml"}
# Element of the declaration, of its items, and of the names of parties (as the end of a path).
SAD = ("ASYCUDA", "Item", ("Exporter/Exporter_name", "Consignee/Consignee_name", "Financial/Financial_name", "Declarant/Declarant_name",
                           "Declarant/Declarant_representative", "Bank/Name", "Supplier_documents/Invoice_supplier_name"))  # fmt: skip
WCO_PARTIES = ("Exporter", "Consignee", "Importer", "Buyer", "Seller", "Consignor", "Carrier", "Declarant", "Agent", "NotifyParty")
WCO = ("Declaration", "GovernmentAgencyGoodsItem", tuple(f"{party}/Name" for party in WCO_PARTIES))
EU_PARTIES = ("Exporter", "Consignor", "Consignee", "Declarant", "Representative", "Carrier", "HolderOfTheTransitProcedure")
EU = tuple(f"{party}/name" for party in EU_PARTIES)
TRANSIT = ("TransitOperation", "ConsignmentItem", (*EU, "ContactPerson/name"))
EXPORT = ("ExportOperation", "GoodsItem", EU)
ENTRY = ("CC315A", "GOOITEGDS", ("NamCO17", "NamCE17", "NamNOTPAR672", "NamPLD1", "NamTRE1", "NamTRACARENT604", "NamCO27", "NamCE27",
                                 "NamPRTNOT642"))  # fmt: skip
MANIFEST = ("Bol_segment", "Goods_segment", ("Exporter_name", "Consignee_name", "Notify_name", "Carrier_name"))
MASTER = ("Waybill", "IncludedMasterConsignmentItem", ("ConsignorParty/Name", "ConsigneeParty/Name", "FreightForwarderParty/Name"))
HOUSE = ("HouseWaybill", "IncludedHouseConsignmentItem", ("ConsignorParty/Name", "ConsigneeParty/Name"))


def whole(source: Path | list[Path], options: ReadOptions) -> Declarations:
    parts = list(read(source, options))
    items: list[pl.DataFrame] = []
    parties: list[pl.DataFrame] = []
    height = 0
    for part in parts:
        items.append(part.items.with_columns(pl.col("item") + height))
        parties.append(part.parties.with_columns(pl.col("item") + height))
        height += part.items.height
    rest = [pl.concat([getattr(part, name) for part in parts], how="diagonal") for name in ("extra", "rejects")]
    return Declarations(pl.concat(items), pl.concat(parties), *rest, [line for part in parts for line in part.reports])


def elements(path: Path, name: str) -> list[Any]:
    return list(etree.parse(path).iterfind(f".//{{*}}{name}")) or [root for root in [etree.parse(path).getroot()] if tag(root) == name]


def tag(element: Any) -> str:
    return str(etree.QName(element).localname)


def names_in(path: Path, ends: tuple[str, ...]) -> set[str]:
    """The first lines of the texts at these ends of a path, that say something."""
    found: set[str] = set()
    for element in etree.parse(path).iter():
        if not isinstance(element.tag, str):
            continue
        parent = element.getparent()
        here = f"{tag(parent) if parent is not None else ''}/{tag(element)}"
        text = (element.text or "").strip()
        if text and any(here.endswith(f"/{end}") or here == end for end in ends):
            found.add(text.splitlines()[0].strip())
    return found


@pytest.mark.parametrize(
    ("folder", "pattern", "form", "totals"),
    [
        ("asycuda", "*.xml", SAD, (16, 236)),
        ("eu_ncts_cc015c", "*.xml", TRANSIT, (4, 4)),
        ("eu_ics_cc315a", "*.xml", ENTRY, (2, 2)),
        ("eu_aes_cc515c", "*.xml", EXPORT, (1, 2)),
        ("asycuda_manifest", "*.xml", MANIFEST, (2, 2)),
        ("cargo_xml", "*XFWB*.xml", MASTER, (5, 6)),
        ("cargo_xml", "xfwbExample.xml", MASTER, (1, 3)),
        ("cargo_xml", "*XFZB.xml", HOUSE, (1, 1)),
    ],
)
def test_every_declaration_item_and_party_of_a_sample_is_read(
    declarations: Path, options: ReadOptions, folder: str, pattern: str, form: tuple[str, str, tuple[str, ...]], totals: tuple[int, int]
) -> None:
    counted = [0, 0]
    for path in sorted((declarations / folder).glob(pattern)):
        found = whole(path, options)
        declared, items = (len(elements(path, name)) for name in form[:2])
        assert found.items.height + found.rejects.height == items, path.name
        assert found.items["declaration_id"].n_unique() == (declared if found.items.height else 0), path.name
        names = set(found.parties["name"].drop_nulls())
        vessels = set(found.parties.filter(pl.col("role").is_in(["vessel", "carrier"]))["name"].drop_nulls())
        assert names_in(path, form[2]) - names == set(), path.name
        if folder != "cargo_xml":
            assert names - names_in(path, form[2]) - vessels == set(), path.name
        counted[0] += declared
        counted[1] += items
    assert tuple(counted) == totals


def test_the_wco_samples_are_read_and_the_malformed_ones_are_rejects(declarations: Path, options: ReadOptions) -> None:
    folder = declarations / "wco_dec_uk_cds" / "samples"
    paths = sorted(folder.glob("*.xml"))
    assert len(paths) >= 295
    found = whole(folder, options)
    rows = Counter([*found.items["source_file"], *found.rejects["file"]])
    items = 0
    for path in paths:
        if path.name in MALFORMED:
            assert rows[f"samples/{path.name}"] == 1
            continue
        count = len(elements(path, WCO[1]))
        assert rows[f"samples/{path.name}"] == count, path.name
        items += count
        own = found.items.filter(source_file=f"samples/{path.name}")
        names = set(found.parties.filter(pl.col("item").is_in(own["item"].implode()))["name"].drop_nulls())
        assert names_in(path, WCO[2]) - names == set() or own.is_empty(), path.name
    assert items >= 316
    rejects = {row["file"].removeprefix("samples/"): row["reason"] for row in found.rejects.iter_rows(named=True)}
    assert {name for name, reason in rejects.items() if "not well-formed XML" in reason} == MALFORMED
    # The rest of the rejects are items of replies, which state a tax and no goods.
    assert {name for name, reason in rejects.items() if "not well-formed" not in reason} == {n for n in rejects if "DMSTAX" in n}
    assert found.items.height + found.rejects.height == items + len(MALFORMED)
    assert found.items["source_file"].n_unique() == len(paths) - len(rejects)


def test_the_documents_of_the_wco_samples_are_all_kept(declarations: Path, options: ReadOptions) -> None:
    codes: Counter[str] = Counter()
    for path in sorted((declarations / "wco_dec_uk_cds" / "samples").glob("*.xml")):
        if path.name not in MALFORMED:
            for element in elements(path, "AdditionalDocument"):
                if tag(element.getparent()) == WCO[1]:
                    parts = {tag(child): (child.text or "").strip() for child in element if isinstance(child.tag, str)}
                    codes[parts.get("CategoryCode", "") + parts.get("TypeCode", "")] += 1
    found = whole(declarations / "wco_dec_uk_cds" / "samples", options)
    read_codes = Counter(document["code"] for documents in found.items["documents"] for document in documents)
    assert {code: read_codes[code] for code in ("X002", "Y901", "X060", "E020", "Y903")} == {
        code: codes[code] for code in ("X002", "Y901", "X060", "E020", "Y903")
    }
    # A document that stands twice in an item is one.
    assert all(read_codes[code] <= count or code.startswith("1") for code, count in codes.items())
    assert set(codes) - set(read_codes) == set()


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("cusdec_exd_synthetic.edi", [("REF0001", 1, "export", "90262020", "AU", "KH")]),
        ("cuscar_synthetic.edi", [("EXL0000001", 1, "import", "848180", "SG", "KH")]),
    ],
)
def test_the_edifact_samples_are_read(declarations: Path, options: ReadOptions, name: str, rows: list[tuple[Any, ...]]) -> None:
    path = declarations / "edifact" / name
    found = whole(path, options)
    columns = ("declaration_id", "item_number", "operation", "hs_code", "export_country", "destination_country")
    assert found.items.select(columns).rows() == rows
    segments = path.read_text().split("'")
    parties = sum(segment.startswith("NAD+") for segment in segments) + sum("TDT+20" in segment for segment in segments)
    carriers = sum("++EXL:" in segment for segment in segments)
    assert found.parties.height == parties + carriers


def test_the_controlled_rifle_ends_as_strategic_goods_with_its_documents(declarations: Path) -> None:
    screener = Screener.open()
    path = declarations / "wco_dec_uk_cds" / "samples" / "TT_EX013b.xml"
    (part,) = screener.screen(path, as_of=date(2026, 11, 24), jurisdictions=("EU",))
    rifle = part.determinations.row(0, named=True)
    assert (rifle["declaration_id"], rifle["item_number"], rifle["flag"]) == ("U.78494313RFYI", 1, "LICENCE_REQUIRED")
    assert rifle["candidates"][0]["code"].startswith("ML1")
    assert [(a["id"], a["outcome"]) for a in rifle["authorisations"]] == [("X002", "declared")]
    assert {"licence_declared", "not_listed_claimed"} <= {note["id"] for note in rifle["notes"]}
    assert "X002 GBOIE920001-00002" in rifle["extra.wco_declaration:AdditionalDocument"]


def test_what_is_no_declaration_is_told_so(declarations: Path, options: ReadOptions) -> None:
    """Licence files of the exchange between a licensing authority and customs are registers, not declarations."""
    folder = declarations / "uk_licence_exchange_chief"
    found = list(read(folder, options))
    assert sum(part.items.height for part in found) + sum(part.rejects.height for part in found) >= len(list(folder.iterdir()))


def test_no_text_of_a_sample_is_lost(declarations: Path) -> None:
    lost: Counter[str] = Counter()
    for path in sorted(declarations.rglob("*.xml")):
        if path.name not in MALFORMED and "xsd" not in path.parts:
            lost.update(lost_paths(etree.parse(path).getroot()))
    assert lost == Counter()
