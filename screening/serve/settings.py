"""What a server is started with."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from screening.execute.units import Opening

MEGABYTE = 1_000_000


class Settings(NamedTuple):
    """Lists and policy to open, where cases and accounts lie, and the limits set on those who ask.

    ``is_https``: a proxy in front speaks TLS, so that cookies are never sent without it. ``most_*`` are bytes; ``requests_a_minute`` are
    of one user, or of one address where nobody has signed in.
    """

    opening: Opening
    cases: str
    home: Path
    is_https: bool = False
    most_body: int = MEGABYTE
    most_upload: int = 200 * MEGABYTE
    requests_a_minute: int = 600
    session_hours: int = 10
    checkers: int = 2

    @property
    def accounts(self) -> Path:
        """The file of passwords and API keys."""
        return self.home / "accounts.db"

    @property
    def batches(self) -> Path:
        """Where uploaded batches and their results lie."""
        return self.home / "batches"
