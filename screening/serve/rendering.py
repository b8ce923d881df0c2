"""Pages from templates, in the language of who reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import ChainableUndefined, Environment, FileSystemLoader, select_autoescape
from starlette.responses import HTMLResponse, Response

from screening.decide.records import FLAGS
from screening.serve.access import ACCESS
from screening.serve.messages import language_of, messages, say_in
from screening.serve.office import office_of
from screening.serve.sessions import COOKIE, Session, begun, form_token, read, signed

LANGUAGE = "stc_language"
LANES = ("red", "yellow", "blue", "green")


@cache
def environment() -> Environment:
    """The templates, every value escaped."""
    found = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=select_autoescape(default=True),
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(flags=FLAGS, lanes=LANES)
    return found


def language(request: Request) -> str:
    """The language of a request's person."""
    return language_of(request.cookies.get(LANGUAGE), request.headers.get("accept-language"))


def page(request: Request, template: str, status: int = 200, /, **values: Any) -> Response:
    """A page. Where there is no session one of nobody is begun, so that the form to sign in is ours too."""
    office = office_of(request)
    # Where there is no such route nobody asked who it is; the session of the browser goes on all the same.
    cookie = request.cookies.get(COOKIE, "")
    session: Session | None = request.state.session if hasattr(request.state, "session") else read(cookie, office.secret)
    is_new = session is None
    session = session or begun("", 0, 1)
    tongue = language(request)
    name, role = getattr(request.state, "name", ""), getattr(request.state, "role", "")
    text = (
        environment()
        .get_template(template)
        .render(
            say=say_in(tongue),
            language=tongue,
            languages={code: own["language.name"] for code, own in messages().items()},
            name=name,
            role=role,
            may=lambda method, path: role in ACCESS[method, path],
            path=request.url.path,
            form_token=form_token(session, office.secret),
            **values,
        )
    )
    response = HTMLResponse(text, status, {"Content-Language": tongue, "Vary": "Accept-Language, Cookie"})
    if is_new:
        set_session(response, signed(session, office.secret), request)
    return response


def set_session(response: Response, value: str, request: Request) -> None:
    """Gives the browser its session."""
    settings = office_of(request).settings
    response.set_cookie(
        COOKIE, value, max_age=3600 * settings.session_hours, httponly=True, samesite="strict", secure=settings.is_https, path="/"
    )


def error_page(request: Request, status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """A page that says what went wrong."""
    response = page(request, "error.html", status, status=status, detail=detail)
    response.headers.update(headers or {})
    return response
