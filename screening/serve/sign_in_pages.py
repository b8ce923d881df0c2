"""Signing in and out, the language, and the stylesheet."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from screening.review.persons import person
from screening.serve.forms import AForm
from screening.serve.messages import messages
from screening.serve.office import AnOffice
from screening.serve.rendering import LANGUAGE, page, set_session
from screening.serve.sessions import begun, signed
from screening.serve.throttle import Buckets

ROUTER = APIRouter(include_in_schema=False)
_FAILURES = 5
_WAIT_S = 900.0
_YEAR_S = 31_536_000


@ROUTER.get("/workbench.css")
def stylesheet() -> Response:
    """The look of the pages."""
    return Response(_css(), media_type="text/css", headers={"Cache-Control": "max-age=3600"})


@ROUTER.get("/sign-in")
def sign_in_form(request: Request) -> Response:
    """The form to sign in."""
    return page(request, "sign_in.html", failure="")


@ROUTER.post("/sign-in")
async def sign_in(request: Request, office: AnOffice, form: AForm) -> Response:
    """Begins a session; after some failures the name has to wait, whatever the password."""
    name = person(form.get("name") or "?")
    failures = _failures(request)
    if failures.is_full(name):
        return page(request, "sign_in.html", 429, failure="sign_in.wait")
    failures.take(name)  # before the proof, so that attempts at the same time are counted too
    if not await run_in_threadpool(office.accounts.proves, name, form.get("password", "")):
        return page(request, "sign_in.html", 401, failure="sign_in.wrong")
    failures.empty(name)
    epoch = await run_in_threadpool(office.accounts.epoch, name)
    response = RedirectResponse("/", 303)
    set_session(response, signed(begun(name, epoch or 0, office.settings.session_hours), office.secret), request)
    return response


@ROUTER.post("/sign-out")
def sign_out(request: Request, office: AnOffice) -> Response:
    """Ends all sessions of the person."""
    office.accounts.end_sessions(request.state.name)
    return RedirectResponse("/sign-in", 303)


@ROUTER.post("/language")
def choose_language(request: Request, office: AnOffice, form: AForm) -> Response:
    """Keeps the language that a person chose."""
    response = RedirectResponse("/" if request.state.name else "/sign-in", 303)
    if form.get("language") in messages():
        response.set_cookie(LANGUAGE, form["language"], max_age=_YEAR_S, httponly=True, samesite="strict", secure=office.settings.is_https)
    return response


def _failures(request: Request) -> Buckets:
    found: Buckets | None = getattr(request.app.state, "failures", None)
    if found is None:
        found = request.app.state.failures = Buckets(_FAILURES, _WAIT_S)
    return found


@cache
def _css() -> bytes:
    return Path(__file__).with_name("workbench.css").read_bytes()
