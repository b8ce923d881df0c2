"""Pages that ask the engine: one good, one party, a batch; and what it is asked with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, RedirectResponse, Response

from control_lists.status import rule_status, status
from screening.decide.records import INTERNATIONAL, SEVERITY
from screening.errors import UsageError
from screening.explain import MOST_OF_A_RULE
from screening.review.opening import open_results
from screening.serve.batches import RESULTS, SHEET
from screening.serve.forms import AForm, Fields, Files, day, listed
from screening.serve.office import Actor, AnOffice, today
from screening.serve.rendering import page
from screening.single import goods_record, party_record

ROUTER = APIRouter(include_in_schema=False)
_ATTRIBUTE = "attr_"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@ROUTER.get("/goods")
def goods_form(request: Request) -> Response:
    """The form to check a good."""
    return page(request, "goods.html", form={}, attributes={}, found=None)


@ROUTER.post("/goods")
async def check_goods(request: Request, office: AnOffice, form: AForm) -> Response:
    """The answer about a good, above it the form with what was stated; a value that settles a criterion is one of its fields."""
    attributes = {name.removeprefix(_ATTRIBUTE): value for name, value in form.items() if name.startswith(_ATTRIBUTE) and value}
    record = goods_record(
        form.get("description", ""),
        hs_code=form.get("hs_code"),
        cas_number=form.get("cas_number"),
        attributes=attributes,
        export_country=form.get("export_country"),
        destination_country=form.get("destination_country"),
        operation=form.get("operation") or "export",
    )
    return await _answered(request, office, form, "goods.html", record, attributes=attributes)


@ROUTER.get("/party")
def party_form(request: Request) -> Response:
    """The form to check a party."""
    return page(request, "party.html", form={}, found=None)


@ROUTER.post("/party")
async def check_party(request: Request, office: AnOffice, form: AForm) -> Response:
    """The answer about a party."""
    record = party_record(
        form.get("party_name", ""),
        country=form.get("country"),
        address=form.get("address"),
        identifiers=[one.strip() for one in form.get("identifiers", "").split(",") if one.strip()],
    )
    return await _answered(request, office, form, "party.html", record)


@ROUTER.get("/lists")
def lists(request: Request, office: AnOffice) -> Response:
    """What is loaded: editions, ages, coverage."""
    snapshot = office.desk.screener.snapshot
    return page(
        request, "lists.html", rows=status(snapshot, today()), rules=rule_status(snapshot), digest=snapshot.digest,
        under_way=office.imports.under_way, imports=office.imports.newest(10),
    )  # fmt: skip


@ROUTER.post("/lists")
def import_lists(office: AnOffice, by: Actor, form: AForm, files: Files) -> Response:
    """Takes official list files; they are imported in the background, and answered with from then on."""
    edition = day(form["edition"], today()) if form.get("edition") else None
    office.imports.begin(files, by, edition, bool(form.get("accept_shrink")))
    return RedirectResponse("/lists", 303)


@ROUTER.get("/batches")
def batches(request: Request, office: AnOffice) -> Response:
    """The form to upload a batch, and the batches there are."""
    return page(request, "batches.html", uploads=office.batches.all()[:50])


@ROUTER.post("/batches")
def upload(office: AnOffice, by: Actor, form: AForm, files: Files) -> Response:
    """Takes a batch; it is screened in the background."""
    blanks = {name: form[name] for name in ("export_country",) if form.get(name)}
    as_of = day(form.get("as_of"), today())
    one = office.batches.add(files, by.name, by.at.isoformat(timespec="seconds"), as_of, listed(form.get("jurisdiction")), blanks)
    return RedirectResponse(f"/batches/{one.batch_id}", 303)


@ROUTER.get("/batches/{batch_id}")
def batch(request: Request, office: AnOffice, batch_id: str) -> Response:
    """How far a batch is, then what came of it."""
    return page(request, "batch.html", upload=office.batches.get(batch_id))


@ROUTER.get("/batches/{batch_id}/results")
def batch_results(office: AnOffice, batch_id: str) -> Response:
    """The results as a spreadsheet."""
    if office.batches.get(batch_id).status != "done":
        raise UsageError("the batch is not screened yet")
    return FileResponse(office.batches.path(batch_id, SHEET), media_type=_SHEET_TYPE, filename=f"results-{batch_id}.xlsx")


@ROUTER.post("/batches/{batch_id}/cases")
def open_batch_cases(office: AnOffice, by: Actor, batch_id: str) -> Response:
    """Opens a case for each determination of the batch that asks for an officer."""
    one = office.batches.get(batch_id)
    if one.status != "done":
        raise UsageError("the batch is not screened yet")
    results = office.batches.path(batch_id, RESULTS)
    reading: tuple[None, Mapping[str, str], Mapping[str, str]] = (None, one.blanks, {})
    snapshot = office.desk.screener.snapshot
    opened = open_results(office.cases, results, office.batches.sources(one), reading, snapshot, by, lambda _: None)
    office.batches.opened(batch_id, len(opened.opened) + len(opened.known))
    return RedirectResponse("/cases", 303)


async def _answered(request: Request, office: AnOffice, form: Fields, template: str, record: dict[str, Any], **more: Any) -> Response:
    as_of: date = day(form.get("as_of"), today())
    try:
        found = await office.desk.ask(record, as_of, listed(form.get("jurisdiction")), limit=5)
    except UsageError as error:
        return page(request, template, 422, form=form, found=None, failure=str(error), **more)
    found.sort(key=lambda one: (-SEVERITY[one["flag"]], one["jurisdiction"] in INTERNATIONAL))
    return page(request, template, form=form, found=found, most_of_a_rule=MOST_OF_A_RULE, at=datetime.now(UTC), **more)
