"""Case stores for tests: SQLite always, PostgreSQL where a server's programs and the driver are installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from screening.review import CaseStore
from tests.review.determinations import TERMS, by

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
INITDB = shutil.which("initdb") or (str(_PROGRAMS[-1]) if _PROGRAMS else None)
HAS_SERVER = os.name == "posix" and INITDB is not None and find_spec("pg8000") is not None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests on PostgreSQL are not collected where there is none: they are no failure and nothing to skip."""
    if HAS_SERVER:
        return
    without = [item for item in items if "postgresql" in item.keywords]
    config.hook.pytest_deselected(items=without)
    items[:] = [item for item in items if item not in without]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server of the tests' own, without a database's name."""
    import pwd

    assert INITDB is not None
    # A server does not run as root: there, as the user that packages make for it.
    account = pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    own = {"user": account.pw_uid, "group": account.pw_gid} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="stc-postgresql-"))
    os.chown(folder, account.pw_uid, account.pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data, programs = folder / "data", Path(INITDB).resolve().parent
    subprocess.run([INITDB, "-D", data, "-U", "stc", "-A", "trust", "--no-sync"], check=True, capture_output=True, cwd=folder, **own)
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
    started = [programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"]
    subprocess.run(started, check=True, stdout=subprocess.DEVNULL, cwd=folder, **own)
    try:
        yield f"postgresql://stc@127.0.0.1:{port}"
    finally:
        subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=False, capture_output=True, cwd=folder, **own)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store that is not there yet is made."""
    return new_place(request.param, request, tmp_path)


@pytest.fixture
def store(place: str) -> Iterator[CaseStore]:
    """An empty store with its first user, the supervisor ``boss``."""
    made = CaseStore.make(place, lambda: TERMS, by("boss", "supervisor"))
    made.name_user("boss", "supervisor", by("boss", "supervisor"))
    yield made
    made.close()


def new_place(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """A file, or a database of its own on the server."""
    if kind == "sqlite":
        return str(folder / "review.db")
    from sqlalchemy import create_engine, make_url

    address = make_url(request.getfixturevalue("server")).set(drivername="postgresql+pg8000")
    name = f"stc_{uuid.uuid4().hex}"
    engine = create_engine(address.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return f"{request.getfixturevalue('server')}/{name}"
