"""A list that a keeper sends: in force and answered with, or refused in one line."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from control_lists.editions import EditionStore
from screening.errors import UsageError
from screening.execute.units import Opening
from screening.review import By
from screening.serve.desk import Desk
from screening.serve.forms import Sent
from screening.serve.list_imports import ListImport, ListImports
from tests.serve.conftest import People, token_of

KEEPER = By("list_keeper", "list_keeper", datetime.now(UTC))
NATIONAL = "list,id,name,kind,programme,cite\n" + "".join(f"tl-national,{n},Zzyzx {n},organisation,BAN,Decree 1\n" for n in range(20))


@pytest.fixture
def imports(people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ListImports]:
    """Imports into a store of the test's own, for a desk of its own; of what is opened anew only the lists are."""
    office = people.office
    monkeypatch.setattr(Opening, "screener", opened)
    found = ListImports(tmp_path, office.settings.opening._replace(store=tmp_path / "lists"), Desk(office.desk.screener, 1))
    yield found
    found.close()


def opened(opening: Opening) -> Any:
    """Stands for a Screener: opening one takes seconds."""
    return SimpleNamespace(lists=EditionStore(opening.store).lists())


def ended(imports: ListImports) -> ListImport:
    until = time.monotonic() + 60
    while imports.under_way is not None and time.monotonic() < until:
        time.sleep(0.01)
    return imports.newest(1)[0]


def sent(name: str, text: str) -> list[Sent]:
    return [Sent(name, io.BytesIO(text.encode()))]


def test_a_list_that_was_sent_is_in_force_and_the_desk_answers_with_it(imports: ListImports, tmp_path: Path) -> None:
    imports.begin(sent("../tl-national-2026-01-01.csv", NATIONAL), KEEPER, None, False)
    with pytest.raises(UsageError, match="try again"):
        imports.begin(sent("other.csv", NATIONAL), KEEPER, None, False)
    done = ended(imports)
    assert done.lines == ("tl-national: edition 2026-01-01, 20 parties, 20 names: in force",)
    assert (done.by, done.files, done.failures) == ("list_keeper", ("tl-national-2026-01-01.csv",), ())
    assert imports._desk.screener == SimpleNamespace(lists=["tl-national"])
    assert list((tmp_path / "imports").iterdir()) == []


def test_a_list_that_shrank_is_refused_in_one_line_unless_the_keeper_takes_it(imports: ListImports) -> None:
    short = "\n".join(NATIONAL.splitlines()[:6])
    screener = imports._desk.screener
    for text, accept in ((NATIONAL, False), (short, False), (short, True)):
        imports._desk.screener = screener
        imports.begin(sent("tl-national-2026-01-01.csv", text), KEEPER, None, accept)
        ended(imports)
    taken, refused, _ = imports.newest(3)
    assert refused.lines == ()
    (failure,) = refused.failures
    assert "5 parties" in failure
    assert "\n" not in failure
    assert taken.failures == ()


def test_what_is_no_list_is_told_on_the_page_and_changes_nothing(people: People) -> None:
    client = people.page("list_keeper")
    before = people.office.desk.screener
    data = {"form_token": token_of(client.get("/lists").text)}
    assert client.post("/lists", data=data, files={"files": ("strange.csv", b"\x00\xffPK", "text/csv")}).status_code == 303
    failures = ended(people.office.imports).failures
    assert len(failures) == 1
    assert failures[0].startswith("strange.csv: ")
    assert failures[0][:30] in client.get("/lists").text
    assert people.office.desk.screener is before


def test_a_form_without_a_file_or_with_a_strange_day_is_refused_in_words(people: People) -> None:
    client = people.page("list_keeper")
    data = {"form_token": token_of(client.get("/lists").text), "edition": "yesterday"}
    assert "no file was sent" in client.post("/lists", data=data).text
    assert client.post("/lists", data=data, files={"files": ("a.csv", b"x", "text/csv")}).status_code == 422
