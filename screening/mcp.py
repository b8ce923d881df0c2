"""A read-only door for assistants: the Model Context Protocol (modelcontextprotocol.io), JSON-RPC 2.0, one message a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import IO, Any

import screening
from control_lists.errors import ListDataError
from screening.engine import Screener
from screening.entry import describe
from screening.errors import StcError, UsageError
from screening.single import determine, goods_record, party_record

PROTOCOLS = ("2025-06-18", "2025-03-26", "2024-11-05")
_PARSE, _INVALID, _UNKNOWN, _BAD_PARAMS = -32700, -32600, -32601, -32602
_TEXT = {"type": "string"}
_ASKED = {
    "jurisdictions": {"type": "array", "items": _TEXT, "description": "Whose law answers: EU, KH …; none is the exporting state's"},
    "as_of": {"type": "string", "format": "date"},
    "limit": {"type": "integer", "minimum": 1, "maximum": 100},
}


def _tool(name: str, description: str, required: str, /, **properties: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties, "required": [required], "additionalProperties": False}
    return {"name": name, "description": description, "inputSchema": schema, "annotations": {"readOnlyHint": True}}


TOOLS = (
    _tool(
        "check_good",
        "Compares one good with the control lists: ranked entries, criteria met / not met / not stated, the licence answer, questions.",
        "description",
        description=_TEXT,
        hs_code=_TEXT,
        cas_number=_TEXT,
        export_country=_TEXT,
        destination_country=_TEXT,
        operation=_TEXT,
        attributes={"type": "object", "additionalProperties": _TEXT},
        **_ASKED,
    ),
    _tool(
        "check_party",
        "Compares one party with the watchlists: listed parties with the words that align and what the listing means.",
        "name",
        name=_TEXT,
        country=_TEXT,
        address=_TEXT,
        identifiers={"type": "array", "items": _TEXT},
        **_ASKED,
    ),
    _tool("explain_entry", "Tells one control entry: title, criteria, terms, related entries, licence rules.", "code", code=_TEXT),
)


def answer_all(incoming: IO[str], outgoing: IO[str], screener: Screener) -> None:
    """Answers every message until the input ends."""
    for line in incoming:
        if line.strip() and (answer := answer_line(line, screener)) is not None:
            outgoing.write(json.dumps(answer, ensure_ascii=True, default=str) + "\n")
            outgoing.flush()


def answer_line(line: str, screener: Screener) -> dict[str, Any] | None:
    """The answer to one message; None to a notification."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return _failure(None, _PARSE, "not JSON")
    if not isinstance(message, dict) or not isinstance(message.get("method"), str):
        return _failure(None, _INVALID, "no request")
    if "id" not in message:
        return None
    params = message.get("params") or {}
    if not isinstance(params, dict):
        return _failure(message["id"], _BAD_PARAMS, "params are named")
    method = message["method"]
    if method == "initialize":
        asked = params.get("protocolVersion")
        return _result(message["id"], {
            "protocolVersion": asked if asked in PROTOCOLS else PROTOCOLS[0],
            "capabilities": {"tools": {"listChanged": False}},
            "serverInfo": {"name": "stc", "version": screening.__version__},
        })  # fmt: skip
    if method == "ping":
        return _result(message["id"], {})
    if method == "tools/list":
        return _result(message["id"], {"tools": TOOLS})
    if method != "tools/call":
        return _failure(message["id"], _UNKNOWN, f"no method '{method[:40]}'")
    tool = next((tool for tool in TOOLS if tool["name"] == params.get("name")), None)
    if tool is None:
        return _failure(message["id"], _BAD_PARAMS, "no such tool; tools/list names them")
    try:
        found = _call(tool, params.get("arguments") or {}, screener)
    except (StcError, ListDataError) as error:
        return _result(message["id"], {"content": [{"type": "text", "text": str(error)}], "isError": True})
    text = json.dumps(found, ensure_ascii=False, default=str)
    return _result(message["id"], {"content": [{"type": "text", "text": text}], "structuredContent": {"result": json.loads(text)}})


def _call(tool: Mapping[str, Any], arguments: Any, screener: Screener) -> Any:
    _require(arguments, tool["inputSchema"])
    own = dict(arguments)
    if tool["name"] == "explain_entry":
        return describe(screener, own["code"], date.today())
    try:
        day = date.fromisoformat(own.pop("as_of")) if own.get("as_of") else date.today()
    except ValueError:
        raise UsageError("as_of is a date such as 2026-11-24") from None
    laws = [one.upper() for one in own.pop("jurisdictions", ())]
    limit = own.pop("limit", 5)
    record = goods_record(own.pop("description"), **own) if tool["name"] == "check_good" else party_record(own.pop("name"), **own)
    return determine(screener, record, as_of=day, jurisdictions=laws, limit=limit)


def _require(arguments: Any, schema: Mapping[str, Any]) -> None:
    """Nothing; raises UsageError for arguments that are not of the tool's schema."""
    kinds = {"string": str, "integer": int, "array": list, "object": dict}
    if not isinstance(arguments, dict) or not set(schema["required"]) <= set(arguments) <= set(schema["properties"]):
        raise UsageError(f"arguments are {', '.join(schema['properties'])}; {', '.join(schema['required'])} must be there")
    for name, value in arguments.items():
        described = schema["properties"][name]
        inside = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
        fits = isinstance(value, kinds[described["type"]]) and not isinstance(value, bool) and all(isinstance(one, str) for one in inside)
        if not fits or (name == "limit" and not 1 <= value <= 100):
            raise UsageError(f"{name} is no {described['type']} as the tool's schema describes it")


def _result(number: Any, result: Mapping[str, Any]) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "result": result}


def _failure(number: Any, code: int, message: str) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "error": {"code": code, "message": message}}
