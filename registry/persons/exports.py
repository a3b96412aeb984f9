"""The list of people as a file: columns by the policy, rows read and recorded batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import Model
from django.utils.translation import gettext as _

from registry.persons import queries
from registry.persons.models import Address, ContactPoint, Person
from registry.persons.queries import Filters, PersonRow
from vuokra.policy.exports import export_fields
from vuokra.ui import formatting
from vuokra.ui.spreadsheet import BYTE_ORDER_MARK, csv_text

BATCH = 500
PERSON_COLUMNS = (
    "customer_number", "surname", "given_names", "call_name", "language", "customer_since",
)  # fmt: skip
ADDRESS_COLUMNS = ("street", "postal_code", "town", "country")

After = tuple[str, int]


def reader(
    filters: Filters, roles: Iterable[str], *, today: date
) -> Callable[[After | None], tuple[str, After | None]]:
    """What `AccessStream` calls for each batch: (text, where the next one begins)."""
    held = frozenset(roles)
    own = export_fields(Person, PERSON_COLUMNS, held)
    contact = bool(export_fields(ContactPoint, ["value"], held))
    address = export_fields(Address, ADDRESS_COLUMNS, held)

    def values(row: PersonRow) -> list[object]:
        found: list[object] = [_shown(row.person, name) for name in own]
        if contact:
            phone = formatting.phone(row.phone.value) if row.phone else ""
            found.append(phone.replace("\N{NO-BREAK SPACE}", " "))
            found.append(row.email.value if row.email else "")
        return found + [getattr(row.address, name, "") for name in address]

    def read(after: After | None) -> tuple[str, After | None]:
        rows = queries.person_batch(filters, after, size=BATCH, today=today)
        text = csv_text(values(row) for row in rows)
        if after is None:
            text = BYTE_ORDER_MARK + csv_text([_headers(own, contact, address)]) + text
        last = rows[-1].person if len(rows) == BATCH else None
        return text, (last.sort_key, last.pk) if last else None

    return read


def _shown(person: Person, name: str) -> object:
    """A choice by its label, everything else as it is."""
    return person.get_language_display() if name == "language" else getattr(person, name)


def _headers(own: list[str], contact: bool, address: list[str]) -> list[object]:
    headers = [_title(Person, name) for name in own]
    if contact:
        headers += [_("puhelin"), _("sähköposti")]
    return headers + [_title(Address, name) for name in address]


def _title(model: type[Model], column: str) -> object:
    field = model._meta.get_field(column)
    return field.verbose_name  # type: ignore[union-attr]  # a column: only far sides have none
