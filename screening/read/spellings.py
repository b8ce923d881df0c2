"""How declarations write columns, countries and attributes, made ready once for all that is read with the same reference data."""

from __future__ import annotations

from functools import cached_property

from control_lists.codes.country import CountryNames
from screening.normalise.quantities import UnitReader
from screening.read.attributes import AttributeNames
from screening.read.columns import ColumnNames
from screening.read.contract import Reference


class Spellings:
    """The spellings of reference data. Opened once; each table is made when it is first asked."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference

    @cached_property
    def columns(self) -> ColumnNames:
        """The names of columns, where the caller maps none."""
        return ColumnNames(self._reference.column_synonyms, {})

    @cached_property
    def countries(self) -> CountryNames:
        """The names of countries."""
        return CountryNames(self._reference.countries)

    @cached_property
    def attributes(self) -> AttributeNames:
        """The names of attributes and of the units behind them."""
        units = UnitReader((unit.id, unit.words) for unit in self._reference.units)
        return AttributeNames(self._reference.parameters, units.unit_of)
