"""Signing in and what guards it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from screening.errors import UsageError
from screening.serve.accounts import Accounts
from screening.serve.guard import HEADERS
from screening.serve.sessions import Session, begun, form_token, is_form_token, read, signed
from screening.serve.throttle import Buckets
from tests.serve.conftest import PASSWORD, People, token_of

SECRET = b"s" * 32


def browser(people: People) -> TestClient:
    return TestClient(people.app, follow_redirects=False)


def sign_in(client: TestClient, name: str, password: str) -> int:
    sent = {"name": name, "password": password, "form_token": token_of(client.get("/sign-in").text)}
    return client.post("/sign-in", data=sent).status_code


def test_a_session_is_read_as_it_was_signed() -> None:
    session = begun("amy . lee ខ", 3, 1)
    assert read(signed(session, SECRET), SECRET) == session


def test_a_session_that_was_altered_has_ended_or_is_of_another_secret_is_none() -> None:
    cookie = signed(begun("amy", 1, 1), SECRET)
    assert read(cookie.replace("amy", "bea"), SECRET) is None
    assert read(cookie, b"t" * 32) is None
    assert read(signed(begun("amy", 1, -1), SECRET), SECRET) is None
    for strange in ("", ".", "a.b.c", "é" * 9, "..." + cookie):
        assert read(strange, SECRET) is None


def test_a_form_token_is_of_its_session_alone() -> None:
    one, other = Session("amy", 1, 1, "n1"), Session("amy", 1, 1, "n2")
    assert is_form_token(form_token(one, SECRET), one, SECRET)
    assert not is_form_token(form_token(one, SECRET), other, SECRET)


def test_passwords_are_proved_and_kept_only_as_hashes(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.db")
    accounts.set_password("Amy", "correct horse battery")
    assert accounts.proves("amy", "correct horse battery")
    assert not accounts.proves("amy", "correct horse batterz")
    assert not accounts.proves("nobody", "correct horse battery")
    key = accounts.new_key("amy")
    assert accounts.bearer(key) == "amy"
    assert accounts.revoke_keys("amy") == 1
    assert accounts.bearer(key) is None
    kept = (tmp_path / "accounts.db").read_bytes()
    assert b"correct horse" not in kept
    assert key.encode() not in kept
    assert (tmp_path / "accounts.db").stat().st_mode & 0o077 == 0
    with pytest.raises(UsageError, match="at least"):
        accounts.set_password("amy", "short")


def test_a_new_password_ends_the_sessions_before(people: People) -> None:
    client = browser(people)
    assert sign_in(client, "viewer", PASSWORD) == 303
    assert client.get("/").status_code == 200
    people.office.accounts.set_password("viewer", PASSWORD)
    assert client.get("/").headers["location"] == "/sign-in"
    people._clients.pop("viewer", None)


def test_signing_out_ends_the_session_even_of_a_kept_cookie(people: People) -> None:
    client = browser(people)
    assert sign_in(client, "supervisor2", PASSWORD) == 303
    cookie = client.cookies["stc_session"]
    client.post("/sign-out", data={"form_token": token_of(client.get("/").text)})
    again = browser(people)
    again.cookies.set("stc_session", cookie)
    assert again.get("/").headers["location"] == "/sign-in"


def test_after_some_failures_a_name_has_to_wait_whatever_the_password(people: People) -> None:
    client = browser(people)
    assert [sign_in(client, "list_keeper2", "wrong password") for _ in range(6)] == [401] * 5 + [429]
    assert sign_in(browser(people), "list_keeper2", PASSWORD) == 429


def test_the_cookie_is_kept_from_scripts_and_other_sites(people: People) -> None:
    said = browser(people).get("/sign-in").headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=strict" in said


def test_every_answer_bears_the_headers_and_pages_have_no_script(people: People) -> None:
    for path in ("/sign-in", "/workbench.css", "/nowhere", "/api/health", "/api/cases"):
        answer = browser(people).get(path)
        assert all(name in answer.headers for name in HEADERS)
    text = people.page("officer").get("/goods").text
    assert "<script" not in text
    assert " style=" not in text
    assert "://" not in text


def test_more_than_is_allowed_is_refused_however_it_is_sent(people: People) -> None:
    client = people.api("officer")
    assert client.post("/api/goods", content=b" " * 1_000_001).status_code == 413
    assert client.post("/api/goods", content=(b" " * 600_000 for _ in range(2))).status_code == 413


def test_a_bucket_fills_and_leaks() -> None:
    now = [0.0]
    buckets = Buckets(2, 60, lambda: now[0])
    assert [buckets.take("a"), buckets.take("a"), buckets.take("a"), buckets.take("b")] == [True, True, False, True]
    now[0] = 30.0
    assert buckets.take("a")
    assert buckets.is_full("a")
    buckets.empty("a")
    assert not buckets.is_full("a")
