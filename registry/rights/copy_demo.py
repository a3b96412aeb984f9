"""Demo company: a request of access whose data are collected, with something to be gone through."""

from __future__ import annotations

from datetime import timedelta

from registry.copies.models import Copy
from registry.households.models import Membership
from registry.persons.models import Person
from registry.rights import clock, services
from registry.rights.demo import handled
from registry.rights.models import Channel, Method, Right
from registry.rights.services import Intake, copying
from vuokra.demo.registry import Progress, Scale


def fill(scale: Scale, progress: Progress) -> None:
    """Somebody who lives with another, so that there is something to decide on."""
    together = Membership.objects.filter(household__memberships__person_id__isnull=False)
    person = (
        Person.objects.filter(protected=False, pk__in=together.values("person_id"))
        .exclude(data_requests__isnull=False)
        .order_by("pk")
        .first()
    )
    if person is not None:
        with handled():
            _begin(person)
    progress(1, 1)


def _begin(person: Person) -> None:
    day = clock.today() - timedelta(days=5)
    wish = "Haluan nähdä kaikki tiedot, joita minusta on."
    row = services.take_in(Intake(day, Channel.VISIT, [Right.ACCESS], wish=wish, person=person))
    services.verify(row, Method.PHOTO_ID, version=row.version)
    row.refresh_from_db()
    copying.start(row, Right.ACCESS, version=row.version)


def empty() -> bool:
    """Whether no copy has been made."""
    return not Copy.objects.exists()
