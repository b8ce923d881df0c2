"""The importers of official texts, in small invented files of the real structure."""

from __future__ import annotations

import json

import pytest

from control_lists.importers import eu_annex_provisions, us_ccl_xml, us_ear_tables
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.registry import recognise_text
from tests.control_lists.importers.conftest import Published

CATEGORIES = [f'{digit}A001,{digit}A001,0,provision,0,0,"Goods of category {digit}, as follows:"' for digit in range(10)]
EU = [
    "entry,path,depth,kind,is_decontrol,has_parameter,text",
    *CATEGORIES,
    "9A001,9A001.a,1,provision,0,1,Engines exceeding 5 kW;",
    "9A001,9A001.a,1,note,1,0,Note: 9A001.a. does not control toys.",
]
CCL = """<?xml version="1.0"?>
<DIV9 N="Supplement No. 1 to Part 774" TYPE="APPENDIX" hierarchy_metadata="/on/2026-07-01/title-15">
<HEAD>Supplement No. 1 to Part 774</HEAD>
{entries}
</DIV9>"""
ENTRY = """<HD1>Category {digit}—Goods</HD1>
<HD1>A. “End Items”</HD1>
<FP-2><B>{digit}A001 Goods as follows (see List of Items Controlled).</B></FP-2>
<FP-1><I>Reason for Control:</I> NS, AT</FP-1>
<DIV><TABLE><TR><TH>Control(s)</TH></TR><TR><TD>NS applies to entire entry</TD><TD>NS Column 1.</TD></TR></TABLE></DIV>
<FP><I>Items:</I></FP>
<P>a. Devices of 5 × 10
<SU>3</SU> Gy:</P>
<NOTE><HED>Technical Note:</HED><P>A device is a thing.</P></NOTE>
<P>a.1. Small ones;</P>
<P>a.1.b Very small ones.</P>
"""
CHART_ROWS = """<TR><TD>Alphaland <sup>2</sup></TD>{x}</TR><TR><TD>Betania</TD>{o}</TR>
<TR><TD>Gammaland</TD><TD colspan="16">See part 746 of the EAR.</TD></TR><TR><TD colspan="17">1 See 746.1(b).</TD></TR>"""


def chart_xml(x: str, o: str) -> str:
    header = "".join(f"<TH>{column}</TH>" for column in us_ear_tables.COLUMNS)
    rows = CHART_ROWS.format(x=x, o=o)
    return (
        '<DIV9 N="Supplement No. 1 to Part 738" TYPE="APPENDIX"><HEAD>Supplement No. 1 to Part 738—Chart</HEAD>'
        f'<TABLE><TR><TH rowspan="2">Countries</TH><TH colspan="16">Reasons</TH></TR><TR>{header}</TR>{rows}</TABLE></DIV9>'
    )


def test_lines_of_annex_one_stand_under_their_path(published: Published) -> None:
    file = published("annex.csv", "\n".join(EU) + "\n")
    assert recognise_text(file) is eu_annex_provisions
    lines = list(eu_annex_provisions.read(file))
    assert [(p.code, p.kind, p.text) for p in lines[-2:]] == [
        ("9A001.a", "provision", "Engines exceeding 5 kW;"),
        ("9A001.a", "note", "Note: 9A001.a. does not control toys."),
    ]


def test_path_and_text_alone_are_enough(published: Published) -> None:
    rows = [f"{digit}A001,Goods as follows:" for digit in range(10)]
    file = published("annex.csv", "\n".join(["path,text", *rows, "9A001,N.B. See 8A001."]) + "\n")
    assert [p.kind for p in eu_annex_provisions.read(file)][-2:] == ["provision", "nb"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (EU[:5], "holds nothing of category 4, 5, 6, 7, 8, 9; the file is cut"),
        ([EU[0], "0A001,0A001.a,1,provision,0,0,x"], "row 2: 0A001.a stands before its heading 0A001"),
        ([EU[0], "0A001,0A002,0,provision,0,0,x"], "entry is '0A001' and the path 0A002"),
        ([EU[0], "0A001,0A001,3,provision,0,0,x"], "depth is '3' and the path 0A001"),
        ([EU[0], "0A001,0A001,0,remark,0,0,x"], "kind 'remark' is not one of"),
        ([EU[0], "0A001,=cmd(),0,provision,0,0,x"], "is no code of Annex I"),
        ([EU[0], "0A001,0A001,0"], "3 cells, 7 are expected"),
    ],
)
def test_a_cut_or_altered_table_is_refused(published: Published, rows: list[str], message: str) -> None:
    with pytest.raises(SourceFormatError) as raised:
        list(eu_annex_provisions.read(published("annex.csv", "\n".join(rows) + "\n")))
    assert message in str(raised.value)


