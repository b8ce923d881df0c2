"""The embedded lists against the official files they were written from.

Every accepted difference stands here with its reason. One without a reason fails, and so does a reason whose difference is gone.
"""

from __future__ import annotations

import csv
import json
import math
import re
import warnings
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from control_lists.models import Alternatives, Criterion
from control_lists.snapshot import Snapshot
from screening.goods.catalogue import Catalogue, Node

EU_COUNTS = {  # category: headings of the groups A to E
    "0": (1, 7, 5, 1, 1),
    "1": (13, 20, 45, 6, 9),
    "2": (4, 36, 0, 8, 7),
    "3": (19, 5, 9, 9, 9),
    "4": (8, 0, 0, 4, 1),
    "5": (5, 2, 0, 3, 3),
    "6": (16, 5, 3, 6, 6),
    "7": (16, 5, 0, 9, 7),
    "8": (2, 1, 1, 2, 2),
    "9": (31, 16, 2, 9, 5),
}
REGIME_OF_DIGIT = {"0": "WA", "1": "MTCR", "2": "NSG", "3": "AG", "4": "CWC", "5": "EU"}
REGIME_DIFFERENCES = dict.fromkeys(("4D002", "4D003"), "an empty code of this edition: nothing stands under it")
# Regimes beside the one of the code, by heading. Each is borne out by a reference between the entries of the two regimes.
EXTRA_REGIMES = {
    "MTCR": (
        "1B001 1C001 1C007 1C011 2B004 2B009 4A001 6A002 6A007 6A008 6B008 7A001 7A002 7A003 7A004 7A005 "
        "9A004 9A005 9A007 9A009 9A011 9A012"
    ),
    "NSG": "1A002 1A007 1B001 1B101 1C002 1C010 1C116 2B001 2B004 2B006 2B007 2B009 2B104 2B109",
    "AG": "1A004",
    "CWC": "1C350 1C351",
    "WA": "9A110",
}

_RULE_ASKS = (
    "technology or a material in Annex IV for some uses only, without terms that tell them: the transfer rule names the code and asks"
)
UNMARKED_ANNEX_IV = {
    **dict.fromkeys(("0C002", "0C003", "0D001", "0E001", "1E001", "1E101", "1E102", "1E201", "3E201"), _RULE_ASKS),
    "9A004": "a payload and a range are those of launch vehicles: only 9A004.a bears the mark",
}

_MILITARY = "a riot control agent that 1A004 only speaks of for detection: it is listed as ML7.d"
_DEEPER = "listed one paragraph higher: its words and criteria stand there"
_MATERIAL = "a material that an entry on articles names, not a chemical listed for itself"
_SECOND_FAMILY = "the file adds the family of 1C450.b that the named precursor belongs to; the named paragraph is the narrower"
SUBSTANCE_DIFFERENCES = {
    **dict.fromkeys(("5798-79-8", "2698-41-1", "532-27-4", "257-07-8", "578-94-9", "5299-64-9"), _MILITARY),
    **dict.fromkeys(("25497-30-7", "124-73-2", "27336-23-8", "59400-80-5", "12002-67-4", "16142-89-5", "12024-11-2"), _DEEPER),
    **dict.fromkeys(("1344-28-1", "1314-23-4", "7783-64-4", "13709-52-9"), _MATERIAL),
    **dict.fromkeys(("5842-07-9", "96-80-0", "139-87-7", "41480-75-5"), _SECOND_FAMILY),
    "100-37-8": "exempt from the family of 1C450.b.5, as from Schedule 2 (diethylaminoethanol)",
}
SCHEDULE_DIFFERENCES = {
    "100-37-8": "the file says Schedule 2; the Convention exempts it from 2B.11",
    "753-98-0": "the file is silent; alkyl phosphonyl difluorides are 1B.9",
    "676-83-5": "the file is silent; a P-methyl compound of 2B.4",
    "753-59-3": "the file is silent; a P-methyl compound of 2B.4",
    "78-53-5": "the file is silent; amiton itself is 2A.1",
}

_OLD_HS = "a code of an earlier edition, kept for declarations that still use it"
OLD_HS_CODES = {}
CURATED_NOT_LINKED = {
    "681512 1C210": "1C210 is restricted to continuous fibres, yarns and tapes; fabrics are 1C010's",
    "841210 9A106": "components of rocket engines, which are classified as parts; the engines are 9A105's",
}

