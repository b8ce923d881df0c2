"""Counted tables as still pictures (SVG). The only door to the plotting library, which comes with the extra ``report``.

A picture repeats its table, so that nobody needs it: it is hidden from screen readers, which have the table.
"""

from __future__ import annotations

import json

from screening.errors import UsageError
from screening.pages import MISSING
from screening.report.totals import Table

MOST = 12  # bars of a chart; the table beside it has them all
COLOURS = {
    "PROHIBITED": "#7a1414", "LICENCE_REQUIRED": "#c8501e", "REVIEW": "#d9a521", "GENERAL_AUTHORISATION": "#3c74a6",
    "red": "#b3261e", "yellow": "#d9a521", "blue": "#3c74a6", "green": "#3f7d58",
    "Met": "#c8501e", "Declared": "#7a4a9c", "Facts missing": "#d9a521", "Strong": "#7a1414", "Possible": "#d9a521",
}  # fmt: skip
_FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'Liberation Sans', sans-serif"


def chart(table: Table) -> str | None:
    """Stacked bars of a table's charted columns, one a row; None where there is nothing to draw. Raises UsageError without the library."""
    try:
        import vl_convert
    except ImportError:
        raise UsageError(MISSING) from None
    label = 1 if table.texts == 3 else 0  # an entry goes by its code, a rule or office by its first column
    places = [table.columns.index(name) for name in table.charted]
    rows = [row for row in table.rows if sum(row[i] for i in places)][:MOST]
    if not rows:
        return None
    names = [_short(str(row[label])) if table.id != "watchlists" else _short(str(row[2])) for row in rows]
    values = [
        {"row": position, "name": names[position], "kind": kind, "order": order, "n": row[i]}
        for position, row in enumerate(rows)
        for order, (kind, i) in enumerate(zip(table.charted, places, strict=True))
        if row[i]
    ]
    return str(vl_convert.vegalite_to_svg(_specification(values, names, table.charted)))


def _specification(values: list[dict[str, object]], names: list[str], kinds: tuple[str, ...]) -> dict[str, object]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 430,
        "height": {"step": 22},
        "background": None,
        "padding": 2,
        "data": {"values": values},
        "mark": {"type": "bar", "height": 14},
        "encoding": {
            "y": {
                "field": "row",
                "type": "ordinal",
                "axis": {
                    "title": None, "labelExpr": f"{json.dumps(names)}[datum.value]", "labelLimit": 210,
                    "ticks": False, "domain": False, "labelPadding": 8,
                },
            },
            "x": {
                "field": "n", "type": "quantitative", "stack": "zero",
                "axis": {"title": None, "tickMinStep": 1, "tickCount": 5, "format": ",d", "grid": True, "domain": False, "ticks": False},
            },
            "color": {
                "field": "kind", "type": "nominal",
                "scale": {"domain": list(kinds), "range": [COLOURS[kind] for kind in kinds]},
                "legend": {
                    "orient": "top", "title": None, "direction": "horizontal", "symbolType": "square", "columns": 4,
                    "labelExpr": "replace(datum.label, '_', ' ')",
                },
            },
            "order": {"field": "order", "type": "quantitative"},
        },
        "config": {
            "font": _FONT,
            "axis": {"labelFontSize": 12, "labelColor": "#3b3f45", "gridColor": "#e4e2dc", "labelFont": _FONT},
            "legend": {"labelFontSize": 12, "labelColor": "#3b3f45", "labelFont": _FONT, "padding": 0, "offset": 6},
            "view": {"stroke": None},
        },
    }  # fmt: skip


def _short(text: str, most: int = 30) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
