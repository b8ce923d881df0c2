"""Canada's list: every record is a party, and no letter of its other names is lost."""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

NEW = "canada/sema_2025-05-25/cannada.xml"
OLD = "canada/sema_2020-04-15/sema-lmes.xml.gz"


def raw_records(path: Path) -> list[dict[str, str]]:
    """Records by plain search: the files have no attributes and no nesting."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text = data.decode()
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return [dict(re.findall(r"<(\w+)>(.*?)</\1>", record, re.DOTALL)) for record in re.findall(r"<record>(.*?)</record>", text, re.DOTALL)]


@pytest.mark.parametrize(
    ("file", "kinds"),
    [
        (NEW, {"person": 3334, "organisation": 1316, "vessel": 109}),
        (OLD, {"person": 985, "organisation": 384}),
    ],
)
def test_every_record_is_a_party(imported, file: str, kinds: dict[str, int]) -> None:
    found = imported("ca_sema", file)
    assert dict(Counter(listing.entity.kind for listing in found.listings)) == kinds
    assert len({listing.entity.id for listing in found.listings}) == len(found.listings)
    assert {listing.list_id for listing in found.listings} == {"ca-sema"}


def test_numbers_days_and_regimes_are_those_of_the_records(imported, shared: Path) -> None:
    raw = raw_records(shared / "data/watchlists" / NEW)
    entities = [listing.entity for listing in imported("ca_sema", NEW).listings]
    assert Counter(e.listed_on.isoformat() for e in entities if e.listed_on) == Counter(r["DateOfListing"] for r in raw)
    assert sorted(i for e in entities for i in e.identifiers) == sorted(f"imo:{r['ShipIMONumber']}" for r in raw if "ShipIMONumber" in r)
    assert len({p for e in entities for p in e.programmes}) == len({r["Country"] for r in raw}) + 2  # ships and limits on finance
    persons = [r for r in raw if "LastName" in r and "DateOfBirthOrShipBuildDate" in r]
    assert sum(bool(e.birth_dates) for e in entities) == len(persons) - 2  # "Sep-99" and "born in the early 1970s" are remarks


@pytest.mark.parametrize("file", [NEW, OLD])
def test_every_word_of_the_other_names_is_in_a_name(imported, shared: Path, file: str) -> None:
    """But for language labels and the words for another name."""
    apart = {"russian", "belarusian", "belarussian", "arabic", "or", "and", "also", "aka"}
    lost = []
    for raw, listing in zip(raw_records(shared / "data/watchlists" / file), imported("ca_sema", file).listings, strict=True):
        printed = unicodedata.normalize("NFC", raw.get("Aliases", ""))
        printed = re.sub(r"[\u200b-\u200f]", "", printed)  # marks that join or turn letters
        wanted = set(re.findall(r"\w+", printed.casefold())) - apart
        names = " ".join([listing.entity.name, *(alias.name for alias in listing.entity.aliases)])
        if wanted - set(re.findall(r"\w+", names.casefold())):
            lost.append((listing.entity.id, raw["Aliases"]))
    assert lost == []


def test_lone_given_names_are_weak(imported) -> None:
    aliases = [(e.entity.kind, a) for e in imported("ca_sema", NEW).listings for a in e.entity.aliases]
    assert not [
        a for kind, a in aliases if kind == "person" and " " not in a.name and a.quality == "strong" and a.script not in ("Hani", "Hang")
    ]
    assert sum(a.quality == "weak" for _, a in aliases) < 0.05 * len(aliases)