_PARTLY = "applies by a condition of performance or use; list.toml says where such a column is kept"
_TO_OTHERS = "applies to software or technology of goods of other entries that have the column"
_PARAGRAPH = "applies to a named paragraph that is not held apart: open"
_BARREL = "hangs on the length of the barrel: a rule of the entry asks for it"
_LOWER = "AT Column 2 in the place of Column 1: the stricter column is held"
US_COLUMNS_NOT_HELD = {
    _PARTLY: (
        "1A002:NP1 1A004:CB2 1B001:NP1 1B018:MT1 1B101:NP1 1B608:MT1 1C001:MT1 1C002:NP1 1C007:MT1 1C010:NP1 1C011:MT1 1C116:NP1 1C353:CB1 "
        "2A001:MT1 2A226:CB2 2B001:NP1 2B006:NP1 2B007:NP1 2B009:MT1 2B009:NP1 2B109:NP1 3A001:MT1 3A001:NP1 3A002:MT1 4A001:MT1 4A003:CC1 "
        "6A002:MT1 6A002:CC1 6A003:RS2 6A005:NP1 6A007:MT1 6A008:MT1 7A001:MT1 7A002:MT1 7A003:MT1 7A005:MT1 7A006:MT1 7A611:MT1 7B611:MT1 "
        "9A001:MT1 9A012:MT1 9A515:MT1 9B001:MT1 9B002:MT1 9B003:MT1 9B004:MT1 9B515:MT1 9B604:MT1"
    ),
    _TO_OTHERS: (
        "0D505:AT1 0E505:AT1 1D001:MT1 1D001:NP1 1D003:RS2 1D101:NP1 1D608:MT1 1E001:NS2 1E001:CB2 1E002:NP1 1E102:NP1 1E351:CB2 1E608:MT1 "
        "2D001:MT1 2D001:NP1 2D101:NP1 2E001:NP2 2E002:NP2 2E018:MT1 2E201:CB2 4D001:CC1 4E001:MT1 4E001:CC1 6D002:MT1 6D002:RS1 6D991:RS1 "
        "6D991:RS2 6E991:RS1 7D003:MT1 7D611:MT1 7E004:MT1 7E101:RS1 7E611:MT1 9D604:MT1 9D610:MT1 9E002:MT1 9E515:MT1 9E604:MT1 9E610:MT1"
    ),
    _PARAGRAPH: "0A504:RS1 0A509:CC1 1A007:NP1 2B116:NP1 6A998:RS1 6A998:RS2 6A999:RS2 9A610:MT1",
    _BARREL: "0A502:NS1 0A502:RS1 0A502:CC1 0A502:CC2 0A502:CC3 0A502:AT1 0A508:NS1 0A508:RS1 0A508:CC1 0A508:CC2 0A508:CC3 0A508:AT1",
    _LOWER: "6D991:AT2 6E991:AT2 9A990:AT2 9D990:AT2 9E990:AT2",
    "the parsed file gives 3D005 the rows of 3D006, which it leaves out; the full text has NS Column 1 only": "3D005:NS2",
}
US_COLUMNS_ADDED = {
    "the entry says so in words, without a column in its table": "1C350:AT1 1C351:AT1 1C355:AT1 1C395:AT1 5A980:AT1 5D980:AT1 5E980:AT1",
    "section 742.6 puts items of the 0Y521 series in RS Column 1; the table is empty": "0A521:RS1 0B521:RS1 0C521:RS1 0D521:RS1 0E521:RS1",
    "RS by its own destinations; RS Column 1 is the nearest column": "3A090:RS1 4A090:RS1 4D090:RS1",
}
US_UN_DIFFERENCES = {
    "6E001": "technology of 6A002 and 6A003 only, as the goods have it",
    "6E002": "technology of 6A002 and 6A003 only, as the goods have it",
    "9A991": "for paragraph .a, which is not held apart: open",
}
_COLUMN = re.compile(r"\b([A-Z]{2})\s*Column\s*(\d)")

