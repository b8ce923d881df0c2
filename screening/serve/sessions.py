"""Sessions as signed cookies, and the token by which a form proves that our page sent it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from typing import NamedTuple
from urllib.parse import quote, unquote

COOKIE = "stc_session"


class Session(NamedTuple):
    """Who is signed in (nobody: an empty name), until when (seconds since 1970), and under which epoch of the account."""

    name: str
    expires: int
    epoch: int
    nonce: str


def begun(name: str, epoch: int, hours: int) -> Session:
    """A new session."""
    return Session(name, int(time.time()) + 3600 * hours, epoch, secrets.token_urlsafe(12))


def signed(session: Session, secret: bytes) -> str:
    """The session as a cookie's value."""
    text = f"{quote(session.name, safe='').replace('.', '%2E')}.{session.expires}.{session.epoch}.{session.nonce}"
    return f"{text}.{_mark(secret, 'session', text)}"


def read(cookie: str, secret: bytes) -> Session | None:
    """The session of a cookie; None where it was altered or has ended."""
    text, _, mark = cookie.rpartition(".")
    if not text.isascii() or not hmac.compare_digest(_mark(secret, "session", text).encode(), mark.encode("utf-8", "replace")):
        return None
    name, expires, epoch, nonce = text.split(".")
    return Session(unquote(name), int(expires), int(epoch), nonce) if int(expires) > time.time() else None


def form_token(session: Session, secret: bytes) -> str:
    """What every form of the session carries."""
    return _mark(secret, "form", session.nonce)


def is_form_token(token: str, session: Session, secret: bytes) -> bool:
    """Whether a form that came was sent out in this session."""
    return hmac.compare_digest(token.encode("utf-8", "replace"), form_token(session, secret).encode())


def _mark(secret: bytes, use: str, text: str) -> str:
    return hmac.new(secret, f"{use}:{text}".encode(), hashlib.sha256).hexdigest()
