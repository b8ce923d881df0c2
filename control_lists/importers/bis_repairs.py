"""Errors of print in the supplements to 15 CFR part 744, put right before their cells are read.

Each is a text that stands so in the eCFR, what is read instead, and why. One that an edition no longer holds does nothing.
Line breaks are single newlines, an italic "and" is SEPARATOR.
"""

from __future__ import annotations

from typing import NamedTuple

from control_lists.importers.bis_cell_words import SEPARATOR as AND


class Repair(NamedTuple):
    """A text of the source, what is read instead, and the reason."""

    found: str
    read: str
    reason: str


REPAIRS = (
    Repair(
        "The following Department of Atomic Energy entities:",
        "Department of Atomic Energy, a.k.a., the following three aliases:",
        "an entry of kinds of plants: they are listed as plants of the department",
    ),
    Repair(
        "—Huawei Technology, and to include the following addresses and the following 22 affiliated entities:\nAddresses for Huawei "
        "Technologies Co., Ltd.: ",
        "—Huawei Technology.\n",
        "words about the list stand in the last alias",
    ),
    Repair(
        "—Beijing Huawei Longshine, to include the following subordinate. Q80", "—Beijing Huawei Longshine.\nQ80", "words about the list"
    ),
    Repair(
        f"—Power Plant Workshops, P.O. Box 1114, Islamabad; {AND} the following four subordinate entities:\n—National Development Complex",
        "—Power Plant Workshops.\nP.O. Box 1114, Islamabad, Pakistan.\nSubordinate institution\nNational Development Complex",
        "four further parties in one entry, announced in another way than elsewhere",
    ),
    Repair(
        "Pakistan;\n—Pakistan Institute for Nuclear Science and Technology (PINSTECH), Nilore, Islamabad;\n—Nuclear reactors",
        "Pakistan.\nSubordinate institution\nPakistan Institute for Nuclear Science and Technology (PINSTECH), Nilore, Islamabad, Pakistan."
        "\nSubordinate institution\nNuclear reactors",
        "the second and third of these parties",
    ),
    Repair(
        "Nuclear reactors (including power plants), fuel reprocessing and enrichment facilities, all uranium processing, "
        "conversion and enrichment facilities, heavy water",
        "Nuclear reactors (including power plants), a.k.a., the following three aliases:\n—Fuel reprocessing and enrichment "
        "facilities;\n—All uranium processing, conversion and enrichment facilities;\n—Heavy water",
        "the third is a list of kinds of plants",
    ),
    Repair(
        f"collocated ammonia plants; {AND}\n—National Institute of Lasers",
        "collocated ammonia plants.\nSubordinate institution\nNational Institute of Lasers",
        "the fourth of these parties",
    ),
    Repair("—CETC Infrared or CETC IR.", f"—CETC Infrared; {AND}\n—CETC IR.", "two aliases on one line"),
    Repair("—OOO Neft\n—Aktiv", "—OOO Neft-Aktiv", "a hyphen set as a dash on a new line"),
    Repair("JSC Shipyard 'Zaliv;' JSC", "JSC Shipyard 'Zaliv'; JSC", "the semicolon stands inside the quotation marks"),
    Repair("Kral Aviation Ltd. Senlikkoy", "Kral Aviation Ltd., Senlikkoy", "no comma before the address"),
    Repair("Koksokhimtrans Ltd. Rakhmanovskiy", "Koksokhimtrans Ltd.\nRakhmanovskiy", "no line break before the address"),
    Repair("Vast Solution 2706, Amcorp", "Vast Solution, 2706 Amcorp", "the comma stands behind the house number"),
    Repair("Valery Kosmachov Akadeemia", "Valery Kosmachov, Akadeemia", "no comma before the address"),
    Repair("Asmath Shaikh Office M-2", "Asmath Shaikh, Office M-2", "no comma before the address"),
    Repair("IKCO Finance 6 Lothbury", "IKCO Finance, 6 Lothbury", "no comma before the address"),
    Repair("Std. Parts No. 355", "Std. Parts, No. 355", "no comma before the address"),
    Repair("GmbH Cargo City Sud", "GmbH, Cargo City Sud", "no comma before the address"),
    Repair(
        "Computing Technology, Huawei Cloud Data Center,",
        "Computing Technology\nHuawei Cloud Data Center,",
        "the address starts with an institution",
    ),
    Repair("Establishment, Corniche El-Mazraa, Rihani Center\n", "Establishment\nCorniche El-Mazraa, Rihani Center\n", "the same"),
    Repair("Yuliya Leonidovna; Molkova", "Yuliya Leonidovna Molkova", "a semicolon inside a name"),
    Repair("Xinjiang Leon Telecom; and Technology", "Xinjiang Leon Telecom and Technology", "a semicolon inside a name"),
    Repair("JLD Technology, Hong Kong Co., Ltd.", "JLD Technology Hong Kong Co., Ltd.", "a comma inside the name"),
    Repair(
        "Ltd. Consultants, Importers and Exporters, Islamabad",
        "Ltd. Consultants, Importers and Exporters\nIslamabad",
        "a comma in the name",
    ),
    Repair(f"; {AND} World Equipment Trading L.L.C, Industrial", f"; {AND} Industrial", "a second name stands among the addresses"),
    Repair(
        "World Heavy Equipment, Industrial", "World Heavy Equipment, a.k.a. World Equipment Trading L.L.C., Industrial", "that second name"
    ),
    Repair(
        "Structural Mechanics; (all of preceding located in or near Mianyang, Sichuan Province)\n",
        "Structural Mechanics;\n",
        "a remark on where twelve of the aliases are",
    ),
    Repair("Mathematics, Beijing.\n901 Institute (", "Mathematics, Beijing;\n—901 Institute.\n(", "the last alias stands without its dash"),
)


def repaired(cell: str) -> str:
    """A cell's text without the known errors of print."""
    for repair in REPAIRS:
        cell = cell.replace(repair.found, repair.read)
    return cell


class Columns(NamedTuple):
    """What a row prints as its licence requirement and review policy, what is read instead, and a citation found among them."""

    requirement: str
    policy: str
    read: tuple[str, str, str]
    reason: str


COLUMNS = (
    Columns(
        "Presumption of denial",
        "For all items subject to the EAR. (See § 744.11 of the EAR)",
        ("For all items subject to the EAR. (See § 744.11 of the EAR)", "Presumption of denial", ""),
        "the two columns are exchanged",
    ),
    Columns(
        "For all items subject to the EAR. (See § 744.11 of the EAR)",
        "See § 744.3(d) of the EAR88 FR 13675, 3/6/23.",
        ("For all items subject to the EAR. (See § 744.11 of the EAR)", "See § 744.3(d) of the EAR", "88 FR 13675, 3/6/23."),
        "the first citation stands in the column of the policy",
    ),
)


def repaired_columns(requirement: str, policy: str) -> tuple[str, str, str]:
    """Requirement, policy and a misplaced citation without the known errors of print."""
    for columns in COLUMNS:
        if (columns.requirement, columns.policy) == (requirement, policy):
            return columns.read
    return requirement, policy, ""
