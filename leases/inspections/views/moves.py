"""The moves of a week."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leases.inspections.moves import DAYS, monday, week
from leases.inspections.views.common import PURPOSES, READ
from registry.persons.queries import may_know_of_protection
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

KEYS = ((Group.LEASE, Level.READ), (Group.HOMES, Level.READ))
WEEK = timedelta(days=DAYS)
FARTHEST = timedelta(days=366)


@access(Action.LIST, Surface.LIST, purposes=PURPOSES, needs=(*READ, (Group.HOMES, Level.READ)))
@require_safe
def moves(request: HttpRequest) -> HttpResponse:
    """Moves in and out, inspections and keys by week."""
    today = timezone.localdate()
    first = _asked(request.GET.get("viikko", ""), today)
    keys = current().actor.meets(KEYS) and may_know_of_protection()
    context = {
        "days": week(first, today=today, keys=keys), "first": first, "keys": keys, "today": today,
        "last": first + WEEK - timedelta(days=1), "number": first.isocalendar().week,
        "before": _name(first - WEEK), "after": _name(first + WEEK),
        "this": first == monday(today),
    }  # fmt: skip
    return render(request, "inspections/moves.html", context)


def _name(first: date) -> str:
    found = first.isocalendar()
    return f"{found.year}-{found.week:02}"


def _asked(given: str, today: date) -> date:
    """The Monday of the week that the address asks for, as 2026-48; this week's when it asks for
    none that could be one, or for one so far off that its holidays are not known."""
    year, _dash, number = given.partition("-")
    try:
        first = date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        return monday(today)
    return first if abs(first - today) <= FARTHEST else monday(today)
