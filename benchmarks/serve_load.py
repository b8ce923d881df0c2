"""Users at a server on this machine: checks of goods and parties, and dispositions; what they waited for, and whether any was lost.

Starts ``stc serve`` on the lists of STC_HOME (accounts and cases lie in a folder of its own), then ``--users`` at a time for
``--seconds``. Each asks, thinks ``--think`` seconds on average, and asks again; one in twenty asks decides a case. Prints one line.
Run: python -m benchmarks.serve_load --users 50 --seconds 60
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import httpx

from screening.engine import Screener
from screening.review import By, CaseStore, ReviewTerms
from screening.serve.accounts import Accounts
from screening.single import determine, goods_record

GOODS = (
    "thermal imaging camera, uncooled, 60 Hz", "isostatic press", "cotton shirts", "ball valves of hastelloy", "carbon fibre prepreg",
    "frequency changer 600 Hz", "laptop computers", "vacuum pump", "thiodiglycol", "spare parts for tractors",
)  # fmt: skip
PARTIES = (
    "Korea Mining Development Trading Corp", "Quite Ordinary Trading Ltd", "Nile Valley Textiles", "Rosoboronexport",
    "Al Noor General Trading",
    "Schmidt Maschinenbau GmbH", "Tokyo Precision KK", "Green River Farms",
)  # fmt: skip
CASES = 2000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, default=5)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="stc-load-"))
    try:
        _run(folder, asked.users, asked.seconds, asked.think)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, users: int, seconds: float, think: float) -> None:
    home, lists = folder / "home", os.environ.get("STC_HOME")
    home.mkdir()
    for name in ("lists", "prepared"):
        if lists and (Path(lists) / name).exists():
            (home / name).symlink_to(Path(lists) / name)
    boss = By("boss", "supervisor", datetime.now(UTC))
    screener = Screener.open()
    store = CaseStore.make(home / "review.db", lambda: ReviewTerms.of(screener.snapshot, screener.policy), boss)
    store.name_user("boss", "supervisor", boss)
    record = goods_record("globe valve hastelloy", export_country="DE", destination_country="EG")
    (found,) = determine(screener, record, as_of=date.today(), jurisdictions=("EU",), limit=5)
    store.open_cases([{**found, "declaration_id": f"L-{number}"} for number in range(CASES)], boss)
    accounts = Accounts(home / "accounts.db")
    keys = [accounts.new_key("boss") for _ in range(users)]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port), "--rate", "1000000"]
    server = subprocess.Popen(command, env={**os.environ, "STC_HOME": str(home)}, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        waits, answers, acknowledged = asyncio.run(_load(port, keys, seconds, think))
    finally:
        server.kill()
        server.wait()
    _tell(waits, answers, acknowledged, store, users, seconds)


def _wait(port: int) -> None:
    for _ in range(240):
        try:
            httpx.get(f"http://127.0.0.1:{port}/api/health", timeout=5)
        except httpx.HTTPError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the server did not start")


async def _load(port: int, keys: list[str], seconds: float, think: float) -> tuple[list[float], Counter[int], list[int]]:
    waits: list[float] = []
    answers: Counter[int] = Counter()
    acknowledged: list[int] = []
    cases = iter(range(1, CASES + 1))

    async def user(number: int, client: httpx.AsyncClient, end: float) -> None:
        own = random.Random(number)
        headers = {"Authorization": f"Bearer {keys[number]}"}
        await asyncio.sleep(own.uniform(0, think))
        while time.monotonic() < end:
            kind = own.random()
            if kind < 0.05 and (case := next(cases, None)) is not None:
                path, body = f"/api/cases/{case}/disposition", {"disposition": "referred", "reason_code": "same_party", "version": 1}
            elif kind < 0.5:
                path, body = "/api/goods", {"description": own.choice(GOODS), "export_country": "DE", "destination_country": "VN"}
            else:
                path, body = "/api/party", {"name": own.choice(PARTIES), "jurisdictions": ["EU"]}
            begun = time.monotonic()
            try:
                answer = await client.post(path, json=body, headers=headers)
            except httpx.HTTPError:
                answers[0] += 1
            else:
                answers[answer.status_code] += 1
                waits.append(time.monotonic() - begun)
                if "/cases/" in path and answer.status_code == 200:
                    acknowledged.append(answer.json()["seq"])
            await asyncio.sleep(own.expovariate(1 / think) if think else 0)

    limits = httpx.Limits(max_connections=len(keys))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60, limits=limits) as client:
        own = {"Authorization": f"Bearer {keys[0]}"}
        for path, body in (("/api/goods", {"description": "valve"}), ("/api/party", {"name": "valve"})):
            await client.post(path, json=body, headers=own)
        end = time.monotonic() + seconds
        await asyncio.gather(*(user(number, client, end) for number in range(len(keys))))
    return waits, answers, acknowledged


def _tell(waits: list[float], answers: Counter[int], acknowledged: list[int], store: CaseStore, users: int, seconds: float) -> None:
    kept = {event.seq for number in range(1, CASES + 1) for event in store.case(number).events}
    cut = statistics.quantiles(waits, n=100)
    p50, p95, p99 = (f"{1000 * cut[at - 1]:.0f} ms" for at in (50, 95, 99))
    errors = sum(number for status, number in answers.items() if status != 200)
    lost = len(set(acknowledged) - kept)
    print(
        f"{users} users, {seconds:g} s: {len(waits)} answers ({len(waits) / seconds:.1f} a second), p50 {p50}, p95 {p95}, p99 {p99}, "
        f"{errors} errors, {len(acknowledged)} dispositions, {lost} lost, ledger {store.verify().fault or 'verified'}"
    )


if __name__ == "__main__":
    main()
