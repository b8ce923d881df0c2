"""The application: what is opened once, the guard around every request, and the routes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import JSONResponse, Response

import screening
from control_lists.errors import ListDataError
from screening.errors import NotAllowedError, StaleCaseError, StcError, UnknownCaseError
from screening.policy import Policy
from screening.review import By, CaseStore, ReviewTerms
from screening.serve import api, case_pages, check_pages, matching_api, sign_in_pages
from screening.serve.access import UPLOADS, is_door
from screening.serve.accounts import Accounts
from screening.serve.batches import Batches
from screening.serve.desk import Desk
from screening.serve.guard import Guard
from screening.serve.list_imports import ListImports
from screening.serve.office import Office
from screening.serve.rendering import error_page
from screening.serve.settings import Settings
from screening.serve.who import authorise

_STATUS = {StaleCaseError: 409, NotAllowedError: 403, UnknownCaseError: 404}


def create_app(settings: Settings) -> FastAPI:
    """The ASGI application of a server; opens lists, case store and accounts. Raises ListDataError, PolicyError and ReviewError."""
    screener = settings.opening.screener()
    policy = Policy.open(settings.opening.policy)
    accounts = Accounts(settings.accounts)
    cases = CaseStore.make(settings.cases, lambda: ReviewTerms.of(screener.snapshot, policy), By("server", "officer", datetime.now(UTC)))
    desk = Desk(screener, settings.checkers)
    batches, imports = Batches(settings.batches, settings.opening, desk), ListImports(settings.home, settings.opening, desk)
    office = Office(settings, desk, cases, accounts, batches, imports, accounts.secret)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        office.desk.close()
        office.batches.close()
        office.imports.close()

    app = FastAPI(
        title="Strategic trade control screening",
        version=screening.__version__,
        dependencies=[Depends(authorise)],
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.office = office
    for routes in (sign_in_pages, check_pages, case_pages, api, matching_api):
        app.include_router(routes.ROUTER)
    app.add_exception_handler(StcError, _refused)
    app.add_exception_handler(ListDataError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(StarletteHTTPException, _http)
    app.add_middleware(Guard, most_body=settings.most_body, most_upload=settings.most_upload, uploads=UPLOADS)
    return app


async def _refused(request: Request, error: Exception) -> Response:
    return _answered(request, next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 422), str(error))


async def _invalid(request: Request, error: Exception) -> Response:
    """What is wrong with a request, without giving back what was sent."""
    assert isinstance(error, RequestValidationError)
    faults = [f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors()[:20]]
    return _answered(request, 422, "; ".join(faults))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, StarletteHTTPException)
    return _answered(request, error.status_code, str(error.detail), dict(error.headers or {}))


def _answered(request: Request, status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    detail = detail.encode("utf-8", "replace").decode()
    if status == 303:
        return Response(status_code=303, headers=headers)
    if is_door(request.url.path):
        return JSONResponse({"detail": detail}, status, headers)
    return error_page(request, status, detail, headers)
