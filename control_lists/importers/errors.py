"""The error of an official file that is not what its importer knows."""

from __future__ import annotations

from control_lists.errors import ListDataError


class SourceFormatError(ListDataError):
    """An official list file that is cut, damaged, or of a form that is not known: what, where, and what to do."""
