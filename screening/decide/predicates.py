"""The closed set of questions that rules ask, each true, false or unknown of every row.

A predicate takes the rows of a subject frame (``decide/subjects.py``), the value written in the rule, and the decision's
context; it gives a nullable Boolean series, null meaning that the declaration does not say. New law needs new data; a new
predicate is a change of the form and of ``docs/data-formats.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import polars as pl
from pydantic import TypeAdapter

from control_lists.codes.control_code import is_under
from control_lists.models import Alternatives, Criterion
from control_lists.snapshot import Snapshot
from screening.errors import ContractError
from screening.goods.criteria import facts_of, judge
from screening.goods.facts import FactReader
from screening.normalise.phrases import Phrases
from screening.policy import Policy


class Context(NamedTuple):
    """What predicates may look at beside the rows."""

    snapshot: Snapshot
    policy: Policy
    facts: FactReader
    day: date  # all rows of one call are of one day


Predicate = Callable[[pl.DataFrame, Any, Context], pl.Series]
_ESTABLISHED = ("met", "declared")
_LISTS_OF_COUNTRIES = frozenset({"transit_countries", "party_countries"})
_COUNTRIES = ("export_country", "origin_country", "destination_country", "transit_countries", "party_countries")
CRITERIA: TypeAdapter[tuple[Criterion | Alternatives, ...]] = TypeAdapter(tuple[Criterion | Alternatives, ...])


def countries(value: Any, context: Context) -> frozenset[str]:
    """The country codes that a rule's value names, sets opened."""
    members: set[str] = set()
    for part in _several(value):
        members |= context.snapshot.country_set(part[4:], context.day) if part.startswith("set:") else {part}
    return frozenset(members)


