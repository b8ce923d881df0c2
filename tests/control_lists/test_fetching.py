"""Files come from their publishers whole, go on where they broke off, and what could not be had is said."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from control_lists.fetching import fetch
from control_lists.models import Source

BODY = bytes(range(256)) * 40


class Publisher(BaseHTTPRequestHandler):
    """Serves BODY; ``/broken`` stops half-way once and then continues from where it is asked; ``/never`` always stops."""

    broken = True

    def do_GET(self) -> None:
        if self.path == "/missing":
            self.send_error(404)
            return
        start = int((self.headers.get("Range") or "bytes=0-").removeprefix("bytes=").rstrip("-"))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(BODY) - start))
        self.end_headers()
        stops = (self.path == "/broken" and type(self).broken) or self.path == "/never"
        type(self).broken = False
        self.wfile.write(BODY[start : start + 100] if stops else BODY[start:])

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    Publisher.broken = True
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()


def source(*addresses: str) -> Source:
    return Source.model_validate(
        {
            "id": "test-list", "title": "T", "issuer": "T", "jurisdiction": "T", "addresses": list(addresses), "licence": "T",
            "effect": "T", "outcome": "review", "plausible": [1, 10], "review_days": 1, "cites": ["T"],
        }
    )  # fmt: skip


def test_a_file_comes_whole(server: str, tmp_path: Path) -> None:
    (one,) = fetch([source(f"{server}/list.xml")], tmp_path, "stc/test")
    assert one.path == tmp_path / "test-list" / "list.xml"
    assert one.path.read_bytes() == BODY


def test_a_broken_transfer_goes_on_where_it_stopped(server: str, tmp_path: Path) -> None:
    (one,) = fetch([source(f"{server}/broken")], tmp_path, "stc/test")
    assert one.path is not None
    assert one.path.read_bytes() == BODY


def test_what_could_not_be_had_is_said_and_the_next_is_tried(server: str, tmp_path: Path) -> None:
    missing, odd, whole = fetch([source(f"{server}/missing", "file:///etc/passwd", f"{server}/list.xml")], tmp_path, "stc/test")
    assert (missing.path, missing.failure) == (None, "the server answered 404 Not Found")
    assert (odd.path, odd.failure) == (None, "only http and https addresses are fetched")
    assert whole.path is not None


def test_a_transfer_that_never_ends_whole_is_no_file(server: str, tmp_path: Path) -> None:
    (one,) = fetch([source(f"{server}/never")], tmp_path, "stc/test")
    assert one.path is None
    assert one.failure
    assert not (tmp_path / "test-list" / "never").exists()
