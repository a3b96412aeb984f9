"""Who is on call in a week, and when nobody is."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leases.doors import queries
from leases.doors.desk import ROSTER
from leases.doors.queries import WEEK
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access

FARTHEST = timedelta(days=92)


@access(Action.LIST, Surface.LIST, roles=ROSTER)
@require_safe
def roster(request: HttpRequest) -> HttpResponse:
    """The on-call times of a week with who is on duty in each."""
    now = timezone.now()
    today = timezone.localdate(now)
    this = today - timedelta(days=today.weekday())
    first = _asked(request.GET.get("viikko", ""), this)
    nights = queries.week(first)
    context = {
        "nights": nights, "first": first, "last": first + WEEK - timedelta(days=1),
        "number": first.isocalendar().week, "before": _name(first - WEEK),
        "after": _name(first + WEEK), "this": first == this, "now": now,
        "gaps": sum(
            1 for night in nights for gap in night.gaps if gap.ends > timezone.localtime(now)
        ),
    }  # fmt: skip
    return render(request, "doors/roster.html", context)


def _name(first: date) -> str:
    found = first.isocalendar()
    return f"{found.year}-{found.week:02}"


def _asked(given: str, this: date) -> date:
    """The Monday of the week that the address asks for, as 2026-48; this week's when it asks for
    none that could be one, or for one so far off that its holidays are not known."""
    year, _dash, number = given.partition("-")
    try:
        first = date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        return this
    return first if abs(first - this) <= FARTHEST else this
