"""The moves of a week."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leases.inspections.moves import week
from leases.inspections.views.common import PURPOSES, READ
from registry.persons.queries import may_know_of_protection
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.weeks import ASKED, WEEK, monday, week_asked, week_name

KEYS = ((Group.LEASE, Level.READ), (Group.HOMES, Level.READ))
FARTHEST = timedelta(days=366)


@access(Action.LIST, Surface.LIST, purposes=PURPOSES, needs=(*READ, (Group.HOMES, Level.READ)))
@require_safe
def moves(request: HttpRequest) -> HttpResponse:
    """Moves in and out, inspections and keys by week."""
    today = timezone.localdate()
    first = week_asked(request.GET.get(ASKED, ""), today, FARTHEST)
    keys = current().actor.meets(KEYS) and may_know_of_protection()
    context = {
        "days": week(first, today=today, keys=keys), "first": first, "keys": keys, "today": today,
        "last": first + WEEK - timedelta(days=1), "number": first.isocalendar().week,
        "before": week_name(first - WEEK), "after": week_name(first + WEEK),
        "this": first == monday(today),
    }  # fmt: skip
    return render(request, "inspections/moves.html", context)
