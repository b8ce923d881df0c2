"""Customs messages by their form: one module a format, all of one shape."""

from __future__ import annotations

from screening.read.messages import asycuda_sad
from screening.read.messages.shape import Shape

XML_SHAPES: tuple[Shape, ...] = (asycuda_sad.SHAPE,)
