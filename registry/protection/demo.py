"""Two invented people under turvakielto, one of them with the household."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from registry.persons.models import Person
from registry.protection import services
from registry.protection.models import Turvakielto
from registry.protection.rules import PlainAddress
from vuokra.access.context import current
from vuokra.demo.registry import Progress, Scale
from vuokra.policy.sources import Source
from vuokra.rules.rules import add_years

EVERY = 7
"""Who gets a ban: the seventh and fourteenth of the register, the same in every demo."""


def fill(scale: Scale, progress: Progress) -> None:
    """The room's part of the demo company."""
    today = timezone.localdate()
    chosen = Person.objects.order_by("id")[EVERY - 1 : 2 * EVERY : EVERY]
    for number, person in enumerate(chosen):
        _protect(person, today, further=bool(number))
        progress(number + 1, 2)


def _protect(person: Person, today: date, *, further: bool) -> None:
    began = today - timedelta(days=250)
    services.record_ban(
        person,
        valid_from=began,
        valid_until=None if further else add_years(began, 2),
        source=Source.POPULATION_REGISTER,
        covers_household=not further,
    )
    person.refresh_from_db()
    services.set_contact_address(
        person, PlainAddress(f"PL {person.pk % 90 + 10}", "97999", "Hillakoski"),
        source=Source.PERSON, valid_from=began,
    )  # fmt: skip
    current().note("demo", "turvakielto")


def empty() -> bool:
    """Whether no ban has been recorded."""
    return not Turvakielto.objects.exists()
