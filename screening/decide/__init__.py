"""Deciding: named predicates and rules as data make determinations."""
