"""Reading declarations: any supported file as items, parties, carried columns and rejects, part by part."""

from __future__ import annotations

from screening.read.contract import Declarations, ReadOptions, Reference
from screening.read.formats import FORMATS
from screening.read.spellings import Spellings
from screening.read.stream import copied, read, read_frame, read_records

__all__ = ["FORMATS", "Declarations", "ReadOptions", "Reference", "Spellings", "copied", "read", "read_frame", "read_records"]
