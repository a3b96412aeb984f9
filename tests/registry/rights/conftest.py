"""Requests of invented people, and staff who act in their own name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from registry.copies import services as copies
from registry.disclosures import services as disclosures
from registry.disclosures.models import Recipient
from registry.persons.models import Person
from registry.rights import clock, services
from registry.rights.models import (
    Act,
    Authority,
    Behalf,
    Channel,
    DataRequest,
    Method,
    Outcome,
    Receiver,
    RefusalGround,
    Right,
    Way,
)
from registry.rights.queries.copies import KINDS, copies_of, not_handed
from registry.rights.services import Intake, Proof, Ruling, copying
from registry.rights.services.working import changing
from tests.people import make_user, system_access
from tests.registry.copies.conftest import collected, open_whole, settle
from tests.registry.disclosures.conftest import basis, company, given
from tests.registry.persons.conftest import SignedIn, demo_mode, invented, person, signed_in
from tests.registry.protection.conftest import acting
from vuokra.accounts.models import User
from vuokra.db.constraints import broken_constraint
from vuokra.policy.roles import Role

__all__ = ["SignedIn", "acting", "demo_mode", "invented", "person", "signed_in"]

GRANT = Ruling(Outcome.GRANTED)
REFUSE = Ruling(Outcome.REFUSED, RefusalGround.NOT_MET, "Edellytykset eivät täyty.")


def refused(code: str) -> Any:
    """A refusal of a service, by its code."""

    def tells(error: ValidationError) -> bool:
        return code in {one.code for one in error.error_list}

    return pytest.raises(ValidationError, check=tells)


def breaks(name: str) -> Any:
    """The database refuses by this constraint."""
    return pytest.raises(IntegrityError, check=lambda error: broken_constraint(error) == name)


def forced(row: DataRequest, **values: Any) -> None:
    """Write past the services, as a careless piece of code would."""
    found = DataRequest.objects.get(pk=row.pk)
    for name, value in values.items():
        setattr(found, name, value)
    with transaction.atomic():
        found.save()


def today() -> date:
    return clock.today()


def intake(person: Person | None, *rights: Right, **changes: Any) -> Intake:
    """What arrived today by telephone."""
    given = Intake(
        received_on=today(), channel=Channel.PHONE, rights=rights or (Right.ACCESS,),
        person=person, sender="" if person else "Tuntematon Kirjoittaja",
    )  # fmt: skip
    return replace(given, **changes)


def take_in(person: Person | None, *rights: Right, **changes: Any) -> DataRequest:
    return services.take_in(intake(person, *rights, **changes))


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


def handed(**changes: Any) -> Proof:
    given = Proof(Way.HANDED, today(), Receiver.PERSON, "Kuittaus saatu")
    return replace(given, **changes)


@pytest.fixture
def registrar(db: None) -> User:
    return make_user(Role.REK, username="rekisteri")


@pytest.fixture
def second(db: None) -> User:
    return make_user(Role.REK, username="toinen")


@pytest.fixture
def leader(db: None) -> User:
    return make_user(Role.JOH, username="johtaja")


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(Role.SOP, username="virkailija")


def informed(person: Person) -> Recipient:
    """A recipient that was given the person's name and telephone."""
    with system_access():
        recipient = company()
        basis(recipient)
        disclosures.record_disclosure(given(recipient, person), today=clock.today())
    return recipient


def fresh(row: DataRequest) -> DataRequest:
    """The request as it is now."""
    return DataRequest.objects.select_related("person").get(pk=row.pk)


def in_progress(
    registrar: User, person: Person | None, *rights: Right, **changes: Any
) -> DataRequest:
    """A request whose requester was identified by the registrar."""
    with acting(registrar):
        row = take_in(person, *rights, **changes)
        if person is None:
            services.match(row, None, version=row.version)
        services.verify(row, Method.PHOTO_ID, version=row.version)
    return copied(row, registrar)


def copied(row: DataRequest, registrar: User) -> DataRequest:
    """The request with the copies that it asks for, collected and gone through."""
    with acting(registrar):
        may = not row.behalf or (row.authority == Authority.SEEN and row.behalf != Behalf.ESTATE)
        asked = [right for right in row.asks if right in KINDS and row.person_id and may]
        copies = [copying.start(row, right, version=row.version) for right in asked]
    for copy in copies:
        settle(collected(copy), registrar)
    with acting(registrar):
        return fresh(row)


def made(row: DataRequest) -> None:
    """The copies as if they were printed; the packages have tests of their own."""
    for right in not_handed(row):
        with changing(row, Act.PRINTED, version=row.version, about=right):
            copy = copies_of(row)[right]
            copy.printed_at, copy.printed_digest = clock.now(), "0" * 64
            copy.save()


def decided(
    registrar: User, person: Person | None, *rights: Right, ruling: Ruling = GRANT, **changes: Any
) -> DataRequest:
    """A request of which every right was decided the same way."""
    row = in_progress(registrar, person, *rights, **changes)
    with acting(registrar):
        for right in row.asks:
            services.decide(row, right, ruling, version=row.version)
        return fresh(row)


def approve(row: DataRequest) -> None:
    """Approve the answer, with its copies opened before as whoever approves has to."""
    for copy in copies_of(row).values():
        if not copies.missing(copy):
            open_whole(copy)
    services.approve(row, version=row.version)


def approved(
    registrar: User, second: User, person: Person | None, *rights: Right, **changes: Any
) -> DataRequest:
    """A request whose answer a second person has approved."""
    row = decided(registrar, person, *rights, **changes)
    with acting(registrar):
        services.submit(row, version=row.version)
    with acting(second):
        approve(row)
        return fresh(row)


def delivered(
    registrar: User, second: User, person: Person | None, *rights: Right, **changes: Any
) -> DataRequest:
    """A request whose answer was handed over."""
    row = approved(registrar, second, person, *rights, **changes)
    with acting(registrar):
        made(row)
        services.deliver(row, handed(), version=row.version)
        return fresh(row)
