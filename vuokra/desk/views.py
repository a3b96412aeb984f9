"""The home page: the work queue."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.desk import queries
from vuokra.policy import rights
from vuokra.policy.roles import Purpose

# In the order in which one is chosen for a role that may state several.
WORKING = (
    Purpose.SOPIMUS, Purpose.HAKEMUS, Purpose.RESKONTRA, Purpose.PERINTA, Purpose.KUNNOSSAPITO,
    Purpose.ASUMISEN_TUKI, Purpose.OIKEUDET, Purpose.ASUKASVALINTA, Purpose.VALVONTA,
    Purpose.TIEDOTE,
)  # fmt: skip


@access(Action.LIST, Surface.LIST)
@require_safe
def work_queue(request: HttpRequest) -> HttpResponse:
    """What needs doing; nothing yet for one who has no role."""
    ctx = current()
    held = rights.purposes(ctx.actor.roles)
    ctx.purpose = next((purpose for purpose in WORKING if purpose in held), None)
    now = timezone.now()
    queue = queries.queue(ctx.actor, now)
    return render(
        request,
        "desk/queue.html",
        {"queue": queue, "groups": queue.groups(later=False), "now": now},
    )
