"""Applications begun and received by the services, for tests of the room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from applications.intake import services
from applications.intake.codes import (
    Channel,
    Part,
    Relation,
)
from applications.intake.models import (
    Application,
    Member,
)
from applications.intake.services import (
    Details,
    Membership,
)
from applications.intake.signals import changed
from registry.persons import services as persons
from registry.persons.models import (
    IdentityKind,
    Person,
)
from registry.persons.services import Names
from tests.applications.intake.conftest import (
    TODAY,
)

DETAILS = Details(channel=Channel.PAPER, received_on=TODAY)
SPOUSE = Membership(part=Part.CO_APPLICANT, relation=Relation.SPOUSE)
CHILD = Membership(part=Part.RESIDENT, relation=Relation.CHILD)
MINORS = "010516A903X"


@contextmanager
def heard() -> Iterator[list[int]]:
    """The applications of which `changed` was told meanwhile."""
    found: list[int] = []

    def hear(application_id: int, **_more: Any) -> None:
        found.append(application_id)

    changed.connect(hear, weak=False)
    try:
        yield found
    finally:
        changed.disconnect(hear)


def again(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def begun(person: Person, **given: Any) -> Application:
    return services.begin(person, replace(DETAILS, **given), today=TODAY)


def received(person: Person, **given: Any) -> Application:
    return services.receive(begun(person, **given), today=TODAY)


def member_of(application: Application) -> Member:
    return application.members.get(part=Part.APPLICANT)


def born_on(day: date) -> Person:
    return persons.register_person(
        Names("Lehtovaara", "Nea"), today=TODAY,
        identity=persons.Code(IdentityKind.BIRTH_DATE, birth_date=day),
    )  # fmt: skip