def test_paragraphs_of_the_control_list_bear_their_whole_label(published: Published) -> None:
    file = published("ccl.xml", CCL.format(entries="".join(ENTRY.format(digit=digit) for digit in range(10))))
    assert recognise_text(file) is us_ccl_xml
    lines = [p for p in us_ccl_xml.read(file) if p.code.startswith("3")]
    assert str(file.edition) == "2026-07-01"
    assert [(p.code, p.kind, p.text) for p in lines] == [
        ("3A001", "provision", "3A001 Goods as follows (see List of Items Controlled)."),
        ("3A001", "requirements", "Reason for Control: NS, AT"),
        ("3A001", "requirements", "NS applies to entire entry | NS Column 1."),
        ("3A001.a", "provision", "Devices of 5 × 10³ Gy:"),
        ("3A001.a", "technical_note", "Technical Note: A device is a thing."),
        ("3A001.a.1", "provision", "Small ones;"),
        ("3A001.a.1.b", "provision", "Very small ones."),
    ]


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        (CCL.format(entries=ENTRY.format(digit=3)), "holds no entry of category 0, 1, 2, 4"),
        (CCL.format(entries=ENTRY.format(digit=3) * 2), "entry 3A001 stands twice"),
        (CCL.format(entries="<SCRIPT>x</SCRIPT>"), "<SCRIPT> is not known here"),
        (CCL.format(entries=ENTRY.format(digit=3))[:-40], "not well-formed XML"),
        ('<!DOCTYPE DIV9 [<!ENTITY a "b">]>' + CCL.format(entries="&a;").partition("?>")[2].strip(), "declares XML entities"),
    ],
)
def test_a_cut_or_hostile_control_list_is_refused(published: Published, xml: str, message: str) -> None:
    with pytest.raises(SourceFormatError) as raised:
        list(us_ccl_xml.read(published("ccl.xml", xml)))
    assert message in str(raised.value)


def test_an_empty_cell_of_the_chart_keeps_its_place(published: Published) -> None:
    file = published("chart.xml", chart_xml(x="<TD/><TD>X</TD>" + "<TD/>" * 14, o="<TD/>" * 15 + "<TD>X</TD>"))
    assert recognise_text(file) is us_ear_tables
    columns = {p.code: p.text for p in us_ear_tables.read(file) if p.text}
    assert columns == {"CB 2": "Alphaland", "AT 2": "Betania", "rows": "Alphaland; Betania", "rows without marks": "Gammaland"}


def test_a_chart_row_of_other_cells_or_marks_is_refused(published: Published) -> None:
    with pytest.raises(SourceFormatError, match="Alphaland: 15 cells, the header has 16"):
        list(us_ear_tables.read(published("chart.xml", chart_xml(x="<TD/>" * 15, o="<TD/>" * 16))))
    with pytest.raises(SourceFormatError, match="Betania: 'MAYBE' is no mark"):
        list(us_ear_tables.read(published("chart.xml", chart_xml(x="<TD/>" * 16, o="<TD/>" * 15 + "<TD>maybe</TD>"))))


def test_country_groups_are_read_from_json(published: Published) -> None:
    groups = {code: ["Betania", "Alphaland"] if code == "D:5" else [] for code in us_ear_tables.GROUP_COLUMNS}
    held = {"citation": "15 C.F.R. Part 740, Supplement No. 1", "ecfrIssueDate": "2026-07-23", "groups": groups}
    file = published("groups.json", json.dumps(held))
    assert recognise_text(file) is us_ear_tables
    assert {p.code: p.text for p in us_ear_tables.read(file) if p.text} == {"D:5": "Alphaland; Betania"}
    assert str(file.edition) == "2026-07-23"
    del groups["A:1"]
    with pytest.raises(SourceFormatError, match="column 'A:1' is missing or not known"):
        list(us_ear_tables.read(published("groups.json", json.dumps(held))))
    with pytest.raises(SourceFormatError, match="not the table that it says it is"):
        list(us_ear_tables.read(published("groups.json", json.dumps(held)[:-20])))
