"""A server that is killed amid dispositions loses none that it acknowledged."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx

from screening.review import By, CaseStore
from screening.serve.accounts import Accounts
from tests.review.determinations import TERMS, goods

ROOT = Path(__file__).resolve().parents[2]
CASES = 300


def test_what_was_acknowledged_is_there_after_a_kill(tmp_path: Path) -> None:
    boss = By("boss", "supervisor", datetime.now(UTC))
    store = CaseStore.make(tmp_path / "review.db", lambda: TERMS, boss)
    store.name_user("boss", "supervisor", boss)
    store.open_cases([goods(f"K-{number}") for number in range(CASES)], boss)
    key = Accounts(tmp_path / "accounts.db").new_key("boss")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port), "--rate", "100000"]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "STC_HOME": str(tmp_path)}, stderr=subprocess.DEVNULL)
    acknowledged: list[int] = []

    def officer(first: int) -> None:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"Authorization": f"Bearer {key}"}, timeout=60) as client:
            for case_id in range(first, CASES + 1, 3):
                said = {"disposition": "referred", "reason_code": "same_party", "version": 1}
                try:
                    answer = client.post(f"/api/cases/{case_id}/disposition", json=said)
                except httpx.HTTPError:
                    return
                if answer.status_code == 200:
                    acknowledged.append(answer.json()["seq"])

    try:
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                httpx.get(f"http://127.0.0.1:{port}/api/health")
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        threads = [threading.Thread(target=officer, args=(first,)) for first in (1, 2, 3)]
        for thread in threads:
            thread.start()
        while len(acknowledged) < 20 and any(thread.is_alive() for thread in threads):
            time.sleep(0.01)
        server.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        for thread in threads:
            thread.join()
    finally:
        server.kill()
        server.wait()
    assert 20 <= len(acknowledged) < CASES
    again = CaseStore.open(tmp_path / "review.db", lambda: TERMS)
    kept = {event.seq for number in range(1, CASES + 1) for event in again.case(number).events}
    assert set(acknowledged) <= kept
    assert again.verify().fault is None
