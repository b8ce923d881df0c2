"""The ``stc`` command: parse, call, print. No logic lives here."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

    from control_lists.editions import EditionStore
    from control_lists.importing import Importing, Outcome
    from control_lists.snapshot import Snapshot
    from control_lists.texts import HeldText
    from screening.alerts import Ranking
    from screening.batch import Batch, Step
    from screening.engine import Screener
    from screening.execute.engines import Engine
    from screening.execute.units import Opening
    from screening.explain import Line
    from screening.review import By, CaseStore, Event, ReviewTerms

F = TypeVar("F", bound=Callable[..., Any])
INPUT_FORMATS = (
    "csv", "tsv", "parquet", "ndjson", "json", "xlsx", "xml", "asycuda_sad", "asycuda_manifest", "wco_declaration", "eu_transit",
    "eu_export", "eu_entry_summary", "cargo_xml", "edifact",
)  # fmt: skip
FLAGS = ("GENERAL_AUTHORISATION", "REVIEW", "LICENCE_REQUIRED", "PROHIBITED")
ROLES = ("viewer", "officer", "supervisor", "list_keeper")
EXIT_FAILED, EXIT_MISUSE, EXIT_FLAGGED = 1, 2, 3
_STYLES = {"title": "bold", "heading": "bold cyan", "flag": "bold", "text": "", "detail": "dim", "question": "yellow"}
_FLAG_STYLES = {"PROHIBITED": "bold red", "LICENCE_REQUIRED": "red", "REVIEW": "yellow", "GENERAL_AUTHORISATION": "blue", "NO_FINDING": ""}
PLAIN_WIDTH = 120  # of output that goes to no terminal
_INDENT = {"title": 0, "heading": 0, "flag": 0, "text": 2, "detail": 6, "question": 2}


class Date(click.ParamType[date]):
    """An ISO date."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"'{value}' is not a date; write it as 2026-11-24", param, ctx)


class Pair(click.ParamType["tuple[str, str]"]):
    """NAME=VALUE."""

    name = "name=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        if isinstance(value, tuple):
            return cast("tuple[str, str]", value)
        name, equals, given = value.partition("=")
        if not equals or not name.strip():
            self.fail(f"'{value}' is not NAME=VALUE", param, ctx)
        return name.strip(), given.strip()


def lists_options(command: F) -> F:
    """--lists and --policy, on every command that opens a snapshot."""
    command = click.option("--policy", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Thresholds as TOML.")(command)
    return click.option(
        "--lists",
        "lists",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A directory of authored lists that adds to or replaces the embedded ones (also STC_LISTS).",
    )(command)


def exceptions_option(command: F) -> F:
    """--exceptions, on every command that compares parties."""
    return click.option(
        "--exceptions",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="CSV of pairs judged to be different parties, each with author, reason and last day.",
    )(command)


def question_options(command: F) -> F:
    """Options of the commands that answer one question."""
    command = click.option("--json", "as_json", is_flag=True, help="Print the determination records as JSON.")(command)
    command = click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="At most so many ranked answers.")(
        command
    )
    command = click.option("--as-of", type=Date(), help="The day whose lists and rules decide (default: today).")(command)
    return click.option("--jurisdiction", help="Whose law answers, e.g. EU,KH (default: the exporting state's, and UN, CWC, CPPNM).")(
        command
    )


