"""The records of red flags as data: indicators an officer weighs beside the law, and the small tables that they read.

A red flag never decides a licence: it moves the lane and asks. The form is described for authors in ``docs/data-formats.md``.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from control_lists.models import Dated, NonEmpty, Number, Record

Family = Literal["party", "goods", "route", "document", "value"]
HsPrefix = Annotated[str, Field(pattern=r"^\d{2,6}$")]


class RedFlagCase(Record):
    """One way in which a flag is raised: all of ``when`` must hold. What is not declared raises nothing.

    ``lane``: to which lane this speaks (``green``: it supports or lowers and moves nothing by itself). ``needs``: columns or attributes
    beyond the declaration of the contract, without which the case cannot be asked. ``fields``: what it read, as told to the officer.
    """

    when: dict[str, Any]
    lane: Literal["green", "yellow", "red"]
    fields: tuple[NonEmpty, ...]
    text: NonEmpty
    question: NonEmpty | None = None
    needs: tuple[NonEmpty, ...] = ()


class RedFlagExample(Record):
    """A declaration (flat contract names) and what the flag must do with it, with what the earlier stages found.

    ``others``: further items of the batch, each with its own ``candidate``; ``usual``: a learnt unit value.
    """

    declaration: dict[str, Any]
    candidate: dict[str, Any] | None = None
    party: dict[str, Any] | None = None
    others: tuple[dict[str, Any], ...] = ()
    usual: dict[str, Any] | None = None
    outcome: Literal["fires", "silent"]


class RedFlag(Record):
    """One indicator: its family (flags of one family tell the same thing), weight, guard and the cases that raise it, worst first.

    ``alone``: may by itself propose the red lane (a listed party, a licence that does not fit). ``told_by``: the stage outside the
    flags' own predicates that raises it. ``guard``: what keeps ordinary trade quiet.
    """

    id: Annotated[str, Field(pattern=r"^RF\d\d$")]
    title: NonEmpty
    family: Family
    weight: Annotated[int, Field(ge=-5, le=5)]
    alone: bool = False
    told_by: NonEmpty | None = None
    guard: NonEmpty
    case: tuple[RedFlagCase, ...] = ()
    cites: tuple[NonEmpty, ...]
    examples: tuple[RedFlagExample, ...] = ()

    @model_validator(mode="after")
    def _raised(self) -> RedFlag:
        if bool(self.case) == (self.told_by is not None):
            raise ValueError(f"red flag {self.id}: it has cases, or is told by another stage")
        return self


class KitGroup(Record):
    """One kind of equipment or material of a kit: control codes, any of which (or below) is it."""

    title: NonEmpty
    codes: tuple[NonEmpty, ...]


class Kit(Record):
    """Goods that each have a harmless use and together make one process: at least so many groups to one consignee in a window."""

    id: NonEmpty
    title: NonEmpty
    groups: tuple[KitGroup, ...]
    at_least: Annotated[int, Field(ge=2)]
    days: Annotated[int, Field(ge=1)]
    cites: tuple[NonEmpty, ...]


class ValueLimit(Dated):
    """A value below which a law asks less of recognised goods. ``codes`` empty: of whichever entry."""

    id: NonEmpty
    title: NonEmpty
    export_from: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...]
    codes: tuple[NonEmpty, ...] = ()
    amount: Annotated[Number, Field(gt=0)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    days: Annotated[int, Field(ge=1)]
    cites: tuple[NonEmpty, ...]


class PieceMass(Record):
    """The plausible net mass of one piece of an HS heading."""

    hs: HsPrefix
    title: NonEmpty
    low_kg: Annotated[Number, Field(gt=0)]
    high_kg: Annotated[Number, Field(gt=0)]


class HeadNoun(Record):
    """Words that name a good beyond doubt, and the HS chapters or headings in which it can lie."""

    words: tuple[NonEmpty, ...]
    hs: tuple[HsPrefix, ...]


class Position(Record):
    """About where a country lies: whole degrees north and east are enough to tell a detour of thousands of kilometres."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    lat: Annotated[Number, Field(ge=-90, le=90)]
    lon: Annotated[Number, Field(ge=-180, le=180)]


class Place(Record):
    """Names that stand on packages for a country, beside its own."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    names: tuple[NonEmpty, ...]


class RedFlagFile(Record):
    """One TOML of red flags and their tables."""

    red_flag: tuple[RedFlag, ...] = ()
    kit: tuple[Kit, ...] = ()
    value_limit: tuple[ValueLimit, ...] = ()
    piece_mass: tuple[PieceMass, ...] = ()
    head_noun: tuple[HeadNoun, ...] = ()
    position: tuple[Position, ...] = ()
    place: tuple[Place, ...] = ()
