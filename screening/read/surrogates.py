"""Half a surrogate pair: what JSON may write, and no text is."""

from __future__ import annotations

import re
from typing import Any

_SURROGATE = re.compile("[\ud800-\udfff]")


def as_text(value: Any) -> Any:
    """A text, or all texts of nested lists and records, with U+FFFD for each half of a surrogate pair."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {as_text(key): as_text(content) for key, content in value.items()}
    return type(value)(as_text(piece) for piece in value) if isinstance(value, (list, tuple)) else value
