"""A small archive of invented papers: some on loan, some to be destroyed, one destroyed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice

from django.utils import timezone

from registry.archive.models import (
    AfterScan,
    Destruction,
    Loan,
    Origin,
    PaperFile,
    PaperKind,
    Store,
)
from registry.persons.models import Person
from vuokra.accounts.queries import staff_on
from vuokra.demo.registry import Progress, Scale
from vuokra.policy.roles import Purpose, Role

FILES = 40
_PLACES = (
    ("A-1", Store.Kind.BOX, "Arkistohuone", Store.Lock.ROOM),
    ("A-2", Store.Kind.BOX, "Arkistohuone", Store.Lock.ROOM),
    ("S-1", Store.Kind.FOLDER, "Toimisto", Store.Lock.CABINET),
    ("T-1", Store.Kind.CABINET, "Arkistohuone", Store.Lock.SAFE),
)
_KINDS = (PaperKind.LEASE, PaperKind.APPLICATION, PaperKind.LETTERS, PaperKind.VOUCHERS)


def fill(scale: Scale, progress: Progress) -> None:
    """The room's part of the demo company."""
    places = [
        Store.objects.create(code=code, kind=kind, room=room, lock=lock)
        for code, kind, room, lock in _PLACES
    ]
    people = Person.objects.order_by("id")[:FILES]
    made = [_papers(person, number, places, scale.today) for number, person in enumerate(people)]
    _lend(made, scale.today)
    progress(len(made), len(made))


def _papers(person: Person, number: int, places: list[Store], today: date) -> PaperFile:
    kind = _KINDS[number % len(_KINDS)]
    began = today - timedelta(days=300 + 37 * number)
    old = number % 13 == 5
    return PaperFile.objects.create(
        person=person,
        store=places[number % len(places)],
        kind=kind,
        label=f"{number // len(places) + 1}",
        covers_from=began,
        covers_to=began + timedelta(days=90) if kind != PaperKind.LEASE else None,
        keep_until=today - timedelta(days=number) if old else None,
        origin=Origin.FOUND if old else Origin.RECEIVED,
        scanned_on=began + timedelta(days=1) if number % 4 == 0 else None,
        after_scan=AfterScan.ARCHIVED if number % 4 == 0 else "",
    )


def _lend(papers: list[PaperFile], today: date) -> None:
    """Two loans, one of them late, and one destruction with a witness."""
    holders = {role: m.user_id for m in staff_on(today) for role in m.roles}
    clerk, other = holders.get(Role.SOP), holders.get(Role.HAK)
    if clerk is None or other is None:
        return
    leases = [file for file in papers if file.kind == PaperKind.LEASE]
    for days, file in zip((-3, 5), islice(leases, 2), strict=False):
        Loan.objects.create(
            file=file, borrower_id=clerk, purpose=Purpose.SOPIMUS, due=today + timedelta(days=days)
        )
    for file in leases[2:3]:
        Destruction.objects.create(
            file=file, ground=Destruction.Ground.RETENTION, method=Destruction.Method.SHREDDED,
            destroyed_on=today, destroyed_by_id=clerk, witness_id=other,
            confirmed_at=timezone.make_aware(datetime.combine(today, time(12))),
        )  # fmt: skip


def empty() -> bool:
    """Whether no place has been recorded."""
    return not Store.objects.exists()
