"""What holds for every request and answer: bodies no larger than allowed, and headers that keep a browser strict."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


class Guard:
    """An ASGI layer around the whole application. ``uploads`` are paths that may receive ``most_upload`` bytes, others ``most_body``."""

    def __init__(self, app: ASGIApp, most_body: int, most_upload: int, uploads: frozenset[str]) -> None:
        self._app = app
        self._most = most_body, most_upload
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._most[scope["path"] in self._uploads]
        declared = Headers(scope=scope).get("content-length", "0")
        answered = False
        received = 0

        async def sending(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        async def receiving() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise _TooLargeError(most)
            return message

        try:
            if not declared.isdecimal() or int(declared) > most:
                raise _TooLargeError(most)
            await self._app(scope, receiving, sending)
        except _TooLargeError as error:
            if not answered:
                await JSONResponse({"detail": error.detail}, error.status_code, error.headers)(scope, receive, sending)


class _TooLargeError(HTTPException):
    """More was sent than is allowed: of a kind that the framework hands on from within the reading of a body."""

    def __init__(self, most: int) -> None:
        super().__init__(413, f"at most {most} bytes", {"Connection": "close"})
