"""What is known of the register now, and what was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.description.building import Facts, notice, record
from registry.description.building.common import OFFICER
from registry.description.building.facts import Contact, Controller, Opening, both
from registry.description.models import DescriptionVersion
from registry.description.rules import Change, Part, Section, differences, restored
from registry.retention.queries import lengths
from vuokra.access.errors import ObjectDenied
from vuokra.company.models import Company, ContactKind, OfficeHours, PublicContact
from vuokra.company.queries import company as find_company
from vuokra.policy import catalogue
from vuokra.policy.checks import columns_with
from vuokra.policy.items import ALL_ITEMS, ItemKind
from vuokra.policy.text import Bilingual
from vuokra.rules import registry
from vuokra.rules.queries import rule
from vuokra.ui.formatting import time
from vuokra.ui.pages import number_told

TABLE = "registry_description_descriptionversion"
LONGEST_NUMBER = 9
NO_COMPANY = "no_company"
ANSWER_RULE = "dsr.answer_months"
WITHIN = {1: Bilingual("kuukauden", "one month")}


@dataclass(frozen=True, slots=True)
class Description:
    """A description: the register as it is now (number None), or a published version."""

    version: DescriptionVersion | None
    content: dict[Part, tuple[Section, ...]]

    @property
    def name(self) -> str:
        """How addresses name it."""
        return str(self.version.number) if self.version else "luonnos"


def draft(today: date) -> Description:
    """The description of the register as it is now.

    Raises ValidationError while the controller's details are missing, and RuleMissing when a
    length of retention is.
    """
    known = facts(today)
    return Description(None, {Part.NOTICE: notice(known), Part.RECORD: record(known)})


def versions() -> list[DescriptionVersion]:
    """Published versions without their content, the newest first; one statement."""
    return list(DescriptionVersion.objects.select_related("notice").defer("content"))


def published(name: str) -> Description:
    """A published version by its number, `viimeisin` for the newest. Raises ObjectDenied."""
    rows = DescriptionVersion.objects.select_related("notice")
    found = rows.first() if name == "viimeisin" else rows.filter(number=_number(name)).first()
    if found is None:
        raise ObjectDenied(TABLE)
    return Description(found, restored(found.content))


def before(description: Description) -> Description | None:
    """The version published before another; before the draft, the newest. One statement."""
    rows = DescriptionVersion.objects.select_related("notice").order_by("-number")
    if description.version:
        rows = rows.filter(number__lt=description.version.number)
    found = rows.first()
    return Description(found, restored(found.content)) if found else None


def changes(description: Description) -> list[Change]:
    """What a description has changed since the version before it."""
    old = before(description)
    return differences(old.content if old else {}, description.content)


def _number(name: str) -> int:
    return number_told(name) or 0


# -- what is known now -------------------------------------------------------------------------


def facts(today: date) -> Facts:
    """Everything that a description is built from. Raises ValidationError, RuleMissing."""
    found = find_company()
    if found is None:
        raise ValidationError(
            _("Rekisterinpitäjän tiedot puuttuvat. Pääkäyttäjä lisää ne hallinnassa."),
            code=NO_COMPANY,
        )
    return Facts(
        controller=_controller(found),
        items=ALL_ITEMS,
        places=_places(),
        lengths=lengths(today),
        answer=_answer(today),
    )


def _controller(found: Company) -> Controller:
    officer = Contact(
        OFFICER,
        found.protection_officer,
        found.protection_officer_phone,
        found.protection_officer_email,
    )
    return Controller(
        name=found.name,
        business_id=found.business_id,
        address=f"{found.street_address}, {found.postal_code} {found.city}",
        phone=found.phone,
        email=found.email,
        register=found.register_name,
        contact=Contact(
            Bilingual("Nimi", "Name"), found.contact_person, found.contact_phone,
            found.contact_email,
        ),
        officer=officer if officer.name else None,
        openings=tuple(map(_opening, found.office_hours.all())),
        contacts=tuple(map(_contact, found.contacts.all())),
    )  # fmt: skip


def _opening(row: OfficeHours) -> Opening:
    day = both(OfficeHours.Weekday(row.weekday).label)
    return Opening(day, f"{time(row.opens)}–{time(row.closes, word=False)}")


def _contact(row: PublicContact) -> Contact:
    hours = Bilingual(row.hours, row.hours_en or row.hours)
    return Contact(both(ContactKind(row.kind).label), row.name, row.phone, row.email, hours)


def _places() -> dict[str, tuple[str, ...]]:
    tables = list(catalogue.tables())
    return {
        item.id: tuple(
            f"{table.name}.{name}" for table, name, _column in columns_with(item, tables)
        )
        for item in ALL_ITEMS
        if item.kind is ItemKind.COLUMN
    }


def _answer(today: date) -> Bilingual | None:
    """How soon requests are answered, once the room of requests is there to tell."""
    if ANSWER_RULE not in {one.key for one in registry.specs()}:
        return None
    months = rule(ANSWER_RULE, today).integer
    return WITHIN.get(months) or Bilingual(f"{months} kuukauden", f"{months} months")