ALIAS_DIFFERENCES = {"KPe.069: Care of First Oil JV Co Ltd": "a line of an address that the file prints as an alias"}
_NUMBER_IN_WORDS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "eight": 8.0}
# Powers of ten between prefixes, minutes and hours: our units need not be those of the text.
_CONVERSIONS = (*(10.0**power for power in (0, 3, -3, 6, -6, 9, -9, 12, -12, 1, -1, 2, -2, 4, -4)), 60.0, 1 / 60, 3600.0, 1 / 3600)
# Read on 2026-11-24: the 41 of 1611 are limits of an entry referred to, or turned into our unit (25 knots, 5 degrees, 2 parts in 230).
_SHARE_FOUND = 0.97


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return Snapshot.open()


@pytest.fixture(scope="module")
def eu(snapshot: Snapshot) -> dict[str, Node]:
    return _nodes(snapshot, "eu-dual-use")


@pytest.fixture(scope="module")
def us(snapshot: Snapshot) -> dict[str, Node]:
    return _nodes(snapshot, "us-ccl")


@pytest.fixture(scope="module")
def provisions(shared: Path) -> list[dict[str, str]]:
    return _rows(shared / "data" / "control" / "eu" / "annex_I_provisions.csv")


@pytest.fixture(scope="module")
def annex_iv(shared: Path) -> dict[str, set[str]]:
    """Codes of Annex IV: ``full``, ``in_part`` (some uses only) and those of ``part_2``; category 0 written out by heading."""
    facts = _json(shared / "facts" / "eu_annex_iv.json")
    limits = set(facts["item_limits"]["limits"])
    one, two = facts["part_I (national GA possible)"], facts["part_II (no general authorisation)"]
    nuclear = ["0A001", "0B001", "0B002", "0B003", "0B004", "0B005", "0B006", "0B007", "0C004", "0C005"]
    named = [(text.split()[0], "(" in text or text.split()[0] in limits) for text in [*one, *two] if not text.startswith("Category 0")]
    named += [(code, code not in nuclear) for code in (*nuclear, "0C002", "0C003", "0D001", "0E001")]
    in_part = {code for code, limited in named if limited}
    part_2 = {text.split()[0] for text in two if not text.startswith("Category 0") and "(" not in text} | set(nuclear)
    return {"full": {code for code, _ in named} - in_part, "in_part": in_part, "part_2": part_2}


# ------------------------------------------------------------------------------------------------ Annex I
def test_eu_headings_are_those_of_annex_one(eu: dict[str, Node], shared: Path, provisions: list[dict[str, str]]) -> None:
    official = {row["entry_code"] for row in _json(shared / "data" / "control" / "eu" / "eu_2021_821_annex_I_2025-11-15.json")["entries"]}
    assert len(official) == 384
    assert {row["entry"] for row in provisions} == official
    assert {code for code, node in eu.items() if node.entry.parent is None} == official


def test_eu_headings_are_counted_by_category_and_group(eu: dict[str, Node]) -> None:
    counted = Counter(code[:2] for code, node in eu.items() if node.entry.parent is None)
    assert {category: tuple(counted[category + group] for group in "ABCDE") for category in "0123456789"} == EU_COUNTS


def test_every_eu_paragraph_is_a_paragraph_of_annex_one(eu: dict[str, Node], provisions: list[dict[str, str]]) -> None:
    paths = {row["path"] for row in provisions}
    branches = {code for node in eu.values() for code in _branch_codes(node.entry.criteria)}
    assert len(branches) > 250
    assert (set(eu) | branches) - paths == set()


# ------------------------------------------------------------------------------------------------ regimes
def test_the_third_character_of_a_code_is_among_its_regimes(eu: dict[str, Node]) -> None:
    without = {code for code, node in eu.items() if _own_regime(code) not in node.regimes}
    _explained(without, REGIME_DIFFERENCES)


def test_further_regimes_are_listed_and_borne_out_by_references(eu: dict[str, Node], provisions: list[dict[str, str]]) -> None:
    found = {f"{code[:5]} {regime}" for code, node in eu.items() for regime in node.entry.regimes if regime != _own_regime(code)}
    _explained(found, {f"{code} {regime}": "listed above" for regime, codes in EXTRA_REGIMES.items() for code in codes.split()})
    texts: dict[str, str] = defaultdict(str)
    for row in provisions:
        texts[row["entry"]] += row["text"] + "\n"
    alone = set()
    for code, regime in (pair.split() for pair in found):
        others = [other for other in texts if _own_regime(other) == regime]
        if not any(other in texts[code] or code in texts[other] for other in others):
            alone.add(f"{code} {regime}")
    assert alone == set()


