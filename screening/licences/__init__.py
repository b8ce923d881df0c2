"""Declared licences held against a register of licences: read, compared, and drawn down in the order of declaration."""
