"""The report as an administration opens it: one file, whole counts, nothing of the declared text that runs."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from cli import main
from control_lists.editions import EditionStore
from screening import pages
from screening.batch import Asked, screen_batch
from screening.engine import ORDER, Screener
from screening.execute.units import Opening
from screening.report import write_report
from screening.report.charts import chart
from screening.report.totals import Table, items_of, totals
from screening.rescreen import metadata_of
from screening.results import scan_results
from screening.write import write

DAY = date(2026, 11, 24)
EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "declarations.csv"
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> =cmd|calc {{7*7}} \' " & ]]>'


class Tags(HTMLParser):
    """Every element with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def results(screener: Screener, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    path = folder / "results.parquet"
    with EXAMPLES.open("rb") as stdin:
        batch = screen_batch(
            Opening((), None, None, None, None, None, 1),
            [str(EXAMPLES)],
            Asked(DAY),
            folder / "parts",
            lambda *_: None,
            stdin,
            screener=screener,
        )
    write(batch.frames(), path, account=metadata_of(batch.run))
    return path


def written(results: Path, output: Path, screener: Screener, most: int = 10_000) -> str:
    write_report(results, output, screener.snapshot, EditionStore(output.parent / "none"), DAY, most)
    return output.read_text(encoding="utf-8")


def hostile(screener: Screener, path: Path) -> Path:
    record = {
        "declaration_id": HOSTILE, "description": f"SODIUM CYANIDE {HOSTILE}", "export_country": "DE", "destination_country": "VN",
        "customs_office": HOSTILE, "hs_code": "283711",
        "parties": [{"role": "consignee", "name": f"Korea Mining Development Trading Corporation {HOSTILE}"}],
    }  # fmt: skip
    from screening.read import ReadOptions, read_records

    (part,) = read_records([record], ReadOptions(screener.snapshot))
    write([screener.determine(part, as_of=DAY).determinations], path)
    return path


def test_items_count_once_with_their_worst_flag(results: Path) -> None:
    items = items_of(scan_results(results))
    frame = pl.read_parquet(results)
    assert items.height == frame.select(pl.struct(ORDER[:4])).n_unique() == 26
    flags = {(row["declaration_id"], row["item_number"]): (row["flag"], row["lane"]) for row in items.iter_rows(named=True)}
    assert flags["EX-0003", 1] == ("PROHIBITED", "red")  # of the Convention, while the Union's law asks a licence
    assert flags["EX-0011", 1] == ("NO_FINDING", "green")


def test_every_table_of_items_adds_up_to_all_items(results: Path) -> None:
    frame = scan_results(results)
    tables = {table.id: table for table in totals(frame, items_of(frame), {})}
    for name in ("lanes", "chapter", "destination", "offices"):
        place = tables[name].columns.index("Items")
        assert sum(row[place] for row in tables[name].rows) == 26
    assert sum(sum(row[1:]) for row in tables["laws"].rows) == pl.read_parquet(results).height
    assert ("eu-dual-use", "1C202.a", 1) in [(row[0], row[1], row[3]) for row in tables["entries"].rows]


def test_a_page_asks_nothing_of_any_host(results: Path, tmp_path: Path, screener: Screener) -> None:
    text = written(results, tmp_path / "report.html", screener)
    tags = Tags()
    tags.feed(text)
    assert [a for _, a in tags.found if a.keys() & {"src", "srcset", "action", "background", "onclick"}] == []
    assert all((a["href"] or "").startswith("#") for tag, a in tags.found if tag == "a")
    assert not {tag for tag, _ in tags.found} & {"link", "iframe", "object", "embed", "base"}
    assert re.findall(r"url\(|@import", text) == []
    assert "default-src 'none'" in text


def test_the_worst_items_come_first_with_law_and_questions(results: Path, tmp_path: Path, screener: Screener) -> None:
    text = written(results, tmp_path / "report.html", screener)
    assert (
        re.findall(r'<tr role="row" data-flag="(\w+)"', text)
        == ["PROHIBITED"] * 2 + ["LICENCE_REQUIRED"] * 4 + ["REVIEW"] * 6 + ["GENERAL_AUTHORISATION"] * 2
    )
    assert "Verification Annex, Part VII.C" in text
    assert "What is the maximum frame rate, in Hz?" in text
    assert screener.snapshot.digest in text


def test_declared_text_is_never_markup(screener: Screener, tmp_path: Path) -> None:
    text = written(hostile(screener, tmp_path / "h.ndjson"), tmp_path / "report.html", screener)
    tags = Tags()
    tags.feed(text)
    assert [tag for tag, _ in tags.found].count("script") == 1
    assert "img" not in [tag for tag, _ in tags.found]
    assert not [a for _, a in tags.found if any(name.startswith("on") for name in a)]
    assert "&lt;script&gt;alert(1)" in text
    assert "{{7*7}}" in text


def test_a_chart_holds_no_markup_and_no_expression_of_its_labels() -> None:
    table = Table("offices", "", "", ("Office", "red"), [(HOSTILE, 3), ("'] + 1 + ['", 2), ("\u2028\\", 1)], charted=("red",))
    drawn = chart(table)
    assert drawn is not None
    assert "<script" not in drawn
    assert "<img" not in drawn
    assert "&#39;] + 1 + [&#39;" in drawn or "'] + 1 + ['" in drawn


def test_an_item_that_red_flags_moved_from_the_green_lane_is_a_finding(results: Path, tmp_path: Path, screener: Screener) -> None:
    moved = tmp_path / "moved.parquet"
    frame = pl.read_parquet(results)
    here = (pl.col("declaration_id") == "EX-0012") & (pl.col("jurisdiction") == "EU")
    signs = pl.lit(
        [{"id": "RF99", "family": "route", "fields": ["marks"], "text": "The marks name another town."}], dtype=frame.schema["red_flags"]
    )
    frame.with_columns(
        lane=pl.when(here).then(pl.lit("yellow")).otherwise("lane"), red_flags=pl.when(here).then(signs).otherwise("red_flags")
    ).write_parquet(moved)
    text = written(moved, tmp_path / "report.html", screener)
    assert len(re.findall(r'<tr role="row" data-flag', text)) == 15
    assert "RF99: The marks name another town." in text


def test_items_left_out_are_said_to_be(results: Path, tmp_path: Path, screener: Screener) -> None:
    text = written(results, tmp_path / "report.html", screener, most=3)
    assert "The 3 worst of 14 items to look at" in text
    assert len(re.findall(r'<tr role="row" data-flag', text)) == 3


def test_the_lists_are_those_of_the_results_or_said_to_be_others(results: Path, tmp_path: Path, screener: Screener) -> None:
    assert "These are the lists and rules that the results were made with" in written(results, tmp_path / "a.html", screener)
    other = tmp_path / "other.ndjson"
    pl.read_parquet(results).with_columns(snapshot=pl.lit("0" * 64)).write_ndjson(other)
    assert "not those of the results" in written(other, tmp_path / "b.html", screener)


def test_ndjson_and_parquet_give_the_same_findings(results: Path, tmp_path: Path, screener: Screener) -> None:
    other = tmp_path / "results.ndjson"
    pl.read_parquet(results).write_ndjson(other)
    section = re.compile(r'<section id="findings">.*?</section>', re.DOTALL)
    one, two = (section.findall(written(path, tmp_path / "r.html", screener)) for path in (results, other))
    assert one == two


def test_the_command_states_the_size_and_what_is_missing(results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "report.html"
    done = CliRunner().invoke(main, ["report", str(results), "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert "MB, 14 of 14 items to look at written out" in done.stderr
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    monkeypatch.setitem(__import__("sys").modules, "vl_convert", None)
    absent = CliRunner().invoke(main, ["report", str(results), "-o", str(out)])
    assert (absent.exit_code, absent.stderr.strip()) == (2, f"stc: {pages.MISSING}")


def test_what_is_not_results_ends_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "x.ndjson"
    path.write_text('{"a": 1}\n', encoding="utf-8")
    done = CliRunner().invoke(main, ["report", str(path), "-o", str(tmp_path / "r.html")])
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "no column" in done.stderr
