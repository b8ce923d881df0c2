"""China: export control list, attention list and unreliable entity list, Ministry of Commerce (MOFCOM).

https://aqygzj.mofcom.gov.cn/flzc/gzjgfxwj/index.html
The ministry publishes announcements in HTML only: no file, no consolidated list, no identifiers. What is read here is the JSON into
which others have gathered the announcements: an array of records with ``id``, ``list_id``, ``entity_name``, ``aliases``, ``addresses``,
``date_added``, ``source_url``. It is derived: compare with the announcement named in the citation before acting. A listing that an
announcement suspended or ended may still stand in it.

A record's ``id`` is the day and the number in an announcement, which two announcements of one day share; so an id is built from the
list and the name, and a party that several announcements put on one list is one party with several citations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from control_lists.importers.address_country import country_in
from control_lists.importers.dates import day
from control_lists.importers.draft import Draft, Kind
from control_lists.importers.fields import CHANGED
from control_lists.importers.japanese_names import NameReader
from control_lists.importers.name_ids import name_id
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing

SOURCE = "China MOFCOM lists (derived JSON)"
LIST = "cn-mofcom"
PROGRAMMES = {"cn-export-control-watchlist": "ECL", "cn-attention-list": "ATTENTION", "cn-unreliable-entity-list": "UEL"}
KINDS: dict[str, Kind] = {
    "organization": "organisation", "company": "organisation", "individual": "person", "vessel": "vessel", "aircraft": "aircraft",
}  # fmt: skip
_TEXTS = frozenset({"id", "country", "list_id", "source_list_name", "entity_name", "entity_type", "reason", "date_added", "source_url",
                    "last_verified"})  # fmt: skip
_ARRAYS = frozenset({"aliases", "addresses"})
_NEEDED = ("id", "list_id", "entity_name", "entity_type", "source_url")
# What the announcement's sentence says of the party, taken into the name by the derivation: "the ... that took part in arms sales to
# Taiwan", "... and 5 other entities", "... and its branches and other foreign entities".
_NOT_OF_NAME = re.compile(r"^参与对台湾地区军售的(?:美国)?|(?:及其分支机构)?等(?:\d+家|外国)?实体$|及其分支机构$")
# One name with a comma that the derivation took for two (announcement of 2024-05-20).
_REPAIRS = {"波音防务": "Boeing Defense, Space & Security", "空间与安全集团": "波音防务、空间与安全集团"}


def recognises(publication: Publication) -> bool:
    """A JSON array whose first records name a list of the ministry."""
    head = publication.head.lstrip(b"\xef\xbb\xbf \r\n\t")
    return head[:1] == b"[" and b'"list_id"' in head and any(f'"{name}"'.encode() in head for name in PROGRAMMES)


def read(publication: Publication) -> Iterator[Listing]:
    """Every party of each list; raises SourceFormatError for a field, list or kind that is not known."""
    publication.note("derived from the announcements of the ministry, which exist in HTML only: compare with the one cited before acting")
    names = NameReader(lambda text: publication.countries.read(text).code is not None)
    parties: dict[str, Draft] = {}
    for number, record in enumerate(_records(publication), 1):
        _gather(publication, names, parties, f"record {number}", record)
    for party in parties.values():
        yield Listing(LIST, party.entity())


def _records(publication: Publication) -> list[dict[str, Any]]:
    with publication.open() as stream:
        raw = stream.read()
    try:
        records = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise publication.error("", f"not whole JSON ({str(error).splitlines()[0]}); get it again") from None
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise publication.error("", f"not an array of records; {CHANGED}")
    return records


def _gather(publication: Publication, names: NameReader, parties: dict[str, Draft], where: str, record: dict[str, Any]) -> None:
    """One record into the party it is of."""
    _check(publication, where, record)
    programme, kind = PROGRAMMES.get(record["list_id"]), KINDS.get(record["entity_type"])
    if programme is None:
        raise publication.error(where, f"list '{record['list_id']}' is not one of {sorted(PROGRAMMES)}; {CHANGED}")
    if kind is None:
        raise publication.error(where, f"entity_type '{record['entity_type']}' is not one of {sorted(KINDS)}; {CHANGED}")
    written = [record["entity_name"], *record.get("aliases", ())]
    bare = [_NOT_OF_NAME.sub("", text) for text in written]
    read_names = [name for text in bare for name in names.one(_REPAIRS.get(text, text)).names]
    if not read_names:
        raise publication.error(where, "the party has no name")
    read_names.sort(key=lambda name: not name[0].isascii())  # the Latin name is the primary spelling
    party_id = name_id(programme, read_names[0][0])
    draft = parties.setdefault(party_id, Draft(publication, party_id, kind))
    for name, quality in read_names:
        draft.name(name, quality)
    draft.programme(f"CN-{programme}")
    for text in written:
        draft.remark(text if _NOT_OF_NAME.search(text) else None)
    for address in record.get("addresses", ()):
        draft.address(address)
        # The post code stands in brackets behind the country of a Latin address.
        if (code := country_in(publication.countries, re.sub(r"（邮编：.*$", "", address))) is not None:
            draft.country(code)
    added = day(record.get("date_added"))
    if added is not None and (draft.listed_on is None or added < draft.listed_on):
        draft.listed_on = added
    draft.remark(f"reason: {record['reason']}" if record.get("reason") else None)
    draft.cite(f"{record['source_url']} ({record['id']})")
    # ``country`` is the authority's, ``source_list_name`` is ``list_id`` in words.
    checked = day(record.get("last_verified"))
    if checked is not None and (publication.edition is None or checked > publication.edition):
        publication.edition = checked


def _check(publication: Publication, where: str, record: dict[str, Any]) -> None:
    unknown = sorted(set(record) - _TEXTS - _ARRAYS)
    if unknown:
        raise publication.error(where, f"unmapped fields {unknown}; {CHANGED}")
    for name in _NEEDED:
        if not record.get(name):
            raise publication.error(where, f"field '{name}' is missing or blank")
    wrong = [name for name in _TEXTS & set(record) if not isinstance(record[name], str | None)]
    wrong += [n for n in _ARRAYS & set(record) if not (isinstance(record[n], list) and all(isinstance(t, str) for t in record[n]))]
    if wrong:
        raise publication.error(where, f"fields {sorted(wrong)} are not text; {CHANGED}")
