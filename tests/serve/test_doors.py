"""The same question by every door has the same answer; and the API does what it says."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import cli
from screening.mcp import answer_all, answer_line
from screening.single import determine, determine_each, goods_record, party_record
from tests.serve.conftest import People

GOOD = {"description": "thermal imaging camera, uncooled, 60 Hz", "export_country": "DE", "destination_country": "VN"}
PARTY = {"name": "Korea Mining Development Trading Corp", "country": "KP"}


def digests(found: list[dict[str, Any]]) -> list[str]:
    return [one["digest"] for one in found]


def test_a_good_is_answered_alike_by_library_command_api_and_assistant(people: People) -> None:
    screener = people.office.desk.screener
    record = goods_record(**GOOD)
    library = digests(determine(screener, record, as_of=date.today(), jurisdictions=(), limit=5))
    asked = ["goods", GOOD["description"], "--from", "DE", "--to", "VN", "--json"]
    command = digests(json.loads(CliRunner().invoke(cli.main, asked).stdout))
    api = digests(people.api("officer").post("/api/goods", json=GOOD).json()["determinations"])
    screened = digests(people.api("officer").post("/api/screen", json={"records": [record]}).json()["determinations"])
    assistant = digests(called(people, "check_good", GOOD))
    assert library == command == api == screened == assistant
    assert len(library) == 4


def test_a_party_is_answered_alike_by_library_command_api_and_assistant(people: People) -> None:
    library = digests(determine(people.office.desk.screener, party_record(**PARTY), as_of=date.today(), jurisdictions=(), limit=5))
    command = digests(json.loads(CliRunner().invoke(cli.main, ["party", PARTY["name"], "--country", "KP", "--json"]).stdout))
    api = digests(people.api("officer").post("/api/party", json=PARTY).json()["determinations"])
    assert library == command == api == digests(called(people, "check_party", PARTY))


def test_questions_together_are_answered_as_each_alone(people: People) -> None:
    screener = people.office.desk.screener
    records = [
        goods_record(**GOOD),
        goods_record("steel ball valves", export_country="DE"),
        {},
        {**party_record("Acme"), "hs_code": "8481"},
    ]
    together = determine_each(screener, records, as_of=date.today(), jurisdictions=("EU", "UN"), limit=5)
    for record, answer in zip(records, together, strict=True):
        if record:
            assert answer == determine(screener, record, as_of=date.today(), jurisdictions=("EU", "UN"), limit=5)
        else:
            assert "states no description" in str(answer)


def test_a_digest_tells_another_answer(people: People) -> None:
    api = people.api("officer")
    one, other = (api.post("/api/goods", json={**GOOD, "destination_country": to}).json()["determinations"] for to in ("VN", "US"))
    assert digests(one) != digests(other)


def called(people: People, tool: str, arguments: dict[str, Any]) -> Any:
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
    answer = answer_line(json.dumps(message), people.office.desk.screener)
    assert answer is not None
    return answer["result"]["structuredContent"]["result"]


def test_an_assistant_is_greeted_shown_the_tools_and_told_of_mistakes(people: People) -> None:
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-03-26"}},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "check_good", "arguments": {"description": 7}}},
        {"jsonrpc": "2.0", "id": 4, "method": "tools/call", "params": {"name": "erase"}},
        {"jsonrpc": "2.0", "id": 5, "method": "resources/list"},
        {"jsonrpc": "2.0", "id": 6, "method": "tools/call", "params": {"name": "explain_entry", "arguments": {"code": "2B350.g"}}},
    ]
    out = io.StringIO()
    answer_all(io.StringIO("".join(f"{json.dumps(one)}\n" for one in messages) + "no json\n"), out, people.office.desk.screener)
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert answers[0]["result"]["protocolVersion"] == "2025-03-26"
    assert [tool["name"] for tool in answers[1]["result"]["tools"]] == ["check_good", "check_party", "explain_entry"]
    assert answers[2]["result"]["isError"]
    assert [answer["error"]["code"] for answer in (answers[3], answers[4], answers[6])] == [-32602, -32601, -32700]
    assert answers[5]["result"]["structuredContent"]["result"][0]["entry"]["code"] == "2B350.g"


def test_the_matching_door_answers_a_client_of_that_api(people: People) -> None:
    sent = {
        "weights": {"name_literal_match": 0.0},
        "queries": {
            "q1": {"schema": "Company", "properties": {"name": [PARTY["name"]], "country": ["kp"]}},
            "q2": {"schema": "Person", "properties": {"firstName": ["Quite"], "lastName": ["Unlisted-Zzyzx"], "birthDate": ["1980-01-01"]}},
            "q3": {"schema": "Person", "properties": {}},
        },
    }
    client = people.api("viewer")
    client.headers["Authorization"] = f"ApiKey {people.keys['viewer']}"
    answer = client.post("/match/default?algorithm=best&limit=3", json=sent).json()
    (best, *_) = answer["responses"]["q1"]["results"]
    assert {"id", "caption", "schema", "properties", "datasets", "score", "match", "features", "referents", "target"} <= best.keys()
    assert (best["id"], best["score"], best["match"], best["schema"]) == ("un-sc:KPe.001", 1.0, True, "Organization")
    assert best["properties"]["country"] == ["kp"]
    assert answer["responses"]["q1"]["total"]["relation"] == "eq"
    assert answer["responses"]["q2"]["results"] == answer["responses"]["q3"]["results"] == []
    only = client.post("/match/us-sdn-npwmd", json=sent).json()["responses"]["q1"]["results"]
    assert {dataset for one in only for dataset in one["datasets"]} == {"us-sdn-npwmd"}
    assert client.post("/match/nowhere", json=sent).status_code == 404


def test_cases_are_decided_through_the_api_by_two_persons(people: People, new_case: int) -> None:
    officer, viewer = people.api("officer"), people.api("viewer")
    found = viewer.get(f"/api/cases/{new_case}").json()
    assert (found["status"], found["version"]) == ("open", 1)
    said = {"disposition": "false_positive", "reason_code": "other_good", "version": 1, "text": "another alloy"}
    done = officer.post(f"/api/cases/{new_case}/disposition", json=said).json()
    assert officer.post(f"/api/cases/{new_case}/disposition", json=said).status_code == 409
    if done["awaits_second"]:
        confirmed = people.api("supervisor2").post(f"/api/cases/{new_case}/confirm", json={"version": 2})
        assert confirmed.json()["status"] == "false_positive"
    assert viewer.get(f"/api/cases/{new_case}").json()["status"] == "false_positive"
    assert people.office.cases.verify().fault is None


@pytest.mark.parametrize("case_id", ["0", "999999", "99999999999999999999", "x"])
def test_a_case_that_is_not_there_is_no_fault_of_the_server(people: People, case_id: str) -> None:
    assert people.api("viewer").get(f"/api/cases/{case_id}").status_code in (404, 422)
    assert people.page("viewer").get(f"/cases/{case_id}").status_code in (404, 422)


def test_the_document_describes_every_door(people: People) -> None:
    from screening.serve.access import ACCESS, is_door

    described = {(m.upper(), p) for p, ms in people.api("").get("/api/openapi.json").json()["paths"].items() for m in ms}
    assert described == {key for key in ACCESS if is_door(key[1]) and key[1] != "/api/openapi.json"}
    assert Path(cli.__file__).exists()


def test_a_refusal_is_told_as_the_description_says(people: People) -> None:
    client = people.api("officer")
    described = client.get("/api/openapi.json").json()
    asked = client.post("/api/goods", json={"limit": 0}), client.post("/api/cases/1/confirm", json={}), client.get("/api/cases/999999")
    for answer in asked:
        path = answer.request.url.path.replace("/1/", "/{case_id}/").replace("/999999", "/{case_id}")
        stated = described["paths"][path][answer.request.method.lower()]["responses"][str(answer.status_code)]
        assert stated["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Refusal"}
        assert isinstance(answer.json()["detail"], str)
