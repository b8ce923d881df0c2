"""Listed keys within a few slips of the pen of a declared one: wrong, missing, added or swapped letters, found by an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from screening.matching.deletions import PREFIX, variants


class NearKeys:
    """Listed keys, asked for those near a declared key. ``allowed`` says how many slips (at most two) a key of so many letters may have."""

    def __init__(self, keys: Iterable[str], allowed: Callable[[int], int]) -> None:
        self._allowed = allowed
        self._by_variant: dict[str, list[str]] = {}
        for key in sorted(set(keys)):
            for variant in variants(key, 2):
                self._by_variant.setdefault(variant, []).append(key)

    def near(self, key: str) -> list[tuple[str, int]]:
        """The listed keys within the slips that ``key`` may have, each with its distance; the key itself is at none."""
        most = self._allowed(len(key))
        if not most:
            return []
        found = [
            (listed, OSA.distance(key, listed, score_cutoff=most))
            for listed in self._likely(key[:PREFIX], most)
            if -most <= len(listed) - len(key) <= most
        ]
        return [(listed, slips) for listed, slips in found if slips <= most]

    @lru_cache(maxsize=100_000)  # noqa: B019  (an index lives as long as the program)
    def _likely(self, head: str, most: int) -> tuple[str, ...]:
        return tuple(sorted({listed for variant in variants(head, most) for listed in self._by_variant.get(variant, ())}))