# ------------------------------------------------------------------------------------------- Annex II and IV
def test_annex_iv_codes_bear_its_marks(eu: dict[str, Node], annex_iv: dict[str, set[str]]) -> None:
    assert (len(annex_iv["full"]), len(annex_iv["in_part"]), len(annex_iv["part_2"])) == (48, 35, 22)
    full, in_part = {"annex_iv", "annex_iv_part_2"}, {"annex_iv", "annex_iv_part_2", "annex_iv_in_part"}
    unmarked = {code for code in annex_iv["full"] if not _marked(eu, code, full)}
    unmarked |= {code for code in annex_iv["in_part"] if not _marked(eu, code, in_part)}
    _explained(unmarked, UNMARKED_ANNEX_IV)
    assert {code for code in annex_iv["part_2"] if not _marked(eu, code, {"annex_iv_part_2"})} == set()


def test_only_annex_iv_codes_bear_its_marks(eu: dict[str, Node], annex_iv: dict[str, set[str]]) -> None:
    listed = annex_iv["full"] | annex_iv["in_part"]
    marked = {code for code, node in eu.items() if any(mark.startswith("annex_iv") for mark in node.entry.marks)}
    assert {code for code in marked if not any(_at_or_below(code, one) for one in listed)} == set()


def test_section_i_bears_its_mark(eu: dict[str, Node], shared: Path) -> None:
    listed = [text.split()[0] for text in _json(shared / "facts" / "eu_gea.json")["annex_II_section_I"]]
    named = {code for code in listed if code != "ALL_ANNEX_IV"}
    assert "ALL_ANNEX_IV" in listed
    assert {code for code in named if not _marked(eu, code, {"section_i"})} == set()
    fully = {code for code, node in eu.items() if {"annex_iv", "annex_iv_part_2"} & set(node.marks)}
    assert {code for code in fully if "section_i" not in eu[code].marks} == set()
    marked = {code for code, node in eu.items() if "section_i" in node.entry.marks}
    assert {code for code in marked - fully if not any(_at_or_below(code, one) for one in named)} == set()


def test_the_rules_on_union_transfers_name_every_annex_iv_code(snapshot: Snapshot, annex_iv: dict[str, set[str]]) -> None:
    named = {code for rule in snapshot.rules["EU"] if rule.id.startswith("eu-art-11-1") for code in rule.when["code_under"]}
    listed = annex_iv["full"] | annex_iv["in_part"]
    _explained({code for code in listed if not any(_at_or_below(code, one) for one in named)}, {})


# --------------------------------------------------------------------------------------------- substances
def test_every_controlled_chemical_is_a_substance(snapshot: Snapshot, shared: Path) -> None:
    official = {row["cas"] for row in _chemicals(shared)}
    assert len(official) == 350
    assert official - set(_listings(snapshot)) == set()


def test_controlled_chemicals_stand_under_their_eu_paragraph(snapshot: Snapshot, shared: Path) -> None:
    ours = _listings(snapshot)
    rows = [(row["cas"], code) for row in _chemicals(shared) for code in row["eu_code"].split(";") if code]
    assert len({code for _, code in rows if code.startswith("1C350.")}) == 90
    away = {cas for cas, code in rows if not any(_at_or_below(listed, code) for list_id, listed in ours[cas] if list_id == "eu-dual-use")}
    _explained(away, SUBSTANCE_DIFFERENCES)


def test_1c350_numbers_and_cas_numbers_agree(snapshot: Snapshot, shared: Path) -> None:
    official = {(row["cas"], row["eu_code"].split(" ")[0]) for row in _facts_chemicals(shared) if row["eu_code"].startswith("1C350.")}
    ours = {
        (cas, code)
        for cas, listed in _listings(snapshot).items()
        for list_id, code in listed
        if code.startswith("1C350.") and list_id == "eu-dual-use"
    }
    assert len(official) > 80
    assert official - ours == set()
    number = dict(official)
    assert {(cas, code) for cas, code in ours if cas in number and number[cas] != code} == set()


