"""Pages of the case store: the numbers, the queue, and one case on one screen with every act on it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Path as InPath
from starlette.responses import RedirectResponse, Response

from screening.decide.records import FLAGS
from screening.errors import ReviewError, StcError, UsageError
from screening.review import DISPOSITIONS, STATUSES, Wanted, write_case
from screening.serve.access import ACCESS
from screening.serve.evidence import declared_texts
from screening.serve.forms import AForm, Fields, whole
from screening.serve.office import Actor, AnOffice, today
from screening.serve.rendering import LANES, page

ROUTER = APIRouter(include_in_schema=False)
CaseId = Annotated[int, InPath(ge=1, le=2**31 - 1)]
_PAGE = 50


@ROUTER.get("/")
def home(request: Request, office: AnOffice) -> Response:
    """The numbers of the office; the lists for who may not see cases."""
    if request.state.role not in ACCESS["GET", "/cases"]:
        return RedirectResponse("/lists", 303)
    counts = office.cases.stats(today())
    own = office.cases.count(Wanted(assignee=request.state.name))
    waiting = office.cases.count(Wanted(status="proposed"))
    groups = [(name, list(rows)) for name, rows in groupby(counts[1:], attrgetter("dimension"))]
    return page(request, "home.html", counts=counts, groups=groups, own=own, waiting=waiting)


@ROUTER.get("/cases")
def queue(request: Request, office: AnOffice) -> Response:
    """The cases asked for, the most pressing first."""
    asked = {name: value for name, value in request.query_params.items() if value}
    statuses = {"closed": True, "all": None}
    wanted = Wanted(
        is_closed=None if asked.get("status") in STATUSES else statuses.get(asked.get("status", ""), False),
        status=asked["status"] if asked.get("status") in STATUSES else None,
        lane=asked["lane"] if asked.get("lane") in LANES else None,
        flag=asked["flag"] if asked.get("flag") in FLAGS else None,
        assignee=request.state.name if asked.get("own") else None,
    )
    number = whole(asked.get("page")) or 1
    rows = office.cases.queue(wanted, _PAGE, (number - 1) * _PAGE)
    lanes = {lane: office.cases.count(wanted._replace(lane=lane)) for lane in LANES}
    total = sum(lanes.values()) if wanted.lane is None else lanes[wanted.lane]
    return page(
        request, "cases.html", rows=rows, wanted=wanted, asked=asked, lane_counts=lanes, total=total, number=number,
        pages=max(1, -(-total // _PAGE)), statuses=STATUSES, today=today(),
    )  # fmt: skip


@ROUTER.get("/cases/{case_id}")
def case(request: Request, office: AnOffice, case_id: CaseId) -> Response:
    """One case on one screen."""
    return case_page(request, office, case_id)


@ROUTER.get("/cases/{case_id}/export")
def export(office: AnOffice, case_id: CaseId) -> Response:
    """The case in one file, to be handed to another office."""
    with tempfile.TemporaryDirectory(prefix="stc-") as folder:
        path = Path(folder) / f"case-{case_id}.zip"
        write_case(office.cases.case(case_id), path, today())
        content = path.read_bytes()
    return Response(content, media_type="application/zip", headers={"Content-Disposition": f'attachment; filename="case-{case_id}.zip"'})


@ROUTER.post("/cases/{case_id}/disposition")
def decide(request: Request, office: AnOffice, by: Actor, form: AForm, case_id: CaseId) -> Response:
    """Says what the officer finds; against a precedent only where the officer says that it was seen."""
    disposition, _, reason = form.get("finding", "").partition(":")
    try:
        against = [one for one in office.cases.precedents(case_id) if one.contradicts(disposition)]
        if against and not form.get("contradiction_seen"):
            return case_page(request, office, case_id, 409, form, contradicts=True)
        office.cases.decide(case_id, disposition, reason, by, _seen(form), form.get("text", ""), whole(form.get("days")))
    except (ReviewError, UsageError) as error:
        return _refused(request, office, case_id, form, error)
    return _back_to(case_id)


@ROUTER.post("/cases/{case_id}/note")
def note(request: Request, office: AnOffice, by: Actor, form: AForm, case_id: CaseId) -> Response:
    """Adds a note."""
    return _acted(request, office, form, case_id, lambda: office.cases.note(case_id, form.get("text", ""), by, _seen(form)))


@ROUTER.post("/cases/{case_id}/assign")
def assign(request: Request, office: AnOffice, by: Actor, form: AForm, case_id: CaseId) -> Response:
    """Takes the case, or gives it back to the queue."""
    to = by.name if form.get("take") else None
    return _acted(request, office, form, case_id, lambda: office.cases.assign(case_id, to, by, _seen(form)))


@ROUTER.post("/cases/{case_id}/confirm")
def confirm(request: Request, office: AnOffice, by: Actor, form: AForm, case_id: CaseId) -> Response:
    """Makes a proposed disposition stand."""
    return _acted(request, office, form, case_id, lambda: office.cases.confirm(case_id, by, _seen(form), form.get("text", "")))


@ROUTER.post("/cases/{case_id}/reject")
def reject(request: Request, office: AnOffice, by: Actor, form: AForm, case_id: CaseId) -> Response:
    """Sets a proposed disposition aside."""
    return _acted(request, office, form, case_id, lambda: office.cases.reject(case_id, by, _seen(form), form.get("text", "")))


def case_page(
    request: Request,
    office: AnOffice,
    case_id: int,
    status: int = 200,
    form: Fields | None = None,
    failure: str = "",
    contradicts: bool = False,
) -> Response:
    """The page of a case, with what an act that was refused had stated."""
    found = office.cases.case(case_id)
    return page(
        request,
        "case.html",
        status,
        case=found,
        one=found.determination,
        texts=declared_texts(found.determination, found.declared),
        precedents=office.cases.precedents(case_id),
        reasons={
            disposition: [code for code in office.cases.terms.reason_codes.values() if disposition in code.dispositions]
            for disposition in DISPOSITIONS
        },
        titles={code.id: code.title for code in office.cases.terms.reason_codes.values()},
        form=form or {},
        failure=failure,
        contradicts=contradicts,
        today=today(),
    )


def _acted(request: Request, office: AnOffice, form: Fields, case_id: int, act: Callable[[], object]) -> Response:
    """The case after an act on it, or with the words of its refusal."""
    try:
        act()
    except (ReviewError, UsageError) as error:
        return _refused(request, office, case_id, form, error)
    return _back_to(case_id)


def _back_to(case_id: int) -> Response:
    return RedirectResponse(f"/cases/{case_id}", 303)


def _refused(request: Request, office: AnOffice, case_id: int, form: Fields, error: StcError) -> Response:
    """The page of the case again with the words of the refusal; one for a case that is not there."""
    return case_page(request, office, case_id, 409, form, str(error))


def _seen(form: Fields) -> int:
    seen = whole(form.get("version"))
    if seen is None:
        raise UsageError("the form does not say which version of the case was seen")
    return seen
