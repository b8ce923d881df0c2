"""The ``stc`` command: parse, call, print. No logic lives here."""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

    from control_lists.editions import EditionStore
    from control_lists.importing import Outcome
    from screening.engine import Screener
    from screening.explain import Line

F = TypeVar("F", bound=Callable[..., Any])
INPUT_FORMATS = (
    "csv", "tsv", "parquet", "ndjson", "json", "xlsx", "xml", "asycuda_sad", "asycuda_manifest", "wco_declaration", "eu_transit",
    "eu_export", "eu_entry_summary", "cargo_xml", "edifact",
)  # fmt: skip
FLAGS = ("GENERAL_AUTHORISATION", "REVIEW", "LICENCE_REQUIRED", "PROHIBITED")
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


# ------------------------------------------------------------------------------------------------------- screen
@main.command()
@click.argument("files", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Results file: .csv .tsv .ndjson .parquet .xlsx (default: a table, or NDJSON in a pipe).",
)
@click.option("--format", "output_format", help="Result format, where the suffix does not say.")
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
    bom: bool,
    since: Path | None,
    questions_file: Path | None,
    exceptions: Path | None,
    lists: tuple[Path, ...],
    policy: Path | None,
) -> None:
    """Screen a batch of declarations and write one determination an item and jurisdiction.

    \b
    Example: stc screen morning.csv -o results.xlsx --set export_country=KH
    """
    from screening.batch import gather, load_mapping, paths_of, worst
    from screening.rescreen import metadata_of
    from screening.write import format_of, write, write_to

    sources = paths_of(files)
    if output is not None:
        format_of(str(output), output_format)
    with progress("opening lists") as step:
        screener = open_screener(lists, policy, as_of, exceptions)
        batch = gather(
            screener,
            sources,
            as_of=as_of or date.today(),
            jurisdictions=jurisdictions(jurisdiction),
            input_format=input_format,
            blanks=dict(blanks),
            columns=load_mapping(mapping),
            step=step,
            stdin=sys.stdin.buffer,
            since=since,
            store=edition_store(),
        )
    for report in batch.reports:
        click.echo(f"note: {report}", err=True)
    if output is not None:
        write(batch.determinations, output, output_format, bom=bom, account=metadata_of(batch.run))
        if not batch.rejects.is_empty():
            rejects = output.with_name(f"{output.name}.rejects.csv")
            batch.rejects.write_csv(rejects)
            click.echo(f"note: {batch.rejects.height} rows could not be read: see {rejects}", err=True)
    else:
        if sys.stdout.isatty() and output_format is None:
            print_findings(batch.determinations)
        else:
            write_to(batch.determinations, sys.stdout.buffer, format_of("-.ndjson", output_format), bom=bom)
        for row in batch.rejects.iter_rows(named=True):
            field = f"{row['field']}: " if row["field"] else ""
            click.echo(f"rejected: {row['file']}: row {row['row']}: {field}{row['reason']}", err=True)
    if questions_file is not None:
        from screening.questions import by_declarant, fields_of
        from screening.write.flat import harmless

        asked = by_declarant(batch.determinations, batch.declarants, fields_of(screener.snapshot))
        harmless(asked).write_csv(questions_file, include_bom=bom)
        click.echo(f"note: {asked.height} questions to {asked['declarant'].n_unique()} declarants: see {questions_file}", err=True)
    print_summary(batch.determinations, batch.items, batch.rejects.height)
    if fail_on and worst(batch.determinations, at_least=fail_on):
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
    record = {
        "declaration_id": "enquiry",
        "description": text,
        "hs_code": hs,
        "cas_number": cas,
        "export_country": export_country,
        "destination_country": destination,
        "operation": operation,
        "attributes": dict(attributes),
    }
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
    one = {"role": "end_user", "name": name, "country": country, "address": address, "identifiers": list(identifiers)}
    record = {"declaration_id": "enquiry", "parties": [{k: v for k, v in one.items() if v}]}
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
    from control_lists.coverage import coverage
    from control_lists.snapshot import Snapshot
    from screening.decide.check import check_rules
    from screening.goods.check import check_terms

    snapshot = Snapshot.open(list_directories((directory,) if directory else ()))
    if show_coverage:
        print_rows(
            "Depth of description",
            ["list", "code", "title", "terms", "criteria", "exclusions", "HS", "substances"],
            [list(row) for row in coverage(snapshot)],
        )
        return
    faults = [*check(snapshot), *check_rules(snapshot, date.today()), *check_terms(snapshot, date.today())]
    if as_json:
        click.echo(json.dumps([fault._asdict() for fault in faults], ensure_ascii=False, indent=1))
    else:
        for fault in faults:
            click.echo(f"{fault.severity}: {fault.where}: {fault.message}")
    errors = sum(fault.severity == "error" for fault in faults)
    click.echo(
        f"{len(snapshot.lists)} lists, {sum(map(len, snapshot.rules.values()))} rules: {errors} errors, {len(faults) - errors} warnings",
        err=True,
    )
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
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
@lists_options
@one_line_errors
def lists_diff(before: str, after: str, as_json: bool, lists: tuple[Path, ...], policy: Path | None) -> None:
    """Show the parties added, removed and changed between two editions: LIST@DATE of the store, or official files.

    \b
    Example: stc lists diff us-sdn@2023-12-28 us-sdn@2024-05-03
    """
    import screening
    from control_lists.editions_diff import in_words
    from control_lists.importing import Importing

    importing = Importing.open(edition_store(), list_directories(lists), date.today(), screening.__version__)
    changes = importing.diff(before, after)
    if as_json:
        click.echo(json.dumps([change._asdict() for change in changes], ensure_ascii=False, default=str, indent=1))
        return
    for change in changes:
        click.echo(in_words(change))
    kinds = [change.kind for change in changes]
    click.echo(f"{kinds.count('added')} added, {kinds.count('removed')} removed, {kinds.count('changed')} changed", err=True)


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


