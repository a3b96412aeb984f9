"""What the walk plants of the control of use, and does at its addresses."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from registry.persons.models import Person
from registry.watch import rules
from registry.watch.models import (
    Alert,
    AlertEvent,
    BreakGlass,
    Disposition,
    Duty,
    Listed,
    Rule,
    Sample,
    Suspicion,
)
from tests.walk import canaries
from tests.walk.visits import DAY, Page, get, post
from vuokra.access.models import AccessEvent
from vuokra.accounts.models import User
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

PERSON = {"public_id": "{public_id}"}
LOOKERS = frozenset({Group.STAFF})
WHY_LOOKERS = "whoever watches the log sees who did what"
WATCH = ((Group.WATCH, Level.WRITE),)
WHY_ON_CALL = "the roster says who is on call"
DUTY = {
    "staff": "{user}",
    "first": "+1",
    "first_clock": "15.30",
    "last": "+2",
    "last_clock": "7.00",
}

WATCHING: dict[str, Page] = {
    "watch:alerts": Page(
        (
            get(also=LOOKERS, why=WHY_LOOKERS),
            get(query="tila=kasitellyt&saanto=alarm&kayttaja=x", also=LOOKERS),
        )
    ),
    "watch:go_through": Page((post(302), get(405))),
    "watch:alert": Page(
        (
            get(also=LOOKERS, why=WHY_LOOKERS),
            post(422, {"outcome": "explained", "text": ""}, also=LOOKERS, why=WHY_LOOKERS),
            post(302, {"outcome": "explained", "text": "Asiakas soitti."}, needs=WATCH),
        ),
        {"pk": "{alert}"},
    ),
    "watch:suspicions": Page((get(also=LOOKERS, why=WHY_LOOKERS),)),
    "watch:suspicion": Page(
        (get(), post(302, {"where": "Loukkausasia 3"}), post(422, {"where": ""})),
        {"pk": "{suspicion}"},
    ),
    "watch:samples": Page(),
    "watch:sample": Page(
        (
            get(also=LOOKERS, why=WHY_LOOKERS),
            post(422, {"text": ""}, also=LOOKERS, why=WHY_LOOKERS),
            post(302, {"text": "Ei huomautettavaa."}, needs=WATCH),
        ),
        {"pk": "{sample}"},
    ),
    "watch:listed": Page(
        (
            get(),
            post(302, {"number": "{customer_number}", "why": "Julkisuudessa", "valid_from": DAY}),
            post(422, {"number": "1", "why": "", "valid_from": DAY}),
        )
    ),
    "watch:end_listing": Page(
        (get(), post(302, {"last_day": "+0"}), post(422, {"last_day": "1.1.1999"})),
        {"pk": "{listed}"},
    ),
    "watch:duties": Page(
        (
            get(also=LOOKERS, why=WHY_ON_CALL),
            post(302, DUTY),
            post(422, DUTY | {"first": "1.1.2020"}, also=LOOKERS, why=WHY_ON_CALL),
        )
    ),
    "watch:remove_duty": Page((post(302), get(405)), {"pk": "{duty}"}),
    "watch:glasses": Page((get(also=LOOKERS, why=WHY_LOOKERS),)),
    "watch:close": Page((post(302), get(405))),
    "watch:glass": Page(
        (
            get(also=LOOKERS, why=WHY_LOOKERS),
            post(422, {"judgement": "justified", "text": ""}, also=LOOKERS, why=WHY_LOOKERS),
            post(302, {"judgement": "justified", "text": "Vahinko oli."}),
        ),
        {"pk": "{glass}"},
    ),
    "watch:approve": Page((get(also=LOOKERS, why=WHY_LOOKERS), post(302)), {"pk": "{glass}"}),
    "watch:open": Page((get(), post(422, {"reason": "hätä"})), PERSON),
}


def plant_watch(person: Person, other: Person, staff: User, newcomer: User) -> dict[str, int]:
    """A break-glass that waits for a second person and for its review; an alert, a sample and a
    suspicion; a duty to come; a watched person. What addresses are filled with."""
    now = timezone.now()
    glass = BreakGlass.objects.create(
        subject_id=person.pk, staff=staff, reason=canaries.EMERGENCY, wants_special=True,
        ends_at=now + dt.timedelta(minutes=15),
    )  # fmt: skip
    event = AccessEvent.objects.filter(actor_id=staff.pk).order_by("-id").first()
    assert event is not None
    first, second = (
        Alert.objects.create(
            rule=rule, actor=f"user:{staff.pk}", staff_id=staff.pk, day=timezone.localdate()
        )
        for rule in (Rule.LISTED, Rule.ALARM)
    )
    for alert in (first, second):
        AlertEvent.objects.create(
            alert=alert, rule=alert.rule, event_id=event.pk, event_at=event.at
        )
    Disposition.objects.create(
        alert=second, decided_by=newcomer, outcome="suspected", text="Ei asiaa."
    )
    suspicion = Suspicion.objects.create(alert=second)
    sample = Sample.objects.create(
        week=rules.week_of(timezone.localdate()), seed="0" * 64, population=1, event_ids=[event.pk]
    )
    duty = Duty.objects.create(
        staff=staff, recorded_by=newcomer, starts_at=now + dt.timedelta(hours=1),
        ends_at=now + dt.timedelta(hours=9),
    )  # fmt: skip
    listed = Listed.objects.create(
        person=other, why=canaries.WATCHED, valid_from=dt.date(2020, 1, 7)
    )
    return {
        "glass": glass.pk, "alert": first.pk, "sample": sample.pk, "suspicion": suspicion.pk,
        "duty": duty.pk, "listed": listed.pk,
    }  # fmt: skip
