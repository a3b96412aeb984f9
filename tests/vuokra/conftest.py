"""A few people to read, and contexts to read them in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from registry.persons.models import ContactPoint, Identity, IdentityKind, Person
from vuokra.access.codes import Action, Surface
from vuokra.access.context import AccessContext, Actor, open_access
from vuokra.policy.roles import Purpose

Reading = Callable[..., AbstractContextManager[AccessContext]]


@pytest.fixture
def reading() -> Reading:
    """Open a context as a system job, or as a clerk with the given roles."""

    @contextmanager
    def opened(*roles: str) -> Iterator[AccessContext]:
        actor = (
            Actor(key="user:900", user_id=900, roles=frozenset(roles))
            if roles
            else Actor.system("test")
        )
        with open_access(
            actor, purpose=Purpose.SOPIMUS, action=Action.VIEW, surface=Surface.JOB
        ) as ctx:
            yield ctx

    return opened


@pytest.fixture
def people(db: None, reading: Reading) -> list[Person]:
    """Three people with an identity and a phone each."""
    names = [("Aarnivuori", "Saimi"), ("Lehtovaara", "Marjukka"), ("Petäjäsuo", "Iida")]
    codes = ["150685-906N", "311299-903B", "290296-9059"]
    made = []
    with reading():
        for number, ((surname, given), code) in enumerate(zip(names, codes, strict=True)):
            person = Person.objects.create(surname=surname, given_names=given, call_name=given)
            Identity.objects.create(
                person=person,
                kind=IdentityKind.SUBSTITUTE,
                hetu=code,
                artificial=True,
                birth_date=dt.date(1985, 6, 15),
            )
            ContactPoint.objects.create(
                person=person,
                kind="phone",
                value=f"+35840123456{number}",
                valid_from=dt.date(2026, 1, 1),
            )
            made.append(person)
    return made
