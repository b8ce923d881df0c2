"""What a State states for its coverage report: national measures, an action plan, requests and offers of assistance."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources
from typing import Literal

from control_lists.models import NonEmpty, Number, Record


class WeaponClass(Record):
    """A column of the matrix: entries of these regimes, or with these reasons for control, in or out of these codes."""

    id: NonEmpty
    title: NonEmpty
    regimes: tuple[NonEmpty, ...]
    reasons: tuple[NonEmpty, ...] = ()
    code_under: tuple[NonEmpty, ...] = ()
    code_not_under: tuple[NonEmpty, ...] = ()


class Measure(Record):
    """A row of the matrix: what is asked, and from what its cells are derived."""

    id: NonEmpty
    paragraph: NonEmpty
    title: NonEmpty
    basis: Literal["operation", "list", "end_use", "party", "hold", "national"]
    operation: str | None = None
    programmes: tuple[NonEmpty, ...] = ()
    subject: NonEmpty


class Obligations(Record):
    """The shape of the matrix."""

    weapon_class: tuple[WeaponClass, ...]
    measure: tuple[Measure, ...]


class State(Record):
    """Whose file it is, as a request of assistance states it."""

    name: NonEmpty
    region: NonEmpty
    languages: tuple[NonEmpty, ...] = ("English",)
    contact: str | None = None


class NationalMeasure(Record):
    """A law or measure that carries out a row, for all classes or for some."""

    measure: NonEmpty
    classes: tuple[NonEmpty, ...] = ()
    law: NonEmpty
    citation: NonEmpty
    status: Literal["in_force", "draft"] = "in_force"
    note: str | None = None


class NationalFile(Record):
    """A TOML of national measures."""

    state: State | None = None
    measure: tuple[NationalMeasure, ...] = ()


class Action(Record):
    """One action of a national action plan. ``indicator`` names one of the engine's figures, or one handed in with the call."""

    id: NonEmpty
    title: NonEmpty
    owner: NonEmpty
    due: date
    measures: tuple[NonEmpty, ...] = ()
    indicator: str | None = None
    target: Number | None = None
    status: Literal["planned", "under_way", "done"] = "planned"


class PlanFile(Record):
    """A TOML of a national action plan."""

    action: tuple[Action, ...] = ()


class Request(Record):
    """One request of assistance."""

    id: NonEmpty
    state: NonEmpty
    subject: NonEmpty
    classes: tuple[NonEmpty, ...] = ()
    region: NonEmpty
    languages: tuple[NonEmpty, ...] = ()
    types: tuple[NonEmpty, ...] = ()
    text: NonEmpty


class Offer(Record):
    """One offer of assistance; no class means every class, region ``global`` everywhere."""

    id: NonEmpty
    provider: NonEmpty
    subjects: tuple[NonEmpty, ...]
    classes: tuple[NonEmpty, ...] = ()
    regions: tuple[NonEmpty, ...]
    languages: tuple[NonEmpty, ...] = ()
    types: tuple[NonEmpty, ...] = ()
    text: NonEmpty


def obligations() -> Obligations:
    """The rows and columns of the matrix."""
    return Obligations(**tomllib.loads(resources.files("screening.obligations").joinpath("obligations.toml").read_text(encoding="utf-8")))
