"""What the routes work with: opened once with the server."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, NamedTuple

from fastapi import Depends, Request

from screening.review import By, CaseStore
from screening.serve.accounts import Accounts
from screening.serve.batches import Batches
from screening.serve.desk import Desk
from screening.serve.list_imports import ListImports
from screening.serve.settings import Settings


class Office(NamedTuple):
    """Settings, the desk that answers questions, cases, accounts, batches, imports of lists, and the secret that signs sessions."""

    settings: Settings
    desk: Desk
    cases: CaseStore
    accounts: Accounts
    batches: Batches
    imports: ListImports
    secret: bytes


def office_of(request: Request) -> Office:
    """The office of the server that a request came to."""
    found: Office = request.app.state.office
    return found


def actor(request: Request) -> By:
    """Who acts by this request, now."""
    return By(request.state.name, request.state.role, datetime.now(UTC))


def today() -> date:
    """The day whose lists and rules decide where none is named."""
    return date.today()


AnOffice = Annotated[Office, Depends(office_of)]
Actor = Annotated[By, Depends(actor)]
