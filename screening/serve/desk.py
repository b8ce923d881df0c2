"""Questions to the one Screener: answered off the event loop, those that wait together in one part."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, NamedTuple

from screening.engine import Screener
from screening.errors import UsageError
from screening.single import determine_each, is_party_alone

MOST_TOGETHER = 64
Answer = list[dict[str, Any]]


class _Kind(NamedTuple):
    """What questions must share to be answered in one part."""

    as_of: date
    jurisdictions: tuple[str, ...]
    limit: int
    is_party_alone: bool


class Desk:
    """Takes questions from the event loop. A part costs much and a further question in it little, so that many askers wait little
    longer than one; answers are the same as if each were asked alone.
    """

    def __init__(self, screener: Screener, checkers: int) -> None:
        self.screener = screener
        self._most = checkers
        self._threads = ThreadPoolExecutor(checkers, "check")
        self._busy: set[asyncio.Task[None]] = set()
        self._waiting: dict[_Kind, list[tuple[Mapping[str, Any], asyncio.Future[Answer]]]] = {}

    async def ask(self, record: Mapping[str, Any], as_of: date, jurisdictions: Sequence[str] = (), limit: int = 5) -> Answer:
        """The determinations of one record, as ``screening.single.determine`` gives them; raises UsageError."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        kind = _Kind(as_of, tuple(jurisdictions), limit, is_party_alone(record))
        self._waiting.setdefault(kind, []).append((record, answer))
        if len(self._busy) < self._most:
            task = asyncio.get_running_loop().create_task(self._work())
            self._busy.add(task)
            task.add_done_callback(self._busy.discard)
        return await answer

    def close(self) -> None:
        """Lets the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _work(self) -> None:
        while self._waiting:
            kind = next(iter(self._waiting))
            waiting = self._waiting.pop(kind)
            if len(waiting) > MOST_TOGETHER:
                self._waiting[kind] = waiting[MOST_TOGETHER:]
            await self._answer(kind, waiting[:MOST_TOGETHER])

    async def _answer(self, kind: _Kind, asked: list[tuple[Mapping[str, Any], asyncio.Future[Answer]]]) -> None:
        loop = asyncio.get_running_loop()
        try:
            answers = await loop.run_in_executor(self._threads, self._determine, kind, [record for record, _ in asked])
        except Exception as error:
            if len(asked) > 1:  # what is wrong with one is not told to the others
                for one in asked:
                    await self._answer(kind, [one])
            elif not asked[0][1].done():
                asked[0][1].set_exception(error)
            return
        for (_, future), answer in zip(asked, answers, strict=True):
            if future.done():  # who asked has gone
                continue
            if isinstance(answer, UsageError):
                future.set_exception(answer)
            else:
                future.set_result(answer)

    def _determine(self, kind: _Kind, records: list[Mapping[str, Any]]) -> list[Answer | UsageError]:
        return determine_each(self.screener, records, as_of=kind.as_of, jurisdictions=kind.jurisdictions, limit=kind.limit)
