"""A register of licences: rows of any form made into licences by number, with a line for every row that could not be."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, cast

from control_lists.codes.control_code import compact
from control_lists.codes.country import CountryNames
from control_lists.snapshot import Snapshot
from screening.licences.records import Balance, Holder, Licence, Line, Status, number_key, without_item
from screening.licences.rows import OF_LINE, Row, rows_of
from screening.normalise.quantities import UnitReader
from screening.normalise.values import BLANKS, OPERATIONS, read_date, read_hs, read_number

_STATES = ("active", "suspended", "revoked")


class Register(NamedTuple):
    """Licences by the key of their number; ``reports``: what could not be read, one line each; ``digest`` names the exact content."""

    licences: Mapping[str, Licence]
    reports: tuple[str, ...]
    digest: str

    def find(self, reference: str) -> Licence | None:
        """The licence of a declared number, with or without the number of a line behind it."""
        return self.licences.get(number_key(reference)) or self.licences.get(number_key(without_item(reference)))


class _FieldError(Exception):
    """What is wrong with a field of a row, and its cure."""


def trade_units(snapshot: Snapshot) -> UnitReader:
    """A reader of the units that goods are counted in: codes of trade first, then the spellings of texts."""
    return UnitReader((unit.id, unit.words) for unit in (*snapshot.trade_units, *snapshot.units))


def read_register(paths: Sequence[Path], snapshot: Snapshot) -> Register:
    """The licences of several files; raises LicenceError for a file that is no register.

    A number that stands in a later file again is that file's; use of a licence (UK usage files) is added wherever it stands.
    """
    reader = _RowReader(snapshot)
    licences: dict[str, Licence] = {}
    usage: list[Row] = []
    reports: list[str] = []
    digest = hashlib.sha256()
    for path in paths:
        found: dict[str, list[Row]] = {}
        for row in rows_of(path):
            digest.update(repr((row.place, sorted(row.fields.items()), row.fault)).encode())
            number = row.fields.get("number", "")
            if not number_key(number):
                reports.append(f"{row.place}: {row.fault or 'number: is blank; write the number of the licence in every row'}")
            elif row.is_usage:
                usage.append(row)
            else:
                found.setdefault(number_key(number), []).append(row)
        for key, rows in found.items():
            if key in licences:
                reports.append(
                    f"{rows[0].place}: number: {licences[key].number} stands in {licences[key].source} too; the later file counts"
                )
            licences[key] = reader.licence(rows)
    for row in usage:
        key = number_key(row.fields["number"])
        if key not in licences:
            reports.append(f"{row.place}: number: use of {row.fields['number']}, which is not in the register; give its licence file too")
        else:
            licences[key] = reader.used(licences[key], row)
    reports += [fault for licence in licences.values() for fault in licence.faults]
    return Register(licences, tuple(reports), digest.hexdigest()[:12])


class _RowReader:
    """Makes licences of rows."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._countries = CountryNames(snapshot.countries)
        self._units = trade_units(snapshot)

    def licence(self, rows: Sequence[Row]) -> Licence:
        """The licence that these rows describe; what one says of the whole licence stands for all, and may be left out in the others."""
        whole: dict[str, str] = {}
        faults: list[str] = []
        lines: list[Line] = []
        for row in rows:
            if row.fault:
                faults.append(f"{row.place}: {row.fault}")
                continue
            for name, value in row.fields.items():
                if name not in OF_LINE and not _is_blank(value) and whole.setdefault(name, value) != value:
                    faults.append(f"{row.place}: {name}: '{value}' where another row of the licence says '{whole[name]}'; make them one")
            try:
                lines.append(self._line(row.fields, len(lines) + 1))
            except _FieldError as fault:
                faults.append(f"{row.place}: {fault}")
        licence = Licence(whole.get("number") or rows[0].fields["number"], rows[0].place)
        try:
            licence = self._whole(licence, whole)
        except _FieldError as fault:
            faults.append(f"{rows[0].place}: {fault}")
        return licence._replace(lines=tuple(lines), faults=tuple(faults))

    def used(self, licence: Licence, row: Row) -> Licence:
        """The licence with the use that a row of another file tells."""
        try:
            amounts = [_amount(row.fields, name) for name in ("used_quantity", "used_value")]
            number = row.fields.get("line") or "1"
            lines = [_with_use(line, *amounts) if str(line.number) == number else line for line in licence.lines]
            if any(amounts) and not any(str(line.number) == number for line in licence.lines):
                raise _FieldError(f"line: the licence has no line {number}")
        except _FieldError as fault:
            return licence._replace(faults=(*licence.faults, f"{row.place}: {fault}"))
        return licence._replace(lines=tuple(lines))

    def _whole(self, licence: Licence, fields: Mapping[str, str]) -> Licence:
        status = (fields.get("status") or "active").lower()
        if status not in _STATES:
            raise _FieldError(f"status: '{status}' is none of {', '.join(_STATES)}")
        operations = tuple(part.lower() for part in _several(fields.get("operations")))
        if strange := [operation for operation in operations if operation not in OPERATIONS]:
            raise _FieldError(f"operations: '{strange[0]}' is none of {', '.join(OPERATIONS)}")
        valid_from, valid_to = _day(fields, "valid_from"), _day(fields, "valid_to")
        if valid_from and valid_to and valid_to < valid_from:
            raise _FieldError(f"valid_to: {valid_to} is before valid_from {valid_from}; exchange them")
        return licence._replace(
            kind=fields.get("type"),
            jurisdictions=tuple(part.upper() for part in _several(fields.get("jurisdiction"))),
            authority=fields.get("authority"),
            exporter=_holder(fields, "exporter"),
            consignee=_holder(fields, "consignee"),
            end_user=_holder(fields, "end_user"),
            destinations=self._destinations(fields.get("destinations")),
            operations=operations,
            valid_from=valid_from,
            valid_to=valid_to,
            status=cast("Status", status),
            conditions=_several(fields.get("conditions")),
        )

    def _destinations(self, text: str | None) -> tuple[str, ...]:
        found = []
        for part in _several(text):
            code = self._countries.read(part).code
            if code is None:
                raise _FieldError(f"destinations: '{part}' is no country; write ISO codes: EG; TR")
            found.append(code)
        return tuple(found)

    def _line(self, fields: Mapping[str, str], position: int) -> Line:
        number = fields.get("line") or str(position)
        if not number.isdigit():
            raise _FieldError(f"line: '{number}' is not a number")
        hs = read_hs(fields["hs_code"]) if not _is_blank(fields.get("hs_code")) else None
        if hs is not None and hs.value is None:
            raise _FieldError(f"hs_code: '{fields['hs_code']}' {hs.fault}")
        line = Line(
            int(number),
            tuple(compact(part) for part in _several(fields.get("control_code"))),
            None if _is_blank(fields.get("description")) else fields["description"],
            hs.value if hs else None,
        )
        unit, currency = fields.get("unit") or "", (fields.get("currency") or "").upper()
        quantity, value = _amount(fields, "quantity"), _amount(fields, "value")
        if quantity is not None:
            known = self._units.unit_of(unit)
            if known is None:
                cure = "write a code of UN/ECE Recommendation 20: KGM, LTR, H87"
                raise _FieldError(f"unit: '{unit}' is not a unit we know; {cure}" if unit else f"unit: is blank beside a quantity; {cure}")
            line = line._replace(quantity=Balance(quantity, Decimal(0), known))
        if value is not None:
            if len(currency) != 3:
                raise _FieldError(f"currency: '{currency}' is no currency code; write EUR, USD")
            line = line._replace(value=Balance(value, Decimal(0), currency))
        return _with_use(line, _amount(fields, "used_quantity"), _amount(fields, "used_value"))


