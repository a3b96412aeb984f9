"""The list of people as a file: columns by the policy, rows read and recorded batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.persons import queries
from registry.persons.models import Address, ContactPoint, Person
from registry.persons.queries import Filters, PersonRow
from vuokra.policy.exports import export_fields
from vuokra.ui import formatting, xlsx
from vuokra.ui.spreadsheet import BYTE_ORDER_MARK, CONTENT_TYPE, csv_text

BATCH = 500
PERSON_COLUMNS = (
    "customer_number", "surname", "given_names", "call_name", "language", "customer_since",
)  # fmt: skip
ADDRESS_COLUMNS = ("street", "postal_code", "town", "country")

After = tuple[str, int]
Read = Callable[[After | None], tuple[str | bytes, After | None]]


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
    """The columns of an export that the roles may take out."""

    own: list[str]
    contact: bool
    address: list[str]

    @classmethod
    def of(cls, roles: Iterable[str]) -> Columns:
        held = frozenset(roles)
        return cls(
            export_fields(Person, PERSON_COLUMNS, held),
            bool(export_fields(ContactPoint, ["value"], held)),
            export_fields(Address, ADDRESS_COLUMNS, held),
        )

    def titles(self) -> list[object]:
        """The heads of the columns."""
        titles = [_title(Person, name) for name in self.own]
        if self.contact:
            titles += [_("puhelin"), _("sähköposti")]
        return titles + [_title(Address, name) for name in self.address]

    def values(self, row: PersonRow) -> list[object]:
        """The values of one person, with their types."""
        found: list[object] = [_shown(row.person, name) for name in self.own]
        if self.contact:
            phone = formatting.phone(row.phone.value) if row.phone else ""
            found.append(phone.replace("\N{NO-BREAK SPACE}", " "))
            found.append(row.email.value if row.email else "")
        return found + [getattr(row.address, name, "") for name in self.address]


def reader(filters: Filters, roles: Iterable[str], form: Format, *, today: date) -> Read:
    """What `AccessStream` calls for each batch: (bytes or text, where the next one begins)."""
    columns = Columns.of(roles)
    return _xlsx(filters, columns, today) if form is Format.XLSX else _csv(filters, columns, today)


def _csv(filters: Filters, columns: Columns, today: date) -> Read:
    def read(after: After | None) -> tuple[str, After | None]:
        rows, following = _batch(filters, after, today)
        text = csv_text(columns.values(row) for row in rows)
        if after is None:
            text = BYTE_ORDER_MARK + csv_text([columns.titles()]) + text
        return text, following

    return read


def _xlsx(filters: Filters, columns: Columns, today: date) -> Read:
    workbook = xlsx.Workbook(_("Henkilöt"))

    def read(after: After | None) -> tuple[bytes, After | None]:
        rows, following = _batch(filters, after, today)
        data = workbook.head(columns.titles()) if after is None else b""
        data += workbook.rows(columns.values(row) for row in rows)
        return data + (workbook.end() if following is None else b""), following

    return read


def _batch(
    filters: Filters, after: After | None, today: date
) -> tuple[list[PersonRow], After | None]:
    rows = queries.person_batch(filters, after, size=BATCH, today=today)
    last = rows[-1].person if len(rows) == BATCH else None
    return rows, (last.sort_key, last.pk) if last else None


def _shown(person: Person, name: str) -> object:
    """A choice by its label, everything else as it is."""
    return person.get_language_display() if name == "language" else getattr(person, name)


def _title(model: type[models.Model], column: str) -> object:
    field = model._meta.get_field(column)
    return field.verbose_name  # type: ignore[union-attr]  # a column: only far sides have none
