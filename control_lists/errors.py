"""Errors of list data: file, place and cure in one line."""

from __future__ import annotations


class ListDataError(Exception):
    """A list, rule or reference file that cannot be used as it stands."""