def test_schedules_of_the_convention_agree_with_the_chemicals_file(snapshot: Snapshot, shared: Path) -> None:
    ours = _listings(snapshot)
    away = set()
    for row in _chemicals(shared):
        schedules = {code[0] for list_id, code in ours[row["cas"]] if list_id == "cwc"}
        if schedules != ({row["cwc"]} if row["cwc"] else set()):
            away.add(row["cas"])
    _explained(away, SCHEDULE_DIFFERENCES)


def test_items_of_the_schedules_agree_with_the_facts(snapshot: Snapshot, shared: Path) -> None:
    ours = _listings(snapshot)
    rows = {row["cas"]: row["cwc_entry"] for row in _facts_chemicals(shared)}
    assert len(rows) == 137
    assert set(rows) - set(ours) == set()
    for cas, item in rows.items():
        expected = set() if not item or item.startswith("EXEMPT") else {item.replace(".", "", 1)}
        assert {code for list_id, code in ours[cas] if list_id == "cwc"} == expected, cas


def test_mixture_limits_of_precursors_agree(eu: dict[str, Node], shared: Path) -> None:
    facts = _json(shared / "facts" / "cwc.json")
    notes = facts["eu_1C350_mixture_notes"]
    two_step = notes["note_1_non_party_max_pct_each"]["entries"]
    any_destination = notes["note_3_any_destination_max_pct_each"]["entries"]
    assert two_step == notes["note_2_party_max_pct_each"]["entries"]
    expected = {f"1C350.{n}": {("cwc_non_party", 10.0, "<="), ("cwc_party", 30.0, "<=")} for n in two_step}
    expected |= {f"1C350.{n}": {("any", 30.0, "<=")} for n in any_destination}
    expected |= {f"1C350.{n}": set() for n in (4, 23, 29)}  # pointers to the military list
    for keys, limits in facts["eu_1C450_mixture_notes"].items():
        for path in re.findall(r"[ab]\.\d", keys) if isinstance(limits, dict) else ():
            expected[f"1C450.{path}"] = {
                (key.removesuffix("_max_pct_each").replace("any_destination", "any"), pct, "<=") for key, pct in limits.items()
            }
    for code, limits in expected.items():
        renamed = {
            (destination if destination in ("any", "cwc_party", "cwc_non_party") else f"cwc_{destination}", pct, op)
            for destination, pct, op in limits
        }
        assert {(limit.destination, limit.max_pct, limit.op) for limit in eu[code].mixture} == renamed, code


# ----------------------------------------------------------------------------------------------- HS links
def test_linked_hs_codes_exist(snapshot: Snapshot, shared: Path) -> None:
    codes = {row["hscode"] for row in _rows(shared / "data" / "control" / "hs" / "harmonized_system_datasets.csv")}
    links = [(list_id, e.code, link.code) for list_id, loaded in snapshot.lists.items() for e in loaded.entries for link in e.hs]
    links += [("substances", substance.id, link.code) for substance in snapshot.substances.values() for link in substance.hs]
    assert len(links) > 3000
    _explained({" ".join(link) for link in links if link[2] not in codes}, OLD_HS_CODES)


def test_curated_hs_links_are_ours(snapshot: Snapshot, eu: dict[str, Node], shared: Path) -> None:
    links: dict[str, set[str]] = defaultdict(set)
    for code, node in eu.items():
        links[code] |= {link.code for link in node.entry.hs}
    for substance in snapshot.substances.values():
        for listing in substance.listings:
            links[listing.code] |= {link.code for link in substance.hs}
    missing = set()
    for row in _rows(shared / "data" / "control" / "eu" / "hs6_to_eu_candidates_curated.csv"):
        if row["confidence"] in ("exact", "likely"):
            for code in row["eu_entries"].split(";"):
                if not any(row["hs6"] in held for other, held in links.items() if _at_or_below(other, code) or _at_or_below(code, other)):
                    missing.add(f"{row['hs6']} {code}")
    _explained(missing, CURATED_NOT_LINKED)


# ---------------------------------------------------------------------------------- Commerce Control List
def test_us_headings_are_those_of_the_supplement(us: dict[str, Node], shared: Path) -> None:
    official = {row["eccn"] for row in _json(shared / "data" / "control" / "us_ccl" / "ccl_index.json")["entries"]}
    assert len(official) == 637
    assert {code for code, node in us.items() if node.entry.parent is None} == official


