"""Whatever is sent, the server answers: requests drawn from its own description, and from what breaks such descriptions."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.serve.access import ACCESS, is_door
from tests.serve.conftest import People

STRANGE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.lists(st.text(max_size=5), max_size=3),
    st.sampled_from(["\x00", "\ud800", "9" * 400, "-1", "1e999", "2026-02-30", "0001-01-01", "=cmd()", "../..", "ខ្មែរ", "DE", "EU"]),
)  # fmt: skip


def of_schema(schema: dict[str, Any], document: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values of a schema of the document, now and then one that is not."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return st.one_of(*(of_schema(one, document) for one in schema["anyOf"]), STRANGE)
    kind = schema.get("type")
    if kind == "object" and "properties" in schema:
        needed = set(schema.get("required", ()))
        parts = {name: of_schema(one, document) for name, one in schema["properties"].items()}
        required = {name: part for name, part in parts.items() if name in needed}
        optional = {name: part for name, part in parts.items() if name not in needed}
        return st.fixed_dictionaries(required, optional=optional)
    if kind == "object":
        inner = schema.get("additionalProperties")
        return st.dictionaries(st.text(max_size=12), of_schema(inner, document) if isinstance(inner, dict) else STRANGE, max_size=3)
    if kind == "array":
        return st.lists(of_schema(schema["items"], document), min_size=schema.get("minItems", 0), max_size=2)
    if kind == "string":
        return st.one_of(st.text(max_size=40), STRANGE)
    if kind == "integer":
        return st.one_of(st.integers(1, 5), STRANGE)
    return STRANGE


FIELDS = (
    "description", "hs_code", "cas_number", "export_country", "declared_on", "quantity", "parties", "attributes", "documents",
    "item_number", "declaration_id", "transit_countries", "value", "operation",
)  # fmt: skip
PARTY = st.dictionaries(st.sampled_from(["role", "name", "country", "identifiers"]), STRANGE, max_size=3)
RECORD = st.dictionaries(st.sampled_from(FIELDS), st.one_of(STRANGE, st.lists(PARTY, max_size=2)), max_size=5)


@given(data=st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_brings_the_server_down(people: People, data: st.DataObject) -> None:
    document = people.app.openapi()
    path, method = data.draw(st.sampled_from([(path, method) for path, methods in document["paths"].items() for method in methods]))
    described = document["paths"][path][method]
    there = path
    for name in ("case_id", "dataset"):
        there = there.replace(f"{{{name}}}", data.draw(st.sampled_from(["1", "2", "default", "0", "9" * 30, "%00", "%F0%9F%98%80"])))
    query = {
        one["name"]: str(data.draw(of_schema(one["schema"], document))).encode("utf-8", "replace").decode()
        for one in described.get("parameters", ())
        if one["in"] == "query" and data.draw(st.booleans())
    }
    body = None
    if "requestBody" in described:
        sent = data.draw(of_schema(described["requestBody"]["content"]["application/json"]["schema"], document))
        if path == "/api/screen" and isinstance(sent, dict):
            sent["records"] = data.draw(st.lists(RECORD, min_size=1, max_size=2))
        whole = st.just(json.dumps(sent).encode())
        body = data.draw(st.one_of(whole, st.binary(max_size=20)) if data.draw(st.integers(0, 9)) == 0 else whole)
    answer = people.api("supervisor").request(method, there, params=query, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code < 500


FORMS = sorted(path for method, path in ACCESS if method == "POST" and not is_door(path) and not path.startswith("/sign-"))


@given(path=st.sampled_from(FORMS), data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_form_brings_the_server_down(people: People, path: str, data: st.DataObject) -> None:
    names = [
        "description",
        "party_name",
        "country",
        "as_of",
        "jurisdiction",
        "attr_x",
        "finding",
        "version",
        "days",
        "text",
        "language",
        "identifiers",
        "edition",
        "accept_shrink",
        "take",
    ]
    for name in ("case_id", "batch_id"):
        path = path.replace(f"{{{name}}}", data.draw(st.sampled_from(["1", "2", "0", "9" * 30, "0" * 16, "%00", "%F0%9F%98%80"])))
    role = data.draw(st.sampled_from(["supervisor", "officer", "viewer", "list_keeper"]))
    fields = data.draw(
        st.dictionaries(st.sampled_from(names), st.one_of(st.text(max_size=30), st.sampled_from(["1", "held:other_party", "EU", "\x00"])))
    )
    sent = {name: value.encode("utf-8", "replace").decode() for name, value in fields.items()}
    assert people.post(role, path, **sent).status_code < 500
