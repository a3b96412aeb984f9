"""In a worker: the copy of one person's data, and single inclusion proofs."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from bench.crypto import context

NOTES, CHANGES, LOOKS = 300, 500, 2000
"""What the person of the figure has: rows like messages, logged changes, access events."""


def busy_person(number: int) -> int:
    """A new person (the invented one of that number) with that much; gives the row id.

    A new one, since lists that were measured have shown the others thousands of times.
    """
    from bench.data import people
    from registry.persons.models import Person
    from vuokra.accounts.models import User
    from vuokra.desk.models import Reminder

    people(number + 1, first=number)
    with context():
        person = Person.objects.order_by("pk").last()
        user = User.objects.order_by("pk").first()
        assert person is not None and user is not None
        for number in range(NOTES):
            Reminder.objects.create(
                text=f"Soitti hanasta, palataan asiaan {number}. Naapuri Kaarina oli paikalla.",
                due=dt.date(2026, 12, 1), subject_id=person.pk, created_by=user, user=user,
            )  # fmt: skip
        for number in range(CHANGES - NOTES):
            person.call_name = f"Kutsu{number % 7}"
            person.save()
    for _look in range(LOOKS):
        with context():
            Person.objects.get(pk=person.pk)
    return person.pk


def copied(person: int) -> tuple[float, float]:
    """Seconds to collect the copy through the task, and to build the package once decided."""
    from registry.copies import queries, services, tasks
    from registry.copies.codes import Decision, Reason
    from registry.copies.models import Copy
    from registry.persons.models import Person

    with context():
        copy = services.start_copy(
            Person.objects.get(pk=person), language="fi", reference="BENCH", by=None
        )
    began = time.perf_counter()
    tasks.gather.func(copy.pk, None)
    collected = time.perf_counter() - began
    with context():
        copy = Copy.objects.get(pk=copy.pk)
        for found in services.findings(copy):
            if found.decision == Decision.OPEN:
                services.redact(found, Reason.OTHER)
        for code in queries.to_read(queries.content_of(copy)):
            services.read(copy, code)
        copy = Copy.objects.get(pk=copy.pk)
    began = time.perf_counter()
    with context():
        services.build_for_command(copy)
    return collected, time.perf_counter() - began


def proving(count: int) -> list[float]:
    """Seconds of inclusion proofs of events, spread over the whole log."""
    from django.db import connection

    from vuokra.access import proofs
    from vuokra.access.stated import raw_sql

    with context(), raw_sql("events for the bench"), connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM vuokra_access_event")
        first, last = cursor.fetchone()
        cursor.execute(
            "SELECT id FROM vuokra_access_event WHERE id = ANY (%s)",
            [[first + (last - first) * step // count for step in range(count)]],
        )
        ids: list[Any] = [row[0] for row in cursor.fetchall()]
    took = []
    for one in ids:
        with context():
            began = time.perf_counter()
            proofs.inclusion_proof(proofs.EVENTS, one)
            took.append(time.perf_counter() - began)
    return took
