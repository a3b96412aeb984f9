"""The demo company shows every page of the control of use with something on it."""

from __future__ import annotations

from itertools import islice

import pytest
from django.test import Client
from django.utils import timezone

from registry.persons import demo as people
from registry.persons.models import Person
from registry.watch import demo
from registry.watch.models import Alert, BreakGlass, Duty, Listed, Sample, Suspicion
from tests.people import make_user, sign_in, system_access
from tests.registry.persons.conftest import events
from vuokra.access.codes import Action, Surface
from vuokra.accounts.models import User
from vuokra.demo.registry import Scale
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db

ROOM = "/valvonta/"


def ignore(done: int, total: int) -> None:
    """Progress that nobody reads."""


def fill(persons: int) -> None:
    with system_access():
        people.make_persons(list(islice(people.invent(seed=3), persons)))
        demo.fill(Scale(persons, timezone.localdate()), ignore)
        assert Person.objects.count() == persons  # the context that fills goes on


@pytest.fixture
def staff() -> dict[str, User]:
    return {name: make_user(Role(name[:3].upper()), username=name) for name in demo.STAFF}


def test_every_page_has_something_for_those_who_watch(staff: dict[str, User]) -> None:
    fill(6)
    with system_access():
        alert = Alert.objects.get(rule="listed", staff_id=staff[demo.BUSY].pk).pk
        suspicion, sample = Suspicion.objects.get().pk, Sample.objects.get().pk
        glass, listed = BreakGlass.objects.get().pk, Listed.objects.get().pk
        assert Duty.objects.get().recorded_by == staff[demo.MANAGER]
        assert not demo.empty()
    pages = {
        f"halytys/{alert}/": "Kirjaa käsittely",
        f"epailyt/{suspicion}/": "Kirjaa siirto",
        f"otannat/{sample}/": "Otanta on käyty läpi",
        f"hatakatselut/{glass}/": "Kirjaa katselmointi",
        f"seurattavat/{listed}/": "Päätä seuranta",
    }
    auditor = sign_in(Client(), staff[demo.AUDITOR])
    for path, button in pages.items():
        assert button in auditor.get(ROOM + path).content.decode(), path
    manager = sign_in(Client(), staff[demo.MANAGER])
    assert (
        "Hyväksy avaaminen" in manager.get(f"{ROOM}hatakatselut/{glass}/hyvaksy/").content.decode()
    )


def test_the_log_tells_of_it_in_the_name_of_those_who_did_it(staff: dict[str, User]) -> None:
    fill(6)
    told = [(event.actor_id, event.action, event.surface) for event in events()]
    for name in (demo.CURIOUS, demo.BUSY):
        assert (staff[name].pk, Action.VIEW, Surface.DETAIL) in told
    assert (staff[demo.CLERK].pk, Action.BREAK_GLASS, Surface.FORM) in told


def test_without_staff_nothing_is_made() -> None:
    fill(6)
    with system_access():
        assert demo.empty()
        assert not Listed.objects.exists()
