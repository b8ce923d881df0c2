"""A server on the embedded lists with a person of each role, asked through its ASGI door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from screening.execute.units import Opening
from screening.review import By
from screening.review.state import ROLES
from screening.serve import Settings
from screening.serve.app import create_app
from screening.serve.office import Office
from screening.single import determine, goods_record, party_record

DAY = date(2026, 11, 24)
PASSWORD = "a password of tests"


class People:
    """Clients that are signed in, and the keys of the same persons."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.office: Office = app.state.office
        self.keys = {name: self.office.accounts.new_key(name) for name in (*ROLES, "supervisor2")}
        self._clients: dict[str, TestClient] = {}

    def page(self, name: str) -> TestClient:
        """A browser in which the person is signed in; nobody for an empty name."""
        if name not in self._clients:
            client = TestClient(self.app, raise_server_exceptions=True, follow_redirects=False)
            if name:
                sent = {"name": name, "password": PASSWORD, "form_token": token_of(client.get("/sign-in").text)}
                assert client.post("/sign-in", data=sent).status_code == 303
            self._clients[name] = client
        return self._clients[name]

    def post(self, name: str, path: str, **fields: Any) -> Any:
        """A form sent from a page that the person was given."""
        client = self.page(name)
        return client.post(path, data={**fields, "form_token": token_of(client.get("/goods" if name else "/sign-in").text)})

    def api(self, name: str) -> TestClient:
        """A program with the person's key."""
        return TestClient(self.app, headers={"Authorization": f"Bearer {self.keys[name]}"} if name else {})


def token_of(text: str) -> str:
    """What the forms of a page carry."""
    found = re.search(r'name="form_token" value="([0-9a-f]+)"', text)
    assert found
    return found.group(1)


def valve(office: Office, declaration_id: str, **stated: Any) -> dict[str, Any]:
    """What the engine finds of a good that is recognised, under EU law, of a declaration."""
    record = goods_record("GLOBE VALVE DN25 HASTELLOY C276", export_country="DE", destination_country="EG")
    return {**_found(office, record), "declaration_id": declaration_id, **stated}


def listed(office: Office, declaration_id: str) -> dict[str, Any]:
    """What the engine finds of a listed party, under EU law."""
    return {**_found(office, party_record("Korea Mining Development Trading Corp", country="KP")), "declaration_id": declaration_id}


def _found(office: Office, record: dict[str, Any]) -> dict[str, Any]:
    (found,) = determine(office.desk.screener, record, as_of=DAY, jurisdictions=("EU",), limit=5)
    return found


def make_app(home: Path, **settings: Any) -> FastAPI:
    """An application on a home of its own, with its users and two cases."""
    opening = Opening((), None, home / "prepared", home / "lists", None, None, 1)
    app = create_app(Settings(opening, str(home / "review.db"), home, requests_a_minute=1_000_000, **settings))
    office: Office = app.state.office
    boss = By("supervisor", "supervisor", datetime.now(UTC))
    for name, role in (("supervisor", "supervisor"), ("supervisor2", "supervisor"), *((role, role) for role in ROLES)):
        office.cases.name_user(name, role, boss)
        office.accounts.set_password(name, PASSWORD)
    office.cases.open_cases([valve(office, "D-1"), listed(office, "D-2")], boss)
    return app


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    app = make_app(tmp_path_factory.mktemp("serve"))
    with TestClient(app):
        yield People(app)


@pytest.fixture
def new_case(people: People, request: pytest.FixtureRequest) -> int:
    """A case of the test's own."""
    boss = By("supervisor", "supervisor", datetime.now(UTC))
    (case_id,) = people.office.cases.open_cases([valve(people.office, request.node.name)], boss).opened
    return case_id
