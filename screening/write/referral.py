"""Referrals, as XML or CSV: one case a goods item that is flagged REVIEW or worse, whole enough to be handed to the licensing authority.

A case tells what was declared, what was found under each law and why, what to ask and what to do next. In the XML the declared part takes
its element names and their order from the WCO Data Model, class Declaration (schema WCO_DEC_2_DMS, version 2.15, of HM Revenue and
Customs; NotifyParty and FreightForwarder are classes of the model that this schema leaves out; EndUser and Party are ours). The model has
no names for findings, so theirs are ours; nothing is in a namespace. What is beyond a budget of alerts is no case here: the list of what
was left names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, groupby
from typing import IO, Any

import polars as pl

from screening.actions import actions
from screening.alerts import marked
from screening.decide.records import LANES, SEVERITY
from screening.declared import PREFIX
from screening.engine import KEYS
from screening.errors import ContractError
from screening.write.flat import harmless
from screening.write.markup import element, write_records

Row = Mapping[str, Any]
ROWS = 2_000  # of a CSV that are put together at once
_LEAST = SEVERITY["REVIEW"]
_MADE_BY = ("snapshot", "engine_version", "policy")
_TYPE = {"export": "EX", "reexport": "EX", "import": "IM", "transit": "T", "transhipment": "T"}
# The elements of parties by role; of a role that the model has no class for, Party says it.
_PARTIES = {
    "broker": "Agent", "buyer": "Buyer", "carrier": "Carrier", "consignee": "Consignee", "consignor": "Consignor",
    "declarant": "Declarant", "end_user": "EndUser", "exporter": "Exporter", "freight_forwarder": "FreightForwarder",
    "notify_party": "NotifyParty",
}  # fmt: skip
_SHIP = "vessel"
COLUMNS = (
    "customs_office", "declaration_id", "item_number", "declared_on", "operation", "export_country", "destination_country", "hs_code",
    "description", "quantity", "unit", "net_mass_kg", "value", "currency", "documents", "parties", "flag", "lane", "alert_rank",
    "jurisdictions", "reasons", "entries", "party_matches", "questions", "actions", "source_file", "source_row", *_MADE_BY,
)  # fmt: skip


def write(frames: Iterator[pl.DataFrame], out: IO[bytes], *, word: str, bom: bool, account: dict[str, str]) -> None:
    """The cases on ``out``. ``frames`` have the columns of ``with_declared``; all determinations of an item are in one of them."""
    first = next(frames)
    cases = _cases(chain([first], frames))
    if word.endswith(".xml"):
        made_by = {name: first.get_column(name).first() for name in _MADE_BY} if first.height else {}
        write_records(out, "Referrals", (_referral(case) for case in cases), **made_by)
        return
    number = 0
    while rows := [_flat(case) for case, _ in zip(cases, range(ROWS), strict=False)]:
        _table(rows).write_csv(out, include_bom=bom and not number, include_header=not number)
        number += 1
    if not number:
        _table([]).write_csv(out, include_bom=bom)


def _cases(frames: Iterator[pl.DataFrame]) -> Iterator[list[Row]]:
    """The determinations of each item to be referred, the worst first."""
    for frame in frames:
        if f"{PREFIX}parties" not in frame.columns:
            raise ContractError("referrals need what was declared beside each determination: see screening.declared.with_declared")
        severity = pl.col("flag").replace_strict(SEVERITY, return_dtype=pl.Int32)
        found = marked(frame).filter(~pl.col("beyond_budget") & (severity >= _LEAST))
        for _, rows in groupby(found.iter_rows(named=True), key=lambda row: tuple(row[key] for key in KEYS)):
            yield sorted(rows, key=lambda row: -SEVERITY[row["flag"]])


def _standing(row: Row) -> list[Row]:
    return [reason for reason in row["reasons"] or () if not reason["lifted_by"]]


def _distinct(case: Sequence[Row], texts: Any) -> list[str]:
    return list(dict.fromkeys(text for row in case for text in texts(row)))


def _lane(case: Sequence[Row]) -> str:
    return str(max((row["lane"] for row in case), key=LANES.index))


# ---------------------------------------------------------------------------------------------------------- CSV
def _flat(case: Sequence[Row]) -> dict[str, Any]:
    row = case[0]
    declared = {name: row[PREFIX + name] for name in ("declared_on", "operation", "unit", "currency")}
    amounts = {name: _number(row[PREFIX + name]) for name in ("quantity", "net_mass_kg", "value")}
    return {
        **{name: row[name] for name in COLUMNS if name in row},
        **declared,
        **amounts,
        "documents": "; ".join(" ".join(filter(None, (d["code"], d["reference"]))) for d in row[f"{PREFIX}documents"] or ()),
        "parties": " | ".join(_told(party) for party in row[f"{PREFIX}parties"] or ()),
        "lane": _lane(case),
        "jurisdictions": "; ".join(r["jurisdiction"] for r in case),
        "reasons": " | ".join(_distinct(case, lambda r: [f"{s['flag']}: {s['text']} ({s['law']})" for s in _standing(r)])),
        "entries": "; ".join(_distinct(case, lambda r: [s["entry"] for s in _standing(r) if s["entry"]])),
        "party_matches": " | ".join(_distinct(case, lambda r: (_match(m) for m in r["party_matches"] or ()))),
        "questions": " | ".join(_distinct(case, lambda r: r["questions"] or ())),
        "actions": " | ".join(_distinct(case, actions)),
    }


def _match(match: Row) -> str:
    return f"{match['role']} {match['name']}: {match['listed_name']} ({match['list']} {match['entity_id']}, score {match['score']:g})"


def _told(party: Row) -> str:
    details = [party["address"], party["country"], *(party["identifiers"] or ())]
    return f"{party['role']}: {', '.join(filter(None, [party['name'], *details]))}"


def _table(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    texts = [{name: None if row.get(name) in (None, "") else str(row[name]) for name in COLUMNS} for row in rows]
    return harmless(pl.DataFrame(texts, schema=dict.fromkeys(COLUMNS, pl.String)))


# ---------------------------------------------------------------------------------------------------------- XML
def _referral(case: Sequence[Row]) -> Any:
    row = case[0]
    return element(
        "Referral",
        _declaration(row),
        *(_determination(one) for one in case),
        *(element("Question", question) for question in _distinct(case, lambda r: r["questions"] or ())),
        *(element("Action", action) for action in _distinct(case, actions)),
        flag=row["flag"],
        lane=_lane(case),
        rank=row["alert_rank"],
        source_file=row["source_file"],
        source_row=row["source_row"],
    )


def _declaration(row: Row) -> Any:
    parties = row[f"{PREFIX}parties"] or ()
    routed = enumerate(row[f"{PREFIX}transit_countries"] or (), 1)
    return element(
        "Declaration",
        element("AcceptanceDateTime", _day(row[f"{PREFIX}declared_on"])),
        element("ID", row["declaration_id"]),
        element("TypeCode", _TYPE.get(row[f"{PREFIX}operation"])),
        element("DeclarationOfficeID", row["customs_office"]),
        *_parties(parties, "broker"),
        _means(row, parties),
        element(
            "Consignment",
            *_parties(parties, "carrier"),
            *(element("Itinerary", element("SequenceNumeric", n), element("RoutingCountryCode", country)) for n, country in routed),
        ),
        *_parties(parties, "declarant", "exporter"),
        element(
            "GoodsShipment",
            *_parties(parties, "buyer", "consignee"),
            element("Consignment", element("TransportEquipment", element("ID", row[f"{PREFIX}container_numbers"]))),
            *_parties(parties, "consignor"),
            element("Destination", element("CountryCode", row["destination_country"])),
            element("ExportCountry", element("ID", row["export_country"])),
            _goods(row),
            *_parties(parties, "end_user", "freight_forwarder", "notify_party"),
            *(element("Party", *_party(p), role=p["role"]) for p in parties if p["role"] not in _PARTIES and p["role"] != _SHIP),
        ),
    )


def _goods(row: Row) -> Any:
    declared = {name.removeprefix(PREFIX): value for name, value in row.items() if name.startswith(PREFIX)}
    told = [declared["remarks"], declared["end_use"]]
    told += [f"CAS {declared['cas_number']}" if declared["cas_number"] else None, declared["control_code"]]
    told += [f"{fact['name']}: {fact['value']}" for fact in declared["attributes"] or ()]
    return element(
        "GovernmentAgencyGoodsItem",
        element("SequenceNumeric", row["item_number"]),
        *(
            element(
                "AdditionalDocument",
                element("ID", document["reference"]),
                element("TypeCode", document["code"]),
            )
            for document in declared["documents"] or ()
        ),
        *(element("AdditionalInformation", element("StatementDescription", text)) for text in told if text),
        element(
            "Commodity",
            element("Description", row["description"]),
            element("Classification", element("ID", row["hs_code"])),
            element("DangerousGoods", element("UNDGID", declared["un_number"])),
            element(
                "GoodsMeasure",
                element("NetNetWeightMeasure", _number(declared["net_mass_kg"]), unitCode="KGM"),
                element("TariffQuantity", _number(declared["quantity"]), unitCode=declared["unit"]),
            ),
            element("InvoiceLine", element("ItemChargeAmount", _number(declared["value"]), currencyID=declared["currency"])),
        ),
        element("GovernmentProcedure", element("CurrentCode", declared["procedure_code"])),
        element("Origin", element("CountryCode", declared["origin_country"])),
        element("Packaging", element("MarksNumbersID", declared["marks"])),
    )


def _means(row: Row, parties: Sequence[Row]) -> Any:
    """The ship, by name and IMO number (10 in the code list of kinds of identification), and the mode of transport."""
    ship = next((party for party in parties if party["role"] == _SHIP), {"name": None, "country": None, "identifiers": None})
    imo = next((i.removeprefix("imo:") for i in ship["identifiers"] or () if i.startswith("imo:")), None)
    return element(
        "BorderTransportMeans",
        element("Name", ship["name"]),
        element("ID", imo),
        element("IdentificationTypeCode", "10" if imo else None),
        element("RegistrationNationalityCode", ship["country"]),
        element("ModeCode", row[f"{PREFIX}transport_mode"]),
    )


def _parties(parties: Sequence[Row], *roles: str) -> Iterator[Any]:
    return (element(_PARTIES[role], *_party(party)) for role in roles for party in parties if party["role"] == role)


def _party(party: Row) -> Iterator[Any]:
    yield element("Name", party["name"])
    yield from (element("ID", identifier) for identifier in party["identifiers"] or ())
    yield element("Address", element("CountryCode", party["country"]), element("Line", party["address"]))


def _determination(row: Row) -> Any:
    return element(
        "Determination",
        *map(_reason, row["reasons"] or ()),
        *map(_candidate, row["candidates"] or ()),
        *map(_party_match, row["party_matches"] or ()),
        *(element("Note", note["text"], id=note["id"]) for note in row["notes"] or ()),
        jurisdiction=row["jurisdiction"],
        as_of=row["as_of"],
        flag=row["flag"],
        lane=row["lane"],
    )


def _reason(reason: Row) -> Any:
    about = {"entry": reason["entry"], "entity": reason["entity"], "lifted_by": reason["lifted_by"]}
    return element(
        "Reason", element("Text", reason["text"]), element("Law", reason["law"]), flag=reason["flag"], rule=reason["rule_id"], **about
    )


def _candidate(found: Row) -> Any:
    kind = {"list": found["list"], "code": found["code"], "status": found["status"], "score": _number(found["score"])}
    criteria = (
        element("Criterion", element("Listed", c["listed"]), element("Declared", c["declared"]), status=c["status"])
        for c in found["criteria"] or ()
    )
    return element("Candidate", element("Title", found["title"]), *criteria, **kind)


def _party_match(match: Row) -> Any:
    kind = {"role": match["role"], "list": match["list"], "entity": match["entity_id"], "score": _number(match["score"])}
    told = (element("Name", match["name"]), element("ListedName", match["listed_name"]), element("Effect", match["effect"]))
    return element("PartyMatch", *told, **kind)


def _day(day: date | None) -> Any:
    return None if day is None else element("DateTimeString", f"{day:%Y%m%d}", formatCode="102")


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:.15g}"
