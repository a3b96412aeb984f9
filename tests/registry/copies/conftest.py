"""A person whose data name others, whose copy is collected, and browsers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from registry.copies import gates, services, tasks
from registry.copies.codes import Decision
from registry.copies.models import Copy, Finding
from registry.households.models import Household, Membership
from registry.persons.models import Person, Source
from registry.protection.services import record_ban
from tests.people import make_user, system_access
from tests.registry.persons.conftest import demo_mode, invented, signed_in
from tests.vuokra.documents.conftest import company
from vuokra.access.codes import Action, Surface
from vuokra.access.context import AccessContext, open_access
from vuokra.accounts.models import User
from vuokra.accounts.queries import actor_for
from vuokra.db.constraints import broken_constraint
from vuokra.desk.models import Reminder
from vuokra.policy.roles import Purpose, Role

__all__ = ["company", "demo_mode", "signed_in"]
FROM = dt.date(2024, 3, 1)
NOTE = "Naapuri Kaarina Esimerkki valitti metelistä, soita 049 555 1234."
SPOUSE_NOTE = "Eliaksen mukaan hana vuotaa."


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def registrar(db: None, company: None) -> User:
    return make_user(Role.REK, username="rekisteri")


def acting(user: User) -> Any:
    return open_access(
        actor_for(user), purpose=Purpose.OIKEUDET, action=Action.VIEW, surface=Surface.DETAIL
    )


@pytest.fixture
def spouse(registrar: User) -> Person:
    with system_access():
        return invented("Lehtovaara", "Elias Johannes", "311299-903B")


@pytest.fixture
def person(registrar: User, spouse: Person) -> Person:
    """Marjukka, who lives with Elias; two reminders about her name others."""
    with system_access():
        marjukka = invented()
        household = Household.objects.create()
        for member in (marjukka, spouse):
            Membership.objects.create(household=household, person=member, valid_from=FROM)
        remind(marjukka, NOTE, registrar)
        remind(marjukka, SPOUSE_NOTE, registrar)
    return marjukka


def remind(person: Person, text: str, user: User) -> Reminder:
    return Reminder.objects.create(
        text=text, due=dt.date(2026, 12, 1), subject_id=person.pk, created_by=user, user=user
    )


def ban(person: Person, *, household: bool = False) -> None:
    record_ban(
        person, valid_from=dt.date(2026, 10, 1), valid_until=None,
        source=Source.POPULATION_REGISTER, covers_household=household,
    )  # fmt: skip


class OpenGate:
    """A matter that lets everything be changed and leave; the real one is tested in rights."""

    def changing(self, copy: Copy) -> None: ...

    def leaving(self, copy: Copy) -> None: ...

    def address(self, copy: Copy) -> str:
        return "/tietopyynnot/"


@pytest.fixture(autouse=True)
def gate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "_gate", [OpenGate()])


Gathered = Callable[..., Copy]


@pytest.fixture
def gathered(registrar: User) -> Gathered:
    """`gathered(person)`: the copy as the worker has collected it."""

    def gather(person: Person, **options: Any) -> Copy:
        with acting(registrar):
            copy = services.start_copy(
                person, reference="TP-2026-7", by=registrar, **{"language": "fi"} | options
            )
        return collected(copy)

    return gather


def collected(copy: Copy) -> Copy:
    tasks.gather.func(copy.pk, copy.ordered_by_id)
    with system_access():
        return Copy.objects.select_related("person").get(pk=copy.pk)


def settle(copy: Copy, user: User, *, keep: bool = False) -> Copy:
    """Decide on every place and read every text."""
    from registry.copies import queries

    with acting(user):
        for found in services.findings(copy):
            if found.decision != Decision.OPEN:
                continue
            if keep:
                services.keep(found, "known")
            else:
                services.redact(found, "other")
        for code in queries.to_read(queries.content_of(copy)):
            services.read(copy, code)
        return Copy.objects.select_related("person").get(pk=copy.pk)


def open_whole(copy: Copy) -> None:
    """Open the copy as it is, and each of its documents."""
    services.note_opened(Copy.objects.get(pk=copy.pk))
    for one in copy.enclosures.all():
        services.note_document_opened(copy, one.digest)


def approve(copy: Copy) -> Copy:
    """A second person approves it as it is."""
    second = User.objects.filter(username="hyvaksyja").first() or make_user(
        Role.JOH, username="hyvaksyja"
    )
    with acting(second):
        open_whole(copy)
        services.approve(copy)
    with system_access():
        return Copy.objects.select_related("person").get(pk=copy.pk)


def places(copy: Copy, user: User) -> dict[str, Finding]:
    """Places found, by the words that stand there."""
    from registry.copies import queries

    with acting(user):
        content = queries.content_of(copy)
        texts = {place: value.shown for place, _entry, value in content.values()}
        return {
            texts[one.place][one.start : one.end]
            if one.end
            else texts.get(one.place, one.place): one
            for one in reversed(services.findings(copy))
        }


def context_of(user: User) -> AccessContext:
    return acting(user)


def browser(user: User) -> Client:
    from tests.people import sign_in

    return sign_in(Client(), user)


def breaks(name: str) -> Any:
    """The database refuses by this constraint."""
    return pytest.raises(IntegrityError, check=lambda error: broken_constraint(error) == name)