def _several(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@dataclass(frozen=True)
class Expressed:
    """A predicate that is an expression over the row's own columns, so that many of them are asked of a frame in one pass."""

    expression: Callable[[Any, Context], pl.Expr]

    def __call__(self, rows: pl.DataFrame, value: Any, context: Context) -> pl.Series:
        """The truth of every row."""
        return rows.with_columns(truth=self.expression(value, context).cast(pl.Boolean)).get_column("truth")


def names_moved(value: Any, context: Context) -> bool:
    """Whether a rule's value names a set whose official column changed since it was written: nothing is settled by it then."""
    if not context.snapshot.moved_sets or not isinstance(value, (str, tuple)):
        return False
    return any(part.startswith("set:") and part[4:] in context.snapshot.moved_sets for part in _several(value))


def _country(column: str, *, negate: bool = False) -> Expressed:
    def predicate(value: Any, context: Context) -> pl.Expr:
        if names_moved(value, context):
            return pl.lit(None)
        inside = pl.col(column).is_in(list(countries(value, context)))
        return ~inside if negate else inside

    return Expressed(predicate)


def _one_of(column: str) -> Expressed:
    def predicate(value: Any, context: Context) -> pl.Expr:
        return pl.col(column).is_in(list(_several(value))).fill_null(False)

    return Expressed(predicate)


def _any_of(column: str, *, negate: bool = False) -> Expressed:
    """A list column holds one of the values; an empty list holds none."""

    def predicate(value: Any, context: Context) -> pl.Expr:
        holds = pl.col(column).list.eval(pl.element().is_in(list(_several(value)))).list.any().fill_null(False)
        return ~holds if negate else holds

    return Expressed(predicate)


def _any_country(columns: Sequence[str]) -> Expressed:
    def predicate(value: Any, context: Context) -> pl.Expr:
        if names_moved(value, context):
            return pl.lit(None)
        wanted = list(countries(value, context))
        tests = [
            pl.col(c).list.eval(pl.element().is_in(wanted)).list.any() if c in _LISTS_OF_COUNTRIES else pl.col(c).is_in(wanted)
            for c in columns
        ]
        return pl.any_horizontal(test.fill_null(False) for test in tests)

    return Expressed(predicate)


def _hs(*, negate: bool) -> Expressed:
    def predicate(value: Any, context: Context) -> pl.Expr:
        """A code shorter than a prefix that it begins (``8542`` against ``854231``) may be under it: unknown."""
        declared = pl.col("hs_code")
        under = pl.any_horizontal(declared.str.starts_with(prefix) for prefix in _several(value))
        may_be = pl.any_horizontal(pl.lit(prefix).str.starts_with(declared) for prefix in _several(value))
        truth = pl.when(under).then(True).when(may_be).then(None).otherwise(pl.when(declared.is_not_null()).then(False))
        return ~truth if negate else truth

    return Expressed(predicate)


def _listed_in(value: Any, context: Context) -> pl.Expr:
    here = pl.col("c_list").is_in(list(_several(value)))
    established = pl.when(pl.col("c_status") == "needs_data").then(None).otherwise(pl.col("c_status").is_in(_ESTABLISHED))
    return pl.when(here).then(established).otherwise(False)


def _code(*, negate: bool) -> Predicate:
    """Whether the candidate's code is under one of the values; unknown when it stops above one of them."""

    def truth(code: str, values: Iterable[str]) -> bool | None:
        if any(is_under(code, value) for value in values):
            return not negate
        return None if any(is_under(value, code) for value in values) else negate

    def predicate(rows: pl.DataFrame, value: Any, context: Context) -> pl.Series:
        codes = rows.get_column("c_code")
        known = {code: truth(code, _several(value)) for code in codes.unique()}
        return pl.Series([known[code] for code in codes], dtype=pl.Boolean)

    return predicate


def _group(value: Any, context: Context) -> pl.Expr:
    return pl.col("c_code").str.slice(1, 1).is_in(list(_several(value)))


def _chart(rows: pl.DataFrame, value: Any, context: Context) -> pl.Series:
    """One of the entry's reasons for control is marked for the destination."""
    marked: dict[tuple[str, ...], frozenset[str]] = {}
    moved = context.snapshot.moved_sets
    truths: list[bool | None] = []
    defined = {s.id for s in context.snapshot.country_sets}
    for reasons, destination in rows.select("c_reasons", "destination_country").iter_rows():
        key = tuple(reasons or ())
        if key not in marked:
            sets = [value + reason for reason in key if value + reason in defined]
            marked[key] = frozenset().union(*(context.snapshot.country_set(name, context.day) for name in sets))
        if any(value + reason in moved for reason in key):
            truths.append(None)
            continue
        truths.append(False if not marked[key] else None if destination is None else destination in marked[key])
    return pl.Series(truths, dtype=pl.Boolean)


def _concentration_over(value: Any, context: Context) -> pl.Expr:
    return pl.col("c_concentration") > float(value)


def _concentration_up_to(value: Any, context: Context) -> pl.Expr:
    return pl.col("c_concentration") <= float(value)


def _consumer_packed(value: Any, context: Context) -> pl.Expr:
    return pl.col("c_consumer_packed").fill_null(False) == bool(value)


def _near_limit(value: Any, context: Context) -> pl.Expr:
    return (pl.col("c_near_limit") <= float(value)).fill_null(False)


def _stated(rows: pl.DataFrame, value: Any, context: Context) -> pl.Series:
    criteria = CRITERIA.validate_python(value)
    known: dict[tuple[Any, ...], bool | None] = {}
    truths: list[bool | None] = []
    for text, attributes in rows.select("text", "attributes").iter_rows():
        key = (text, *((a["name"], a["value"]) for a in attributes or ()))
        if key not in known:
            stated = context.facts.attributes(attributes or ())
            status = judge(criteria, facts_of(stated, text or "", context.facts), context.facts).status
            known[key] = None if status == "not_stated" else status == "met"
        truths.append(known[key])
    return pl.Series(truths, dtype=pl.Boolean)


def _party(column: str) -> Expressed:
    """On a list or under a programme: true of a strong match, unknown of one that is only possible."""

    def predicate(value: Any, context: Context) -> pl.Expr:
        named = _any_of(column).expression(value, context) if value != ("any",) else pl.lit(True)
        return pl.when(named).then(pl.when(pl.col("p_strength") == "strong").then(True).otherwise(None)).otherwise(False)

    return Expressed(predicate)


def _informed(*, negate: bool) -> Expressed:
    """The authority informed the exporter of such a use. Being informed is an act: silence is not being informed."""

    def predicate(value: Any, context: Context) -> pl.Expr:
        uses = _several(value)
        stated = pl.col("end_use_informed").str.to_lowercase()
        informed = stated.is_not_null() & ~stated.is_in(["no", "false", "none", "0"])
        if "any" not in uses:
            informed = informed & stated.str.contains_any(list(uses))
        return ~informed.fill_null(False) if negate else informed.fill_null(False)

    return Expressed(predicate)


def _mentions(*, negate: bool) -> Predicate:
    def predicate(rows: pl.DataFrame, value: Any, context: Context) -> pl.Series:
        words = tuple(word for id_ in _several(value) for word in context.snapshot.lexicons[id_].words)
        mentioned = _phrases(words).any_in(rows.get_column("all_text"))
        return ~mentioned if negate else mentioned

    return predicate


@lru_cache(maxsize=64)
def _phrases(words: tuple[str, ...]) -> Phrases:
    """The phrases of lexicons, made ready once: several rules ask the same."""
    return Phrases(words)


def _us_content_over(value: Any, context: Context) -> pl.Expr:
    return pl.col("us_content_pct") > float(value)


def _value_up_to(value: Any, context: Context) -> pl.Expr:
    """The declared value of the item is no more than an amount of one currency. No rates are held: another currency states nothing."""
    stated: pl.Expr = (pl.col("currency") == value["currency"]) & (pl.col("value") <= float(value["amount"]))
    return stated.fill_null(False)


def _claims(*, negate: bool) -> Expressed:
    """A document is declared whose code claims this: a licence, a general authorisation, that the good is not listed."""

    def predicate(value: Any, context: Context) -> pl.Expr:
        codes = tuple(code.code for code in context.snapshot.document_codes if code.claim in _several(value))
        return _any_of("document_codes", negate=negate).expression(codes, context)

    return Expressed(predicate)


def _switch(value: Any, context: Context) -> pl.Expr:
    if value not in context.policy.switches:
        raise ContractError(f"a rule asks for the policy switch '{value}', which the policy does not have")
    return pl.lit(context.policy.switches[value])


PREDICATES: dict[str, Predicate] = {
    "operation": _one_of("operation"),
    "switch": Expressed(_switch),
    "document_outcome": _one_of("d_outcome"),
    "candidate_status": _one_of("c_status"),
    "group": Expressed(_group),
    "regime": _any_of("c_regimes"),
    "mark": _any_of("c_marks"),
    "mark_not": _any_of("c_marks", negate=True),
    "party_role": _one_of("p_role"),
    "party_scope": _one_of("p_scope"),
    "party_programme_not": _any_of("p_programmes", negate=True),
    "party_list_not": _any_of("p_lists", negate=True),
    "party_outcome_not": _any_of("p_outcomes", negate=True),
    "destination": _country("destination_country"),
    "destination_not": _country("destination_country", negate=True),
    "export_from": _country("export_country"),
    "export_from_not": _country("export_country", negate=True),
    "origin": _country("origin_country"),
    "buyer_country": _country("buyer_country"),
    "via": _any_country(("transit_countries",)),
    "any_country": _any_country(_COUNTRIES),
    "hs_under": _hs(negate=False),
    "hs_not_under": _hs(negate=True),
    "code_under": _code(negate=False),
    "code_not_under": _code(negate=True),
    "listed_in": Expressed(_listed_in),
    "chart": _chart,
    "party_programme": _party("p_programmes"),
    "party_list": _party("p_lists"),
    "party_outcome": _party("p_outcomes"),
    "end_use_informed": _informed(negate=False),
    "end_use_informed_not": _informed(negate=True),
    "document": _any_of("document_codes"),
    "document_not": _any_of("document_codes", negate=True),
    "claims": _claims(negate=False),
    "claims_not": _claims(negate=True),
    "consumer_packed": Expressed(_consumer_packed),
    "near_limit": Expressed(_near_limit),
    "concentration_over": Expressed(_concentration_over),
    "concentration_up_to": Expressed(_concentration_up_to),
    "us_content_over": Expressed(_us_content_over),
    "value_up_to": Expressed(_value_up_to),
    "mentions": _mentions(negate=False),
    "mentions_not": _mentions(negate=True),
    "stated": _stated,
}
"""In the order in which a rule asks them: cheap and decisive first."""

READS: dict[str, tuple[str, ...]] = {
    "operation": ("operation",),
    "switch": ("operation",),  # the policy alone decides; a row is a row by any column
    "document_outcome": ("d_outcome",),
    "candidate_status": ("c_status",),
    "group": ("c_code",),
    "regime": ("c_regimes",),
    "mark": ("c_marks",),
    "mark_not": ("c_marks",),
    "party_role": ("p_role",),
    "party_scope": ("p_scope",),
    "party_programme_not": ("p_programmes",),
    "party_list_not": ("p_lists",),
    "party_outcome_not": ("p_outcomes",),
    "destination": ("destination_country",),
    "destination_not": ("destination_country",),
    "export_from": ("export_country",),
    "export_from_not": ("export_country",),
    "origin": ("origin_country",),
    "buyer_country": ("buyer_country",),
    "via": ("transit_countries",),
    "any_country": _COUNTRIES,
    "hs_under": ("hs_code",),
    "hs_not_under": ("hs_code",),
    "code_under": ("c_code",),
    "code_not_under": ("c_code",),
    "listed_in": ("c_list", "c_status"),
    "chart": ("c_reasons", "destination_country"),
    "party_programme": ("p_programmes", "p_strength"),
    "party_list": ("p_lists", "p_strength"),
    "party_outcome": ("p_outcomes", "p_strength"),
    "end_use_informed": ("end_use_informed",),
    "end_use_informed_not": ("end_use_informed",),
    "document": ("document_codes",),
    "document_not": ("document_codes",),
    "claims": ("document_codes",),
    "claims_not": ("document_codes",),
    "consumer_packed": ("c_consumer_packed",),
    "near_limit": ("c_near_limit",),
    "concentration_over": ("c_concentration",),
    "concentration_up_to": ("c_concentration",),
    "us_content_over": ("us_content_pct",),
    "value_up_to": ("currency", "value"),
    "mentions": ("all_text",),
    "mentions_not": ("all_text",),
    "stated": ("text", "attributes"),
}
"""The columns that each predicate reads: rows equal in them have one truth, so that it is asked once of each distinct combination."""

SUBJECT_ONLY: dict[str, str] = {
    **dict.fromkeys(
        ("candidate_status", "group", "regime", "mark", "mark_not", "code_under", "code_not_under", "listed_in", "chart",
         "consumer_packed", "near_limit", "concentration_over", "concentration_up_to"),
        "candidate",
    ),
    **dict.fromkeys(
        ("party_role", "party_scope", "party_programme", "party_list", "party_outcome", "party_programme_not", "party_list_not",
         "party_outcome_not"),
        "party",
    ),
    "document_outcome": "document",
}  # fmt: skip
"""Predicates that only one kind of subject can answer."""

QUESTIONS = {
    "destination": "Which country is the destination?",
    "destination_not": "Which country is the destination?",
    "export_from": "From which country is it exported?",
    "export_from_not": "From which country is it exported?",
    "origin": "What is the country of origin?",
    "buyer_country": "In which country is the buyer?",
    "hs_under": "What is the HS code?",
    "hs_not_under": "What is the HS code?",
    "code_under": "Which sub-item of {code} describes the good?",
    "code_not_under": "Which sub-item of {code} describes the good?",
    "chart": "Which country is the destination?",
    "concentration_over": "What is the content of the listed chemical, in per cent by weight?",
    "party_programme": "Is {party} the listed party {listed_name}? Compare address, identifiers and, for a person, the date of birth.",
    "party_list": "Is {party} the listed party {listed_name}? Compare address, identifiers and, for a person, the date of birth.",
    "party_outcome": "Is {party} the listed party {listed_name}? Compare address, identifiers and, for a person, the date of birth.",
    "us_content_over": "What share of the value is controlled US content?",
}
"""What an officer asks where a predicate is unknown."""


def questions(key: str, value: Any, context: Context) -> list[str]:
    """What to ask when a predicate is unknown; ``listed_in`` leaves it to the candidate's own questions."""
    if key == "stated":
        return list(dict.fromkeys(context.facts.parameters[p].question for p in parameters_of(CRITERIA.validate_python(value))))
    asks = [QUESTIONS[key]] if key in QUESTIONS else []
    if names_moved(value, context) or (key == "chart" and context.snapshot.moved_sets):
        asks.append("The official table of countries changed since this rule was written: does {destination} stand in it now?")
    return asks


def parameters_of(criteria: Iterable[Criterion | Alternatives]) -> Iterable[str]:
    """Every parameter a criteria tree asks for."""
    for criterion in criteria:
        if isinstance(criterion, Criterion):
            yield criterion.parameter
        else:
            yield from parameters_of(criterion.any or criterion.all)
