"""Self-contained HTML pages: every style, script and picture stands in the file, every declared text is escaped.

The only door to the templates library, which comes with the extra ``report``.
"""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

from screening.errors import UsageError

MISSING = "this page needs the extra 'report': pip install 'stc-engine[report]'"


def render(template: str, **context: Any) -> str:
    """The page of a template with ``context``. Raises UsageError where the templates library is not installed.

    The page forbids itself every request and every script but its own, by a content security policy with the digest of that script.
    """
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError:
        raise UsageError(MISSING) from None
    environment = Environment(
        loader=PackageLoader("screening", "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["number"] = lambda value: f"{value:,}".replace(",", " ")
    environment.filters["plain"] = lambda value: f"{value:,.1f}".removesuffix(".0").replace(",", " ")
    script = resources.files("screening.pages").joinpath("page.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return environment.get_template(template).render(**context, script=script, script_digest=digest)


def write_page(text: str, path: Path) -> int:
    """The page in ``path``, whole or not at all; its size in bytes."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent or Path())
    try:
        with os.fdopen(handle, "wb") as out:
            size = out.write(text.encode("utf-8", "replace"))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return size
