"""Pages in a real browser: no script, nothing from elsewhere, nothing wider than a phone. Asked for with ``-m browser``."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.serve.conftest import PASSWORD, People

pytestmark = pytest.mark.browser
PAGES = ("/", "/goods", "/party", "/batches", "/cases", "/cases/1", "/lists")


@pytest.fixture(scope="module")
def address(people: People) -> Iterator[str]:
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(people.app, port=port, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("language", ["en", "fr", "km"])
def test_pages_fit_a_phone_and_ask_no_other_host(address: str, language: str) -> None:
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page: Any = browser.new_context(locale=language, java_script_enabled=True, viewport={"width": 360, "height": 800}).new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/sign-in")
        page.fill("#name", "officer")
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_url(f"{address}/")
        for path in PAGES:
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.className") == "skip"
        browser.close()
    assert all(url.startswith(address) for url in asked)
