"""Aligned words of two names."""

from __future__ import annotations

from typing import NamedTuple

from screening.matching.link import Link


class Pair(NamedTuple):
    """Aligned words: where they start, how many they are on each side, and what they weigh."""

    declared: int
    declared_count: int
    listed: int
    listed_count: int
    link: Link
    declared_weight: int
    listed_weight: int

    @property
    def weight(self) -> int:
        """The weight that is aligned."""
        single = self.declared_count == self.listed_count == 1
        return min(self.declared_weight, self.listed_weight) if single else max(self.declared_weight, self.listed_weight)

    @property
    def mass(self) -> int:
        """The weight that agrees, in thousandths."""
        return self.weight * self.link.similarity
