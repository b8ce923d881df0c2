"""The whole reasoning of a determination as lines of text: facts, law, evidence, limits, what must still be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from control_lists.texts import HeldText
from screening.decide.records import FLAGS, INTERNATIONAL, SEVERITY
from screening.goods.coverage import DEPTHS
from screening.quotations import quotation, quotation_lines

Style = Literal["title", "flag", "heading", "text", "detail", "question"]

_NO_TEXTS: Mapping[str, HeldText] = {}
MOST_OF_A_RULE = 3
"""Reasons of one rule and flag that are written out: a name of many listed firms brings one for each."""
_STATUS = {"met": "met", "not_met": "not met", "not_stated": "not stated"}
_CANDIDATE = {
    "met": "every listed criterion is met",
    "declared": "declared as this entry",
    "needs_data": "recognised; decisive facts are not stated",
    "not_met": "recognised; not controlled on what is stated",
    "hint": "hint only, no evidence",
}


class Line(NamedTuple):
    """One line of an explanation and how it may be set off."""

    style: Style
    text: str


def explain(
    record: Mapping[str, Any],
    told_under: str | None = None,
    flagged_under: str | None = None,
    texts: Mapping[str, HeldText] = _NO_TEXTS,
) -> Iterator[Line]:
    """One determination (section 2 of the contract) in the order in which a person asks: what, why, by which law, what next.

    ``told_under`` and ``flagged_under``: the jurisdictions under which the same party matches and red flags were told already;
    ``texts``: official texts to quote from.
    """
    yield Line("title", f"{record['declaration_id']} item {record['item_number']} under {record['jurisdiction']} on {record['as_of']}")
    if record.get("description"):
        yield Line("detail", f"declared: {record['description']}" + (f" (HS {record['hs_code']})" if record.get("hs_code") else ""))
    yield Line("flag", f"{record['flag']}   lane {record['lane']}")
    yield from _reasons(record["reasons"] or ())
    yield from _candidates(record["candidates"] or (), texts)
    yield from _parties(record["party_matches"] or (), [reason["text"] for reason in record["reasons"] or ()], told_under)
    yield from _authorisations(record["authorisations"] or ())
    yield from _red_flags(record["red_flags"] or (), flagged_under)
    yield from _near(record)
    yield from _changes(record.get("counterfactuals") or ())
    yield from _path(record.get("path") or ())
    if record["questions"]:
        yield Line("heading", "Still to be asked")
        for number, question in enumerate(record["questions"], 1):
            yield Line("question", f"{number}. {question}")
    if record["notes"]:
        yield Line("heading", "Notes")
        for note in record["notes"]:
            yield Line("detail", f"{note['id']}: {note['text']}")
    yield Line("detail", f"lists and rules {record['snapshot'][:16]}…  engine {record['engine_version']}  policy {record['policy']}")


def explain_all(records: Sequence[Mapping[str, Any]], texts: Mapping[str, HeldText] = _NO_TEXTS) -> Iterator[Line]:
    """Several determinations as a person wants to read them: the worst first, a state's before the international ones, and those
    of which nothing more was found in one line. The parties matched are the same under every law, and told once; what another law
    says of them alone is told in short.
    """
    ordered = sorted(records, key=lambda record: (-SEVERITY[record["flag"]], record["jurisdiction"] in INTERNATIONAL))
    told: dict[tuple[Any, ...], str] = {}
    flagged: dict[tuple[Any, ...], str] = {}
    quiet: list[Mapping[str, Any]] = []
    brief: list[Mapping[str, Any]] = []
    for record in ordered:
        matches = _matched(record)
        is_telling = (
            record["flag"] != FLAGS[0]
            or record["candidates"]
            or (record["party_matches"] and matches not in told)
            or (record["red_flags"] and _flagged(record) not in flagged)
        )
        if not is_telling:
            quiet.append(record)
            continue
        if matches in told and not record["candidates"] and record["reasons"]:
            brief.append(record)
            continue
        yield from explain(record, told.get(matches), flagged.get(_flagged(record)), texts)
        yield Line("text", "")
        if record["red_flags"]:
            flagged.setdefault(_flagged(record), record["jurisdiction"])
        if record["party_matches"]:
            told.setdefault(matches, record["jurisdiction"])
    if brief:
        yield Line("heading", "The same parties under other laws (--jurisdiction tells one in full)")
    for record in brief:
        yield from _in_short(record)
    if len(quiet) == len(ordered) > 0:
        yield from explain(quiet.pop(0), None, None, texts)
        yield Line("text", "")
    if under := [f"{record['jurisdiction']} (item {record['item_number']})" for record in quiet]:
        yield Line("detail", f"{FLAGS[0]} under {', '.join(under)}")


def _in_short(record: Mapping[str, Any]) -> Iterator[Line]:
    """The flag of a determination with the worst reason that stands."""
    reason = next((r for r in record["reasons"] if not r["lifted_by"]), record["reasons"][0])
    verify = "  [rule to be verified against the official text]" if reason["status"] == "verify" else ""
    yield Line("flag", f"{record['flag']}   lane {record['lane']}   under {record['jurisdiction']}")
    yield Line("detail", f"law: {reason['law']}  rule {reason['rule_id']}{verify}")


def _flagged(record: Mapping[str, Any]) -> tuple[Any, ...]:
    """What the red flags of a determination are: they are told of the item, whatever law is asked."""
    return record["declaration_id"], record["item_number"], tuple(flag["id"] for flag in record["red_flags"] or ())


def _matched(record: Mapping[str, Any]) -> tuple[Any, ...]:
    """What the party matches of a determination are, whatever law they were asked under."""
    matches = tuple((m["role"], m["name"], m["list"], m["entity_id"], m["score"]) for m in record["party_matches"] or ())
    return record["declaration_id"], record["item_number"], matches


def candidate_lines(candidate: Mapping[str, Any]) -> Iterator[Line]:
    """One control list candidate with its evidence and criteria."""
    yield Line(
        "text",
        f"{candidate['code']}  {candidate['title']}  [{candidate['list']}]  "
        f"score {candidate['score']:g}: {_CANDIDATE[candidate['status']]}",
    )
    for evidence in (candidate["evidence"] or ())[:3]:
        if evidence["comparison"].startswith("hs_"):
            yield Line("detail", f"HS {evidence['declared']} is linked with this entry ({evidence['comparison'][3:]})")
        else:
            yield Line(
                "detail",
                f"{evidence['field']}: '{evidence['declared']}' as {evidence['comparison'].replace('_', ' ')} '{evidence['listed']}'",
            )
    for criterion in candidate["criteria"] or ():
        declared = f", declared {criterion['declared']}" if criterion["declared"] else ""
        source = f" ({criterion['source']})" if criterion["source"] and criterion["source"] != "text" else ""
        yield Line("detail", f"{_STATUS[criterion['status']]:>10}: {criterion['listed']}{declared}{source}")
    for why in candidate["why"] or ():
        yield Line("detail", why)
    if depth := candidate.get("coverage"):
        yield Line("detail", DEPTHS[depth])


def match_lines(match: Mapping[str, Any], effects: set[str]) -> Iterator[Line]:
    """One party match with the aligned words and what the listing means; ``effects`` are those that were told already."""
    yield Line("text", f"{match['listed_name']}  [{match['list']} {match['entity_id']}]  score {match['score']:g}, {match['strength']}")
    words = [f"{w['declared']}={w['listed']} ({w['kind']})" for w in match["evidence"] or () if w["declared"] and w["listed"]]
    alone = [w["declared"] or w["listed"] for w in match["evidence"] or () if not (w["declared"] and w["listed"])]
    if words:
        yield Line("detail", "aligned: " + ", ".join(words) + (f"; without counterpart: {', '.join(alone)}" if alone else ""))
    yield from _effect(match, effects)
    for why in match["why"] or ():
        if why != "name":
            yield Line("detail", why)


def _reasons(reasons: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    if reasons:
        yield Line("heading", "Because")
    counted: dict[tuple[str, str], int] = {}
    for reason in reasons:
        key = reason["rule_id"], reason["flag"]
        counted[key] = counted.get(key, 0) + 1
        if counted[key] > MOST_OF_A_RULE:
            continue
        lifted = f" (lifted by {reason['lifted_by']})" if reason["lifted_by"] else ""
        yield Line("text", f"{reason['flag']}{lifted}: {reason['text']}")
        verify = "  [rule to be verified against the official text]" if reason["status"] == "verify" else ""
        yield Line("detail", f"law: {reason['law']}  rule {reason['rule_id']}{verify}")
    for (rule_id, flag), count in counted.items():
        if count > MOST_OF_A_RULE:
            yield Line("text", f"{flag}: {count - MOST_OF_A_RULE} more reasons of rule {rule_id}; --json prints them all")


def _candidates(candidates: Sequence[Mapping[str, Any]], texts: Mapping[str, HeldText]) -> Iterator[Line]:
    if candidates:
        yield Line("heading", "Goods compared with the control list")
    for candidate in candidates:
        yield from candidate_lines(candidate)
        # A hint is no answer that the wording could bear out.
        quoted = quotation(texts, candidate["list"], candidate["code"]) if candidate["status"] != "hint" else None
        for line in quotation_lines(quoted, notes=False) if quoted else ():
            yield Line("detail", line)


def _parties(matches: Sequence[Mapping[str, Any]], reasons: Sequence[str], told_under: str | None) -> Iterator[Line]:
    if not matches:
        return
    yield Line("heading", "Parties compared with the watchlists")
    if told_under:
        yield Line("text", f"the same matches as under {told_under}")
        return
    effects = {match["effect"] for match in matches if any(match["effect"] in text for text in reasons)}
    for match in matches:
        if match["same_as"]:
            continue
        yield Line("text", f"{match['role']}: {match['name']}")
        yield from match_lines(match, effects)
        own = f"{match['list']}:{match['entity_id']}"
        for other in matches:
            if other["same_as"] == own and (other["role"], other["name"]) == (match["role"], match["name"]):
                yield Line("detail", f"also listed: {other['listed_name']}  [{other['list']} {other['entity_id']}]")
                yield from _effect(other, effects)


def _effect(match: Mapping[str, Any], told: set[str]) -> Iterator[Line]:
    """What a listing means, in full the first time only."""
    if match["effect"]:
        yield Line("detail", "what this listing means is said above" if match["effect"] in told else match["effect"])
        told.add(match["effect"])


def _red_flags(flags: Sequence[Mapping[str, Any]], told_under: str | None) -> Iterator[Line]:
    """Red flags by family, the heaviest first: of one family the heaviest alone counts."""
    if not flags:
        return
    yield Line("heading", "Red flags (they move the lane and ask; they decide no licence)")
    if told_under:
        yield Line("text", f"the same red flags as under {told_under}")
        return
    families: dict[str, list[Mapping[str, Any]]] = {}
    for flag in sorted(flags, key=lambda flag: (-flag["weight"], flag["id"])):
        families.setdefault(flag["family"], []).append(flag)
    for family, members in families.items():
        for place, flag in enumerate(members):
            counted = f"weight {flag['weight']}" if place == 0 or flag["weight"] < 0 else "not counted beside the heavier"
            yield Line("text", f"{family}: {flag['text']}")
            yield Line("detail", f"{flag['id']}, {counted}; read from {', '.join(flag['fields'])}")


def _authorisations(authorisations: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    if authorisations:
        yield Line("heading", "Authorisations considered")
    for one in authorisations:
        detail = ", ".join(one["failed"] or one["unknown"] or ())
        number = f" {one['reference']}" if one.get("reference") else ""  # results of an earlier version have none
        yield Line(
            "text",
            f"{one['id']}{number}: {one['outcome']}"
            + (f" ({detail.replace('_', ' ')})" if detail else "")
            + (f" for {one['entry']}" if one["entry"] else ""),
        )
        for evidence in one.get("evidence") or ():
            compared = f"declared {evidence['declared'] or 'nothing'}, register {evidence['listed']}"
            yield Line("detail", f"{evidence['comparison'].replace('_', ' '):>14}: {evidence['field'].replace('_', ' ')}: {compared}")
        for condition in one["conditions"] or ():
            yield Line("detail", f"condition: {condition}")


def _near(record: Mapping[str, Any]) -> Iterator[Line]:
    """Values just under a limit, and the entries that candidates refer to."""
    if record.get("headroom"):
        yield Line("heading", "Just under a limit")
    for near in record.get("headroom") or ():
        yield Line("text", f"{near['code']} is missed by {near['missed_by_pct']:g} %: see the data sheet")
    if record.get("see_also"):
        yield Line("heading", "Related entries")
    for also in record.get("see_also") or ():
        yield Line("text", f"{also['code']} (see {also['of']}): {also['answer']}")


def _changes(changes: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    if changes:
        yield Line("heading", "What one changed fact would change")
    for change in changes:
        entries = ", ".join(f"{c['code']} {_STATUS.get(c['after'], c['after'].replace('_', ' '))}" for c in change["candidates"][:3])
        yield Line("text", f"{change['text']}: {change['flag']}" + (f" ({entries})" if entries else ""))


def _path(path: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    """Each rule that holds or asks with what it read; of the silent ones those that one predicate keeps silent."""
    headings = {"holds": "Rules that hold", "asks": "Rules that ask", "close": "Silent by one predicate"}
    told = None
    for step in path:
        if step["outcome"] != told:
            told = step["outcome"]
            yield Line("heading", headings[told])
        yield Line("text", f"{step['rule_id']}: {step['title']}" + (f"  [{step['of']}]" if step["of"] else ""))
        for predicate in step["predicates"] if told != "close" else [p for p in step["predicates"] if p["truth"] != "true"]:
            read = "; ".join(f"{re.sub('^[cpd]_', '', name)} {_value(value)}" for name, value in predicate["read"].items())
            yield Line(
                "detail", f"{predicate['truth']:>7}: {predicate['name']} {_value(predicate['asked'])}" + (f"  read: {read}" if read else "")
            )


def _value(value: Any) -> str:
    """A value as it is read out; a long list by its beginning."""
    if value is None:
        return "not stated"
    if isinstance(value, (list, tuple)):
        shown = ", ".join(map(_value, value[:4])) or "none"
        return shown + (f" and {len(value) - 4} more" if len(value) > 4 else "")
    return str(value)