def one_line_errors(command: F) -> F:
    """Turn our errors into one clean line and the exit code of the contract."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        from control_lists.errors import ListDataError
        from screening.errors import StcError, UsageError

        try:
            return command(*args, **kwargs)
        except UsageError as error:
            click.echo(f"stc: {error}", err=True)
            sys.exit(EXIT_MISUSE)
        except (StcError, ListDataError) as error:
            click.echo(f"stc: {error}", err=True)
            sys.exit(EXIT_FAILED)
        except OSError as error:
            click.echo(f"stc: {error.filename or ''}: {error.strerror or error}", err=True)
            sys.exit(EXIT_FAILED)
        except KeyboardInterrupt:
            click.echo("stc: stopped; nothing was written", err=True)
            sys.exit(EXIT_FAILED)

    return cast("F", wrapped)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(None, "--version", package_name="stc-engine", message="%(version)s")
def main() -> None:
    """Screen shipment declarations against control lists and watchlists, with the law and the evidence.

    \b
    Example: stc screen examples/declarations.csv
    """
    # What is opened is large, lives to the end and has no cycles: searching through it for garbage is a third of a start.
    gc.set_threshold(200_000, 50, 50)


# ------------------------------------------------------------------------------------------------------- screen
@main.command()
@click.argument("files", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Results file: .csv .tsv .ndjson .parquet .xlsx .selectivity.csv .selectivity.xml .referral.csv .referral.xml "
    "(default: a table, or NDJSON in a pipe).",
)
@click.option("--format", "output_format", help="Result format, where the suffix does not say: --format selectivity -o lanes.xml.")
@click.option(
    "--input-format",
    type=click.Choice(INPUT_FORMATS),
    help="Format of the declarations (default: recognised).",
)
@click.option("--jurisdiction", help="Whose law answers, e.g. EU,US (default: the exporting state's, and UN, CWC, CPPNM).")
@click.option("--as-of", type=Date(), help="The day that decides where a declaration has no date (default: today).")
@click.option("--set", "blanks", multiple=True, type=Pair(), help="Fill a blank field: --set export_country=KH.")
@click.option(
    "--map",
    "mapping",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help='TOML or JSON naming foreign columns: GDS_DS3 = "description".',
)
@click.option("--fail-on", type=click.Choice(FLAGS), help="Exit with 3 when this flag or a worse one is raised.")
@click.option(
    "--max-alerts-per-1000",
    "per_1000",
    type=click.IntRange(0),
    help="A budget of alerts for every 1,000 items of a customs office: what is beyond it is listed in OUT.left.csv.",
)
@click.option(
    "--summary",
    "summary_file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Counts by customs office: .csv .json (- : a table on stderr).",
)
@click.option("--bom", is_flag=True, help="Write CSV with a byte order mark, for Excel.")
@click.option(
    "--since",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Parquet results of an earlier run: only what the lists changed since is screened again.",
)
@click.option(
    "--questions",
    "questions_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV of what is still to be asked, one list a declarant, the questions that settle most first.",
)
@click.option(
    "--engine",
    type=click.Choice(("local", "processes", "spark")),
    default="local",
    show_default=True,
    help="Who does the work: this process, several, or a Spark cluster (docs/running-at-scale.md).",
)
@click.option("--workers", type=click.IntRange(1), help="How many processes (default: one a processor core); Spark is told elsewhere.")
@click.option(
    "--licences",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A register of licences (CSV, JSON or UK exchange file) that declared licences are checked against and drawn on.",
)
@click.option(
    "--denials",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSV of refused transactions: one like them raises a red flag.",
)
@exceptions_option
@lists_options
@one_line_errors
def screen(
    files: tuple[str, ...],
    output: Path | None,
    output_format: str | None,
    input_format: str | None,
    jurisdiction: str | None,
    as_of: date | None,
    blanks: tuple[tuple[str, str], ...],
    mapping: Path | None,
    fail_on: str | None,
    per_1000: int | None,
    summary_file: Path | None,
    bom: bool,
    since: Path | None,
    questions_file: Path | None,
    engine: str,
    workers: int | None,
    licences: tuple[Path, ...],
    denials: Path | None,
    exceptions: Path | None,
    lists: tuple[Path, ...],
    policy: Path | None,
) -> None:
    """Screen a batch of declarations and write one determination an item and jurisdiction.

    \b
    Example: stc screen morning.csv -o results.xlsx --set export_country=KH
    """
    from screening.batch import Asked, load_mapping, paths_of, screen_batch, worst
    from screening.errors import UsageError
    from screening.rescreen import metadata_of
    from screening.summary import check_summary, write_summary
    from screening.write import format_of, is_worklist, write, write_rejects, write_to

    sources = paths_of(files)
    word = format_of(str(output or "-"), output_format or (None if output else "ndjson"))
    if per_1000 is not None and output is None:
        raise UsageError("--max-alerts-per-1000 needs -o OUT: what is beyond the budget is listed in OUT.left.csv")
    if summary_file is not None and str(summary_file) != "-":
        check_summary(summary_file)
    asked = Asked(as_of or date.today(), jurisdictions(jurisdiction), input_format, dict(blanks), load_mapping(mapping), since)
    with workspace(output) as folder:
        with progress("opening lists") as step:
            by = engine_of(engine, workers)
            opening = opening_of(lists, policy, as_of, exceptions)._replace(licences=licences, denials=denials)
            screener = opening.screener()
            batch = screen_batch(opening, sources, asked, folder, step, sys.stdin.buffer, by, screener)
            is_counted = is_worklist(word) or per_1000 is not None or summary_file is not None
            standing = batch.standing(per_1000) if is_counted else None
            if output is not None:
                frames = counted(batch.results(word, standing), batch.determinations, step)
                write(frames, output, word, bom=bom, account=metadata_of(batch.run))
                if standing is not None and per_1000 is not None:
                    batch.keep_left(standing, left_file(output), bom=bom)
        for report in batch.reports:
            click.echo(f"note: {report}", err=True)
        if output is not None:
            if batch.rejects:
                rejects = output.with_name(f"{output.name}.rejects.csv")
                write_rejects(batch.reject_frames(), rejects)
                click.echo(f"note: {batch.rejects} rows could not be read: see {rejects}", err=True)
        else:
            if sys.stdout.isatty() and output_format is None:
                print_findings(batch)
            else:
                write_to(batch.results(word, standing), sys.stdout.buffer, word, bom=bom)
            for row in (row for frame in batch.reject_frames() for row in frame.iter_rows(named=True)):
                field = f"{row['field']}: " if row["field"] else ""
                click.echo(f"rejected: {row['file']}: row {row['row']}: {field}{row['reason']}", err=True)
        if questions_file is not None:
            from screening.questions import by_declarant, fields_of
            from screening.write.flat import harmless

            listed = by_declarant(batch.questions(), fields_of(screener.snapshot))
            harmless(listed).write_csv(questions_file, include_bom=bom)
            click.echo(f"note: {listed.height} questions to {listed['declarant'].n_unique()} declarants: see {questions_file}", err=True)
        print_summary(batch)
        if standing is not None and output is not None and per_1000 is not None:
            print_budget(standing.ranking, per_1000, left_file(output))
        if standing is not None and summary_file is not None:
            if str(summary_file) == "-":
                print_offices(standing.offices())
            else:
                write_summary(standing.offices(), summary_file)
    if fail_on and worst(batch.counts, at_least=fail_on):
        sys.exit(EXIT_FLAGGED)


# --------------------------------------------------------------------------------------------------- one question
@main.command()
@click.argument("text")
@click.option("--hs", help="HS code.")
@click.option("--cas", help="CAS number.")
@click.option(
    "--attr", "attributes", multiple=True, type=Pair(), help='A technical value: --attr uts="572 MPa" (stc entry prints the names).'
)
@click.option("--from", "export_country", help="Country of export.")
@click.option("--to", "destination", help="Country of destination.")
@click.option("--operation", default="export", show_default=True, help="export, reexport, transit, transhipment, import, brokering …")
@question_options
@lists_options
@one_line_errors
def goods(
    text: str,
    hs: str | None,
    cas: str | None,
    attributes: tuple[tuple[str, str], ...],
    export_country: str | None,
    destination: str | None,
    operation: str,
    jurisdiction: str | None,
    as_of: date | None,
    limit: int,
    as_json: bool,
    lists: tuple[Path, ...],
    policy: Path | None,
) -> None:
    """Check one good: ranked control entries, criteria met and not, the licence answer, and what to ask.

    \b
    Example: stc goods "isostatic press" --attr inner_diameter="200 mm" --attr working_pressure="100 MPa" --from DE --to VN
    """
    from screening.single import goods_record

    record = goods_record(
        text,
        hs_code=hs,
        cas_number=cas,
        attributes=dict(attributes),
        export_country=export_country,
        destination_country=destination,
        operation=operation,
    )
    answer(record, jurisdiction, as_of, limit, as_json, lists, policy)


@main.command()
@click.argument("name")
@click.option("--country", help="The party's country.")
@click.option("--address", help="The party's address.")
@click.option("--id", "identifiers", multiple=True, help="type:value, e.g. imo:9187629, reg:4711, birth:1962-08-06.")
@question_options
@exceptions_option
@lists_options
@one_line_errors
def party(
    name: str,
    country: str | None,
    address: str | None,
    identifiers: tuple[str, ...],
    jurisdiction: str | None,
    as_of: date | None,
    limit: int,
    as_json: bool,
    exceptions: Path | None,
    lists: tuple[Path, ...],
    policy: Path | None,
) -> None:
    """Check one party: ranked listed entities with the words that align and what the listing means.

    \b
    Example: stc party "Korea Mining Development Trading Corp" --country KP
    """
    from screening.single import party_record

    record = party_record(name, country=country, address=address, identifiers=identifiers)
    answer(record, jurisdiction, as_of, limit, as_json, lists, policy, exceptions)


@main.command()
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="Print the entry as JSON.")
@lists_options
@one_line_errors
def entry(code: str, as_json: bool, lists: tuple[Path, ...], policy: Path | None) -> None:
    """Show one control entry: title, regimes, criteria, terms, HS links, related entries and licence rules.

    \b
    Example: stc entry 2B350.g
    """
    from screening.entry import describe, lines

    screener = open_screener(lists, policy, None)
    found = describe(screener, code, date.today())
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1, default=str))
    else:
        print_lines(lines(found))


@main.command()
@click.argument("results", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--declaration", "declaration_id", required=True, help="The declaration's id.")
@click.option("--item", "item_number", type=int, help="The item's number (default: all).")
@click.option(
    "--declarations",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The file of the declaration, to tell the way through the rules and what one changed fact would change.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the records as JSON.")
@lists_options
@one_line_errors
def explain(
    results: Path,
    declaration_id: str,
    item_number: int | None,
    declarations: Path | None,
    as_json: bool,
    lists: tuple[Path, ...],
    policy: Path | None,
) -> None:
    """Show the whole reasoning of one determination from a results file (NDJSON or Parquet).

    \b
    Example: stc explain results.ndjson --declaration KH-2026-0007 --item 1 --declarations morning.csv
    """
    from screening.explain import explain_all
    from screening.results import find

    records = find(results, declaration_id, item_number)
    if declarations is not None:
        from screening.reasoning import reasoned

        records = reasoned(open_screener(lists, policy, None), declarations, records)
    if as_json:
        click.echo(json.dumps(records, ensure_ascii=False, indent=1, default=str))
        return
    print_lines(explain_all(records, held_texts(edition_store())))


@main.command()
@click.argument("results", type=click.Path(path_type=Path, dir_okay=False))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The HTML file to write.")
@click.option("--most", type=click.IntRange(1), default=10_000, show_default=True, help="Write out at most so many items.")
@lists_options
@one_line_errors
def report(results: Path, output: Path, most: int, lists: tuple[Path, ...], policy: Path | None) -> None:
    """Write one HTML page of a results file (NDJSON or Parquet) that opens without a network, the worst items first.

    \b
    Example: stc report results.parquet -o report.html
    """
    from control_lists.snapshot import Snapshot
    from screening.report import write_report

    with progress("reading the results"):
        store = edition_store()
        snapshot = Snapshot.open(list_directories(lists), prepared_lists(), store)
        written = write_report(results, output, snapshot, store, date.today(), most)
    click.echo(f"{output}: {written.size / 1e6:.1f} MB, {written.shown} of {written.flagged} items to look at written out", err=True)


@main.command()
@click.option("--profile", "profile_id", default="UN1540", show_default=True, help="The rule set to look at, e.g. KH (stc lists status).")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=".html or .csv (default: the matrix as a table).")
@click.option("--national", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="TOML of national measures.")
@click.option("--plan", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="TOML of a national action plan.")
@click.option("--offers", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="CSV of offers of assistance.")
@click.option("--results", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Results of stc screen, to count.")
@click.option("--figure", "stated", multiple=True, type=Pair(), help="A figure of the authority's own: --figure cases_decided=12.")
@click.option("--as-of", type=Date(), help="The day whose rules and lists count (default: today).")
@lists_options
@one_line_errors
def coverage(
    profile_id: str,
    output: Path | None,
    national: Path | None,
    plan: Path | None,
    offers: Path | None,
    results: Path | None,
    stated: tuple[tuple[str, str], ...],
    as_of: date | None,
    lists: tuple[Path, ...],
    policy: Path | None,
) -> None:
    """Show what a rule set covers of resolution 1540, and its gaps; with an action plan, and drafts of requests for assistance.

    \b
    Example: stc coverage --profile KH -o coverage.html
    """
    from control_lists.snapshot import Snapshot
    from screening.obligations import Asked, cover, write_coverage

    day = as_of or date.today()
    snapshot = Snapshot.open(list_directories(lists), prepared_lists(), edition_store(), as_of)
    found = cover(snapshot, profile_id.upper(), day, Asked(national, plan, offers, results, numbers(stated)))
    if output is not None:
        write_coverage(found, output)
    else:
        classes = [weapon.id for weapon in found.classes]
        by_row: dict[str, list[str]] = {}
        for cell in found.cells:
            by_row.setdefault(cell.measure, [cell.paragraph, cell.title]).append(cell.status.replace("_", " "))
        print_rows(f"Resolution 1540: {found.title}", ["paragraph", "title", *classes], list(by_row.values()))
    click.echo(", ".join(f"{count} {status.replace('_', ' ')}" for status, count in found.counts.items()), err=True)


@main.command()
@click.argument("pack", required=False)
@click.option(
    "--answers", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="CSV of a participant's answers, to be scored."
)
@click.option("--solution", is_flag=True, help="Show the engine's own answers with their reasons.")
@click.option("--packs", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), help="A folder of packs of your own.")
@one_line_errors
def exercise(pack: str | None, answers: Path | None, solution: bool, folder: Path | None) -> None:
    """Train on a made-up case: without PACK the cases, with it the story and the batch, with --answers the score and why.

    \b
    Example: stc exercise 05 --answers mine.csv
    """
    from screening import exercise as training
    from screening.explain import explain_all

    found = training.packs(folder or training.shipped())
    if pack is None:
        print_rows("Exercises", ["pack", "title"], [[one.name, one.title] for one in found])
        return
    chosen = training.pack_of(found, pack)
    if not answers and not solution:
        print_lines(training.told(chosen))
        return
    tell_of_compiling()
    from screening.engine import Screener

    records = training.determinations(chosen, Screener.open(prepared=prepared_lists()))
    if answers:
        print_lines(training.lines(training.score(training.expected_of(chosen), training.answers_of(answers), records)))
    else:
        print_lines(explain_all(records))


# -------------------------------------------------------------------------------------------------------- lists
@main.group(invoke_without_command=True)
@click.pass_context
def lists(context: click.Context) -> None:
    """See and prove what the engine screens with.

    \b
    Example: stc lists status
    """
    if context.invoked_subcommand is None:
        context.invoke(lists_status)


@lists.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print the lists as JSON.")
@lists_options
@one_line_errors
def lists_status(as_json: bool = False, lists: tuple[Path, ...] = (), policy: Path | None = None) -> None:
    """Show which lists and rule sets are loaded: edition, age, coverage, counts, effect and digest.

    \b
    Example: stc lists status --lists ./national
    """
    from control_lists.snapshot import Snapshot
    from control_lists.status import rule_status, status

    snapshot = Snapshot.open(list_directories(lists), prepared_lists(), edition_store())
    rows, rules = status(snapshot, date.today()), rule_status(snapshot)
    if as_json:
        click.echo(
            json.dumps(
                {"digest": snapshot.digest, "lists": [r._asdict() for r in rows], "rules": [r._asdict() for r in rules]},
                default=str,
                indent=1,
            )
        )
        return
    print_rows(
        "Lists",
        ["list", "title", "edition", "age", "coverage", "entries", "names", "review"],
        [
            [r.id, r.title, r.edition, f"{r.age_days} d", r.coverage, r.entries, r.names or "", _review(r.review_on, r.is_overdue)]
            for r in rows
        ],
    )
    print_rows("What being listed means", ["list", "effect"], [[r.id, r.effect] for r in rows if r.effect])
    print_rows(
        "Rule sets",
        ["jurisdiction", "title", "rules", "to verify", "authority"],
        [[r.id, r.title, r.rules, r.to_verify, r.authority] for r in rules],
    )
    click.echo(f"snapshot {snapshot.digest}")


@lists.command("check")
@click.argument("directory", required=False, type=click.Path(path_type=Path))
@click.option("--coverage", "show_coverage", is_flag=True, help="Print how deep each entry is described.")
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON.")
@one_line_errors
def lists_check(directory: Path | None, show_coverage: bool, as_json: bool) -> None:
    """Prove list data: codes, dates, citations, units, check digits, and every rule's examples.

    \b
    Example: stc lists check ./national
    """
    from control_lists.check import check
    from control_lists.snapshot import Snapshot
    from control_lists.tables_check import check_official
    from screening.decide.check import check_rules
    from screening.flags.check import check_red_flags
    from screening.flags.depth import depth_of_flags
    from screening.goods.check import check_terms
    from screening.goods.depth import depth, totals

    snapshot = Snapshot.open(list_directories((directory,) if directory else ()))
    if show_coverage:
        rows = depth(snapshot)
        if as_json:
            click.echo(json.dumps({"entries": [row._asdict() for row in rows], "totals": totals(rows)}, ensure_ascii=False, indent=1))
            return
        print_rows(
            "Depth of description",
            ["list", "code", "title", "depth", "terms", "criteria", "unmapped", "why"],
            [list(row) for row in rows],
        )
        for list_id, counts in totals(rows).items():
            click.echo(f"{list_id}: " + ", ".join(f"{count} {words}" for words, count in counts.items()))
        print_rows(
            "Red flags",
            ["flag", "title", "family", "weight", "lane", "reads", "needs beside the declaration"],
            [list(row) for row in depth_of_flags(snapshot)],
        )
        return
    printed = snapshot.with_texts(list(held_texts(edition_store()).values()))
    today = date.today()
    faults = [
        *check(snapshot), *check_official(printed), *check_rules(snapshot, today), *check_red_flags(snapshot, today),
        *check_terms(snapshot, today),
    ]  # fmt: skip
    if as_json:
        click.echo(json.dumps([fault._asdict() for fault in faults], ensure_ascii=False, indent=1))
    else:
        for fault in faults:
            click.echo(f"{fault.severity}: {fault.where}: {fault.message}")
    errors = sum(fault.severity == "error" for fault in faults)
    held = f"{len(snapshot.lists)} lists, {sum(map(len, snapshot.rules.values()))} rules, {len(snapshot.red_flags)} red flags"
    click.echo(f"{held}: {errors} errors, {len(faults) - errors} warnings", err=True)
    if errors:
        sys.exit(EXIT_FAILED)


@lists.command("rules")
@click.argument("jurisdiction")
@click.option("--json", "as_json", is_flag=True, help="Print the rules as JSON.")
@lists_options
@one_line_errors
def lists_rules(jurisdiction: str, as_json: bool, lists: tuple[Path, ...], policy: Path | None) -> None:
    """Print a jurisdiction's rules as a Markdown page: law, days, status and cases of each, made from the data.

    \b
    Example: stc lists rules EU > eu.md
    """
    from control_lists.rules_page import rules_page, rules_table
    from control_lists.snapshot import Snapshot
    from screening.errors import UsageError

    snapshot = Snapshot.open(list_directories(lists), prepared_lists(), edition_store())
    if jurisdiction not in snapshot.profiles:
        raise UsageError(f"no rule set is held for '{jurisdiction}'; held are {', '.join(sorted(snapshot.profiles))}")
    if as_json:
        click.echo(json.dumps(rules_table(snapshot, jurisdiction), ensure_ascii=False, indent=1, default=str))
        return
    for line in rules_page(snapshot, jurisdiction):
        click.echo(line)


@lists.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--edition", type=Date(), help="The day the list was published, for files that do not say it.")
@click.option(
    "--accept-shrink", is_flag=True, help="Take an edition that holds far fewer parties or names than the one in force or a whole one."
)
@lists_options
@one_line_errors
def lists_import(files: tuple[Path, ...], edition: date | None, accept_shrink: bool, lists: tuple[Path, ...], policy: Path | None) -> None:
    """Import official list files, or a bundle made on another machine; the source is recognised by its content.

    \b
    Example: stc lists import SDN_ENHANCED.ZIP consolidated.xml
    """
    import screening
    from control_lists.importing import Importing

    importing = Importing.open(edition_store(), list_directories(lists), date.today(), screening.__version__)
    with progress("reading") as step:
        tell(importing.files(files, edition, accept_shrink, step))


@lists.command("update")
@click.argument("names", nargs=-1)
@lists_options
@one_line_errors
def lists_update(names: tuple[str, ...], lists: tuple[Path, ...], policy: Path | None) -> None:
    """Fetch lists from their publishers and import them; without names, those that are held. Says what it could not get.

    \b
    Example: stc lists update us-sdn un-sc
    """
    import screening
    from control_lists.importing import Importing

    importing = Importing.open(edition_store(), list_directories(lists), date.today(), screening.__version__)
    with progress("fetching") as step:
        tell(importing.update(names, stc_home() / "downloads", step))


@lists.command("bundle")
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False))
@one_line_errors
def lists_bundle(output: Path) -> None:
    """Write all imported lists into one checksummed file, to be imported on a machine without a network.

    \b
    Example: stc lists bundle lists.zip
    """
    from control_lists.bundle import write_bundle

    editions = write_bundle(edition_store(), output)
    click.echo(f"{output}: {len(editions)} editions of {len({e.facts.list_id for e in editions})} lists")


@lists.command("diff")
@click.argument("before")
@click.argument("after")
@click.option(
    "--impact",
    "results",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Parquet results of stc screen: replay their declarations against AFTER and print every flag that flips.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
@lists_options
@one_line_errors
def lists_diff(before: str, after: str, results: Path | None, as_json: bool, lists: tuple[Path, ...], policy: Path | None) -> None:
    """Show what changed between two editions, LIST@DATE of the store or official files: parties, or paragraphs of an official text.

    \b
    Example: stc lists diff us-sdn@2023-12-28 us-sdn@2024-05-03 --impact results.parquet
    """
    import screening
    from control_lists.importing import Importing, in_words

    importing = Importing.open(edition_store(), list_directories(lists), date.today(), screening.__version__)
    changes = importing.diff(before, after)
    if results is not None:
        print_impact(results, after, importing, as_json, lists, policy)
        return
    if as_json:
        click.echo(json.dumps([change._asdict() for change in changes], ensure_ascii=False, default=str, indent=1))
        return
    for change in changes:
        click.echo(in_words(change))
    kinds = [change.kind for change in changes]
    click.echo(f"{kinds.count('added')} added, {kinds.count('removed')} removed, {kinds.count('changed')} changed", err=True)


@lists.command("learn-values")
@click.argument("files", nargs=-1, required=True)
@click.option("--set", "blanks", multiple=True, type=Pair(), help="Fill a blank field: --set currency=EUR.")
@click.option("--map", "mapping", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="TOML or JSON naming foreign columns.")
@lists_options
@one_line_errors
def lists_learn_values(
    files: tuple[str, ...], blanks: tuple[tuple[str, str], ...], mapping: Path | None, lists: tuple[Path, ...], policy: Path | None
) -> None:
    """Learn usual unit values by HS subheading from earlier declarations; later runs tell prices far from them.

    \b
    Example: stc lists learn-values 2025/*.csv
    """
    from control_lists.snapshot import Snapshot
    from screening.batch import load_mapping, paths_of
    from screening.flags.unit_values import UsualValues, write
    from screening.read import ReadOptions, read

    snapshot = Snapshot.open(list_directories(lists), prepared_lists())
    options = ReadOptions(snapshot, None, dict(blanks), load_mapping(mapping))
    table = UsualValues(snapshot).learn(part.items for part in read(paths_of(files), options))
    digest = write(table, unit_values())
    click.echo(f"{unit_values()}: {table.height} unit values of {table.get_column('hs6').n_unique()} subheadings, digest {digest}")


@lists.command("chemicals")
@lists_options
@one_line_errors
def lists_chemicals(lists: tuple[Path, ...], policy: Path | None) -> None:
    """Build the index of chemicals that no list names one by one: other names, other CAS numbers, members of families.

    It needs the extras lexicon and chem once; screening then uses the index without them.

    \b
    Example: stc lists chemicals
    """
    from control_lists.chemical_index_build import build, packaged_compounds
    from control_lists.snapshot import Snapshot

    snapshot = Snapshot.open(list_directories(lists), prepared_lists())
    with progress("reading structures"):
        compounds, source = packaged_compounds()
        index = build(snapshot, compounds, source)
    path = index.write(chemical_folder())
    others = f"{len(index.names):,} names and {len(index.cas):,} CAS numbers of other chemicals"
    click.echo(f"{path}: {others}, {len(index.member_cas):,} members of families")


@lists.command("sources")
@lists_options
@one_line_errors
def lists_sources(lists: tuple[Path, ...], policy: Path | None) -> None:
    """Show the official lists that can be imported, and where they are published.

    \b
    Example: stc lists sources
    """
    from control_lists.snapshot import Snapshot

    store = edition_store()
    snapshot = Snapshot.open(list_directories(lists), prepared_lists())
    held = {list_id: store.in_force(list_id) for list_id in store.lists()}
    print_rows(
        "Importable lists",
        ["list", "title", "edition held", "address"],
        [
            [s.id, s.title, edition.facts.edition if (edition := held.get(s.id)) else "", "\n".join(s.addresses)]
            for s in sorted(snapshot.sources.values(), key=lambda s: s.id)
        ],
    )


# ------------------------------------------------------------------------------------------------------- review
def store_option(command: F) -> F:
    """--db, on every command of the case store."""
    return click.option(
        "--db",
        envvar="STC_DB",
        help="The case store: a file (default: review.db in STC_HOME) or postgresql://user@host/name; also STC_DB.",
    )(command)


def actor_options(command: F) -> F:
    """Who acts on a case, on which store, and what binds the act."""
    command = click.option("--as", "user", envvar="STC_USER", help="Who acts (also STC_USER).")(command)
    return lists_options(store_option(command))


def seen_option(command: F) -> F:
    """--version, on every act that rests on what was seen."""
    return click.option(
        "--version", "seen", type=click.IntRange(1), help="The version of the case that you saw: refused when it changed since."
    )(command)


@main.group()
def review() -> None:
    """Decide on what was flagged: cases, dispositions, four eyes, holds, registers, and a ledger that proves itself.

    \b
    Example: stc review list --lane red
    """


@review.command("user")
@click.argument("name", required=False)
@click.option("--role", type=click.Choice(ROLES), default="officer", show_default=True)
@actor_options
@one_line_errors
def review_user(name: str | None, role: str, user: str | None, db: str | None, lists: tuple[Path, ...], policy: Path | None) -> None:
    """Give a person a role, or show the users. The first user is a supervisor, and makes the case store.

    \b
    Example: stc review user amy --role supervisor
    """
    from screening.review import By, CaseStore

    if name is None:
        print_rows("Users", ["name", "role"], [list(pair) for pair in sorted(case_store(db, lists, policy).users().items())])
        return
    store = CaseStore.make(store_place(db), terms_of(lists, policy), By(user or name, "supervisor", datetime.now(UTC)))
    store.name_user(name, role, acting(store, user) if store.users() else By(user or name, "supervisor", datetime.now(UTC)))
    click.echo(f"{name} is {role} in {store.where}")


@review.command("open")
@click.argument("results", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--declarations", multiple=True, help="The files that were screened: what was declared is kept, for a replay.")
@click.option("--input-format", type=click.Choice(INPUT_FORMATS), help="As they were screened.")
@click.option("--set", "blanks", multiple=True, type=Pair(), help="As they were screened.")
@click.option("--map", "mapping", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="As they were screened.")
@actor_options
@one_line_errors
def review_open(
    results: Path,
    declarations: tuple[str, ...],
    input_format: str | None,
    blanks: tuple[tuple[str, str], ...],
    mapping: Path | None,
    user: str | None,
    db: str | None,
    lists: tuple[Path, ...],
    policy: Path | None,
) -> None:
    """Open a case for each determination of a results file (NDJSON or Parquet) that raises a flag or whose lane is not green.

    \b
    Example: stc review open results.parquet --declarations morning.csv
    """
    from screening.batch import load_mapping, paths_of
    from screening.review.opening import open_results

    store = case_store(db, lists, policy)
    with progress("opening cases") as step:
        reading = (input_format, dict(blanks), load_mapping(mapping))
        opened = open_results(store, results, paths_of(declarations), reading, snapshot_of(lists), acting(store, user), step)
    click.echo(f"{len(opened.opened)} cases opened, {len(opened.known)} held already")
    if opened.undeclared:
        click.echo(f"note: {opened.undeclared} hold no declared record and cannot be replayed; give --declarations", err=True)


@review.command("list")
@click.option("--lane", type=click.Choice(("green", "blue", "yellow", "red")))
@click.option("--flag", type=click.Choice(("NO_FINDING", *FLAGS)))
@click.option("--jurisdiction")
@click.option("--office", help="The customs office.")
@click.option("--status", help="open, proposed, or a disposition.")
@click.option("--officer", help="Whose cases.")
@click.option("--declaration", help="The declaration's id.")
@click.option("--overdue", is_flag=True, help="Those whose hold has ended.")
@click.option("--closed", is_flag=True, help="Those that are closed, in place of those that are not.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the cases as JSON.")
@store_option
@one_line_errors
def review_list(
    lane: str | None,
    flag: str | None,
    jurisdiction: str | None,
    office: str | None,
    status: str | None,
    officer: str | None,
    declaration: str | None,
    overdue: bool,
    closed: bool,
    limit: int,
    as_json: bool,
    db: str | None,
) -> None:
    """Show the queue: holds by their last day, then the most severe, then the oldest.

    \b
    Example: stc review list --lane red --overdue
    """
    from screening.review import CLOSING, Wanted, queue_lines

    store, today = case_store(db), date.today()
    is_closed = status in CLOSING if status else closed
    wanted = Wanted(is_closed, status, flag, lane, jurisdiction, office, officer, declaration, today if overdue else None)
    rows = store.queue(wanted, limit)
    if as_json:
        print_json([row._asdict() for row in rows])
        return
    print_lines(queue_lines(rows, today))
    click.echo(f"{len(rows)} of {store.count(wanted)} cases", err=True)


@review.command("show")
@click.argument("case_id", metavar="CASE", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print the case as JSON.")
@store_option
@lists_options
@one_line_errors
def review_show(case_id: int, as_json: bool, db: str | None, lists: tuple[Path, ...], policy: Path | None) -> None:
    """Show one case: where it stands, its determination, what was decided before on the like, and its history.

    \b
    Example: stc review show 17
    """
    from screening.review import case_file, case_lines

    store = case_store(db, lists, policy)
    case, before = store.case(case_id), store.precedents(case_id)
    if as_json:
        print_json({**case_file(case), "state": case.state._asdict(), "precedents": [one._asdict() for one in before]})
        return
    print_lines(case_lines(case, before, date.today()))


@review.command("assign")
@click.argument("case_id", metavar="CASE", type=int)
@click.argument("officer", required=False)
@seen_option
@actor_options
@one_line_errors
def review_assign(
    case_id: int, officer: str | None, seen: int | None, user: str | None, db: str | None, lists: tuple[Path, ...], policy: Path | None
) -> None:
    """Give a case to an officer; to nobody where none is named.

    \b
    Example: stc review assign 17 amy
    """
    store = case_store(db, lists, policy)
    told(store.assign(case_id, officer, acting(store, user), seen))


@review.command("decide")
@click.argument("case_id", metavar="CASE", type=int)
@click.argument("disposition", type=click.Choice(("true_match", "false_positive", "needs_information", "held", "referred", "released")))
@click.option("--reason", "reason_code", required=True, help="A reason code; stc review reasons shows them.")
@click.option("--note", "text", default="", help="In the officer's own words.")
@click.option("--days", type=click.IntRange(1), help="Working days of a hold, where they are not the state's.")
@seen_option
@actor_options
@one_line_errors
def review_decide(
    case_id: int,
    disposition: str,
    reason_code: str,
    text: str,
    days: int | None,
    seen: int | None,
    user: str | None,
    db: str | None,
    lists: tuple[Path, ...],
    policy: Path | None,
) -> None:
    """Say what you find. Where the policy asks for four eyes it is proposed, and another person confirms it.

    \b
    Example: stc review decide 17 false_positive --reason other_party --note "register extract seen"
    """
    from screening.review import precedent_lines

    store = case_store(db, lists, policy)
    decided = store.decide(case_id, disposition, reason_code, acting(store, user), seen, text, days)
    told(decided.event)
    if decided.awaits_second:
        click.echo(f"another person confirms it: stc review confirm {case_id}")
    if decided.contradicts:
        click.echo("note: this contradicts what was decided before on the like:", err=True)
        print_lines(precedent_lines(decided.contradicts))


@review.command("confirm")
@click.argument("case_id", metavar="CASE", type=int)
@click.option("--note", "text", default="", help="In your own words.")
@seen_option
@actor_options
@one_line_errors
def review_confirm(
    case_id: int, text: str, seen: int | None, user: str | None, db: str | None, lists: tuple[Path, ...], policy: Path | None
) -> None:
    """Make a proposed disposition stand: a supervisor other than who proposed it.

    \b
    Example: stc review confirm 17 --as bea
    """
    store = case_store(db, lists, policy)
    told(store.confirm(case_id, acting(store, user), seen, text))


@review.command("reject")
@click.argument("case_id", metavar="CASE", type=int)
@click.option("--note", "text", required=True, help="Why.")
@seen_option
@actor_options
@one_line_errors
def review_reject(
    case_id: int, text: str, seen: int | None, user: str | None, db: str | None, lists: tuple[Path, ...], policy: Path | None
) -> None:
    """Set a proposal aside: a supervisor, or who made it. The case stands as before.

    \b
    Example: stc review reject 17 --note "the address is the same"
    """
    store = case_store(db, lists, policy)
    told(store.reject(case_id, acting(store, user), seen, text))


@review.command("note")
@click.argument("case_id", metavar="CASE", type=int)
@click.argument("text")
@click.option("--document", help="A document that came: its kind and reference.")
@actor_options
@one_line_errors
def review_note(
    case_id: int, text: str, document: str | None, user: str | None, db: str | None, lists: tuple[Path, ...], policy: Path | None
) -> None:
    """Add a note to a case, or record a document that came.

    \b
    Example: stc review note 17 "end-use certificate, signed" --document "EUC 2026-118"
    """
    store = case_store(db, lists, policy)
    by = acting(store, user)
    told(store.receive(case_id, document, by, text) if document else store.note(case_id, text, by))


@review.command("reasons")
@click.argument("disposition", required=False)
@lists_options
@one_line_errors
def review_reasons(disposition: str | None, lists: tuple[Path, ...], policy: Path | None) -> None:
    """Show the reason codes, of all dispositions or of one.

    \b
    Example: stc review reasons released
    """
    codes = terms_of(lists, policy)().reason_codes.values()
    fitting = [code for code in codes if disposition is None or disposition in code.dispositions]
    print_rows("Reason codes", ["code", "title", "dispositions"], [[code.id, code.title, ", ".join(code.dispositions)] for code in fitting])


@review.command("stats")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@store_option
@one_line_errors
def review_stats(as_json: bool, db: str | None) -> None:
    """Count cases by flag, lane, jurisdiction, office, destination and HS chapter: open, held, overdue, and what was decided.

    \b
    Example: stc review stats
    """
    from screening.review.lines import COUNT_HEADER, count_rows

    counts = case_store(db).stats(date.today())
    if as_json:
        print_json([count._asdict() for count in counts])
    else:
        print_rows("Cases", COUNT_HEADER, count_rows(counts))


@review.command("verify")
@click.option("--anchor", "anchors", multiple=True, help="NUMBER:HASH as printed earlier, or a file of such lines.")
@click.option("--save", type=click.Path(path_type=Path, dir_okay=False), help="Append today's anchor to this file, kept elsewhere.")
@store_option
@one_line_errors
def review_verify(anchors: tuple[str, ...], save: Path | None, db: str | None) -> None:
    """Recompute the ledger and every case; name the first broken row. An anchor kept elsewhere shows whether the end was cut off.

    \b
    Example: stc review verify --anchor anchors.txt --save anchors.txt
    """
    from screening.review import read_anchors

    found = case_store(db).verify(read_anchors(anchors))
    if found.fault:
        click.echo(f"stc: {found.fault}", err=True)
        sys.exit(EXIT_FAILED)
    click.echo(f"{found.events} rows of the ledger and {found.cases} cases are as they were written", err=True)
    click.echo(str(found.anchor))
    if save is not None:
        with save.open("a", encoding="utf-8") as out:
            out.write(f"{found.anchor}\n")


@review.command("export")
@click.argument("case_id", metavar="CASE", type=int)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help=".json, or .zip with words.")
@store_option
@one_line_errors
def review_export(case_id: int, output: Path, db: str | None) -> None:
    """Write a case into one file: what was declared, the determination, the lists it was made with, and every event.

    \b
    Example: stc review export 17 -o case-17.zip
    """
    from screening.review import write_case

    write_case(case_store(db).case(case_id), output, date.today())
    click.echo(f"{output}: case {case_id}")


@review.command("replay")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--as-of", type=Date(), help="The day whose list editions are opened (default: the newest).")
@exceptions_option
@lists_options
@one_line_errors
def review_replay(file: Path, as_of: date | None, exceptions: Path | None, lists: tuple[Path, ...], policy: Path | None) -> None:
    """Screen an exported case again, and say whether the result is the same and with which lists. Exit code 1 where it is not.

    \b
    Example: stc review replay case-17.zip
    """
    from screening.review import read_case, replay

    content = read_case(file)
    found = replay(content, open_screener(lists, policy, as_of, exceptions))
    for name, then in found.then.items():
        if then != found.now[name]:
            click.echo(f"note: {name} was {then}, is {found.now[name]}", err=True)
    if found.differs:
        click.echo(f"stc: {file}: the result differs in {', '.join(found.differs)}", err=True)
        sys.exit(EXIT_FAILED)
    click.echo("the same result" + (", with the same lists, rules, engine and policy" if found.then == found.now else ""))


@review.group("exceptions")
def review_exceptions() -> None:
    """Declared names that are not a listed party: granted on a case, for a time, and read by --exceptions.

    \b
    Example: stc review exceptions export -o exceptions.csv
    """


@review_exceptions.command("grant")
@click.argument("case_id", metavar="CASE", type=int)
@click.argument("listed", metavar="LIST:ENTITY")
@click.option("--until", type=Date(), required=True, help="The day on which it ends.")
@seen_option
@actor_options
@one_line_errors
def review_grant(
    case_id: int, listed: str, until: date, seen: int | None, user: str | None, db: str | None, lists: tuple[Path, ...], policy: Path | None
) -> None:
    """Set the declared names of a case that stands as a false positive apart from a listed party.

    \b
    Example: stc review exceptions grant 17 us-sdn:9647 --until 2027-06-30
    """
    store = case_store(db, lists, policy)
    for one in store.grant_exception(case_id, listed, acting(store, user), until, seen):
        click.echo(f"entry {one.seq}: '{one.columns['name']}' is not {listed} until {until}")


@review_exceptions.command("export")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A CSV file (default: stdout).")
@store_option
@one_line_errors
def review_exceptions_export(output: Path | None, db: str | None) -> None:
    """Write the exceptions that stand today as the CSV that --exceptions reads.

    \b
    Example: stc review exceptions export -o exceptions.csv
    """
    from screening.parties.exceptions import COLUMNS
    from screening.review import as_csv

    written(as_csv(case_store(db).exceptions(date.today()), COLUMNS), output)


@review.group("register")
def review_register() -> None:
    """Registers that officers keep beside the cases: licences, denials, or others.

    \b
    Example: stc review register export denials -o denials.csv
    """


@review_register.command("add")
@click.argument("register")
@click.option("--set", "columns", multiple=True, required=True, type=Pair(), help="A column of the entry: --set number=E-2026-0101.")
@click.option("--case", "case_id", type=int, help="The case that it comes from.")
@actor_options
@one_line_errors
def review_register_add(
    register: str,
    columns: tuple[tuple[str, str], ...],
    case_id: int | None,
    user: str | None,
    db: str | None,
    lists: tuple[Path, ...],
    policy: Path | None,
) -> None:
    """Write an entry into a register.

    \b
    Example: stc review register add denials --set exporter="Example Valves GmbH" --set denied_on=2026-11-20
    """
    store = case_store(db, lists, policy)
    click.echo(f"entry {store.register(register, dict(columns), acting(store, user), case_id).seq}")


@review_register.command("withdraw")
@click.argument("entry", type=int)
@click.option("--note", "text", required=True, help="Why.")
@actor_options
@one_line_errors
def review_register_withdraw(entry: int, text: str, user: str | None, db: str | None, lists: tuple[Path, ...], policy: Path | None) -> None:
    """Take an entry out of its register (an exception too); the ledger keeps it.

    \b
    Example: stc review register withdraw 214 --note "annulled on appeal"
    """
    store = case_store(db, lists, policy)
    told(store.withdraw(entry, acting(store, user), text))


@review_register.command("list")
@click.argument("register", required=False)
@store_option
@one_line_errors
def review_register_list(register: str | None, db: str | None) -> None:
    """Show the entries that stand, of all registers or of one.

    \b
    Example: stc review register list denials
    """
    from screening.review.lines import entry_lines

    store = case_store(db)
    print_lines(entry_lines(one for name in ([register] if register else store.registers()) for one in store.entries(name)))


@review_register.command("export")
@click.argument("register")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A CSV file (default: stdout).")
@store_option
@one_line_errors
def review_register_export(register: str, output: Path | None, db: str | None) -> None:
    """Write the entries of a register that stand as CSV.

    \b
    Example: stc review register export denials -o denials.csv
    """
    from screening.review import as_csv

    written(as_csv(case_store(db).entries(register)), output)


# -------------------------------------------------------------------------------------------------------- serve
@main.group(invoke_without_command=True)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen on; others than this machine need TLS before it."
)
@click.option("--port", type=click.IntRange(1, 65535), default=8540, show_default=True)
@click.option("--https", "is_https", is_flag=True, help="A proxy in front speaks TLS: cookies are sent over it alone.")
@click.option("--rate", type=click.IntRange(1), default=600, show_default=True, help="Requests a minute of one user.")
@store_option
@exceptions_option
@lists_options
@click.pass_context
@one_line_errors
def serve(
    context: click.Context,
    host: str,
    port: int,
    is_https: bool,
    rate: int,
    db: str | None,
    exceptions: Path | None,
    lists: tuple[Path, ...],
    policy: Path | None,
) -> None:
    """Run the officers' workbench and the API; stop it with Ctrl-C.

    \b
    Example: stc serve users add amy --role supervisor
             stc serve
    """
    if context.invoked_subcommand is not None:
        return
    require("uvicorn", "serve")
    import uvicorn

    from screening.serve import Settings
    from screening.serve.app import create_app

    opening = opening_of(lists, policy, None, exceptions)
    app = create_app(Settings(opening, store_place(db), stc_home(), is_https, requests_a_minute=rate))
    click.echo(f"http://{host}:{port}", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


@serve.group("users")
def serve_users() -> None:
    """Who may sign in, and the keys of programs.

    \b
    Example: stc serve users add bea --role officer --as amy
    """


@serve_users.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="officer", show_default=True)
@click.password_option(help="Asked for where it is not given.")
@actor_options
@one_line_errors
def serve_users_add(
    name: str, role: str, password: str, user: str | None, db: str | None, lists: tuple[Path, ...], policy: Path | None
) -> None:
    """Give a person a role and a password. The first is a supervisor; a supervisor adds the others. Also sets a new password.

    \b
    Example: stc serve users add amy --role supervisor
    """
    from screening.review import By, CaseStore
    from screening.serve.accounts import Accounts, require_password

    require_password(password)
    store = CaseStore.make(store_place(db), terms_of(lists, policy), By(user or name, "supervisor", datetime.now(UTC)))
    store.name_user(name, role, acting(store, user) if store.users() else By(user or name, "supervisor", datetime.now(UTC)))
    Accounts(stc_home() / "accounts.db").set_password(name, password)
    click.echo(f"{name} is {role} in {store.where}")


@serve_users.command("key")
@click.argument("name")
@click.option("--revoke", is_flag=True, help="End all keys of the user instead.")
@store_option
@one_line_errors
def serve_users_key(name: str, revoke: bool, db: str | None) -> None:
    """Print a new API key of a user, once; programs send it as "Authorization: Bearer KEY".

    \b
    Example: stc serve users key bea
    """
    from screening.serve.accounts import Accounts

    accounts = Accounts(stc_home() / "accounts.db")
    if revoke:
        click.echo(f"{accounts.revoke_keys(name)} keys of {name} ended")
        return
    case_store(db).role_of(name)
    click.echo(accounts.new_key(name))


@main.command()
@exceptions_option
@lists_options
@one_line_errors
def mcp(exceptions: Path | None, lists: tuple[Path, ...], policy: Path | None) -> None:
    """Answer assistants over stdin and stdout (Model Context Protocol): check_good, check_party, explain_entry; nothing is written.

    \b
    Example: stc mcp
    """
    from screening.mcp import answer_all

    answer_all(sys.stdin, sys.stdout, open_screener(lists, policy, None, exceptions))


def require(module: str, extra: str) -> None:
    """Nothing; raises UsageError where an extra is not installed."""
    from importlib.util import find_spec

    from screening.errors import UsageError

    if find_spec(module) is None:
        raise UsageError(f"this needs an extra; pip install 'stc-engine[{extra}]'")


def store_place(db: str | None) -> str:
    """Where the case store is: what was named, or a file in the user's own folder."""
    return db or str(stc_home() / "review.db")


def case_store(db: str | None, lists: tuple[Path, ...] = (), policy: Path | None = None) -> CaseStore:
    """The case store that the options name."""
    from screening.review import CaseStore

    return CaseStore.open(store_place(db), terms_of(lists, policy))


def terms_of(lists: tuple[Path, ...], policy: Path | None) -> Callable[[], ReviewTerms]:
    """The terms that lists and policy set, opened when they are first needed."""

    def opened() -> ReviewTerms:
        from screening.policy import Policy
        from screening.review import ReviewTerms

        return ReviewTerms.of(snapshot_of(lists), Policy.open(policy))

    return opened


def snapshot_of(lists: tuple[Path, ...]) -> Snapshot:
    """The authored lists and reference data; the imported lists are not needed here."""
    from control_lists.snapshot import Snapshot

    return Snapshot.open(list_directories(lists), prepared_lists())


def acting(store: CaseStore, user: str | None) -> By:
    """Who acts, in the role that the store knows."""
    from screening.errors import UsageError
    from screening.review import By

    if not user:
        raise UsageError("say who acts: --as NAME, or STC_USER")
    return By(user, store.role_of(user), datetime.now(UTC))


def told(event: Event) -> None:
    """An event of a case in words."""
    from screening.review.lines import event_lines

    click.echo(f"case {event.case_id}, version {event.version}")
    print_lines(event_lines(event))


def written(text: str, output: Path | None) -> None:
    """A text in a file, or on stdout."""
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


def print_json(value: Any) -> None:
    """A value as JSON on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


# ------------------------------------------------------------------------------------------------------ plumbing
def list_directories(given: tuple[Path, ...]) -> tuple[Path, ...]:
    """Directories of authored lists: those of STC_LISTS, then those of --lists."""
    return tuple(Path(part) for part in os.environ.get("STC_LISTS", "").split(os.pathsep) if part) + given


def stc_home() -> Path:
    """The user's own folder of imported and prepared lists: STC_HOME, or the application folder."""
    return Path(os.environ.get("STC_HOME") or click.get_app_dir("stc"))


def prepared_lists() -> Path:
    """Where checked lists are kept between starts."""
    return stc_home() / "prepared"


def unit_values() -> Path:
    """The table of usual unit values that was learnt, if any."""
    return stc_home() / "unit_values.csv"


def edition_store() -> EditionStore:
    """The store of imported lists."""
    from control_lists.editions import EditionStore

    return EditionStore(stc_home() / "lists")


def held_texts(store: EditionStore) -> dict[str, HeldText]:
    """The newest official texts held, to quote from."""
    from control_lists.texts import TextStore

    texts = TextStore(store)
    return {list_id: held for list_id in texts.lists() if (held := texts.in_force(list_id)) is not None}


def chemical_folder() -> Path:
    """Where the index of chemicals is kept that no list names."""
    return stc_home() / "chemicals"


def open_screener(lists: tuple[Path, ...], policy: Path | None, as_of: date | None, exceptions: Path | None = None) -> Screener:
    """The Screener that the options ask for, on the list editions in force on the day."""
    return opening_of(lists, policy, as_of, exceptions).screener()


def opening_of(lists: tuple[Path, ...], policy: Path | None, as_of: date | None, exceptions: Path | None) -> Opening:
    """What opens the Screener that the options ask for."""
    from screening.execute.units import Opening

    tell_of_compiling()
    threads = os.cpu_count() or 1
    places = (prepared_lists(), stc_home() / "lists")
    return Opening(list_directories(lists), policy, *places, as_of, exceptions, threads, unit_values(), chemical_folder())


def engine_of(name: str, workers: int | None) -> Engine | None:
    """Who does the units of a run; None for the engine of this process."""
    if workers is not None and name != "processes":
        raise click.UsageError("--workers is the number of --engine processes")
    if name == "local":
        return None
    if name == "spark":
        from screening.execute.spark import Spark

        return Spark()
    from screening.execute.engines import Processes

    return Processes(workers or os.cpu_count() or 1)


@contextmanager
def workspace(output: Path | None) -> Iterator[Path]:
    """The folder in which a run keeps what is finished: beside its results until they are written, else for this run alone."""
    import shutil
    import tempfile

    from screening.execute.claim import claimed
    from screening.execute.workspace import Workspace

    if output is None:
        with tempfile.TemporaryDirectory(prefix="stc-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
        return
    kept = output.with_name(f".{output.name}.parts")
    with claimed(kept):
        try:
            yield kept
        except BaseException:
            if Workspace.is_begun(kept):
                click.echo(f"note: what is finished is kept in {kept}: the same command goes on from there", err=True)
            else:
                shutil.rmtree(kept, ignore_errors=True)
            raise
        shutil.rmtree(kept, ignore_errors=True)


def tell_of_compiling() -> None:
    """What the search of names says about compiling goes to stderr as one line."""
    from screening.matching import CompilerWarning

    others = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if issubclass(category, CompilerWarning):
            click.echo(f"note: {message}", err=True)
        else:
            others(message, category, *where, **more)

    warnings.showwarning = show


def jurisdictions(text: str | None) -> tuple[str, ...]:
    """``EU,US`` as a tuple; empty where none is asked."""
    return tuple(dict.fromkeys(part.strip().upper() for part in (text or "").split(",") if part.strip()))


def numbers(stated: tuple[tuple[str, str], ...]) -> dict[str, float]:
    """NAME=NUMBER pairs; raises UsageError for one that is no number."""
    from screening.errors import UsageError

    try:
        return {name: float(value) for name, value in stated}
    except ValueError as error:
        raise UsageError(f"--figure takes NAME=NUMBER: {error}") from None


def answer(
    record: dict[str, Any],
    jurisdiction: str | None,
    as_of: date | None,
    limit: int,
    as_json: bool,
    lists: tuple[Path, ...],
    policy: Path | None,
    exceptions: Path | None = None,
) -> None:
    """Screen one record and print what was found."""
    from screening.explain import explain_all
    from screening.single import determine

    screener = open_screener(lists, policy, as_of, exceptions)
    day, asked = as_of or date.today(), jurisdictions(jurisdiction)
    reasoned = as_json and "description" in record
    records = determine(screener, record, as_of=day, jurisdictions=asked, limit=limit, reasoned=reasoned)
    if as_json:
        click.echo(json.dumps(records, ensure_ascii=False, indent=1, default=str))
        return
    print_lines(explain_all(records, screener.snapshot.texts))


def console(*, stderr: bool = False) -> Console:
    """A rich console on the stream; plain where the stream is no terminal."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, width=None if stream.isatty() else PLAIN_WIDTH)


def print_impact(results: Path, after: str, importing: Importing, as_json: bool, lists: tuple[Path, ...], policy: Path | None) -> None:
    """Every flag of earlier results that flips under a newer edition, on stdout; counts and what else is to know on stderr."""
    from screening.impact import as_records, impact, in_words

    with progress("replaying"):
        found = impact(results, after, open_screener(lists, policy, None), edition_store(), importing)
    if as_json:
        click.echo(json.dumps(as_records(found), ensure_ascii=False, default=str, indent=1))
        return
    for flip in found.flips.iter_rows(named=True):
        click.echo(in_words(flip))
    for note in found.notes:
        click.echo(f"note: {note}", err=True)
    for (was, now), count in found.counts.items():
        click.echo(f"{count} {was} -> {now}", err=True)
    click.echo(f"{found.flips.height} of {found.compared} determinations flip", err=True)


def tell(outcomes: Iterator[Outcome]) -> None:
    """What became of each imported file; the exit code of failure where one could not be imported."""
    failed = False
    for outcome in outcomes:
        for line in outcome.lines:
            click.echo(line)
        for note in outcome.notes:
            click.echo(f"note: {note}", err=True)
        if outcome.failure:
            failed = True
            click.echo(f"stc: {outcome.failure}", err=True)
    if failed:
        sys.exit(EXIT_FAILED)


def print_lines(lines: Iterator[Line]) -> None:
    """Explanation lines, indented by kind and wrapped to the terminal."""
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    for line in lines:
        style = next((s for flag, s in _FLAG_STYLES.items() if line.style == "flag" and line.text.startswith(flag)), _STYLES[line.style])
        if line.style == "heading":
            out.print()
        out.print(Padding(Text(line.text, style=style), (0, 0, 0, _INDENT[line.style])))


def print_rows(title: str, header: list[str], rows: list[list[Any]]) -> None:
    """A small table."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in header:
        is_prose = name in ("title", "authority", "effect", "address", "reads", "needs beside the declaration")
        table.add_column(name, overflow="fold", no_wrap=not is_prose, min_width=16 if is_prose else None)
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    console().print(table)


def _review(review_on: date, is_overdue: bool) -> str:
    return f"{review_on}{' OVERDUE' if is_overdue else ''}"


def print_findings(batch: Batch, most: int = 50) -> None:
    """The flagged determinations, the worst first, as many as a person reads; each with what was declared and why."""
    from screening.batch import flagged
    from screening.explain import Line

    found = flagged(batch.frames())
    for row in found.head(most).iter_rows(named=True):
        about = row["entry"] or row["listed_name"] or f"HS {row['hs_code']}"
        head = f"{row['flag']:<22}{row['lane']:<8}{row['jurisdiction']:<7}{row['declaration_id']} item {row['item_number']}  {about}"
        print_lines(
            iter([Line("flag", head), Line("text", row["description"] or row["party_name"] or ""), Line("detail", row["text"] or "")])
        )
    unshown = batch.determinations - min(found.height, most)
    quiet = batch.determinations - found.height
    click.echo(f"{unshown} more determinations, {quiet} of them NO_FINDING; write them all with -o results.csv", err=True)


def print_summary(batch: Batch) -> None:
    """Counts by jurisdiction and flag on stderr, and the account of rows."""
    from rich.table import Table

    from screening.batch import summary

    counts, flags = summary(batch.counts)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("law of")
    for flag in flags:
        table.add_column(flag, justify="right")
    for jurisdiction, numbers in counts:
        table.add_row(jurisdiction, *(str(n) for n in numbers))
    out = console(stderr=True)
    out.print(table)
    items, rejects = batch.items, batch.rejects
    out.print(f"{items + rejects} rows in = {items} items + {rejects} rejects; {batch.determinations} determinations")


def left_file(output: Path) -> Path:
    """Where what a budget of alerts leaves is listed."""
    return output.with_name(f"{output.name}.left.csv")


def print_budget(ranking: Ranking, per_1000: int, left: Path) -> None:
    """What a budget of alerts keeps and leaves, on stderr."""
    beyond: dict[str, int] = {}
    for _, flag, _, number in ranking.left().iter_rows():
        beyond[flag] = beyond.get(flag, 0) + number
    stay = ranking.alerts - sum(beyond.values())
    told = ", ".join(f"{number} {flag}" for flag, number in beyond.items()) or "none"
    listed = f", listed in {left}" if beyond else ""
    click.echo(f"budget: {stay} of {ranking.alerts} alerts stay ({per_1000} per 1,000 items of an office); left: {told}{listed}", err=True)
    if beyond:
        click.echo("note: what was left keeps its flag; the lane proposed is blue: checked after release", err=True)
    if ranking.exceeding:
        click.echo(f"note: {ranking.exceeding} alerts above the budget: a prohibition, a licence or a listed party is never left", err=True)


def print_offices(records: list[dict[str, Any]], most: int = 20) -> None:
    """Counts by customs office on stderr: those with the most alerts, and all together."""
    from rich.table import Table
    from rich.text import Text

    from screening.summary import told

    *offices, whole = records
    offices.sort(key=lambda record: -record["alerts"])
    table = Table(box=None, pad_edge=False, header_style="bold")
    numbers = ("items", "red", "yellow", "blue", "green", "alerts_per_1000", "beyond_budget")
    for name in ("office", *(name.replace("_", " ") for name in numbers)):
        table.add_column(name, justify="left" if name == "office" else "right")
    table.add_column("most frequent rule and listing", overflow="fold")
    for record in [*offices[:most], whole]:
        behind = "; ".join(filter(None, (told(record["rules"][:1]), told(record["listings"][:1]))))
        table.add_row(Text(record["customs_office"]), *(str(record[name]) for name in numbers), Text(behind))
    console(stderr=True).print(table)
    if len(offices) > most:
        click.echo(f"{len(offices) - most} more offices: --summary offices.csv writes them all", err=True)


@contextmanager
def progress(text: str) -> Iterator[Step]:
    """What is being done, how far it is, how fast and for how long still, on a terminal's stderr; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn

    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(24), TaskProgressColumn(), TextColumn("{task.fields[pace]}")
    with Progress(*columns, console=console(stderr=True), transient=True) as shown:
        task, doing, begun = shown.add_task(text, total=None, pace=""), text, time.monotonic()

        def step(words: str, /, done: int = 0, whole: int | None = None, of: str = "") -> None:
            nonlocal doing, begun
            if words != doing:
                doing, begun = words, time.monotonic()
            shown.update(task, description=words, completed=done, total=whole, pace=pace(done, whole, of, time.monotonic() - begun))

        yield step


def pace(done: int, whole: int | None, of: str, seconds: float) -> str:
    """How much is done, how fast, and how long the rest will take, as far as it can be told."""
    amount = f"{done:,} of {whole:,} {of}" if whole is not None else f"{done:,} {of}" if of else ""
    if not done or seconds < 1:
        return amount
    left = f", {timedelta(seconds=round((whole - done) * seconds / done))} left" if whole is not None else ""
    return f"{amount}, {done / seconds:,.0f} a second{left}"


def counted(frames: Iterable[pl.DataFrame], whole: int, step: Step) -> Iterator[pl.DataFrame]:
    """Determinations, told of as they are written."""
    done = 0
    for frame in frames:
        step("writing the results", done, whole, "determinations")
        yield frame
        done += frame.height


if __name__ == "__main__":
    main()
