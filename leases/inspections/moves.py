"""The moves of a week (muuttokalenteri): who moves in and out of which flat, inspections, keys.

A flat where somebody lives under turvakielto, or moves in or out, does not stand in it, not even
for those who may know of it: a calendar is read by the whole office (A20).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leases.contracts.rules.notice import move_out
from leases.homes.models import Flat, Handover, Key, Occupancy
from leases.inspections.models import Inspection
from leases.inspections.queries import told
from leases.inspections.rules import Kind
from vuokra.rules.queries import holidays_between

DAYS = 7
LATEST_MOVE = timedelta(days=10)
"""The day of moving out is never so long after the last day of a lease: holidays and weekends."""


class Move(models.TextChoices):
    """What happens (tapahtuma)."""

    OUT = "out", _("Muutto ulos")
    IN = "in", _("Muutto sisään")
    INSPECTION = "inspection", _("Tarkastus")


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a day. `keys`: of a move in those at the office, of a move out those handed
    out; None for whoever may not know."""

    move: Move
    flat: Flat
    lease: int
    inspection: Inspection | None = None
    keys: int | None = None


@dataclass(slots=True)
class Day:
    """A day and its events."""

    day: date
    events: list[Event] = field(default_factory=list)


def week(first: date, *, today: date, keys: bool) -> list[Day]:
    """The seven days from a Monday, each with moves out, moves in and inspections; four statements,
    two more with `keys`."""
    days = {first + timedelta(days=n): Day(first + timedelta(days=n)) for n in range(DAYS)}
    last = first + timedelta(days=DAYS - 1)
    leaving, coming = _leaving(first, last), _coming(first, last, today)
    counted = _keys([row.flat_id for _day, row in (*leaving, *coming)]) if keys else {}
    for day, row in leaving:
        out = counted[row.flat_id].out if keys else None
        days[day].events.append(Event(Move.OUT, row.flat, row.lease, keys=out))
    for day, row in coming:
        held = counted[row.flat_id].held if keys else None
        days[day].events.append(Event(Move.IN, row.flat, row.lease, keys=held))
    for one in _inspections(first, last, today):
        day = timezone.localdate(one.agreed_at)
        days[day].events.append(Event(Move.INSPECTION, one.flat, one.lease_id, one))
    return list(days.values())


def _leaving(first: date, last: date) -> list[tuple[date, Occupancy]]:
    """Who moves out on which day: the first working day after the last one of the lease."""
    ending = Occupancy.objects.filter(
        hidden=False, valid_to__gte=first - LATEST_MOVE, valid_to__lt=last
    ).select_related("flat")
    holidays = holidays_between(first - LATEST_MOVE, last, eves=True)
    days = [
        (move_out(row.valid_to, holidays).day, row)
        for row in ending.order_by("flat__sort_key")
        if row.valid_to is not None
    ]
    return [(day, row) for day, row in days if first <= day <= last]


def _coming(first: date, last: date, today: date) -> list[tuple[date, Occupancy]]:
    """Who moves in on which day. Not into a flat where somebody lives under turvakielto until then:
    that would tell when that home comes free."""
    found = Occupancy.objects.filter(
        ~Exists(_kept_secret(today, OuterRef("flat_id"), OuterRef("valid_from"))),
        hidden=False, valid_from__range=(first, last),
    )  # fmt: skip
    rows = found.select_related("flat").order_by("flat__sort_key")
    return [(row.valid_from, row) for row in rows]


def _kept_secret(today: date, flat: OuterRef, before: OuterRef) -> models.QuerySet[Occupancy]:
    """Times of a flat that are not told to end, begun before a day."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    return Occupancy.objects.filter(lasting, hidden=True, flat=flat, valid_from__lte=before)


def _inspections(first: date, last: date, today: date) -> Iterable[Inspection]:
    begins = timezone.make_aware(datetime.combine(first, time.min))
    ends = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    secret = Exists(_kept_secret(today, OuterRef("flat_id"), OuterRef("agreed_at")))
    chosen = told(today, hidden_too=False).filter(
        Q(~secret) | ~Q(kind=Kind.MOVE_IN),
        cancelled_on__isnull=True, agreed_at__gte=begins, agreed_at__lt=ends,
    )  # fmt: skip
    return chosen.select_related("flat").order_by("agreed_at", "id")


@dataclass(slots=True)
class _Keys:
    """Keys of a flat: at the office, and handed out."""

    held: int = 0
    out: int = 0


def _keys(flats: list[int]) -> dict[int, _Keys]:
    """Keys of the flats that are not lost; two statements."""
    found = {flat: _Keys() for flat in flats}
    usable = Key.objects.filter(flat__in=flats, lost_on__isnull=True).order_by()
    for flat, number in usable.values_list("flat").annotate(Count("pk")):
        found[flat].held = number
    given = Handover.objects.filter(
        key__flat__in=flats, key__lost_on__isnull=True, returned_on__isnull=True
    ).order_by()
    for flat, number in given.values_list("key__flat").annotate(Count("pk")):
        found[flat].held -= number
        found[flat].out = number
    return found
