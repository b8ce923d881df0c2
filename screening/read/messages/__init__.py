"""Customs messages by their form: one module a format, all of one shape."""

from __future__ import annotations

from screening.read.messages import asycuda_sad, eu_entry_summary, eu_export, eu_transit, wco_declaration
from screening.read.messages.shape import Shape

XML_SHAPES: tuple[Shape, ...] = tuple(form.SHAPE for form in (asycuda_sad, wco_declaration, eu_transit, eu_export, eu_entry_summary))