def edition_store() -> EditionStore:
    """The store of imported lists."""
    from control_lists.editions import EditionStore

    return EditionStore(stc_home() / "lists")


def open_screener(lists: tuple[Path, ...], policy: Path | None, as_of: date | None, exceptions: Path | None = None) -> Screener:
    """The Screener that the options ask for, on the list editions in force on the day."""
    from screening.engine import Screener

    tell_of_compiling()
    threads = os.cpu_count() or 1
    return Screener.open(list_directories(lists), policy, prepared_lists(), edition_store(), as_of, exceptions, threads)


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
    print_lines(explain_all(records))


def console(*, stderr: bool = False) -> Console:
    """A rich console on the stream; plain where the stream is no terminal."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, width=None if stream.isatty() else PLAIN_WIDTH)


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
        is_prose = name in ("title", "authority", "effect", "address")
        table.add_column(name, overflow="fold", no_wrap=not is_prose, min_width=16 if is_prose else None)
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    console().print(table)


def _review(review_on: date, is_overdue: bool) -> str:
    return f"{review_on}{' OVERDUE' if is_overdue else ''}"


def print_findings(frame: pl.DataFrame, most: int = 50) -> None:
    """The flagged determinations, the worst first, as many as a person reads; each with what was declared and why."""
    from screening.batch import flagged
    from screening.explain import Line

    found = flagged(frame)
    for row in found.head(most).iter_rows(named=True):
        about = row["entry"] or row["listed_name"] or f"HS {row['hs_code']}"
        head = f"{row['flag']:<22}{row['lane']:<8}{row['jurisdiction']:<7}{row['declaration_id']} item {row['item_number']}  {about}"
        print_lines(
            iter([Line("flag", head), Line("text", row["description"] or row["party_name"] or ""), Line("detail", row["text"] or "")])
        )
    unshown = frame.height - min(found.height, most)
    click.echo(
        f"{unshown} more determinations, {frame.height - found.height} of them NO_FINDING; write them all with -o results.csv", err=True
    )


def print_summary(frame: pl.DataFrame, items: int, rejects: int) -> None:
    """Counts by jurisdiction and flag on stderr, and the account of rows."""
    from rich.table import Table

    from screening.batch import summary

    counts, flags = summary(frame)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("law of")
    for flag in flags:
        table.add_column(flag, justify="right")
    for jurisdiction, numbers in counts:
        table.add_row(jurisdiction, *(str(n) for n in numbers))
    out = console(stderr=True)
    out.print(table)
    out.print(f"{items + rejects} rows in = {items} items + {rejects} rejects; {frame.height} determinations")


@contextmanager
def progress(text: str) -> Iterator[Callable[[str], None]]:
    """A spinner on a terminal's stderr; silence elsewhere. Yields a way to change its words."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with console(stderr=True).status(text) as status:
        yield lambda words: status.update(words)


if __name__ == "__main__":
    main()
