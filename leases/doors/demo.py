"""Openings of the demo company, one at each state, and a roster of three weeks with a gap. Made by
the services."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from leases.contracts.models import Lease
from leases.contracts.rules.persons import Role
from leases.doors import services
from leases.doors.models import Opening, Outcome, Payer
from leases.doors.queries import on_call, openings
from leases.doors.queries.matching import Claim
from leases.doors.rules.letting_in import Method
from leases.doors.rules.on_call import Stretch
from leases.doors.services import Reported
from registry.disclosures.models import Recipient
from registry.watch.models import Duty
from vuokra.accounts.queries import staff_on
from vuokra.demo.registry import Progress, Scale
from vuokra.policy.roles import Role as StaffRole
from vuokra.ui.weeks import WEEK

WEEKS = 2
LEFT_OUT = 3
"""Every so manieth night of the weeks to come has nobody on call."""

HOURS_AGO = (700, 300, 90, 30, 1)
METHODS = (Method.DOCUMENT, Method.CALL_BACK, Method.DOCUMENT, Method.OFFICE, Method.QUESTIONS)


def fill(scale: Scale, progress: Progress) -> None:
    """The room's part of the demo company."""
    now = timezone.now()
    found = openings.companies(today=scale.today)
    leases = Lease.objects.filter(
        concluded_on__isnull=False, starts_on__lt=scale.today - timedelta(days=40),
        last_day__isnull=True,
    ).order_by("-pk")[: len(HOURS_AGO)]  # fmt: skip
    for number, lease in enumerate(leases):
        made = _ordered(lease, number, found, now - timedelta(hours=HOURS_AGO[number]))
        if made is not None and number < LEFT_OUT:
            _reported(made, number)
    _roster(now)
    progress(1, 1)


def _ordered(lease: Lease, number: int, found: list[Recipient], at: datetime) -> Opening | None:
    """An order on the tenant's own question; none where the answer allows none."""
    party = lease.parties.filter(role=Role.TENANT).select_related("person").first()
    if party is None:
        return None
    claim = Claim(number=party.person.customer_number)
    asked = services.ask(lease.flat, claim, METHODS[number], now=at)
    if not services.may_open(asked):
        return None
    company = found[number % len(found)] if found and number % 2 else None
    payer = Payer.COMPANY if number == 1 else Payer.RESIDENT
    return services.order(asked, company=company, payer=payer, now=at)


def _reported(row: Opening, number: int) -> None:
    outcome = Outcome.NOT_OPENED if number == 1 else Outcome.OPENED
    done = row.ordered_at + timedelta(minutes=50)
    services.report(row, Reported(outcome, done, Payer(row.payer)), now=done)
    if number == 0:
        services.correct(
            row, Reported(Outcome.OPENED, done, Payer.COMPANY), "Lukko oli viallinen.", now=done
        )


def _roster(now: datetime) -> None:
    """Duties of the caretakers around today, night by night, the last ones of it missing."""
    staff = _caretakers(now)
    if not staff:
        return
    first = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    nights = on_call.roster(first - WEEKS * WEEK, first + WEEKS * WEEK)
    for number, night in enumerate(nights):
        if night.time.begins > now and number % (LEFT_OUT * 2) == 0:
            continue
        for gap in night.gaps:
            _duty(staff[number % len(staff)], gap)


def _caretakers(now: datetime) -> list[int]:
    return [one.user_id for one in staff_on(timezone.localdate(now)) if StaffRole.HUO in one.roles]


def _duty(staff: int, night: Stretch) -> None:
    row = Duty(staff_id=staff, recorded_by_id=staff, starts_at=night.begins, ends_at=night.ends)
    row.save(force_insert=True)


def empty() -> bool:
    """Whether no opening has been ordered."""
    return not Opening.objects.exists()
