"""Demo company: looks at a watched person with what came of them, a break-glass, a sample, a duty.

Each is done by the services in the name of one of the staff and in an access context of its own,
so the log tells of it as of anything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone

from registry.persons import purposes
from registry.persons.models import Person
from registry.persons.queries import person_by_public_id
from registry.watch.models import Alert, BreakGlass, Outcome, Rule
from registry.watch.services import alerts, glass
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current, open_access, outside
from vuokra.accounts.models import User
from vuokra.accounts.queries import actor_for
from vuokra.demo.registry import Progress, Scale

CURIOUS, BUSY = "per", "hak"
"""Who looked at the watched person without a matter, and who had one perhaps."""

CLERK, CARETAKER, AUDITOR, MANAGER = "sop2", "huo", "tar", "joh"
STAFF = (CURIOUS, BUSY, CLERK, CARETAKER, AUDITOR, MANAGER)


def fill(scale: Scale, progress: Progress) -> None:
    """The room's part of the demo company."""
    staff = {user.username: user for user in User.objects.filter(username__in=STAFF)}
    people = list(Person.objects.order_by("id")[:2])
    if len(staff) < len(STAFF) or len(people) < 2:
        return
    flooded, watched = people
    with _as(staff[AUDITOR]):
        alerts.list_person(
            watched, why="Julkisuuden henkilö", valid_from=scale.today - timedelta(days=30)
        )
    for name in (CURIOUS, BUSY):
        with _as(staff[name], Action.VIEW, Surface.DETAIL):
            person_by_public_id(watched.public_id)
    alerts.of_the_night()
    with _as(staff[AUDITOR]):
        alerts.dispose(
            Alert.objects.get(rule=Rule.LISTED, staff_id=staff[CURIOUS].pk),
            outcome=Outcome.SUSPECTED,
            text="Katselulle ei löytynyt asiaa, eikä käyttäjä osannut kertoa syytä.",
        )
    _on_call(staff, flooded)
    progress(1, 1)


def _on_call(staff: dict[str, User], person: Person) -> None:
    """A break-glass that asks a second person and waits for its review; a duty to come."""
    now = timezone.now()
    with _as(staff[CLERK]):
        reason = "Vesivahinko yöllä, muita käsittelijöitä ei tavoitettu."
        glass.open_glass(person, reason=reason, wants_special=True, now=now)
    with _as(staff[MANAGER]):
        starts = now + timedelta(hours=4)
        glass.record_duty(
            staff[CARETAKER].pk, starts_at=starts, ends_at=starts + timedelta(hours=16), now=now
        )


@contextmanager
def _as(
    user: User, action: Action = Action.CHANGE, surface: Surface = Surface.FORM
) -> Iterator[None]:
    """As this member of staff; afterwards the demo's own context goes on."""
    demo, actor = current(), actor_for(user)
    purpose = purposes.held(actor)[0]
    with outside(), open_access(actor, purpose=purpose, action=action, surface=surface):
        yield
    demo.arm()


def empty() -> bool:
    """Whether nobody has opened a record by break-glass."""
    return not BreakGlass.objects.exists()
