"""Who may do what: every route of the server with the roles that may use it, in one table."""

from __future__ import annotations

ANYONE = frozenset({"", "viewer", "officer", "supervisor", "list_keeper"})
SIGNED_IN = ANYONE - {""}
READERS = frozenset({"viewer", "officer", "supervisor"})
OFFICERS = frozenset({"officer", "supervisor"})
SUPERVISORS = frozenset({"supervisor"})
KEEPERS = frozenset({"list_keeper"})

ACCESS: dict[tuple[str, str], frozenset[str]] = {
    # Pages
    ("GET", "/workbench.css"): ANYONE,
    ("GET", "/sign-in"): ANYONE,
    ("POST", "/sign-in"): ANYONE,
    ("POST", "/language"): ANYONE,
    ("POST", "/sign-out"): SIGNED_IN,
    ("GET", "/"): SIGNED_IN,
    ("GET", "/goods"): SIGNED_IN,
    ("POST", "/goods"): SIGNED_IN,
    ("GET", "/party"): SIGNED_IN,
    ("POST", "/party"): SIGNED_IN,
    ("GET", "/lists"): SIGNED_IN,
    ("POST", "/lists"): KEEPERS,
    ("GET", "/batches"): READERS,
    ("POST", "/batches"): OFFICERS,
    ("GET", "/batches/{batch_id}"): READERS,
    ("GET", "/batches/{batch_id}/results"): READERS,
    ("POST", "/batches/{batch_id}/cases"): OFFICERS,
    ("GET", "/cases"): READERS,
    ("GET", "/cases/{case_id}"): READERS,
    ("GET", "/cases/{case_id}/export"): READERS,
    ("POST", "/cases/{case_id}/disposition"): OFFICERS,
    ("POST", "/cases/{case_id}/note"): OFFICERS,
    ("POST", "/cases/{case_id}/assign"): OFFICERS,
    ("POST", "/cases/{case_id}/confirm"): SUPERVISORS,
    ("POST", "/cases/{case_id}/reject"): OFFICERS,  # who proposed it takes it back; of others' only a supervisor, says the store
    # The API
    ("GET", "/api/openapi.json"): ANYONE,
    ("GET", "/api/health"): ANYONE,
    ("POST", "/api/goods"): SIGNED_IN,
    ("POST", "/api/party"): SIGNED_IN,
    ("POST", "/api/screen"): SIGNED_IN,
    ("GET", "/api/lists"): SIGNED_IN,
    ("POST", "/match/{dataset}"): SIGNED_IN,
    ("GET", "/api/cases"): READERS,
    ("GET", "/api/cases/{case_id}"): READERS,
    ("POST", "/api/cases/{case_id}/disposition"): OFFICERS,
    ("POST", "/api/cases/{case_id}/note"): OFFICERS,
    ("POST", "/api/cases/{case_id}/confirm"): SUPERVISORS,
    ("POST", "/api/cases/{case_id}/reject"): OFFICERS,
}
UPLOADS = frozenset({"/batches", "/lists"})
"""Paths of forms that send files."""


def is_door(path: str) -> bool:
    """Whether a path is of the API: asked with a key, answered in JSON; the others are pages, asked with a session."""
    return path.startswith(("/api/", "/match/"))
