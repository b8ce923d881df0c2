"""A door in the shape of the OpenSanctions matching API (https://www.opensanctions.org/docs/api/matching/), for clients that speak it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from screening.engine import Screener
from screening.errors import UsageError
from screening.serve.api import REFUSALS, Short, Text
from screening.serve.office import AnOffice, today
from screening.single import determine_each, party_record

ROUTER = APIRouter(responses=REFUSALS)
EVERY_LIST = ("default", "all", "sanctions")
_MOST_NAMES = 20  # of one query
_SCHEMAS = {"person": "Person", "organisation": "Organization", "vessel": "Vessel", "aircraft": "Airplane", "address": "Address"}
_IDENTIFIERS = {
    "imoNumber": "imo", "leiCode": "lei", "registrationNumber": "reg", "birthDate": "birth", "passportNumber": "passport", "mmsi": "mmsi",
}  # fmt: skip


class Described(BaseModel):
    """One party in the properties of its schema, each a list of values."""

    schema_: Short = Field(default="LegalEntity", alias="schema")
    properties: dict[Short, list[Text] | Text]


class Queries(BaseModel):
    """Queries by ids of the client's own. What else its clients send (weights, config) is taken and means nothing here."""

    queries: dict[Short, Described] = Field(max_length=100)


class Result(BaseModel):
    """One listed party. ``score`` 0 to 1; ``match``: the name threshold is reached and nothing speaks against it."""

    id: str
    caption: str
    schema_: str = Field(serialization_alias="schema")
    properties: dict[str, list[str]]
    datasets: list[str]
    referents: list[str] = []
    target: bool = True
    score: float
    match: bool
    features: dict[str, float] = {}
    explanations: dict[str, Any] = {}


@ROUTER.post("/match/{dataset}")
async def match(
    office: AnOffice,
    dataset: str,
    asked: Queries,
    limit: Annotated[int, Query(ge=1, le=100)] = 5,
    threshold: Annotated[float, Query(ge=0, le=1)] = 0.0,
    algorithm: Annotated[str, Query(max_length=40, description="Taken and not heeded: there is one way to compare")] = "best",
) -> dict[str, Any]:
    """Listed parties like each query. ``dataset`` is the id of a list, or one of default, all, sanctions for every list held."""
    screener = office.desk.screener
    held = {list_id for list_id, loaded in screener.snapshot.lists.items() if loaded.meta.kind == "parties"}
    if dataset not in held and dataset not in EVERY_LIST:
        raise HTTPException(404, f"no list '{dataset[:40]}'; GET /api/lists names them")
    records = [(key, party) for key, query in asked.queries.items() for party in _parties(query)]
    laws = screener.decider.party_jurisdictions[:1]  # whom a name matches is the same under every law
    answers = (
        await run_in_threadpool(determine_each, screener, [party for _, party in records], as_of=today(), jurisdictions=laws, limit=1000)
        if records
        else []
    )
    best: dict[str, dict[tuple[str, str], Mapping[str, Any]]] = {key: {} for key in asked.queries}
    for (key, _), answer in zip(records, answers, strict=True):
        for found in [] if isinstance(answer, UsageError) else answer[0]["party_matches"]:
            place = found["list"], found["entity_id"]
            if (dataset in EVERY_LIST or found["list"] == dataset) and found["score"] > best[key].get(place, {"score": -1})["score"]:
                best[key][place] = found
    responses = {}
    for key, query in asked.queries.items():
        ranked = sorted(best[key].values(), key=lambda one: (-one["score"], one["list"], one["entity_id"]))
        results = [_result(screener, one) for one in ranked if one["score"] / 100 >= threshold]
        shown = [result.model_dump(by_alias=True) for result in results[:limit]]
        responses[key] = {
            "status": 200,
            "results": shown,
            "total": {"value": len(results), "relation": "eq"},
            "query": {"schema": query.schema_, "properties": query.properties},
        }
    return {"responses": responses, "matcher": {}, "limit": limit}


def _parties(query: Described) -> list[dict[str, Any]]:
    """A query as records of one party, one a name."""
    stated = {name: [values] if isinstance(values, str) else values for name, values in query.properties.items()}
    names = [name for field in ("name", "alias", "weakAlias", "previousName") for name in stated.get(field, ()) if name.strip()]
    if not names:
        parts = [" ".join(stated.get(field, ())[:1]) for field in ("firstName", "middleName", "lastName")]
        names = [whole] if (whole := " ".join(part for part in parts if part)) else []
    identifiers = [f"{kind}:{value}" for field, kind in _IDENTIFIERS.items() for value in stated.get(field, ())]
    country = next((v for field in ("country", "jurisdiction", "nationality", "citizenship") for v in stated.get(field, ())), None)
    address = next(iter(stated.get("address", ())), None)
    return [
        party_record(name, country=country.upper() if country else None, address=address, identifiers=identifiers)
        for name in dict.fromkeys(names[:_MOST_NAMES])
    ]


def _result(screener: Screener, found: Mapping[str, Any]) -> Result:
    entities = screener.snapshot.lists[found["list"]].entities
    place = entities.frame.get_column("id").index_of(found["entity_id"])
    listed = entities[place] if place is not None else None
    properties = {"name": [listed.name if listed else found["listed_name"]]}
    if listed:
        properties |= {
            "alias": [alias.name for alias in listed.aliases],
            "country": [country.lower() for country in listed.countries],
            "address": list(listed.addresses),
            "birthDate": [day for day in listed.birth_dates if not day.startswith("~")],
            "program": list(listed.programmes),
        }
    return Result(
        id=f"{found['list']}:{found['entity_id']}",
        caption=found["listed_name"],
        schema_=_SCHEMAS.get(listed.kind, "LegalEntity") if listed else "LegalEntity",
        properties={name: values for name, values in properties.items() if values},
        datasets=[found["list"]],
        referents=[found["same_as"]] if found["same_as"] else [],
        score=round(found["score"] / 100, 4),
        match=found["strength"] == "strong",
        features={"name": round(found["score"] / 100, 4)},
        explanations={"aligned": {"detail": "; ".join(found["why"] or ()), "words": found["evidence"] or []}},
    )