def test_us_reasons_are_the_columns_of_the_licence_tables(us: dict[str, Node], shared: Path) -> None:
    not_held, added, un = set(), set(), set()
    for eccn, table in _charts(shared).items():
        whole = {column for text, columns in table for column in columns if re.fullmatch(r"\w\w applies to (the )?entire entry\.?", text)}
        anywhere = {column for _, columns in table for column in columns}
        held = {reason for code, node in us.items() if _at_or_below(code, eccn) for reason in node.entry.reasons}
        not_held |= {f"{eccn}:{column}" for column in (anywhere - held) | (whole - set(us[eccn].reasons))}
        added |= {f"{eccn}:{column}" for column in held - anywhere - {"UN"}}
        if ("UN" in held) != any(text.startswith("UN applies") for text, _ in table):
            un.add(eccn)
    _explained(not_held, {pair: reason for reason, pairs in US_COLUMNS_NOT_HELD.items() for pair in pairs.split()})
    _explained(added, {pair: reason for reason, pairs in US_COLUMNS_ADDED.items() for pair in pairs.split()})
    _explained(un, US_UN_DIFFERENCES)


# ------------------------------------------------------------------------------------------ Security Council
def test_un_parties_are_those_of_the_official_file(snapshot: Snapshot, shared: Path) -> None:
    ours = {entity.id: entity for entity in snapshot.lists["un-sc"].entities}
    official = {reference: found for found in _un_entries(shared) for reference in [found["id"]]}
    assert Counter(found["regime"] for found in official.values()) == {"DPRK": 155, "Iran": 121}
    assert set(ours) == set(official)
    missing = set()
    for reference, found in official.items():
        entity, name = ours[reference], found["name"]
        assert entity.name == name
        assert str(entity.listed_on) == found["listed_on"], reference
        aliases = {alias.name for alias in entity.aliases}
        missing |= {f"{reference}: {alias}" for alias in found["aliases"] - aliases}
        bare = " ".join(re.sub(r"\(.*?\)", " ", name).split())  # what stands in brackets is an alias too, and so is the name without it
        assert {alias for alias in aliases - found["aliases"] if alias not in bare and f"({alias})" not in name} == set(), reference
    _explained(missing, ALIAS_DIFFERENCES)


# ----------------------------------------------------------------------------------------------- thresholds
def test_numbers_of_criteria_stand_in_the_official_text(eu: dict[str, Node], provisions: list[dict[str, str]]) -> None:
    """A rough reading: what is not found is reported for a person to read, since a limit may come from another entry."""
    own: dict[str, set[float]] = defaultdict(set)
    with_below: dict[str, set[float]] = defaultdict(set)
    for row in provisions:
        found = _numbers(row["text"])
        own[row["path"]] |= found
        for path in (row["path"], *_above(row["path"])):
            with_below[path] |= found
    seen, unfound = 0, []
    for node in eu.values():
        trees = [node.entry.criteria, *(exclusion.criteria for exclusion in node.entry.exclusions)]
        for code, criterion in (pair for tree in trees for pair in _criteria(tree, node.entry.code)):
            if isinstance(criterion.value, float):
                seen += 1
                if not _stands(criterion.value, with_below[code].union(*(own[path] for path in _above(code)))):
                    unfound.append(f"{code} {criterion.parameter} {criterion.op} {criterion.value:g} {criterion.unit or ''}".strip())
    warnings.warn(f"{len(unfound)} of {seen} numbers are not in the official text of their entry: " + "; ".join(unfound), stacklevel=1)
    assert seen > 1500
    assert len(unfound) < (1 - _SHARE_FOUND) * seen


# ---------------------------------------------------------------------------------------------------------
def _explained(found: Iterable[str], reasons: Mapping[str, str]) -> None:
    found = set(found)
    assert sorted(found - set(reasons)) == [], "differences without a reason"
    assert sorted(set(reasons) - found) == [], "reasons whose difference is gone"


def _nodes(snapshot: Snapshot, list_id: str) -> dict[str, Node]:
    return {code: node for (of_list, code), node in Catalogue(snapshot).nodes.items() if of_list == list_id}


def _own_regime(code: str) -> str:
    return "NSG-TL" if code[0] == "0" else REGIME_OF_DIGIT[code[2]]


