"""An official file becomes the edition in force, or changes nothing and says why in one line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from control_lists.codes.country import CountryNames
from control_lists.editions import EditionStore
from control_lists.errors import ListDataError
from control_lists.importing import Importing, Outcome, Terms, import_file
from control_lists.snapshot import Snapshot

TODAY = date(2026, 11, 24)
HEAD = "id,name,kind,programme,cite\n"


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return Snapshot.open()


@pytest.fixture
def importing(snapshot: Snapshot, tmp_path: Path) -> Importing:
    return Importing(EditionStore(tmp_path / "lists"), snapshot, TODAY, "0")


def national(folder: Path, names: int, day: str = "2026-01-01", first: str = "Party") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"tl-national-{day}.csv"
    rows = "".join(f"{n},{first} Number {n},organisation,EXPORT-BAN,Decree 1\n" for n in range(names))
    path.write_text(HEAD.replace("id,", "list,id,") + "".join(f"tl-national,{row}\n" for row in rows.splitlines()), encoding="utf-8")
    return path


def one(importing: Importing, path: Path, *, accept: bool = False, edition: date | None = None) -> Outcome:
    (outcome,) = importing.files([path], edition, accept)
    return outcome


def test_a_file_is_in_force_with_its_counts_and_the_day_in_its_name(importing: Importing, tmp_path: Path) -> None:
    outcome = one(importing, national(tmp_path, 20))
    assert outcome.lines == ("tl-national: edition 2026-01-01, 20 parties, 20 names: in force",)
    assert outcome.failure is None


def test_an_older_edition_is_kept_and_not_in_force(importing: Importing, tmp_path: Path) -> None:
    one(importing, national(tmp_path, 20, "2026-02-01"))
    assert one(importing, national(tmp_path, 20, "2026-01-01")).lines == (
        "tl-national: edition 2026-01-01, 20 parties, 20 names, before 20 of 2026-02-01: kept; a newer edition is in force",
    )


def test_a_list_that_shrank_is_refused_and_the_old_edition_stays(importing: Importing, tmp_path: Path) -> None:
    one(importing, national(tmp_path, 20, "2026-01-01"))
    refused = one(importing, national(tmp_path, 10, "2026-02-01"))
    assert refused.lines == ()
    assert refused.failure is not None
    assert "holds 10 parties of tl-national, the edition in force (2026-01-01) 20; more than 20 % are gone" in refused.failure
    assert one(importing, national(tmp_path, 10, "2026-02-01"), accept=True).lines[0].endswith("in force")


def test_an_edition_without_its_aliases_is_refused(importing: Importing, tmp_path: Path) -> None:
    def named(day: str, aliases: bool) -> Path:
        path = tmp_path / f"tl-national-{day}.csv"
        rows = "".join(f"tl-national,{n},Party {n},organisation,BAN,Decree 1,{f'Firm {n}' if aliases else ''}\n" for n in range(20))
        path.write_text("list,id,name,kind,programme,cite,aliases\n" + rows, encoding="utf-8")
        return path

    assert one(importing, named("2026-01-01", aliases=True)).lines[0].endswith("20 parties, 40 names: in force")
    refused = one(importing, named("2026-02-01", aliases=False))
    assert refused.failure is not None
    assert "holds 20 names of tl-national, the edition in force (2026-01-01) 40" in refused.failure


def test_more_parties_than_any_edition_has_are_refused(snapshot: Snapshot, tmp_path: Path) -> None:
    few = {"national": snapshot.sources["national"].model_copy(update={"plausible": (2, 5)})}
    with pytest.raises(ListDataError, match="holds 6 parties of tl-national, a whole edition has at most 5; if this is right"):
        import_file(EditionStore(tmp_path / "lists"), few, national(tmp_path, 6), CountryNames(snapshot.countries), Terms(TODAY))


def test_a_day_that_is_given_stands(importing: Importing, tmp_path: Path) -> None:
    assert one(importing, national(tmp_path, 3), edition=date(2026, 5, 5)).lines[0].startswith("tl-national: edition 2026-05-05")


def test_an_unknown_file_and_a_good_one_are_told_apart(importing: Importing, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    good, bad = importing.files([tmp_path / "photo.png", national(tmp_path, 3)], None, False)
    assert good.lines[0].startswith("tl-national")
    assert bad.failure is not None
    assert bad.failure.startswith("photo.png: not a list that stc knows")


def test_editions_are_compared_in_the_store_and_as_files(importing: Importing, tmp_path: Path) -> None:
    first, second = national(tmp_path, 3, "2026-01-01"), national(tmp_path, 4, "2026-02-01")
    list(importing.files([first, second], None, False))
    in_store = importing.diff("tl-national@2026-01-01", "tl-national@2026-02-01")
    assert [(c.kind, c.entity_id) for c in in_store] == [("added", "3")]
    assert importing.diff(str(first), str(second)) == in_store


def test_a_list_that_is_not_known_cannot_be_fetched(importing: Importing, tmp_path: Path) -> None:
    (outcome,) = importing.update(["no-such-list"], tmp_path)
    assert outcome.failure == "'no-such-list' is not a list that can be fetched; 'stc lists sources' names them"
