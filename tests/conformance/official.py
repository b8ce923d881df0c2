"""The official files at hand: what each of them holds, by our reading and by the index of the folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from control_lists.editions import EditionStore
from control_lists.importing import Importing, Outcome

TODAY = date(2026, 11, 24)
WATCHLISTS = Path("data", "watchlists")


class Official(NamedTuple):
    """A file that is imported: its edition and parties by list.

    ``indexed``: the figures of the index that make up the count, where they are several or make another one, and then ``why``.
    ``accepted``: why it may hold far less than is plausible or than the edition before it. ``given``: the day to import it with, where
    the file does not say it.
    """

    edition: str
    parties: dict[str, int]
    indexed: Mapping[str, tuple[int, ...]] = MappingProxyType({})
    why: str = ""
    accepted: str = ""
    given: date | None = None


class Store(NamedTuple):
    """The store that all of IMPORTED was imported into, and what was told of each file."""

    editions: EditionStore
    outcomes: dict[str, Outcome]


# The oldest edition of a list first, as an administration keeps them.
IMPORTED: dict[str, Official] = {
    "un/2018-10-29/consolidated.xml.gz": Official("2018-10-29", {"un-sc": 1_093}, {"un-sc": (703, 390)}),
    "un/2025-08-02/consolidatedLegacyByPRN.xml.gz": Official(
        "2025-08-02",
        {"un-sc": 879},
        {"un-sc": (684, 195)},
        accepted="between the files lie seven years, in which most bodies of Iraq's former state were delisted",
    ),
    "un/2026-02-27/UN_consolidated.xml": Official("2026-02-27", {"un-sc": 1_003}, {"un-sc": (730, 273)}),
    "us_csl/legacy_source_formats_govwizely/isn.csv": Official(
        "2016-06-28", {"us-isn": 199}, {"us-isn": (213,)}, "a row for each law: 199 parties sanctioned on a day"
    ),
    "us_csl/legacy_source_formats_govwizely/itar_debarred_party_list_01242018.csv": Official(
        "2018-01-24", {"us-dtc": 515}, given=date(2018, 1, 24)
    ),
    "us_csl/2022-05/consolidated.csv.gz": Official(
        "2022-04-21",
        {
            "us-sdn": 10_026,
            "us-ofac-cons": 462,
            "us-entity-list": 1_977,
            "us-uvl": 201,
            "us-meu": 71,
            "us-dpl": 437,
            "us-isn": 163,
            "us-dtc": 727,
        },
        {"us-ofac-cons": (290, 78, 68, 53, 17, 3), "us-entity-list": (2_001,), "us-dpl": (462,)},
        "parties with several groups of addresses have a row for each, and 47 stand on two of OFAC's lists short of blocking",
        "of the nonproliferation sanctions fewer are in force than ever were imposed",
    ),
    "ofac_sdn/2023-12-28/sdn.csv": Official("2023-12-28", {"us-sdn": 13_821}),
    "ofac_sdn/2024-05-03/sdn.csv": Official("2024-05-03", {"us-sdn": 14_965}, accepted="the files of its aliases are not at hand"),
    "ofac_consolidated/2020-03-17/cons_advanced.xml": Official("2020-03-17", {"us-ofac-cons": 375}),
    "ofac_consolidated/2025-01-10/CONS_ENHANCED.ZIP": Official("2025-01-10", {"us-ofac-cons": 443}),
    "ofac_consolidated/2025-03-28/consolidated.xml": Official("2025-03-28", {"us-ofac-cons": 443}),
    "ofac_consolidated/2025-12-19/cons_prim.csv": Official("2025-12-19", {"us-ofac-cons": 442}),
    "bis/2022-09-07/dpl.txt": Official(
        "2022-09-07", {"us-dpl": 460}, {"us-dpl": (581,)}, "a party is a name and an order: 459 names, one twice"
    ),
    "bis/2023-11-30/dpl.txt": Official(
        "2023-11-30", {"us-dpl": 546}, {"us-dpl": (665,)}, "a party is a name and an order: 545 names, one twice"
    ),
    "bis/2026-07-23/title-15_part-744.xml": Official(
        "2026-07-23",
        {"us-entity-list": 3_459, "us-uvl": 186, "us-meu": 70},
        {"us-entity-list": (3_415,), "us-meu": (78,)},
        "53 subordinates stand within entries, four rows go on with the entry above, five stand twice; eight rows are headings",
    ),
    "eu_fsf/2016-02-11_legacy_schema/data.xml.gz": Official("2016-02-11", {"eu-fsf": 595}, accepted="a part of the list"),
    "eu_fsf/2022-03-18/sanctions.first1044.xml": Official("2022-03-18", {"eu-fsf": 1_024}, accepted="the list's first 1,044 elements"),
    "uk/ofsi_conlist/2016-02-12_legacy/ConList_boe.csv.gz": Official("2016-02-12", {"uk-sanctions": 463}, accepted="a part of the list"),
    "uk/ofsi_conlist/2023-06-05/ConList.xlsx": Official("2023-06-05", {"uk-sanctions": 3_993}),
    "uk/ofsi_conlist/2025-04-14/ConList.xlsx": Official("2025-04-14", {"uk-sanctions": 4_688}),
    "japan/meti_feul/2025-09-29/20250929_4.xlsx": Official("2025-09-29", {"jp-eul": 835}),
    "japan/mof_asset_freeze/2026-03-05/shisantouketsu20260305.xlsx": Official("2026-03-05", {"jp-mof": 2_862}),
    # The notices for Belarus and for third countries lie beside it and are parts of the one list.
    "japan/russia_belarus_thirdcountry_specified_entities/250912_list_russia_tokutei.pdf.txt": Official(
        "2025-09-12", {"jp-specified": 644}
    ),
    "canada/sema_2020-04-15/sema-lmes.xml.gz": Official("2020-04-15", {"ca-sema": 1_369}),
    "canada/sema_2025-05-25/cannada.xml": Official("2025-05-25", {"ca-sema": 4_759}),
    "australia/dfat_2024-11/regulation8_consolidated.xlsx": Official("2024-11-08", {"au-dfat": 3_062}),
}

# In the structure of the publisher, but not its own bytes.
REBUILT: dict[str, Official] = {
    "eu_fsf/2026-05-01_mirror/xmlFullSanctionsList_1_1.REBUILT.xml.gz": Official("2026-05-01", {"eu-fsf": 5_860}),
    "uk/ofsi_conlist/2025-04-14/ConList.from_xlsx.csv.gz": Official("2025-04-14", {"uk-sanctions": 4_688}),
    "uk/uksl_2026-04-29_derived/UK-Sanctions-List.REBUILT-partial.csv.gz": Official("2026-04-29", {"uk-sanctions": 6_046}),
    "uk/uksl_header_and_one_real_row_2026-10-08.csv": Official("2026-10-08", {"uk-sanctions": 1}, accepted="one row of the list"),
    "china/mofcom_2026-07-19_derived/cn.json": Official(
        "2026-07-19", {"cn-mofcom": 239}, {"cn-mofcom": (240,)}, "one firm stands in two records, its Chinese name parted at the comma"
    ),
    "switzerland/seco_fixture.xml": Official("2026-08-27", {"ch-seco": 4}, accepted="four entries of the list"),
}

# Read with the list that they are a part of.
PARTS = (
    "ofac_sdn/2023-12-28/alt.csv",
    "ofac_sdn/2023-12-28/add.csv",
    "ofac_sdn/2023-12-28/sdn_comments.csv",
    "ofac_consolidated/2025-12-19/cons_alt.csv",
    "ofac_consolidated/2025-12-19/cons_add.csv",
    "ofac_consolidated/2025-12-19/cons_comments.csv",
    "japan/russia_belarus_thirdcountry_specified_entities/250912_list_daisangoku_tokutei.pdf.txt",
    "japan/russia_belarus_thirdcountry_specified_entities/list_belarus_tokutei.pdf.txt",
)

# Cut, damaged, or a part without its list: refused, with what is wrong and where.
BROKEN = {
    "eu_fsf/2022-03-18/sanctions.truncated.xml.gz": "line 28198: not well-formed XML",
    "us_csl/2023-11/csl.truncated.csv.gz": "row 2: the header stands again",
    "us_csl/legacy_source_formats_govwizely/fixture_dpl.txt": "row 3: 10 cells, 12 are expected",
    "us_csl/legacy_source_formats_govwizely/fixture_sdn.xml": "says it holds 5704 parties of us-sdn, 4 were read",
    "us_csl/legacy_source_formats_govwizely/fixture_consolidated.xml": "says it holds 115 parties of us-ofac-cons, 16 were read",
    "ofac_sdn/2026-06-02/alt.csv": "holds only the aliases of an OFAC list; give its primary file",
    "ofac_sdn/2026-06-02/add.csv": "holds only the addresses of an OFAC list; give its primary file",
}

# No list, or in a form of somebody else's.
UNKNOWN = (
    "ofac_sdn/derived/sdn_entities_2025-11-26.jsonl.gz",
    "ofac_consolidated/sdn_advanced.xsd",
    "us_csl/legacy_source_formats_govwizely/fixture_el.csv",
    "us_csl/legacy_source_formats_govwizely/fixture_uvl.csv",
    "us_csl/derived/fmscreen_list_2024-04-14.csv.gz",
    "bis/2026-07-23/last_run.txt",
    "uk/uksl_2026-04-29_derived/subjects.csv.gz",
    "uk/uksl_2026-04-29_derived/subject_names.csv.gz",
    "uk/uksl_2026-04-29_derived/subject_dobs.csv.gz",
    "japan/meti_feul/2025-09-29/20250929_2.pdf",
    "japan/meti_feul/2025-01-31/20250131003-1.pdf",
    "japan/meti_feul/2025-01-31/20250131-jp-end-user-list.html.gz",
    "clean_names/us_congress_senzing.json.gz",
    "clean_names/gleif_elf-codes-1.4.1.csv.gz",
    "eu_fsf/2026-05-01_mirror/eu_fsf_mirror.jsonl.gz",
    "benchmark/names.tsv.gz",
)


def import_all(shared: Path, root: Path) -> dict[str, Outcome]:
    """Every file of IMPORTED and REBUILT imported into a store at ``root``: what was told of each."""
    importing = Importing.open(EditionStore(root), (), TODAY, "0")
    told = {}
    for relative, official in (IMPORTED | REBUILT).items():
        (told[relative],) = importing.files([shared / WATCHLISTS / relative], official.given, bool(official.accepted))
    return told