def _at_or_below(code: str, above: str) -> bool:
    return code == above or code.startswith(above + ".")


def _above(code: str) -> list[str]:
    parts = code.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def _marked(nodes: dict[str, Node], code: str, marks: set[str]) -> bool:
    """Whether the code, or everything held below it, bears one of ``marks``."""
    if code in nodes and marks & set(nodes[code].marks):
        return True
    below = [node for other, node in nodes.items() if other != code and _at_or_below(other, code)]
    return bool(below) and all(marks & set(node.marks) for node in below)


def _branch_codes(tree: Iterable[Criterion | Alternatives]) -> Iterator[str]:
    for branch in tree:
        if isinstance(branch, Alternatives):
            if branch.code:
                yield branch.code
            yield from _branch_codes((*branch.any, *branch.all))


def _criteria(tree: Iterable[Criterion | Alternatives], code: str) -> Iterator[tuple[str, Criterion]]:
    for branch in tree:
        if isinstance(branch, Criterion):
            yield code, branch
        else:
            yield from _criteria((*branch.any, *branch.all), branch.code or code)


def _numbers(text: str) -> set[float]:
    """The numbers of an official text: decimal commas, and powers of ten whose exponent lost its raised place (5 x 103)."""
    found = {number for word, number in _NUMBER_IN_WORDS.items() if re.search(rf"\b{word}\b", text.lower())}
    for match in re.finditer(r"(?<![\w.])(\d+(?:[.,]\d+)?)(?:\s*[x×]\s*10\s?([-−–]?\d{1,2})(?!\d))?", text):
        base = float(match[1].replace(",", "."))
        found.add(base)
        if match[2]:
            found.add(base * 10.0 ** int(re.sub("[−–]", "-", match[2])))
    return found


def _stands(value: float, numbers: set[float]) -> bool:
    return any(math.isclose(abs(value) * factor, number, rel_tol=2e-3) for number in numbers for factor in _CONVERSIONS) or value in numbers


def _listings(snapshot: Snapshot) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for substance in snapshot.substances.values():
        for cas in substance.cas:
            found[cas] |= {(listing.list, listing.code) for listing in substance.listings}
    return dict(found)


def _chemicals(shared: Path) -> list[dict[str, str]]:
    return _rows(shared / "data" / "control" / "chem" / "controlled_chemicals.csv")


def _facts_chemicals(shared: Path) -> list[dict[str, str]]:
    return _rows(shared / "facts" / "chemicals.csv")


def _charts(shared: Path) -> dict[str, list[tuple[str, set[str]]]]:
    """Per ECCN the rows of its licence table: what the row applies to, and the columns of the Country Chart it names."""
    entries = _json(shared / "data" / "control" / "us_ccl" / "ccl_parsed.json")["entries"]
    return {
        entry["eccn"]: [
            (row["control"].strip(), {reason + column for reason, column in _COLUMN.findall(row["countryChart"])})
            for row in entry["countryChart"]
        ]
        for entry in (entries if isinstance(entries, list) else entries.values())
    }


def _un_entries(shared: Path) -> Iterator[dict[str, Any]]:
    """The parties of the two regimes, read anew; several aliases printed in one field are taken apart."""
    for _, element in ET.iterparse(shared / "data" / "watchlists" / "un" / "2026-02-27" / "UN_consolidated.xml"):
        regime = (element.findtext("UN_LIST_TYPE") or "").strip()
        if element.tag not in ("INDIVIDUAL", "ENTITY") or regime not in ("DPRK", "Iran"):
            continue
        names = [element.findtext(tag) or "" for tag in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")]
        printed = [alias.findtext("ALIAS_NAME") or "" for alias in element if alias.tag.endswith("_ALIAS")]
        parts = [part for text in printed for part in re.split(r";| b\) | \((?=[^\x00-\x7f])", text)]
        cleaned = {" ".join(re.sub(r"\(KP[EeIi]\.\d+\)", "", part).strip(' "').split()) for part in parts}
        yield {
            "id": (element.findtext("REFERENCE_NUMBER") or "").strip(),
            "regime": regime,
            "name": " ".join(" ".join(names).split()),
            "listed_on": (element.findtext("LISTED_ON") or "")[:10],
            "aliases": {alias if "(" in alias else alias.rstrip(")") for alias in cleaned} - {""},
        }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
