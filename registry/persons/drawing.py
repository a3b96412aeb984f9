"""Rows of people and of contact details as HTML.

A list has five hundred cells and a card dozens of details: drawn by a template, each cell costs
more than its database row. The rights of a column are worked out once, its cells in one call.
"""

from __future__ import annotations

from typing import Any

from django.template.context import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from registry.persons import panels
from registry.persons.models import Address, ContactKind, ContactPoint, Person
from registry.persons.queries import PersonRow
from vuokra.access.context import current
from vuokra.db.models import choice_labels
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui import formatting
from vuokra.ui.fixed import fixed_part
from vuokra.ui.templatetags.policy import column

NOTHING = SafeString("")


class AddressCells:
    """Addresses on one line; the country is told when it is not Finland."""

    def __init__(self, context: Context) -> None:
        names = ("street", "postal_code", "town", "country")
        self._street, self._code, self._town, self._country = (
            column(context, Address, name) for name in names
        )

    def __call__(self, address: Address) -> SafeString:
        abroad = NOTHING
        if address.country != "FI":
            abroad = format_html(", {}", self._country(address))
        return format_html(
            '<span class="nowrap">{},</span> <span class="nowrap">{} {}</span>{}',
            self._street(address), self._code(address), self._town(address), abroad,
        )  # fmt: skip


class DetailRows:
    """Rows of a key–value list: contact points and addresses with their source and dates; with
    `write`, each with a link to the page where it is ended."""

    def __init__(self, context: Context, person: Person, write: bool) -> None:
        self._point = column(context, ContactPoint, "value")
        self._phone = column(context, ContactPoint, "value", "puh")
        self._address = AddressCells(context)
        self._ends = _end_addresses(person) if write else {}
        self._end, self._today = escape(_("Päätä")), timezone.localdate()
        self._kinds = {model: _labels(model, "kind") for model in (ContactPoint, Address)}
        self._sources = _labels(ContactPoint, "source")  # those of addresses are the same

    def __call__(self, detail: ContactPoint | Address) -> SafeString:
        kind = self._kinds[type(detail)][detail.kind]
        return format_html(
            '<div><dt>{}</dt><dd>{} <span class="second">{}, {}{}</span></dd></div>',
            kind, self._value(detail), self._sources[detail.source], self._dates(detail),
            self._end_link(detail, kind) if self._ends else NOTHING,
        )  # fmt: skip

    def _value(self, detail: ContactPoint | Address) -> SafeString:
        if isinstance(detail, Address):
            return self._address(detail)
        value = self._phone if detail.kind == ContactKind.PHONE else self._point
        return format_html('<span class="nowrap">{}</span>', value(detail))

    def _dates(self, detail: ContactPoint | Address) -> SafeString:
        dates = formatting.date(detail.valid_from)
        if detail.valid_from > self._today:
            dates = _("alkaen %(date)s") % {"date": dates}
        if detail.valid_to:
            dates += f"{formatting.EN_DASH}{formatting.date(detail.valid_to)}"
        return SafeString(dates)  # digits, and a word of ours

    def _end_link(self, detail: ContactPoint | Address, kind: SafeString) -> SafeString:
        return format_html(
            '<span class="no-print nowrap"> · <a href="{}{}/">{}<span class="hidden-text">, {}'
            "</span></a></span>",
            self._ends[type(detail)], SafeString(detail.pk), self._end, kind,
        )  # fmt: skip


def _labels(model: type[ContactPoint | Address], name: str) -> dict[str, SafeString]:
    """The labels of a field's choices in the language of the screen."""
    field: Any = model._meta.get_field(name)
    return {value: escape(label) for value, label in choice_labels(field).items()}


def _end_addresses(person: Person) -> dict[type, SafeString]:
    """Where a detail of each kind is ended, without its number: resolved once, not for each row."""
    names = {ContactPoint: "persons:end_contact_point", Address: "persons:end_address"}
    return {
        model: escape(reverse(name, args=[person.public_id, 0]).removesuffix("0/"))
        for model, name in names.items()
    }


class PeopleRows:
    """Rows of the table of people (`persons/rows.html`); `choosing` is the id of the form whose
    rows are chosen, empty where none are."""

    def __init__(self, context: Context, choosing: str) -> None:
        names = ("surname", "call_name", "given_names", "customer_number")
        self._surname, self._call_name, self._given_names, self._number = (
            column(context, Person, name) for name in names
        )
        self._language = column(context, Person, "language")
        self._since = column(context, Person, "customer_since")
        self._phone = column(context, ContactPoint, "value", "puh")
        self._email = column(context, ContactPoint, "value")
        self._address = AddressCells(context)
        level = current().actor.level(Group.CONTACT)
        self._known, self._readable = level >= Level.MASKED, level >= Level.READ
        self._choosing, self._choose = escape(choosing), escape(_("Valitse"))

    def __call__(self, row: PersonRow) -> SafeString:
        person = row.person
        number, chip = self._number(person), NOTHING
        if person.protected:
            chip = format_html(" {}", fixed_part("persons/protected_chip.html"))
        return format_html(
            '<tr data-row tabindex="-1">{}<th scope="row"><a class="name" data-open href="{}">{} {}'
            '</a>{}</th><td class="number">{}</td>{}<td>{}</td><td class="nowrap">{}</td></tr>\n',
            self._choice(person, number) if self._choosing else NOTHING,
            SafeString(panels.url("persons:card", person)), self._surname(person),
            self._call_name(person) or self._given_names(person), chip, number,
            self._contact(row), self._language(person), self._since(person),
        )  # fmt: skip

    def _choice(self, person: Person, number: SafeString) -> SafeString:
        return format_html(
            '<td class="choose"><input type="checkbox" name="valittu" value="{}" form="{}"'
            ' data-choose aria-label="{} {}"></td>',
            SafeString(person.public_id), self._choosing, self._choose, number,
        )  # fmt: skip

    def _contact(self, row: PersonRow) -> SafeString:
        """Telephone, e-mail and address of the day; of one under turvakielto nothing is told."""
        if not self._known:
            return NOTHING
        if row.person.protected:
            return SafeString("<td>—</td>" * 3)
        if not self._readable:
            dots = fixed_part("components/masked_value.html", state="list")
            return format_html("<td>{0}</td><td>{0}</td><td>{0}</td>", dots)
        return format_html(
            '<td class="nowrap">{}</td><td>{}</td><td>{}</td>',
            self._phone(row.phone), self._email(row.email),
            self._address(row.address) if row.address else NOTHING,
        )  # fmt: skip
