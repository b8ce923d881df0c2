"""The officer's workbench and the API: the pages, the JSON doors, and who may use them. The only package that knows the web framework.

app = create_app(Settings(opening, "review.db", home))      # an ASGI application
"""

from __future__ import annotations

from screening.serve.settings import Settings

__all__ = ["Settings"]
