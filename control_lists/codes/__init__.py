"""Codes that trade documents carry, one module a system.

Each has ``compact(text)`` (the normal spelling), ``is_valid(text)`` and, where a code can be told from other
numbers in running text, ``find(text)`` giving ``(code, start, end)`` in order.
"""
