"""OpenSanctions, FollowTheMoney entities: ``entities.ftm.json`` or ``targets.nested.json`` of any of its collections.

https://data.opensanctions.org/datasets/latest/sanctions/entities.ftm.json (CC BY-NC 4.0). One JSON object a line: ``id``, ``schema``,
``properties`` (lists of texts; in the nested form also of objects), ``datasets``. Addresses, sanctions, documents and relations are
entities of their own that refer to the party, anywhere in the file: it is read twice. Imported are the parties with a topic of
sanctions or export control; politicians, their relatives and other persons of interest are put aside.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from control_lists.importers import dates
from control_lists.importers import ftm_properties as ftm
from control_lists.importers.draft import Draft
from control_lists.importers.opensanctions import LIST_ID, NO_PARTIES, PARTIES, imo_digits, programme_id
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing

SOURCE = "OpenSanctions entities (FollowTheMoney JSON lines)"

Properties = dict[str, list[Any]]


class _Entity(NamedTuple):
    id: str
    schema: str
    properties: Properties
    datasets: list[str]


class _Around:
    """What other entities of the file say of the parties."""

    def __init__(self) -> None:
        self.listed: set[str] = set()
        self.addresses: dict[str, str] = {}
        self.sanctions: dict[str, list[Properties]] = defaultdict(list)
        self.documents: dict[str, list[Properties]] = defaultdict(list)
        self.relations: dict[str, dict[str, str]] = defaultdict(dict)


def recognises(publication: Publication) -> bool:
    """Whether the first line begins a FollowTheMoney entity."""
    start = publication.head.lstrip(b"\xef\xbb\xbf \r\n")
    return start.startswith(b"{") and all(key in start for key in (b'"id"', b'"schema"', b'"properties"'))


def read(publication: Publication) -> Iterator[Listing]:
    """Every listed party; the edition is the newest day on which an entity was seen."""
    around = _Around()
    for entity in _entities(publication):
        _gather(around, entity)
    aside = 0
    for entity in _entities(publication):
        if entity.schema not in PARTIES:
            continue
        if entity.id not in around.listed:
            aside += 1
            continue
        yield Listing(LIST_ID, _party(publication, entity, around).entity())
    if aside:
        publication.note(f"{aside} parties without a topic of sanctions or export control were put aside")


def _entities(publication: Publication) -> Iterator[_Entity]:
    with publication.open() as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                data = json.loads(line)
                entity = _Entity(data["id"], data["schema"], data["properties"], list(data.get("datasets", ())))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                reason = error.msg if isinstance(error, json.JSONDecodeError) else f"no entity ({error})"
                raise publication.error(f"line {number}", f"{reason}; the file is cut or damaged, download it again") from None
            if entity.schema not in PARTIES and entity.schema not in NO_PARTIES and entity.schema not in ftm.KNOWN_SCHEMATA:
                raise publication.error(f"line {number}", f"schema '{entity.schema}' is not known")
            seen = dates.day(data.get("last_seen"))
            if seen is not None and (publication.edition is None or seen > publication.edition):
                publication.edition = seen
            yield entity


def _gather(around: _Around, entity: _Entity) -> None:
    said = entity.properties
    if entity.schema in PARTIES:
        if any(topic in ftm.LISTED_TOPICS for topic in said.get("topics", ())):
            around.listed.add(entity.id)
    elif entity.schema == "Address":
        around.addresses[entity.id] = _address_text(said)
    elif entity.schema == "Sanction":
        for party in _ids(said.get("entity")):
            around.sanctions[party].append(said)
    elif entity.schema in ("Passport", "Identification") or entity.schema == "CryptoWallet":
        for party in _ids(said.get("holder")):
            around.documents[party].append({**said, "schema": [entity.schema]})
    elif ends := ftm.RELATIONS.get(entity.schema):
        role = "; ".join(str(text) for text in (*said.get("role", ()), *said.get("relationship", ())))
        for source in _ids(said.get(ends[0])):
            for target in _ids(said.get(ends[1])):
                around.relations[source][target] = role or entity.schema
                around.relations[target][source] = role or entity.schema


def _party(publication: Publication, entity: _Entity, around: _Around) -> Draft:
    draft = Draft(publication, entity.id, PARTIES[entity.schema])
    sanctions, documents = list(around.sanctions[entity.id]), list(around.documents[entity.id])
    for name, values in entity.properties.items():
        for value in values:
            if isinstance(value, dict):
                _nested(draft, name, value, sanctions, documents)
            elif name == "addressEntity":
                draft.address(around.addresses.get(value))
            else:
                _property(publication, draft, name, str(value))
    for document in documents:
        _document(draft, document)
    for sanction in sanctions:
        _sanction(publication, draft, sanction)
    _status(draft, sanctions)
    if not any(_texts(sanction, "programId") for sanction in sanctions):
        for dataset in entity.datasets or entity.properties["topics"]:
            draft.programme(programme_id(dataset))
    draft.cite(f"OpenSanctions {entity.id}")
    for other, role in around.relations[entity.id].items():
        if other in around.listed:
            draft.link(f"id:{other}")
            draft.remark(f"relation to {other}: {role}")
    return draft


def _nested(draft: Draft, name: str, value: dict[str, Any], sanctions: list[Properties], documents: list[Properties]) -> None:
    said, schema = value.get("properties", {}), value.get("schema")
    if schema == "Sanction":
        sanctions.append(said)
    elif schema in ("Passport", "Identification", "CryptoWallet"):
        documents.append({**said, "schema": [schema]})
    elif schema == "Address":
        draft.address(_address_text(said))
    elif caption := value.get("caption"):
        # The party at the other end of a relation, or the relation itself: by name, as it may not be listed.
        draft.remark(f"{name}: {caption}")


def _property(publication: Publication, draft: Draft, name: str, value: str) -> None:
    if name in ftm.NAMES:
        draft.name(value, ftm.NAMES[name])
    elif name in ftm.COUNTRIES:
        draft.country(value.upper() if len(value) == 2 else value)
    elif name == "birthDate":
        draft.birth_date(dates.birth_date(value))
    elif name == "birthPlace":
        draft.birth_place(value)
    elif name == "address":
        draft.address(value)
    elif (kind := ftm.identifier_kind(name, draft.kind)) is not None:
        digits = imo_digits(value) if kind == "imo" else value
        draft.identifier(kind if digits else "other", digits or value)
    elif name not in ftm.IGNORED:
        if name not in ftm.REMARKS:
            publication.note(f"property '{name}' is not known: kept as a remark")
        draft.remark(f"{ftm.REMARKS.get(name, name)}: {value}")


def _document(draft: Draft, said: Properties) -> None:
    schema, numbers = said["schema"][0], _texts(said, "number")
    if schema == "CryptoWallet":
        for key in _texts(said, "publicKey"):
            draft.identifier("wallet", key)
        return
    for number in numbers:
        draft.identifier("passport" if schema == "Passport" else "national", number)
    told = [*_texts(said, "type"), *_texts(said, "country"), *_texts(said, "authority"), *_texts(said, "summary")]
    told += [f"valid to {day}" for day in _texts(said, "endDate")]
    if numbers and told:
        draft.remark(f"{schema.lower()} {', '.join(numbers)}: {'; '.join(told)}")


def _sanction(publication: Publication, draft: Draft, said: Properties) -> None:
    for programme in _texts(said, "programId"):
        draft.programme(programme_id(programme))
    authority = ", ".join(_texts(said, "authority"))
    for text in (*_texts(said, "program"), *_texts(said, "provisions")):
        draft.cite(f"{authority}: {text}" if authority else text)
    for number in (*_texts(said, "authorityId"), *_texts(said, "unscId")):
        draft.cite(f"{authority} {number}".strip())
    for label, name in (("reason", "reason"), ("status", "status"), ("measure", "summary"), ("duration", "duration")):
        for text in _texts(said, name):
            draft.remark(f"{label}: {text}")
    for name in said:
        if name not in ftm.SANCTION_PROPERTIES:
            publication.note(f"property '{name}' of a sanction is not known: left out")


def _status(draft: Draft, sanctions: list[Properties]) -> None:
    """Listed from the first day of any sanction, until the last day where every sanction has one."""
    first = [day for said in sanctions for text in (*_texts(said, "listingDate"), *_texts(said, "startDate")) if (day := dates.day(text))]
    draft.listed_on = min(first, default=None)
    last = [max((day for text in _texts(said, "endDate") if (day := dates.day(text))), default=None) for said in sanctions]
    if last and None not in last:
        draft.delisted_on = max(day for day in last if day is not None)


def _address_text(said: Properties) -> str:
    full = _texts(said, "full")
    parts = [", ".join(_texts(said, name)) for name in ("street", "street2", "postOfficeBox", "postalCode", "city", "state", "country")]
    return full[0] if full else ", ".join(part for part in parts if part)


def _texts(said: Properties, name: str) -> list[str]:
    return [str(value) for value in said.get(name, ()) if not isinstance(value, dict)]


def _ids(values: list[Any] | None) -> list[str]:
    return [value["id"] if isinstance(value, dict) else value for value in values or ()]
