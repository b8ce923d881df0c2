"""Who asks: the session of a page or the key of the API, the role in the case store, and whether the table of access lets them."""

from __future__ import annotations

from fastapi import HTTPException, Request
from starlette.concurrency import run_in_threadpool

from screening.serve.access import ACCESS, is_door
from screening.serve.office import Office, office_of
from screening.serve.sessions import COOKIE, Session, is_form_token, read
from screening.serve.throttle import Buckets

_KEY_SCHEMES = ("bearer", "apikey")  # the second is what clients of the matching API send


async def authorise(request: Request) -> None:
    """Runs before every route: refuses whoever the table does not let, and what does not prove that our own form sent it."""
    office = office_of(request)
    path = request.scope["route"].path
    is_key = is_door(path)
    session = None if is_key else _session(request, office)
    request.state.session, request.state.name, request.state.role = session, "", ""
    name = await run_in_threadpool(_key_name, request, office) if is_key else session.name if session else ""
    if not _buckets(request, office).take(name or f"at {request.client.host if request.client else ''}"):
        raise HTTPException(429, "too many requests; wait a minute", {"Retry-After": "60"})
    if name:
        role, epoch = await run_in_threadpool(_standing, office, name)
        if is_key or (session is not None and session.epoch == epoch):
            request.state.name, request.state.role = (name, role) if role else ("", "")
        else:
            request.state.session = None
    allowed = ACCESS.get((request.method, path), frozenset())
    if request.state.role not in allowed:
        if request.state.name:
            raise HTTPException(403, f"{request.state.role}: not allowed")
        if is_key:
            raise HTTPException(401, "an API key is needed: Authorization: Bearer KEY", {"WWW-Authenticate": "Bearer"})
        raise HTTPException(303, "sign in", {"Location": "/sign-in"})
    if request.method == "POST" and not is_key:
        form = await request.form(max_files=50, max_fields=1000)
        token = form.get("form_token")
        if request.state.session is None or not isinstance(token, str) or not is_form_token(token, request.state.session, office.secret):
            raise HTTPException(403, "this form was not sent out in this session; open the page again")


def _session(request: Request, office: Office) -> Session | None:
    cookie = request.cookies.get(COOKIE)
    return read(cookie, office.secret) if cookie else None


def _key_name(request: Request, office: Office) -> str:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return (office.accounts.bearer(key.strip()) or "") if scheme.lower() in _KEY_SCHEMES else ""


def _standing(office: Office, name: str) -> tuple[str, int | None]:
    return office.cases.users().get(name, ""), office.accounts.epoch(name)


def _buckets(request: Request, office: Office) -> Buckets:
    buckets: Buckets | None = getattr(request.app.state, "buckets", None)
    if buckets is None:
        buckets = request.app.state.buckets = Buckets(office.settings.requests_a_minute, 60)
    return buckets
