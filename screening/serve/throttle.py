"""Limits in time: how often one may ask, and how often one may fail to sign in."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_MOST_KEPT = 50_000


class Buckets:
    """Leaky buckets, one a key: ``size`` at once, and as many again over ``seconds``. Safe for threads."""

    def __init__(self, size: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._size, self._rate, self._clock = size, size / seconds, clock
        self._lock = threading.Lock()
        self._level: dict[str, tuple[float, float]] = {}

    def is_full(self, key: str) -> bool:
        """Whether the key has to wait."""
        with self._lock:
            return self._now(key) > self._size - 1

    def take(self, key: str) -> bool:
        """Counts one more of the key; False, and nothing counted, where it has to wait."""
        with self._lock:
            level = self._now(key)
            if level > self._size - 1:
                return False
            if len(self._level) >= _MOST_KEPT:
                self._level = {k: v for k, v in self._level.items() if v[0] - (self._clock() - v[1]) * self._rate > 0}
            self._level[key] = level + 1, self._clock()
            return True

    def empty(self, key: str) -> None:
        """Forgets the key."""
        with self._lock:
            self._level.pop(key, None)

    def _now(self, key: str) -> float:
        level, at = self._level.get(key, (0.0, 0.0))
        return max(0.0, level - (self._clock() - at) * self._rate)
