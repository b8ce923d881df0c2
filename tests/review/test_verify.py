"""Whoever can write to the database itself leaves a trace: each kind of tampering is named with its first broken row."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, create_engine, make_url, text

from screening.errors import ReviewError
from screening.review import Anchor, CaseStore, read_anchors
from screening.review.ledger import canonical, row_hash
from tests.review.determinations import by, goods, party

TABLES = ("review_case", "review_subject", "review_event")


@pytest.fixture
def busy(store: CaseStore) -> CaseStore:
    """A store of three cases and nine ledger rows: 1 made, 2 user, 3 to 5 opened, 6 held, 7 noted, 8 proposed, 9 confirmed."""
    store.open_cases([goods("G-1"), goods("G-2"), party("P-1")], by())
    store.decide(1, "held", "any", by(), seen=1)
    store.note(2, "a note", by())
    store.decide(3, "false_positive", "any", by(), seen=1)
    store.confirm(3, by("boss", "supervisor"), seen=2)
    return store


@pytest.fixture
def tamper(place: str) -> Callable[..., None]:
    """Runs statements as one who owns the database and took its triggers away."""

    def run(*statements: str, act: Callable[[Connection], None] | None = None) -> None:
        is_server = "://" in place
        engine = create_engine(make_url(place).set(drivername="postgresql+pg8000") if is_server else f"sqlite:///{place}")
        with engine.begin() as connection:
            for table in TABLES:
                if is_server:
                    connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                    continue
                for do in ("update", "delete"):
                    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{do}")
            for statement in statements:
                connection.execute(text(statement))
            if act is not None:
                act(connection)
        engine.dispose()

    return run


def test_a_store_that_nobody_touched_is_proved(busy: CaseStore) -> None:
    found = busy.verify([Anchor(9, busy.anchor().hash)])
    assert (found.fault, found.events, found.cases, found.anchor) == (None, 9, 3, busy.anchor())


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE review_event SET actor = 'eve' WHERE seq = 6", "row 6 was altered"),
        ("UPDATE review_event SET details = replace(details, 'a note', 'another') WHERE seq = 7", "row 7 was altered"),
        ("UPDATE review_event SET status = 'open' WHERE seq = 9", "row 9 was altered"),
        ("UPDATE review_event SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 1", "row 1 was altered"),
        ("DELETE FROM review_event WHERE seq = 7", "row 7 is missing"),
        ("DELETE FROM review_event WHERE seq IN (7, 8)", "rows 7 to 8 are missing"),
        ("DELETE FROM review_event WHERE seq = 1", "row 1 is missing"),
        ("UPDATE review_event SET seq = 70 WHERE seq = 7", "row 7 is missing"),
        ("UPDATE review_case SET lane = 'green' WHERE case_id = 2", "case 2 was altered"),
        ("UPDATE review_case SET determination = replace(determination, 'REVIEW', 'NO_FINDING') WHERE case_id = 2", "case 2 was altered"),
        ("UPDATE review_subject SET text = 'OTHER' WHERE case_id = 2", "case 2: what it is about was altered"),
        ("DELETE FROM review_subject WHERE case_id = 2", "case 2: what it is about was altered"),
    ],
)
def test_a_change_is_named_by_its_row(busy: CaseStore, tamper: Callable[..., None], statement: str, fault: str) -> None:
    tamper(statement)
    assert (busy.verify().fault or "").startswith(fault)


def test_rows_that_change_places_are_named(busy: CaseStore, tamper: Callable[..., None]) -> None:
    tamper(
        "UPDATE review_event SET seq = 60 WHERE seq = 6",
        "UPDATE review_event SET seq = 6 WHERE seq = 7",
        "UPDATE review_event SET seq = 7 WHERE seq = 60",
    )
    assert (busy.verify().fault or "").startswith("row 6 was altered")


def _rewritten(connection: Connection, seq: int, last: int, **changed: object) -> None:
    """Row ``seq`` changed and given a hash that fits it; and so the rows after it up to ``last``."""
    before = None
    for number in range(seq, last + 1):
        row = dict(connection.execute(text(f"SELECT * FROM review_event WHERE seq = {number}")).mappings().one())
        row.update(changed if number == seq else {"prev_hash": before})
        row["hash"] = before = row_hash(row)
        names = ", ".join(f"{name} = :{name}" for name in row)
        connection.execute(text(f"UPDATE review_event SET {names} WHERE seq = {number}"), row)


def test_a_row_that_is_rewritten_with_its_hash_breaks_the_next_one(busy: CaseStore, tamper: Callable[..., None]) -> None:
    tamper(act=lambda connection: _rewritten(connection, 7, 7, details=canonical({"text": "another"})))
    assert (busy.verify().fault or "").startswith("row 8 does not follow row 7")


def test_a_ledger_that_is_written_anew_is_found_against_an_anchor(busy: CaseStore, tamper: Callable[..., None]) -> None:
    kept = busy.anchor()
    tamper(act=lambda connection: _rewritten(connection, 7, 9, details=canonical({"text": "another"})))
    assert busy.verify().fault is None
    assert busy.verify([kept]).fault == "row 9 is not that of the anchor: the ledger was written anew"


def test_a_row_that_is_slipped_in_is_named(busy: CaseStore, tamper: Callable[..., None]) -> None:
    def slip_in(connection: Connection) -> None:
        row = dict(connection.execute(text("SELECT * FROM review_event WHERE seq = 7")).mappings().one())
        connection.execute(text("UPDATE review_event SET seq = seq + 100 WHERE seq > 7"))
        connection.execute(text("UPDATE review_event SET seq = seq - 99 WHERE seq > 100"))
        row.update(seq=8, version=3, prev_hash=row["hash"])
        row["hash"] = row_hash(row)
        columns = ", ".join(row)
        connection.execute(text(f"INSERT INTO review_event ({columns}) VALUES ({', '.join(f':{name}' for name in row)})"), row)

    tamper(act=slip_in)
    assert (busy.verify().fault or "").startswith("row 9 was altered")


def test_an_end_that_is_cut_off_is_found_against_an_anchor(busy: CaseStore, tamper: Callable[..., None]) -> None:
    kept = busy.anchor()
    tamper("DELETE FROM review_event WHERE seq > 7")
    assert busy.verify().fault is None
    assert busy.verify([kept]).fault == "the ledger ends at row 7, before the anchor at row 9: its end was cut off"


def test_cases_that_are_deleted_or_slipped_in_are_named(busy: CaseStore, tamper: Callable[..., None]) -> None:
    def slip_in(connection: Connection) -> None:
        row = dict(connection.execute(text("SELECT * FROM review_case WHERE case_id = 2")).mappings().one())
        row.update(case_id=4, identity="other")
        connection.execute(text(f"INSERT INTO review_case VALUES ({', '.join(f':{name}' for name in row)})"), row)

    tamper(act=slip_in)
    assert busy.verify().fault == "case 4 was slipped in: no row of the ledger opens it"


def test_a_state_that_the_events_do_not_give_is_named(busy: CaseStore, tamper: Callable[..., None]) -> None:
    tamper(act=lambda connection: _rewritten(connection, 9, 9, status="released"))
    assert busy.verify().fault == "row 9 does not tell the state of case 3 that its events give"


def test_anchors_are_read_from_the_line_or_from_a_file(busy: CaseStore, tmp_path: object) -> None:
    kept = busy.anchor()
    path = f"{tmp_path}/anchors.txt"
    with open(path, "w", encoding="utf-8") as out:  # noqa: PTH123
        out.write(f"{kept}\n{kept}\n")
    assert read_anchors([str(kept), path]) == [kept, kept, kept]
    with pytest.raises(ReviewError, match="is no anchor"):
        read_anchors(["17"])


def test_a_case_that_is_deleted_with_its_rows_leaves_a_gap(busy: CaseStore, tamper: Callable[..., None]) -> None:
    tamper(
        "DELETE FROM review_event WHERE case_id = 3",
        "DELETE FROM review_subject WHERE case_id = 3",
        "DELETE FROM review_case WHERE case_id = 3",
    )
    assert (busy.verify().fault or "").startswith("row 5 is missing")


def test_the_ledger_can_be_proved_with_nothing_but_the_hash_function(busy: CaseStore) -> None:
    import hashlib

    before = "0" * 64
    for event in busy.case(3).events:
        row = {**event._asdict(), "details": json.dumps(event.details, sort_keys=True, separators=(",", ":"))}
        told = row.pop("hash")
        assert hashlib.sha256(json.dumps(row, sort_keys=True, separators=(",", ":")).encode()).hexdigest() == told != before
        before = told
