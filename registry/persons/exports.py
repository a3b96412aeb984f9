"""The list of people as a file: columns by the policy, rows read and recorded batch by batch.

Whether it may leave, and with which columns, is said at the door (`registry.persons.outgoing`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.persons import queries
from registry.persons.models import Address, ContactPoint, Person
from registry.persons.outgoing import Passage, Read, Taking, digested, register_file
from registry.persons.queries import Filters, PersonRow
from vuokra.access.context import current
from vuokra.access.views import AccessStream
from vuokra.policy.exports import export_fields
from vuokra.policy.fields import classified
from vuokra.ui import formatting, xlsx
from vuokra.ui.spreadsheet import BYTE_ORDER_MARK, CONTENT_TYPE, csv_text

BATCH = 500
PERSON_COLUMNS = (
    "customer_number", "surname", "given_names", "call_name", "language", "customer_since",
)  # fmt: skip
ADDRESS_COLUMNS = ("street", "postal_code", "town", "country")
PHONE, EMAIL = "PT-PUH", "PT-EMAIL"

ORIGIN = "persons:list"


class Format(models.TextChoices):
    """Kinds of files."""

    CSV = "csv", gettext_lazy("CSV")
    XLSX = "xlsx", gettext_lazy("Excel (XLSX)")

    @property
    def content_type(self) -> str:
        return xlsx.CONTENT_TYPE if self is Format.XLSX else CONTENT_TYPE

    @property
    def file_name(self) -> str:
        """Tells nothing of who is in the file."""
        return f"henkilot.{self.value}"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of an export that the roles may take out; of `codes` alone, when given."""

    own: list[str]
    phone: bool
    email: bool
    address: list[str]

    @classmethod
    def of(cls, roles: Iterable[str], codes: Collection[str] | None = None) -> Columns:
        held = frozenset(roles)
        contact = bool(export_fields(ContactPoint, ["value"], held))

        def going(model: type[models.Model], names: Iterable[str]) -> list[str]:
            fields = export_fields(model, names, held)
            return [name for name in fields if codes is None or code_of(model, name) in codes]

        return cls(
            going(Person, PERSON_COLUMNS),
            contact and (codes is None or PHONE in codes),
            contact and (codes is None or EMAIL in codes),
            going(Address, ADDRESS_COLUMNS),
        )

    @property
    def codes(self) -> frozenset[str]:
        """The register items that the columns hold."""
        found = {code_of(Person, name) for name in self.own}
        found |= {code_of(Address, name) for name in self.address}
        found |= {code for code, there in ((PHONE, self.phone), (EMAIL, self.email)) if there}
        return frozenset(found)

    def titles(self) -> list[object]:
        """The heads of the columns."""
        titles = [_title(Person, name) for name in self.own]
        titles += [_("puhelin")] if self.phone else []
        titles += [_("sähköposti")] if self.email else []
        return titles + [_title(Address, name) for name in self.address]

    def values(self, row: PersonRow) -> list[object]:
        """The values of one person, with their types."""
        found: list[object] = [_shown(row.person, name) for name in self.own]
        if self.phone:
            phone = formatting.phone(row.phone.value) if row.phone else ""
            found.append(phone.replace("\N{NO-BREAK SPACE}", " "))
        if self.email:
            found.append(row.email.value if row.email else "")
        return found + [getattr(row.address, name, "") for name in self.address]


def code_of(model: type[models.Model], name: str) -> str:
    """The register item of a column."""
    return classified(model, name).column.code


def taking(filters: Filters, form: Format, roles: Iterable[str], *, today: date) -> Taking:
    """The file of the filtered list, as it is asked for at the door; one statement."""
    people = tuple(queries.exportable_ids(filters, today=today))
    return Taking(ORIGIN, people, Columns.of(roles).codes, form.value)


def make(passage: Passage, form: str) -> HttpResponseBase:
    """The file that may leave, streamed in batches; the digest is told with the last one."""
    kind = Format(form)
    columns = Columns.of(current().actor.roles, passage.codes)
    read = _xlsx if kind is Format.XLSX else _csv
    return AccessStream(
        digested(read(passage.people, columns, timezone.localdate()), passage.done),
        content_type=kind.content_type,
        filename=kind.file_name,
    )


def _csv(people: Sequence[int], columns: Columns, today: date) -> Read[int]:
    def read(place: int | None) -> tuple[str, int | None]:
        rows, following = _batch(people, place or 0, today)
        text = csv_text(columns.values(row) for row in rows)
        if place is None:
            text = BYTE_ORDER_MARK + csv_text([columns.titles()]) + text
        return text, following

    return read


def _xlsx(people: Sequence[int], columns: Columns, today: date) -> Read[int]:
    workbook = xlsx.Workbook(_("Henkilöt"))

    def read(place: int | None) -> tuple[bytes, int | None]:
        rows, following = _batch(people, place or 0, today)
        data = workbook.head(columns.titles()) if place is None else b""
        data += workbook.rows(columns.values(row) for row in rows)
        return data + (workbook.end() if following is None else b""), following

    return read


def _batch(people: Sequence[int], place: int, today: date) -> tuple[list[PersonRow], int | None]:
    rows = queries.person_batch(people[place : place + BATCH], today=today)
    following = place + BATCH
    return rows, following if following < len(people) else None


def _shown(person: Person, name: str) -> object:
    """A choice by its label, everything else as it is."""
    return person.get_language_display() if name == "language" else getattr(person, name)


def _title(model: type[models.Model], column: str) -> object:
    field = model._meta.get_field(column)
    return field.verbose_name  # type: ignore[union-attr]  # a column: only far sides have none


register_file(ORIGIN, make)
