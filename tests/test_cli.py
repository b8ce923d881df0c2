"""The commands as a user runs them: outputs, exit codes, and one clean line for bad input."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from cli import main

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
ROWS = (
    "declaration_id,export_country,destination_country,hs_code,description\n"
    "A-1,DE,VN,283711,SODIUM CYANIDE 98 % IN DRUMS\nA-2,DE,VN,392410,=PLASTIC BOWLS\n"
)


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin)


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    path = tmp_path / "batch.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def one_line(result: Result, exit_code: int) -> str:
    assert result.exit_code == exit_code, result.output
    lines = [line for line in result.stderr.splitlines() if line.startswith("stc:")]
    assert len(lines) == 1
    assert "Traceback" not in result.output
    return lines[0]


def test_a_batch_without_an_output_is_ndjson_in_a_pipe(batch: Path) -> None:
    result = run("screen", str(batch), "--jurisdiction", "EU")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(r["declaration_id"], r["jurisdiction"], r["flag"]) for r in records] == [
        ("A-1", "EU", "LICENCE_REQUIRED"),
        ("A-2", "EU", "NO_FINDING"),
    ]
    assert "2 rows in = 2 items + 0 rejects" in result.stderr


def test_default_jurisdictions_are_the_exporting_states_and_the_international_ones(batch: Path) -> None:
    records = [json.loads(line) for line in run("screen", str(batch)).stdout.splitlines()]
    assert [r["jurisdiction"] for r in records if r["declaration_id"] == "A-1"] == ["CPPNM", "CWC", "EU", "UN"]


@pytest.mark.parametrize("suffix", ["csv", "tsv", "ndjson", "parquet", "xlsx"])
def test_every_result_format_holds_every_determination(batch: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"out.{suffix}"
    result = run("screen", str(batch), "--jurisdiction", "EU,UN", "-o", str(out))
    assert result.exit_code == 0, result.output
    if suffix in ("csv", "tsv"):
        frame = pl.read_csv(out, separator="\t" if suffix == "tsv" else ",", infer_schema=False)
    elif suffix == "ndjson":
        frame = pl.read_ndjson(out)
    elif suffix == "parquet":
        frame = pl.read_parquet(out)
    else:
        frame = pl.read_excel(out)
    assert frame.height == 4
    assert frame.get_column("flag").to_list() == ["LICENCE_REQUIRED", "NO_FINDING", "NO_FINDING", "NO_FINDING"]


def test_no_cell_of_a_csv_runs_as_a_formula(batch: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    run("screen", str(batch), "--jurisdiction", "EU", "-o", str(out), "--bom")
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["description"] for row in rows] == ["SODIUM CYANIDE 98 % IN DRUMS", "'=PLASTIC BOWLS"]


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(tmp_path: Path) -> None:
    path, out = tmp_path / "batch.csv", tmp_path / "out.xlsx"
    path.write_text("description,hs_code\n=1+1,392410\nhttps://example.org,392410\n", encoding="utf-8")
    run("screen", str(path), "--jurisdiction", "EU", "-o", str(out))
    with zipfile.ZipFile(out) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert "=1+1" in pl.read_excel(out).get_column("description").to_list()


def test_an_unknown_column_is_carried_and_reported_once(tmp_path: Path) -> None:
    path = tmp_path / "batch.csv"
    path.write_text(
        ROWS.replace("description", "description,broker_ref").replace("DRUMS", "DRUMS,B-77").replace("BOWLS", "BOWLS,B-78"),
        encoding="utf-8",
    )
    out = tmp_path / "out.csv"
    result = run("screen", str(path), "--jurisdiction", "EU", "-o", str(out))
    assert result.stderr.count("broker_ref") == 1
    assert [row["broker_ref"] for row in csv.DictReader(out.read_text(encoding="utf-8").splitlines())] == ["B-77", "B-78"]


def test_stdin_is_read(batch: Path) -> None:
    result = run("screen", "-", "--jurisdiction", "EU", stdin=ROWS)
    assert len(result.stdout.splitlines()) == 2


def test_blanks_are_filled_and_foreign_columns_mapped(tmp_path: Path) -> None:
    path, mapping = tmp_path / "batch.csv", tmp_path / "map.toml"
    path.write_text("REF,GDS_TXT\nX-1,SODIUM CYANIDE\n", encoding="utf-8")
    mapping.write_text('REF = "declaration_id"\nGDS_TXT = "description"\n', encoding="utf-8")
    result = run(
        "screen", str(path), "--map", str(mapping), "--set", "export_country=KH", "--set", "destination_country=VN", "--jurisdiction", "KH"
    )
    (record,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (record["declaration_id"], record["flag"]) == ("X-1", "LICENCE_REQUIRED")


def test_fail_on_exits_with_three(batch: Path) -> None:
    assert run("screen", str(batch), "--jurisdiction", "EU", "--fail-on", "LICENCE_REQUIRED").exit_code == 3
    assert run("screen", str(batch), "--jurisdiction", "EU", "--fail-on", "PROHIBITED").exit_code == 0


def test_an_unreadable_row_goes_to_the_rejects_and_nothing_is_lost(tmp_path: Path) -> None:
    path, out = tmp_path / "batch.csv", tmp_path / "out.csv"
    path.write_text(ROWS + "A-3,DE,VN,,\n", encoding="utf-8")
    result = run("screen", str(path), "--jurisdiction", "EU", "-o", str(out))
    assert "3 rows in = 2 items + 1 rejects" in result.stderr
    (reject,) = csv.DictReader((tmp_path / "out.csv.rejects.csv").read_text(encoding="utf-8").splitlines())
    assert (reject["file"], reject["row"]) == ("batch.csv", "4")


def test_a_binary_file_ends_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "batch.csv"
    path.write_bytes(bytes(range(256)) * 40)
    assert "batch.csv" in one_line(run("screen", str(path)), 1)


def test_a_header_that_says_nothing_ends_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "batch.csv"
    path.write_text("foo,bar\n1,2\n", encoding="utf-8")
    line = one_line(run("screen", str(path)), 1)
    assert "batch.csv" in line
    assert "--map" in line


def test_an_unknown_country_is_a_note_and_the_item_is_screened(tmp_path: Path) -> None:
    path = tmp_path / "batch.csv"
    path.write_text("export_country,destination_country,description\nDE,Atlantis,SODIUM CYANIDE\n", encoding="utf-8")
    (record,) = [json.loads(line) for line in run("screen", str(path), "--jurisdiction", "EU").stdout.splitlines()]
    assert record["flag"] == "REVIEW"
    assert any(note["id"] == "unreadable_value" and "Atlantis" in note["text"] for note in record["notes"])


def test_misuse_exits_with_two_and_one_line(batch: Path, tmp_path: Path) -> None:
    assert "held are" in one_line(run("screen", str(batch), "--jurisdiction", "XY"), 2)
    assert "no such file" in one_line(run("screen", str(tmp_path / "absent.csv")), 2)
    assert "no result format" in one_line(run("screen", str(batch), "-o", str(tmp_path / "out.doc")), 2)


def test_a_faulty_list_ends_in_one_line(batch: Path, tmp_path: Path) -> None:
    folder = tmp_path / "lists" / "reference"
    folder.mkdir(parents=True)
    (folder / "sets.toml").write_text('[[country_set]]\nid = "a"\nid = "b"\n', encoding="utf-8")
    assert "reference/sets.toml: not valid TOML" in one_line(run("screen", str(batch), "--lists", str(tmp_path / "lists")), 1)


def test_a_policy_with_an_unknown_setting_ends_in_one_line(batch: Path, tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("name_treshold = 70\n", encoding="utf-8")
    assert "name_treshold" in one_line(run("screen", str(batch), "--policy", str(policy)), 1)


def test_explain_shows_law_evidence_and_questions(batch: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.ndjson"
    run("screen", str(batch), "--jurisdiction", "EU", "-o", str(out))
    text = run("explain", str(out), "--declaration", "A-1").stdout
    assert "LICENCE_REQUIRED   lane red" in text
    assert "Regulation (EU) 2021/821, Article 3(1)" in text
    assert "1C350.45" in text
    assert "no declaration 'B-9'" in one_line(run("explain", str(out), "--declaration", "B-9"), 1)


def test_goods_party_and_entry_answer_as_json() -> None:
    goods = json.loads(run("goods", "sodium cyanide", "--from", "DE", "--to", "VN", "--jurisdiction", "EU", "--json").stdout)
    assert goods[0]["candidates"][0]["code"] == "1C350.45"
    party = json.loads(run("party", "Korea Mining Development Trading Corp", "--json").stdout)
    assert party[0]["party_matches"][0]["entity_id"] == "KPe.001"
    entry = json.loads(run("entry", "2B204.a", "--json").stdout)
    assert entry[0]["entry"]["code"] == "2B204.a"
    assert "no list held has an entry '9Z999'" in one_line(run("entry", "9Z999"), 2)


def test_lists_status_and_check(tmp_path: Path) -> None:
    status = json.loads(run("lists", "status", "--json").stdout)
    assert {"eu-dual-use", "un-sc"} <= {row["id"] for row in status["lists"]}
    assert run("lists", "check").exit_code == 0


def test_the_shipped_examples_run() -> None:
    result = run("screen", str(EXAMPLES / "declarations.csv"))
    assert result.exit_code == 0, result.output
    flags = {json.loads(line)["flag"] for line in result.stdout.splitlines()}
    assert {"NO_FINDING", "REVIEW", "LICENCE_REQUIRED", "GENERAL_AUTHORISATION", "PROHIBITED"} <= flags


def test_the_same_input_and_lists_give_the_same_bytes(batch: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.ndjson", tmp_path / "b.ndjson"
    for out in (first, second):
        run("screen", str(batch), "-o", str(out), "--as-of", "2026-11-24")
    assert first.read_bytes() == second.read_bytes()


def test_the_input_formats_offered_are_those_that_are_read() -> None:
    from cli import INPUT_FORMATS
    from screening.read import FORMATS

    assert sorted(INPUT_FORMATS) == sorted(FORMATS)


# ------------------------------------------------------------------------------------------------ official texts
GROUPS = ("A:1", "A:2", "A:3", "A:4", "A:5", "A:6", "B", "D:1", "D:2", "D:3", "D:4", "D:5", "E:1", "E:2")


def country_groups(path: Path, day: str, **members: list[str]) -> Path:
    groups = {group: members.get(group.replace(":", ""), []) for group in GROUPS}
    path.write_text(
        json.dumps({"citation": "15 C.F.R. Part 740, Supplement No. 1", "ecfrIssueDate": day, "groups": groups}), encoding="utf-8"
    )
    return path


def test_an_official_table_is_imported_compared_and_differed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STC_HOME", str(tmp_path / "home"))
    first = country_groups(tmp_path / "first.json", "2026-08-01", E2=["Cuba"])
    second = country_groups(tmp_path / "second.json", "2026-09-01", E2=["Belize"])
    imported = run("lists", "import", str(first))
    assert imported.stdout == "us-country-groups: official text, edition 2026-08-01, 14 codes, 14 paragraphs: in force\n"
    assert "in force" in run("lists", "import", str(second)).stdout
    told = run("lists", "diff", "us-country-groups@2026-08-01", "us-country-groups@2026-09-01")
    assert told.stdout == "changed  us-country-groups E:2\n    gone Cuba\n    new  Belize\n"
    checked = run("lists", "check")
    assert checked.exit_code == 0
    assert "warning: country_set:us_e2: BZ stands in us-country-groups:E:2 of 2026-09-01 and not in our set" in checked.stdout
    assert "warning: country_set:us_e2: CU stands in our set and not in us-country-groups:E:2 of 2026-09-01" in checked.stdout
    assert "warning: us-country-groups: the official text of 2026-09-01 differs in 14 codes" in checked.stdout


def test_a_cut_official_text_is_refused_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STC_HOME", str(tmp_path / "home"))
    cut = tmp_path / "annex.csv"
    cut.write_text("entry,path,depth,kind,is_decontrol,has_parameter,text\n0A001,0A001,0,provision,0,0,Goods\n", encoding="utf-8")
    assert "holds nothing of category 1, 2" in one_line(run("lists", "import", str(cut), "--edition", "2026-01-01"), 1)
    assert not (tmp_path / "home" / "lists").exists()


def test_an_entry_and_an_explanation_quote_the_imported_wording(tmp_path: Path, batch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STC_HOME", str(tmp_path / "home"))
    rows = [f"{digit}A001,Goods as follows:" for digit in range(10)]
    text = tmp_path / "annex.csv"
    text.write_text("\n".join(["path,text", *rows, "1C350,Chemicals:", "1C350.45,Sodium cyanide (CAS 143-33-9);"]) + "\n", encoding="utf-8")
    assert run("lists", "import", str(text), "--edition", "2025-01-01", "--accept-shrink").exit_code == 0
    described = run("entry", "1C350.45").stdout
    assert "Official wording, quoted from the edition of 2025-01-01 (annex.csv):" in described
    assert "1C350.45  “Sodium cyanide (CAS 143-33-9);”" in described
    assert "modelled to its criteria" in described
    results = tmp_path / "results.ndjson"
    assert run("screen", str(batch), "--jurisdiction", "EU", "-o", str(results)).exit_code == 0
    explained = run("explain", str(results), "--declaration", "A-1").stdout
    assert "official wording, quoted from the edition of 2025-01-01 (annex.csv):" in explained
    assert "“Sodium cyanide (CAS 143-33-9);”" in explained


def test_the_coverage_report_tells_depths_and_totals() -> None:
    printed = json.loads(run("lists", "check", "--coverage", "--json").stdout)
    assert set(printed["totals"]["eu-dual-use"]) == {"criteria", "terms", "pointer", "paragraphs"}
    seals = next(e for e in printed["entries"] if (e["list_id"], e["code"]) == ("eu-dual-use", "0B001.c.4"))
    assert (seals["depth"], seals["unmapped"]) == ("terms", 1)


def test_the_impact_of_an_edition_on_results_is_printed_or_refused(tmp_path: Path, batch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STC_HOME", str(tmp_path / "home"))
    first = country_groups(tmp_path / "first.json", "2026-08-01", E2=["Cuba"])
    second = country_groups(tmp_path / "second.json", "2026-09-01", E2=["Belize"])
    results = tmp_path / "results.parquet"
    assert run("screen", str(batch), "--jurisdiction", "EU", "-o", str(results), "--as-of", "2026-07-01").exit_code == 0
    told = run("lists", "diff", str(first), str(second), "--impact", str(results))
    assert told.exit_code == 0
    assert "0 of 2 determinations flip" in told.stderr
    batch.unlink()
    refused = run("lists", "diff", str(first), str(second), "--impact", str(results))
    assert "cannot be replayed: it keeps no declarations" in one_line(refused, 1)


def test_learnt_unit_values_are_named_in_results_and_tell_a_price_far_from_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STC_HOME", str(tmp_path / "home"))
    header = "declaration_id,export_country,destination_country,hs_code,description,net_mass_kg,value,currency\n"
    earlier, today = tmp_path / "earlier.csv", tmp_path / "today.csv"
    earlier.write_text(header + "".join(f"E{n},DE,VN,848180,VALVES,10,{500 + n},EUR\n" for n in range(40)), encoding="utf-8")
    today.write_text(header + "A,DE,VN,848180,VALVES,10,90000,EUR\nB,DE,VN,848180,VALVES,10,700,EUR\n", encoding="utf-8")

    def told() -> list[tuple[str, str, str]]:
        records = [json.loads(line) for line in run("screen", str(today), "--jurisdiction", "EU").stdout.splitlines()]
        return [(r["lane"], " ".join(flag["id"] for flag in r["red_flags"]), r["policy"]) for r in records]

    assert [(lane, ids) for lane, ids, _ in told()] == [("green", ""), ("green", "")]
    learnt = run("lists", "learn-values", str(earlier))
    assert learnt.exit_code == 0
    assert "1 unit values of 1 subheadings" in learnt.stdout
    digest = learnt.stdout.split("digest ")[1].strip()
    assert [(lane, ids) for lane, ids, _ in told()] == [("yellow", "RF06"), ("green", "")]
    assert all(policy.endswith(f";unit_values:{digest}") for _, _, policy in told())


def test_flat_results_carry_the_number_and_the_heaviest_red_flags(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text(
        "declaration_id,export_country,destination_country,description,consignee_name,consignee_address\n"
        'A,DE,AE,isostatic press,Harbour Star General Trading,"P.O. Box 4711"\n',
        encoding="utf-8",
    )
    assert run("screen", str(path), "--jurisdiction", "EU", "-o", str(tmp_path / "out.csv")).exit_code == 0
    with (tmp_path / "out.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["red_flags"], row["red_flag_count"]) == ("RF10; RF02; RF08", "3")


# ------------------------------------------------------------------------------------------------ lists of work
ALERTS = (
    "declaration_id,customs_office,export_country,destination_country,hs_code,description,consignee_name\n"
    "A-1,KH01,DE,VN,283711,SODIUM CYANIDE,\nA-2,KH01,DE,VN,852589,THERMAL IMAGING CAMERA UNCOOLED MICROBOLOMETER,\n"
    "A-3,KH02,DE,VN,852589,THERMAL IMAGING CAMERA UNCOOLED MICROBOLOMETER,\n"
    "A-4,KH02,DE,VN,392410,BOWLS,KOREA MINING DEVELOPMENT TRADING CORP\n"
)


@pytest.fixture
def alerts(tmp_path: Path) -> Path:
    path = tmp_path / "alerts.csv"
    path.write_text(ALERTS, encoding="utf-8")
    return path


def test_a_budget_leaves_reviews_only_and_lists_them(alerts: Path, tmp_path: Path) -> None:
    out = tmp_path / "lanes.selectivity.csv"
    result = run("screen", str(alerts), "-o", str(out), "--max-alerts-per-1000", "0")
    assert result.exit_code == 0, result.output
    assert "2 of 4 alerts stay (0 per 1,000 items of an office); left: 2 REVIEW, listed in" in result.stderr
    assert "2 alerts above the budget: a prohibition, a licence or a listed party is never left" in result.stderr
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [(r["declaration_id"], r["flag"], r["lane"]) for r in rows] == [
        ("A-1", "LICENCE_REQUIRED", "red"),
        ("A-2", "REVIEW", "blue"),
        ("A-3", "REVIEW", "blue"),
        ("A-4", "PROHIBITED", "red"),
    ]
    left = list(csv.DictReader((tmp_path / "lanes.selectivity.csv.left.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["declaration_id"] for row in left] == ["A-2", "A-3"]


def test_a_budget_changes_no_determination(alerts: Path, tmp_path: Path) -> None:
    for name, more in (("a.ndjson", ()), ("b.ndjson", ("--max-alerts-per-1000", "0"))):
        assert run("screen", str(alerts), "-o", str(tmp_path / name), *more, "--as-of", "2026-11-24").exit_code == 0
    assert (tmp_path / "a.ndjson").read_bytes() == (tmp_path / "b.ndjson").read_bytes()
    assert (tmp_path / "b.ndjson.left.csv").is_file()


def test_a_budget_without_a_file_to_list_what_it_leaves_is_refused(alerts: Path) -> None:
    assert "needs -o OUT" in one_line(run("screen", str(alerts), "--max-alerts-per-1000", "5"), 2)


def test_a_referral_holds_the_parties_as_declared(alerts: Path, tmp_path: Path) -> None:
    printed = run("screen", str(alerts), "--format", "referral.xml").stdout
    out = tmp_path / "cases.referral.xml"
    assert run("screen", str(alerts), "-o", str(out)).exit_code == 0
    assert out.read_text(encoding="utf-8") == printed
    assert printed.count("<Referral ") == 4
    assert "<Name>KOREA MINING DEVELOPMENT TRADING CORP</Name>" in printed


def test_the_counts_by_office_are_a_file_or_a_table(alerts: Path, tmp_path: Path) -> None:
    offices = tmp_path / "offices.json"
    assert run("screen", str(alerts), "-o", str(tmp_path / "out.csv"), "--summary", str(offices)).exit_code == 0
    found = json.loads(offices.read_text(encoding="utf-8"))
    assert [(r["customs_office"], r["items"], r["alerts"]) for r in found] == [("KH01", 2, 2), ("KH02", 2, 2), ("(all)", 4, 4)]
    assert "KH02" in run("screen", str(alerts), "--summary", "-").stderr
    assert ".csv or .json" in one_line(run("screen", str(alerts), "--summary", str(tmp_path / "offices.txt")), 2)


@pytest.mark.parametrize("suffix", ["selectivity.csv", "referral.xml"])
def test_lists_of_work_do_not_depend_on_how_a_batch_is_cut(
    alerts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    written = []
    for part_rows in (100, 1):
        monkeypatch.setattr("screening.batch.PART_ROWS", part_rows)
        out = tmp_path / f"{part_rows}.{suffix}"
        assert run("screen", str(alerts), "-o", str(out), "--max-alerts-per-1000", "400").exit_code == 0
        written.append((out.read_bytes(), out.with_name(f"{out.name}.left.csv").read_bytes()))
    assert written[0] == written[1]
