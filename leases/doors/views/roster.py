"""Who is on call in a week, and when nobody is."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leases.doors.queries import on_call
from registry.watch.rules import KEEPERS
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.ui.weeks import ASKED, WEEK, monday, week_asked, week_name

FARTHEST = timedelta(days=92)


@access(Action.LIST, Surface.LIST, roles=KEEPERS)
@require_safe
def roster(request: HttpRequest) -> HttpResponse:
    """The on-call times of a week with who is on duty in each."""
    now = timezone.now()
    today = timezone.localdate(now)
    first = week_asked(request.GET.get(ASKED, ""), today, FARTHEST)
    nights = on_call.week(first)
    context = {
        "nights": nights, "first": first, "last": first + WEEK - timedelta(days=1),
        "number": first.isocalendar().week, "before": week_name(first - WEEK),
        "after": week_name(first + WEEK), "this": first == monday(today), "now": now,
        "gaps": sum(
            1 for night in nights for gap in night.gaps if gap.ends > timezone.localtime(now)
        ),
    }  # fmt: skip
    return render(request, "doors/roster.html", context)