def _with_use(line: Line, quantity: Decimal | None, value: Decimal | None) -> Line:
    return line._replace(quantity=_used("quantity", line.quantity, quantity), value=_used("value", line.value, value))


def _used(what: str, balance: Balance | None, more: Decimal | None) -> Balance | None:
    if balance is None or not more:
        return balance
    used = balance.used + more
    if used > balance.granted:
        raise _FieldError(f"used_{what}: {used} is more than the {balance.granted} {balance.unit} granted; correct one of them")
    return balance._replace(used=used)


def _holder(fields: Mapping[str, str], role: str) -> Holder | None:
    name, identifier = (None if _is_blank(fields.get(key)) else fields[key] for key in (role, f"{role}_id"))
    return Holder(name, identifier) if name or identifier else None


def _amount(fields: Mapping[str, str], name: str) -> Decimal | None:
    text = fields.get(name)
    if text is None or _is_blank(text):
        return None
    reading = read_number(text)
    if reading.value is None or reading.rest:
        raise _FieldError(f"{name}: '{text}' {reading.fault or 'has its unit beside it; write that in its own column'}")
    if reading.value < 0:
        raise _FieldError(f"{name}: '{text}' is negative")
    return Decimal(repr(reading.value))


def _day(fields: Mapping[str, str], name: str) -> date | None:
    text = fields.get(name)
    if text is None or _is_blank(text):
        return None
    reading = read_date(text)
    if reading.value is None:
        raise _FieldError(f"{name}: '{text}' {reading.fault}; write it as 2026-11-24")
    return reading.value


def _several(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(";") if not _is_blank(part))


def _is_blank(text: str | None) -> bool:
    return text is None or text.strip().casefold() in BLANKS
