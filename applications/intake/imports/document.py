"""An application as JSON, as a web form delivers it (docs/applications.schema.json).

Its members become the rows that the same application has in a spreadsheet, so that one set of
checks holds for both. The number of a row is that of its application in the document, from one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from applications.intake.imports import columns as told
from vuokra.imports.columns import Column, Row
from vuokra.imports.errors import FileRefused
from vuokra.imports.reader import put_cell, shown_header

SCHEMA: Final = "vuokra-applications/1"
SEPARATOR: Final = " | "
PARTS: Final = ("need", "home", "wish")
DIGITS: Final = 30
"""A number with more before or after its point is none that an application tells."""
LISTS: Final = ("grounds", "incomes", "assets", "debts", "sites", "equipment")

Object = Mapping[str, object]


@dataclass(slots=True)
class MemberRow(Row):
    """A row of a JSON document: of which member of its application, from one."""

    member: int = 1


def rows_of(document: object) -> Iterator[Row]:
    """The rows of a document. Raises FileRefused when it is no document of applications."""
    top = document if isinstance(document, dict) else {}
    if top.get("schema") != SCHEMA:
        raise FileRefused(
            _("JSON-tiedoston kentän schema arvo on %(schema)s.") % {"schema": SCHEMA}
        )
    source, applications = top.get("source"), top.get("applications")
    if not isinstance(source, str) or not isinstance(applications, list) or not applications:
        raise FileRefused(
            _("JSON-tiedostossa on kentät source (teksti) ja applications (luettelo).")
        )
    if odd := set(top) - {"schema", "source", "applications"}:
        raise FileRefused(_unknown(sorted(odd)[0]))
    columns = fields_of()
    return (
        row
        for number, one in enumerate(applications, 1)
        for row in _application(number, source, one, columns)
    )


def fields_of() -> dict[str, dict[str, Column]]:
    """The fields of each part of a document with their columns; "" is an application's own."""
    of_application = (told.WHO[1], *told.DETAILS, *(c for c in told.NEED if c.code == "grounds"))
    return {
        "": {one.code: one for one in of_application},
        "need": {one.code: one for one in told.NEED if one.code != "grounds"},
        "home": {one.code: one for one in told.HOME},
        "wish": {one.code: one for one in told.WISH},
        "member": {one.code: one for one in (*told.WHO[2:], *told.PERSON, *told.OF_MEMBER)},
    }


def _application(
    number: int, source: str, one: object, columns: Mapping[str, Mapping[str, Column]]
) -> Iterator[Row]:
    """The rows of an application, its first member's with what is said of the whole."""
    first = MemberRow(number, {"source": source})
    if not isinstance(one, dict):
        first.problems[""] = _("Hakemus on JSON-olio.")
        yield first
        return
    _fill(first, {k: v for k, v in one.items() if k not in (*PARTS, "members")}, columns[""])
    for part in PARTS:
        _fill(first, one.get(part) or {}, columns[part])
    members = one.get("members")
    if not isinstance(members, list) or not members:
        first.problems["part"] = _("Hakemuksella ei ole ketään. Ruokakunnassa on ainakin hakija.")
        yield first
        return
    for place, member in enumerate(members, 1):
        row = first if place == 1 else MemberRow(number, {"source": source}, member=place)
        if place > 1 and "source_id" in first.values:
            row.values["source_id"] = first.values["source_id"]
        _fill(row, member, columns["member"])
        yield row


def _fill(row: MemberRow, given: object, columns: Mapping[str, Column]) -> None:
    if not isinstance(given, dict):
        row.problems[""] = _("Hakemuksen osa on JSON-olio.")
        return
    for name, value in given.items():
        column = columns.get(name)
        if column is None:
            row.problems[""] = _unknown(name)
            continue
        if value is None:
            continue
        cell = _cell(name, value)
        if cell is None:
            row.problems[column.code] = _("Arvo ei ole sitä tyyppiä, jota kenttään kirjoitetaan.")
        else:
            put_cell(row, column, cell)


def _unknown(name: str) -> str:
    return _("Kenttä %(name)s on tuntematon.") % {"name": shown_header(name)}


def _cell(name: str, value: object) -> str | None:
    """A value as it stands in a cell; None for one that does not belong there."""
    if isinstance(value, list):
        parts = [_entry(one) for one in value] if name in LISTS else [None]
        return None if None in parts else SEPARATOR.join(part for part in parts if part)
    return None if isinstance(value, dict) or name in LISTS else _scalar(value)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal) and abs(value.adjusted()) <= DIGITS:
        return f"{value:f}"
    return str(value)  # a number far out of reach in its short form: its zeros fill no memory


def _apart(value: object) -> str:
    """One of several as it stands in a cell, where a bar divides them."""
    return _scalar(value).replace("|", "/")


def _entry(one: object) -> str | None:
    """One of several: an amount, a ground, or a plain value."""
    if not isinstance(one, dict):
        return None if isinstance(one, list) else _apart(one)
    if any(isinstance(value, dict | list) for value in one.values()):
        return None
    given = {name: _apart(value) for name, value in one.items() if value is not None}
    if "situation" in given:
        return _joined(given, ("situation", "{}"), ("since", " {}"))
    return _joined(
        given, ("kind", "{}: "), ("euros", "{}"), ("period", " /{}"), ("share", " {} %"),
        ("since", " alkaen {}"), ("until", " asti {}"), ("given_up_on", " luovutettu {}"),
    )  # fmt: skip


def _joined(told: Mapping[str, str], *forms: tuple[str, str]) -> str | None:
    if set(told) - {name for name, _form in forms}:
        return None
    return "".join(form.format(told[name]) for name, form in forms if name in told)
