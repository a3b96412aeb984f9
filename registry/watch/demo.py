"""A break-glass to review, watched people, an on-call duty, and alerts of invented looks."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from registry.persons.models import Person, TieKind
from registry.watch.models import BreakGlass, Duty, Listed
from registry.watch.services.alerts import go_through
from vuokra.accounts.queries import staff_on
from vuokra.demo.registry import Progress, Scale
from vuokra.policy.roles import Role


def fill(scale: Scale, progress: Progress) -> None:
    """The room's part of the demo company."""
    now = timezone.now()
    holders = {role: m.user_id for m in staff_on(scale.today) for role in m.roles}
    people = list(Person.objects.order_by("id")[:3])
    clerk, caretaker = holders.get(Role.SOP), holders.get(Role.HUO)
    if clerk is None or caretaker is None or len(people) < 3:
        return
    BreakGlass.objects.create(
        subject_id=people[0].pk, staff_id=clerk, tie=TieKind.COLLEAGUE,
        reason="Vesivahinko yöllä, muita käsittelijöitä ei tavoitettu.",
        ends_at=now + timedelta(minutes=15),
    )  # fmt: skip
    Listed.objects.create(
        person=people[1], why="Julkisuuden henkilö", valid_from=scale.today - timedelta(days=30)
    )
    Duty.objects.create(
        staff_id=caretaker, starts_at=now + timedelta(hours=4), ends_at=now + timedelta(hours=20),
        recorded_by_id=caretaker,
    )  # fmt: skip
    go_through(now)
    progress(1, 1)


def empty() -> bool:
    """Whether nobody has opened a record by break-glass."""
    return not BreakGlass.objects.exists()
