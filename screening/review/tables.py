"""The three tables of a case store. Rows are added and read, never changed: the database itself refuses the rest."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint, event

METADATA = MetaData()

CASE = Table(
    "review_case",
    METADATA,
    Column("case_id", Integer, primary_key=True, autoincrement=False),
    Column("identity", Text, nullable=False, unique=True),  # digest of what was found of whom: the same finding is one case
    Column("declaration_id", Text, nullable=False),
    Column("item_number", Integer, nullable=False),
    Column("jurisdiction", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("flag", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("description", Text),
    Column("hs_code", Text),
    Column("export_country", Text),
    Column("destination_country", Text),
    Column("customs_office", Text),
    Column("hold_days", Integer),  # working days for which the handling state may hold a movement
    Column("opened_at", Text, nullable=False),
    Column("snapshot", Text, nullable=False),
    Column("engine_version", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("determination", Text, nullable=False),  # JSON: section 2 of the contract, whole
    Column("declared", Text),  # JSON: the item and its parties as they were read, where they were given
)

# What a case is about, for finding earlier ones like it: told from its determination alone.
SUBJECT = Table(
    "review_subject",
    METADATA,
    Column("case_id", Integer, ForeignKey(CASE.c.case_id), primary_key=True),
    Column("kind", Text, primary_key=True),  # good or party
    Column("listed", Text, primary_key=True),  # list:code or list:entity_id
    Column("text", Text, primary_key=True),  # the description or the name that was declared
    Index("review_subject_listed", "kind", "listed"),
)

# The ledger. ``status`` to ``due_on`` are the state of the case after the event.
EVENT = Table(
    "review_event",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("case_id", Integer, ForeignKey(CASE.c.case_id)),
    Column("version", Integer),
    Column("at", Text, nullable=False),  # UTC, ISO 8601
    Column("actor", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text),
    Column("disposition", Text),
    Column("assignee", Text),
    Column("due_on", Text),
    Column("details", Text, nullable=False),  # JSON
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("case_id", "version"),
    Index("review_event_kind", "kind"),
)

_REFUSAL = "rows of the case store are never changed"
_FUNCTION = f"CREATE OR REPLACE FUNCTION review_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
_TRIGGERS = {
    "sqlite": (
        "CREATE TRIGGER {0}_no_update BEFORE UPDATE ON {0} BEGIN SELECT RAISE(ABORT, '" + _REFUSAL + "'); END",
        "CREATE TRIGGER {0}_no_delete BEFORE DELETE ON {0} BEGIN SELECT RAISE(ABORT, '" + _REFUSAL + "'); END",
    ),
    "postgresql": (
        _FUNCTION,
        "CREATE TRIGGER {0}_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON {0} FOR EACH STATEMENT EXECUTE FUNCTION review_refuse()",
    ),
}


def _guard(table: Table, connection: Connection, **_: Any) -> None:
    for statement in _TRIGGERS[connection.dialect.name]:
        connection.exec_driver_sql(statement if statement is _FUNCTION else statement.format(table.name))


for _table in METADATA.tables.values():
    event.listen(_table, "after_create", _guard)
