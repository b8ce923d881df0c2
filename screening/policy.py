"""Thresholds and switches as dated data: what an administration may set, with the shipped values and why.

Written as TOML for ``--policy FILE``; an unknown key is an error, so that a misspelt threshold is never silently ignored.
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from control_lists.models import Disposition, Flag
from screening.errors import PolicyError

Score = Annotated[float, Field(ge=0, le=100)]

NAME_THRESHOLD = 80.0
"""Shipped threshold of a name match, 0 to 100: lower finds more and asks more.

Chosen on labelled name pairs and on 8,002 real traders against the 1,003 primary names of the UN list, of which one reaches it, and
against 10,000 names of all lists, of which 22 do (``benchmarks/name_quality.py``).
"""


class FourEyes(BaseModel):
    """Dispositions that a second person confirms, on determinations of these flags or lanes; none named is all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dispositions: tuple[Disposition, ...]
    flags: tuple[Flag, ...] = ()
    lanes: tuple[Literal["green", "blue", "yellow", "red"], ...] = ()

    def bears_on(self, disposition: str, flag: str, lane: str) -> bool:
        """Whether it asks for a second person here."""
        is_every = not self.flags and not self.lanes
        return disposition in self.dispositions and (is_every or flag in self.flags or lane in self.lanes)


class ReviewPolicy(BaseModel):
    """What binds officers. No part of ``Policy.digest``: it changes no determination."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    four_eyes: tuple[FourEyes, ...] = (
        FourEyes(dispositions=("false_positive", "released"), flags=("LICENCE_REQUIRED", "PROHIBITED"), lanes=("red",)),
    )
    # An exception stands at most so long: lists and traders change.
    exception_days: Annotated[int, Field(ge=1, le=3660)] = 365


class Policy(BaseModel):
    """What decides beside the law. Frozen; ``digest`` stands in every determination."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = "shipped-2026-11"
    # A name below this is no match; at or above `strong_name` an organisation's name alone carries a party rule.
    name_threshold: Score = NAME_THRESHOLD
    strong_name: Score = 95.0
    # A person's name alone never identifies a person: it asks, whatever the score.
    person_name_alone_is_strong: bool = False
    # A goods term counts from here, and alone establishes the good from `conclusive`.
    term_threshold: Score = 85.0
    conclusive: Score = 88.0
    max_candidates: Annotated[int, Field(ge=1, le=100)] = 10
    max_party_matches: Annotated[int, Field(ge=1, le=1000)] = 20
    max_questions: Annotated[int, Field(ge=1, le=20)] = 5
    # Red flags, as of 2026-11-24: the heaviest of each family summed. Yellow takes more than one light sign (2); red takes a sign that
    # speaks for red, a second family, and more than two middling signs. On 31,977 customs lines (docs/red-flags.md) no lane was red.
    red_flag_score_yellow: Annotated[int, Field(ge=1)] = 3
    red_flag_score_red: Annotated[int, Field(ge=1)] = 7
    red_flag_families_red: Annotated[int, Field(ge=1)] = 2
    # A refusal counts so long: denials are valid for three years (Regulation (EU) 2021/821, Article 16).
    denial_months: Annotated[int, Field(ge=1, le=600)] = 36
    # Switches that rules ask for by name.
    switches: dict[str, bool] = {"recognise_snapback": True}
    review: ReviewPolicy = ReviewPolicy()

    @property
    def digest(self) -> str:
        """A short name of the exact settings."""
        settings = self.model_dump_json(exclude={"review"})
        return f"{self.id}:{hashlib.sha256(settings.encode()).hexdigest()[:12]}"

    @classmethod
    def open(cls, path: Path | None) -> Policy:
        """The policy in ``path``, or the shipped one; raises PolicyError naming the setting."""
        if path is None:
            return cls()
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8"))
            switches = {**cls().switches, **settings.pop("switches", {})}
            return cls.model_validate({**settings, "switches": switches})
        except ValidationError as error:
            fault = error.errors()[0]
            raise PolicyError(f"{path}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}; see screening/policy.py") from None
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise PolicyError(f"{path}: {error}; a policy is a TOML file") from None
