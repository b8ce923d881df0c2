"""Passwords and API keys. Who a person is and in which role is told by the case store; here is only how they prove it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from screening.errors import UsageError
from screening.review.persons import person

LEAST_PASSWORD = 10  # characters
_COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 2**20, "dklen": 32}
_TABLES = """
CREATE TABLE IF NOT EXISTS account (name TEXT PRIMARY KEY, salt BLOB NOT NULL, password BLOB NOT NULL, epoch INTEGER NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS api_key (digest TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS secret (secret BLOB NOT NULL);
"""


class Accounts:
    """A file of accounts, used from any number of threads and processes. Passwords are kept as scrypt hashes, keys as SHA-256."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with self._opened() as database:
            database.executescript(_TABLES)
            if database.execute("SELECT 1 FROM secret").fetchone() is None:
                database.execute("INSERT INTO secret VALUES (?)", (secrets.token_bytes(32),))

    @property
    def secret(self) -> bytes:
        """What sessions are signed with, of this file's own."""
        with self._opened() as database:
            return bytes(database.execute("SELECT secret FROM secret LIMIT 1").fetchone()[0])

    def set_password(self, name: str, password: str) -> None:
        """Makes an account, or changes its password, which ends its sessions; raises UsageError for one that is too short."""
        require_password(password)
        salt = secrets.token_bytes(16)
        with self._opened() as database:
            database.execute(
                "INSERT INTO account (name, salt, password) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE "
                "SET salt = excluded.salt, password = excluded.password, epoch = epoch + 1",
                (person(name), salt, _hashed(password, salt)),
            )

    def proves(self, name: str, password: str) -> bool:
        """Whether the password is that person's. It takes as long for a person who is not known."""
        with self._opened() as database:
            row = database.execute("SELECT salt, password FROM account WHERE name = ?", (name,)).fetchone()
        salt, expected = row or (b"0" * 16, b"")
        return hmac.compare_digest(_hashed(password, salt), expected)

    def epoch(self, name: str) -> int | None:
        """The number that a session must bear to be in force; None where there is no such account."""
        with self._opened() as database:
            row = database.execute("SELECT epoch FROM account WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def end_sessions(self, name: str) -> None:
        """Signs a person out everywhere."""
        with self._opened() as database:
            database.execute("UPDATE account SET epoch = epoch + 1 WHERE name = ?", (name,))

    def new_key(self, name: str) -> str:
        """An API key of a person, which is told this once."""
        key = f"stc_{secrets.token_urlsafe(32)}"
        with self._opened() as database:
            database.execute("INSERT INTO api_key VALUES (?, ?)", (_digest(key), person(name)))
        return key

    def revoke_keys(self, name: str) -> int:
        """Ends all API keys of a person; their number."""
        with self._opened() as database:
            return database.execute("DELETE FROM api_key WHERE name = ?", (person(name),)).rowcount

    def bearer(self, key: str) -> str | None:
        """Whose API key it is."""
        with self._opened() as database:
            row = database.execute("SELECT name FROM api_key WHERE digest = ?", (_digest(key),)).fetchone()
        return row[0] if row else None

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=30)) as database, database:
            yield database


def require_password(password: str) -> None:
    """Nothing; raises UsageError for a password that is too short."""
    if len(password) < LEAST_PASSWORD:
        raise UsageError(f"a password has at least {LEAST_PASSWORD} characters")


def _hashed(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, **_COST)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
