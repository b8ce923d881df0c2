"""Customs messages by their form: one module a format, all of one shape."""

from __future__ import annotations

from screening.read.messages import (
    asycuda_manifest,
    asycuda_sad,
    cargo_xml,
    cuscar,
    cusdec,
    eu_entry_summary,
    eu_export,
    eu_transit,
    wco_declaration,
)
from screening.read.messages.shape import Shape

XML_SHAPES: tuple[Shape, ...] = tuple(
    form.SHAPE for form in (asycuda_sad, asycuda_manifest, wco_declaration, eu_transit, eu_export, eu_entry_summary, cargo_xml)
)
EDIFACT_MESSAGES = {"CUSDEC": cusdec.read, "CUSCAR": cuscar.read}
