"""Demo company: how invented people stand. Who was informed and who waits for it, a death, marks,
ties of the staff, and names that have changed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

from registry.persons.models import (
    Ground,
    Language,
    Mark,
    MarkKind,
    NoticeChannel,
    NoticeDuty,
    NoticeGiven,
    Person,
    Source,
    StaffLink,
    TieKind,
)
from registry.persons.services import Names, change_person
from registry.persons.services.marks import add_mark, record_death
from registry.persons.services.standing import record_tie
from vuokra.access.stated import bulk_write
from vuokra.accounts.models import User
from vuokra.company.models import NoticeVersion
from vuokra.demo.registry import Progress, Scale

ENOUGH = 20
"""A demo of fewer people has none of this: there would be nobody left as usual."""

WAITING = ((Source.POPULATION_REGISTER, 34), (Source.OTHER, 29), (Source.APPLICATION, 6))
"""Who is still to be informed: told by whom, how many days ago. The first is late."""

TIES = (("sop", TieKind.OWN), ("hak", TieKind.HOUSEHOLD), ("val", TieKind.CONFLICT))
MARRIED = (("Kaarnalampi", 400), ("Tuomivaara", 3000), ("Hopeaharju", 90))
"""Surnames of before, and how many days ago they were last used."""


def fill(scale: Scale, progress: Progress) -> None:
    """The room's second part: the newest customers, so that the first ones are as usual."""
    customers = Person.objects.filter(customer_since__isnull=False, protected=False)
    people = list(customers.order_by("-id"))
    if len(people) < ENOUGH:
        return
    chosen = iter(people)
    waiting = list(islice(chosen, len(WAITING)))
    _inform(people[len(WAITING) :], scale.today)
    with bulk_write("duties to inform invented people"):
        NoticeDuty.objects.bulk_create(
            NoticeDuty(person=person, source=source, arisen_on=scale.today - timedelta(days=days))
            for person, (source, days) in zip(waiting, WAITING, strict=True)
        )
    _mark(next(chosen), next(chosen), next(chosen), scale.today)
    for (username, kind), person in zip(TIES, islice(chosen, len(TIES)), strict=True):
        if staff := User.objects.filter(username=username).first():
            record_tie(person, staff.pk, kind, valid_from=scale.today - timedelta(days=30))
    for (surname, days), person in zip(MARRIED, islice(chosen, len(MARRIED)), strict=True):
        _marry(person, surname, scale.today - timedelta(days=days))
    progress(1, 1)


def _inform(people: list[Person], today: date) -> None:
    version = NoticeVersion.objects.order_by("-valid_from").first()
    if version is None:
        return
    with bulk_write("notices to invented people"):
        NoticeGiven.objects.bulk_create(
            NoticeGiven(
                person=person, version=version, channel=NoticeChannel.FORM,
                given_on=min(max(version.valid_from, person.customer_since or today), today),
            )
            for person in people
        )  # fmt: skip


def _mark(dead: Person, restricted: Person, held: Person, today: date) -> None:
    died = today - timedelta(days=40)
    record_death(dead, died, source=Source.POPULATION_REGISTER, today=today)
    for person, kind, ground, matter in (
        (restricted, MarkKind.RESTRICTION, Ground.ACCURACY, "TSV-2026-4"),
        (held, MarkKind.LEGAL_HOLD, Ground.DISPUTE, "RIITA-2026-2"),
    ):
        add_mark(person, kind, ground, matter=matter, valid_from=today - timedelta(days=12))


def _marry(person: Person, surname: str, last_day: date) -> None:
    """What the person is called now is the new name: the former one is written first."""
    now = Names(person.surname, person.given_names, person.call_name)
    person.surname = surname
    person.save()
    change_person(
        person, now, language=Language(person.language), customer_since=person.customer_since,
        used_until=last_day,
    )  # fmt: skip


def empty() -> bool:
    """Whether nothing of this is recorded."""
    return not Mark.objects.exists() and not StaffLink.objects.exists()
