"""Every route, every role: the table of access is what happens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute

from screening.serve.access import ACCESS, ANYONE, is_door
from tests.serve.conftest import People

ROLES = ("", "viewer", "officer", "supervisor", "list_keeper")


def routes(app: object) -> Iterator[tuple[str, str]]:
    """Methods and paths of an application, those of routers in it too."""
    for route in app.routes:  # type: ignore[attr-defined]
        if isinstance(route, APIRoute):
            yield from ((method, route.path) for method in route.methods)
        elif hasattr(route, "original_router"):
            yield from routes(route.original_router)
        else:
            yield "?", getattr(route, "path", str(route))


def test_every_route_stands_in_the_table_and_nothing_else_does(people: People) -> None:
    assert set(routes(people.app)) == set(ACCESS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("method", "path"), sorted(ACCESS))
def test_only_the_roles_of_the_table_are_let_in(people: People, method: str, path: str, role: str) -> None:
    if path in ("/sign-out", "/sign-in") and method == "POST":
        return  # they end or begin the session that other tests use: tested beside
    there = path.replace("{case_id}", "1").replace("{batch_id}", "0" * 16).replace("{dataset}", "default")
    if is_door(path):
        client = people.api(role)
        answer = client.get(there) if method == "GET" else client.post(there, json={})
    else:
        answer = people.page(role).get(there) if method == "GET" else people.post(role, there)
    is_refused = answer.status_code in (401, 403) or (answer.status_code == 303 and answer.headers["location"] == "/sign-in")
    if path == "/language":
        is_refused = answer.status_code == 403
    assert is_refused is (role not in ACCESS[method, path]), answer.text[:300]
    assert answer.status_code < 500


def test_nobody_is_let_in_where_the_table_does_not_say_so() -> None:
    public = {key for key, roles in ACCESS.items() if roles == ANYONE}
    assert public == {
        ("GET", "/workbench.css"), ("GET", "/sign-in"), ("POST", "/sign-in"), ("POST", "/language"), ("GET", "/api/openapi.json"),
        ("GET", "/api/health"),
    }  # fmt: skip


@pytest.mark.parametrize(("method", "path"), [key for key in sorted(ACCESS) if key[0] == "POST" and not is_door(key[1])])
def test_a_form_without_the_token_of_its_session_is_refused(people: People, method: str, path: str) -> None:
    there = path.replace("{case_id}", "1").replace("{batch_id}", "0" * 16)
    for sent in ({}, {"form_token": "0" * 64}):
        assert people.page("supervisor").post(there, data=sent).status_code == 403


def test_a_session_is_no_key_and_a_key_no_session(people: People) -> None:
    assert people.page("supervisor").get("/api/cases").status_code == 401
    assert people.api("supervisor").get("/cases", follow_redirects=False).headers["location"] == "/sign-in"
