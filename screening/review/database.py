"""The database of a case store: a SQLite file or a PostgreSQL server by its address, behind one way to read and one to write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from screening.errors import ReviewError
from screening.review.tables import EVENT, METADATA

_WAIT_S = 60  # for the writer before
_LOCK = 1540  # names our advisory lock
_SERVERS = ("postgresql", "postgres", "postgresql+pg8000")


class Database:
    """An opened database. Any number of threads and processes may read; those that write follow one another."""

    def __init__(self, engine: Engine, shown: str) -> None:
        self._engine = engine
        self.shown = shown

    @classmethod
    def open(cls, where: str | Path) -> Database:
        """The database at a path or an address; raises ReviewError where it is no such thing. Nothing is made yet."""
        if "://" not in str(where):
            engine = create_engine(URL.create("sqlite", database=str(where)), connect_args={"timeout": _WAIT_S})
            event.listen(engine, "connect", _prepare)
            event.listen(engine, "begin", _begin)
            return cls(engine, str(where))
        try:
            url = make_url(str(where))
        except ArgumentError:
            raise ReviewError(f"'{where}' is no address of a database; write postgresql://user@host/name, or name a file") from None
        shown = url.render_as_string(hide_password=True)
        if url.drivername not in _SERVERS or not url.username or not url.database:
            raise ReviewError(f"{shown}: a case store is a file or lies on a PostgreSQL server: postgresql://user@host/name")
        if find_spec("pg8000") is None:
            raise ReviewError(f"{shown}: PostgreSQL needs a driver; pip install 'stc-engine[postgres]'")
        return cls(create_engine(url.set(drivername="postgresql+pg8000"), isolation_level="REPEATABLE READ", pool_pre_ping=True), shown)

    def exists(self) -> bool:
        """Whether a store was made there."""
        if self._is_file and not Path(self.shown).exists():
            return False
        with self.reading() as connection:
            return inspect(connection).has_table(EVENT.name)

    @contextmanager
    def making(self) -> Iterator[Connection]:
        """A transaction in which the tables are made where they are not there; several processes may come at once."""
        if self._is_file:
            Path(self.shown).parent.mkdir(parents=True, exist_ok=True)
        level: dict[str, Any] = {"is_writing": True} if self._is_file else {"isolation_level": "READ COMMITTED"}
        with self._told(), self._engine.connect() as bare:
            connection = bare.execution_options(**level)
            with connection.begin():
                if not self._is_file:
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
                METADATA.create_all(connection)
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store, whoever writes meanwhile."""
        with self._told(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other writer overlaps: what it reads stands until it ends. Ended, it is on the disk."""
        with self._told(), self._engine.connect() as bare:
            connection = bare.execution_options(is_writing=True)
            with connection.begin():
                if not self._is_file:
                    connection.execute(text(f"LOCK TABLE {EVENT.name} IN EXCLUSIVE MODE"))
                yield connection

    def close(self) -> None:
        """Gives back the connections."""
        self._engine.dispose()

    @property
    def _is_file(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def _told(self) -> Iterator[None]:
        """The database's own faults as one line."""
        try:
            yield
        except DBAPIError as error:
            said = error.orig.args[0] if error.orig is not None and error.orig.args else error
            said = said.get("M", said) if isinstance(said, dict) else said
            raise ReviewError(f"{self.shown}: {str(said).splitlines()[0]}") from None
        except OSError as error:
            raise ReviewError(f"{self.shown}: {error.strerror or error}") from None


def _prepare(connection: Any, _: Any) -> None:
    """Readers never wait for a writer; a writer waits for the one before; what was acknowledged survives a loss of power."""
    connection.isolation_level = None  # transactions are begun below
    cursor = connection.cursor()
    for setting in (f"busy_timeout = {_WAIT_S * 1000}", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("is_writing") else "BEGIN")
