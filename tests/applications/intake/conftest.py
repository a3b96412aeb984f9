"""Applications of invented people, at every stage, for tests of the rooms of applications."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from applications.intake.codes import Channel, Part, Relation, State
from applications.intake.models import Application, Member, Step
from registry.persons.models import Person
from tests.leases.contracts.conftest import other, refused_by, told
from tests.leases.deposits.conftest import force
from tests.leases.homes.conftest import DAY, TODAY, flat, make_flat, site, stair
from tests.people import make_user, system_access
from tests.registry.persons.conftest import SignedIn, demo_mode, invented, person, signed_in
from tests.registry.protection.conftest import acting, ban

__all__ = [
    "DAY", "TODAY", "SignedIn", "acting", "ban", "demo_mode", "flat", "force", "invented",
    "make_flat", "make_user", "other", "person", "refused_by", "row", "signed_in", "site", "stair",
    "stepped", "system_access", "told", "with_member",
]  # fmt: skip

QUARTER = timedelta(days=92)
ROUTES: dict[State, tuple[State, ...]] = {
    State.DRAFT: (),
    State.RECEIVED: (State.RECEIVED,),
    State.INCOMPLETE: (State.RECEIVED, State.INCOMPLETE),
    State.VALID: (State.RECEIVED, State.VALID),
    State.OFFERED: (State.RECEIVED, State.VALID, State.OFFERED),
    State.ACCEPTED: (State.RECEIVED, State.VALID, State.OFFERED, State.ACCEPTED),
    State.HOUSED: (State.RECEIVED, State.VALID, State.OFFERED, State.ACCEPTED, State.HOUSED),
    State.EXPIRED: (State.RECEIVED, State.EXPIRED),
    State.WITHDRAWN: (State.RECEIVED, State.WITHDRAWN),
}
"""By which states one comes to each."""


def row(
    person: Person, state: State = State.DRAFT, *, received_on: date = TODAY, **given: Any
) -> Application:
    """An application with its applicant, written as the tables would hold it; in the open
    context."""
    made = Application.objects.create(channel=Channel.PAPER, received_on=received_on, **given)
    made.refresh_from_db(fields=["number"])
    Member.objects.create(application=made, person=person, part=Part.APPLICANT)
    for after in ROUTES[state]:
        stepped(made, after)
    return made


def stepped(application: Application, after: State, **given: Any) -> Application:
    """A change of state with its step and what the state demands, without the services."""
    Step.objects.create(application=application, before=application.state, after=after, on=TODAY)
    application.state = after
    application.complete_by = TODAY + DAY if after == State.INCOMPLETE else None
    over = after in (State.HOUSED, State.EXPIRED, State.WITHDRAWN, State.MERGED)
    application.ended_on = TODAY if over else None
    application.end_reason = str(after) if over else ""
    application.valid_until = (
        application.valid_until or (application.received_on or TODAY) + QUARTER
    )
    for name, value in given.items():
        setattr(application, name, value)
    application.save()
    return application


def with_member(
    application: Application, person: Person, part: Part = Part.CO_APPLICANT,
    relation: Relation = Relation.SPOUSE,
) -> Member:  # fmt: skip
    """Somebody more in the household, in the open context."""
    return Member.objects.create(
        application=application, person=person, part=part, relation=relation
    )
