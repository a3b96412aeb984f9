"""What is measured on: invented people, and a member of staff with a web session."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

SEED = 2026
EXPORTED = "sv"  # the language that singles out the people of the large export
FEW = "en"  # and of the small one


def context() -> Any:
    """An access context; the models behind it exist in a worker only."""
    from bench import crypto

    return crypto.context()


def people(size: int, first: int = 0, last: int | None = None) -> int:
    """Make the people from `first` up to `last` (all of `size`); at most half, and at most 10,000,
    are of the large export."""
    from registry.persons import demo

    stream = islice(_people(size), first, size if last is None else last)
    made = 0
    while batch := list(islice(stream, demo.BATCH)):
        with context():
            made += len(demo.make_persons(batch))
    return made


HOUSEHOLDS = 1000  # written at a time


def households(first: int = 0) -> int:
    """Put everybody from `first` on into households of 2.5 people on the average; how many."""
    from registry.households import demo
    from registry.persons.models import Person

    since, made = dt.date(2025, 6, 1), 0
    with context():
        known = list(Person.objects.order_by("id").values_list("pk", flat=True)[first:])
    groups = demo.grouped(known)
    while batch := list(islice(groups, HOUSEHOLDS)):
        with context():
            made += demo.make_households(batch, since)
    return made


def _people(size: int) -> Iterator[object]:
    from registry.persons import demo
    from registry.persons.models import IdentityKind, Language

    large, small = sizes_of_exports(size)
    for number, one in enumerate(demo.invent(SEED)):
        language = Language.FINNISH
        if number < large:
            language = Language(EXPORTED)
        elif number < large + small:
            language = Language(FEW)
        yield dataclasses.replace(one, language=language, kind=IdentityKind.SUBSTITUTE)


def sizes_of_exports(size: int) -> tuple[int, int]:
    """How many people are in the large export and in the small one."""
    large = min(10_000, size // 2)
    return large, min(250, large // 2)


def decisions(size: int) -> int:
    """Let a quarter of the people decide what they may be sent; how many decisions."""
    from registry.consents import demo
    from registry.consents.models import Decision
    from vuokra.demo.registry import Scale

    with context():
        demo.fill(Scale(size, dt.date(2026, 11, 22)), _silent)
        return Decision.objects.count()


def company() -> None:
    """The controller's details, which every document has."""
    from vuokra.demo import company, registry

    with context():
        company.fill_company(registry.Scale(0, dt.date(2026, 11, 22)), _silent)


def free_exports() -> None:
    """Let large exports leave without another's approval: it is their speed that is measured."""
    from registry.disclosures.rule_rows import APPROVED_PEOPLE
    from vuokra.rules.services import add_version

    with context():
        add_version(APPROVED_PEOPLE, 1_000_000, dt.date.today(), source="bench")  # noqa: DTZ011


def full_cards(count: int) -> list[str]:
    """Give some people the 17 rows of an ordinary card (the spike's person page); public ids."""
    return [_add_details(person, points=8, addresses=4) for person in _persons(count)]


def crowded_card() -> str:
    """A person with ten times as much as that; gives the public id."""
    (person,) = _persons(1)
    return _add_details(person, points=100, addresses=70)


def _persons(count: int) -> list[Any]:
    """People who have no added details yet."""
    from registry.persons.models import AddressKind, Person

    with context():
        plain = Person.objects.exclude(addresses__kind=AddressKind.POSTAL)
        return list(plain.only("public_id").order_by("public_id")[:count])


def _add_details(person: Any, *, points: int, addresses: int) -> str:
    from registry.persons.models import Address, AddressKind, ContactKind, ContactPoint
    from vuokra.access.stated import bulk_write

    day = dt.date(2026, 1, 1)
    with context(), bulk_write("more details for a person"):
        ContactPoint.objects.bulk_create(
            ContactPoint(
                person=person, kind=ContactKind.EMAIL, value=f"a{n}@example.fi", valid_from=day
            )
            for n in range(points)
        )
        Address.objects.bulk_create(
            Address(
                person=person,
                kind=AddressKind.POSTAL,
                street=f"Katu {n}",
                postal_code="97999",
                town="Hillakoski",
                valid_from=day,
            )
            for n in range(addresses)
        )
    return str(person.public_id)


CLERKS = 20


def sign_in(role: str = "SOP") -> str:
    """Make members of staff of a role with a live web session each; the values of their cookies.

    They take turns: one clerk does not open thousands of cards in an hour, whose count each card
    would then have to add up (`vuokra.accounts.pace`).
    """
    from vuokra.company.models import Limits
    from vuokra.company.services import save_limits

    with context():
        if not Limits.objects.exists():  # measuring opens many
            save_limits(Limits(cards_per_hour=30000, reveals_per_day=30000))
        return " ".join(_clerk(role, number) for number in range(CLERKS))


def _clerk(role: str, number: int) -> str:
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils import timezone

    from vuokra.accounts import services, sessions
    from vuokra.accounts.models import User
    from vuokra.policy.roles import Role

    user = User(
        username=f"bench{role}{number}".lower(),
        full_name=f"Mittaaja Mitja {role} {number}",
        is_active=True,
        activated_at=timezone.now(),
        confidentiality_accepted_at=timezone.now(),
    )
    user.set_unusable_password()
    user.save()
    services.start_role(user, Role(role), valid_to=dt.date(2099, 1, 1), reason="mittaus")
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    sessions.begin(user, store.session_key, "127.0.0.1")
    return str(store.session_key)


IMPORTED = (
    "external_id", "surname", "given_names", "call_name", "identity_kind", "hetu", "language",
    "customer_since", "phone", "email", "street", "postal_code", "town", "source",
)  # fmt: skip


def import_people(size: int, count: int, path: str) -> float:
    """Import a file of `count` people who come after the `size` that `people` made, every column
    filled: the seconds from opening the file to the committed event.

    Raises RuntimeError unless all of them were new.
    """
    from registry.persons.imports import IMPORTER
    from vuokra.imports import services

    _write_file(size, count, path)
    with Path(path).open("rb") as file:
        start = time.perf_counter()
        with context():
            run, _result = services.import_now(
                IMPORTER, file, today=dt.date(2026, 11, 22), tell=_silent, dry_run=False
            )
        took = time.perf_counter() - start
    if (run.new, run.errors) != (count, 0):
        raise RuntimeError(f"{run.new} imported, {run.errors} errors")
    return took


def _silent(*progress: object) -> None:
    """Nobody watches."""


def _write_file(size: int, count: int, path: str) -> None:
    from registry.persons import demo
    from registry.persons.imports import COLUMNS

    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS.title(code) for code in IMPORTED)
        for number, one in enumerate(islice(demo.invent(SEED), size, size + count)):
            writer.writerow(
                [
                    f"V-{number}", one.surname, one.given_names, one.call_name, "keinotunnus",
                    one.code, one.language.value, one.since.isoformat(), one.phone, one.email,
                    one.street, "97999", "Hillakoski", "asiakas itse",
                ]
            )  # fmt: skip
