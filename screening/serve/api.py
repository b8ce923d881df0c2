"""The JSON doors: questions, batches of records, and cases. Described by the OpenAPI document at /api/openapi.json."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

import screening
from control_lists.status import status
from screening.errors import UsageError
from screening.review import Wanted, case_file
from screening.serve.case_pages import CaseId
from screening.serve.office import Actor, AnOffice, today
from screening.single import determine_each, goods_record, party_record


class Refusal(BaseModel):
    """Why a request was not answered, in one line."""

    detail: str


REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": Refusal, "description": "What was sent cannot be read"},
    401: {"model": Refusal, "description": "No key, or none that is in force"},
    403: {"model": Refusal, "description": "Not allowed in this role, or to this person"},
    404: {"model": Refusal, "description": "No such case or list"},
    409: {"model": Refusal, "description": "The case changed since it was seen: nothing was written"},
    413: {"model": Refusal, "description": "More was sent than is allowed"},
    422: {"model": Refusal, "description": "What was sent cannot be done as it stands"},
    429: {"model": Refusal, "description": "Too many requests; wait as long as Retry-After says"},
}
ROUTER = APIRouter(responses=REFUSALS)
MOST_RECORDS = 1000
Short = Annotated[str, Field(max_length=500)]
Text = Annotated[str, Field(max_length=20_000)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1, description="The version of the case that was seen; refused where it changed since")]


class Body(BaseModel):
    """What is sent: no field beside those described."""

    model_config = ConfigDict(extra="forbid")


class Question(Body):
    """Under whose law and on which day a question is answered."""

    jurisdictions: list[Short] = Field(default=[], max_length=50)
    as_of: date | None = None
    limit: int = Field(default=5, ge=1, le=100)


class GoodsQuestion(Question):
    """One good, in the fields of a declaration."""

    description: Text = ""
    hs_code: Short | None = None
    cas_number: Short | None = None
    attributes: dict[Short, Short] = Field(default={}, max_length=200)
    export_country: Short | None = None
    destination_country: Short | None = None
    operation: Short = "export"


class PartyQuestion(Question):
    """One party."""

    name: Text
    country: Short | None = None
    address: Text | None = None
    identifiers: list[Short] = Field(default=[], max_length=50)


class Records(Question):
    """Declaration records, each a goods item in the nested form of the contract."""

    records: list[dict[str, Any]] = Field(min_length=1, max_length=MOST_RECORDS)


class Determinations(BaseModel):
    """Determinations as section 2 of the contract describes them, each with its ``digest``."""

    determinations: list[dict[str, Any]]


class Rejected(BaseModel):
    """A record that was not read, by its place in the request."""

    record: int
    reason: str


class Screened(Determinations):
    """Determinations of several records; records in are those determined and those rejected."""

    rejects: list[Rejected]


class DispositionBody(Body):
    """What an officer finds."""

    disposition: Short
    reason_code: Short
    version: Version
    text: Text = ""
    days: int | None = Field(default=None, ge=1, le=3660, description="Working days of a hold")


class Said(Body):
    """Words on a case."""

    text: Text = ""
    version: Version


class Acted(BaseModel):
    """An act that is on the disk: its number in the ledger and the case after it."""

    seq: int
    case_id: int
    version: int
    status: str
    awaits_second: bool = False
    contradicts: list[int] = []


@ROUTER.get("/api/openapi.json", include_in_schema=False)
def openapi(request: Request) -> dict[str, Any]:
    """The description of the API."""
    described: dict[str, Any] = request.app.openapi()
    return described


@ROUTER.get("/api/health")
def health() -> dict[str, str]:
    """That the server answers."""
    return {"status": "up", "engine_version": screening.__version__}


@ROUTER.post("/api/goods")
async def goods(office: AnOffice, asked: GoodsQuestion) -> Determinations:
    """Checks one good."""
    stated = asked.model_dump(exclude={"jurisdictions", "as_of", "limit", "description"})
    return await _answer(office, goods_record(asked.description, **stated), asked)


@ROUTER.post("/api/party")
async def party(office: AnOffice, asked: PartyQuestion) -> Determinations:
    """Checks one party."""
    record = party_record(asked.name, country=asked.country, address=asked.address, identifiers=asked.identifiers)
    return await _answer(office, record, asked)


@ROUTER.post("/api/screen")
async def screen(office: AnOffice, asked: Records) -> Screened:
    """Screens records; each is answered alone, and what only several tell together is left to batches."""
    answers = await run_in_threadpool(
        determine_each,
        office.desk.screener,
        asked.records,
        as_of=asked.as_of or today(),
        jurisdictions=[one.upper() for one in asked.jurisdictions],
        limit=asked.limit,
    )
    rejects = [Rejected(record=n, reason=str(answer)) for n, answer in enumerate(answers) if isinstance(answer, UsageError)]
    found = [one for answer in answers if not isinstance(answer, UsageError) for one in answer]
    return Screened(determinations=found, rejects=rejects)


@ROUTER.get("/api/lists")
def lists(office: AnOffice) -> dict[str, Any]:
    """What is loaded."""
    snapshot = office.desk.screener.snapshot
    return {"digest": snapshot.digest, "lists": [row._asdict() for row in status(snapshot, today())]}


@ROUTER.get("/api/cases")
def cases(
    office: AnOffice,
    lane: Literal["green", "blue", "yellow", "red"] | None = None,
    status: Annotated[str | None, Query(max_length=40)] = None,
    is_closed: bool | None = False,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0, le=2**31)] = 0,
) -> dict[str, Any]:
    """The queue, the most pressing case first."""
    wanted = Wanted(is_closed=None if status else is_closed, status=status, lane=lane)
    return {"total": office.cases.count(wanted), "cases": [row._asdict() for row in office.cases.queue(wanted, limit, offset)]}


@ROUTER.get("/api/cases/{case_id}")
def case(office: AnOffice, case_id: CaseId) -> dict[str, Any]:
    """A case whole: what was declared, its determination, its events, and earlier dispositions on the like."""
    found = office.cases.case(case_id)
    precedents = [one._asdict() for one in office.cases.precedents(case_id)]
    return {**case_file(found), "version": found.state.version, "status": found.state.status, "precedents": precedents}


@ROUTER.post("/api/cases/{case_id}/disposition")
def decide(office: AnOffice, by: Actor, case_id: CaseId, said: DispositionBody) -> Acted:
    """Says what an officer finds. Answered, it is on the disk."""
    done = office.cases.decide(case_id, said.disposition, said.reason_code, by, said.version, said.text, said.days)
    return _acted(done.event._asdict(), done.awaits_second, [one.case_id for one in done.contradicts])


@ROUTER.post("/api/cases/{case_id}/note")
def note(office: AnOffice, by: Actor, case_id: CaseId, said: Said) -> Acted:
    """Adds a note."""
    return _acted(office.cases.note(case_id, said.text, by, said.version)._asdict())


@ROUTER.post("/api/cases/{case_id}/confirm")
def confirm(office: AnOffice, by: Actor, case_id: CaseId, said: Said) -> Acted:
    """Makes a proposed disposition stand: a supervisor other than who proposed it does."""
    return _acted(office.cases.confirm(case_id, by, said.version, said.text)._asdict())


@ROUTER.post("/api/cases/{case_id}/reject")
def reject(office: AnOffice, by: Actor, case_id: CaseId, said: Said) -> Acted:
    """Sets a proposed disposition aside."""
    return _acted(office.cases.reject(case_id, by, said.version, said.text)._asdict())


async def _answer(office: AnOffice, record: Mapping[str, Any], asked: Question) -> Determinations:
    jurisdictions = [one.upper() for one in asked.jurisdictions]
    return Determinations(determinations=await office.desk.ask(record, asked.as_of or today(), jurisdictions, asked.limit))


def _acted(event: Mapping[str, Any], awaits_second: bool = False, contradicts: list[int] | None = None) -> Acted:
    told = {name: event[name] for name in ("seq", "case_id", "version", "status")}
    return Acted(**told, awaits_second=awaits_second, contradicts=contradicts or [])
