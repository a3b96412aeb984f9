"""Pages of the access log. Looking at it is recorded like everything else."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from registry.log import queries
from registry.persons.queries import person_by_public_id
from registry.persons.tabs import card_tabs
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.log_queries import Segment
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose, Role

WATCHING = (Purpose.VALVONTA, Purpose.OIKEUDET)
READ_LOG = ((Group.LOG, Level.READ),)


@access(Action.VIEW_LOG, Surface.LIST, purposes=WATCHING, needs=READ_LOG)
@require_safe
def log_list(request: HttpRequest) -> HttpResponse:
    """The whole log, newest first."""
    chosen = _chosen(request)
    page = queries.log_page(**chosen)
    return render(request, "log/list.html", _context(request, chosen, page) | {"person": None})


@access(
    Action.VIEW_LOG,
    Surface.LIST,
    purposes=WATCHING,
    needs=(*READ_LOG, (Group.PERSON, Level.READ)),
)
@require_safe
def person_log(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the log tells of one person: a tab of the card."""
    person = person_by_public_id(public_id)
    current().note_subjects([person.pk])
    chosen = _chosen(request)
    page = queries.log_page(subject=person.pk, **chosen)
    context = _context(
        request, chosen, page, queries.counts(subject=person.pk, days=chosen["days"])
    )
    tabs = card_tabs(person, current_url_name="log:person")
    return render(request, "log/list.html", context | {"person": person, "tabs": tabs})


@access(Action.VIEW_LOG, Surface.LIST)
@require_safe
def own_views(request: HttpRequest) -> HttpResponse:
    """What the user has looked at (omat katseluni): no role is needed for that."""
    chosen = _chosen(request)
    page = queries.log_page(actor_id=current().actor.user_id, **chosen)
    return render(request, "log/own.html", _context(request, chosen, page))


@access(Action.VIEW_LOG, Surface.DETAIL, roles=(Role.JOH, Role.TAR, Role.REK))
@require_safe
def integrity(request: HttpRequest) -> HttpResponse:
    """Whether the log is whole: the signed heads, for comparing with the exported ones."""
    return render(
        request, "log/integrity.html", {"state": queries.integrity(), "now": timezone.now()}
    )


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """Segment, page and days from the address; anything odd gives the usual."""
    segment, page, days = (request.GET.get(name, "") for name in ("rajaus", "sivu", "pv"))
    return {
        "segment": Segment(segment) if segment in Segment.values else Segment.ALL,
        "page": max(int(page), 1) if page.isdecimal() and len(page) < 6 else 1,
        "days": int(days) if days in map(str, queries.DAYS) else 30,
    }


def _context(
    request: HttpRequest,
    chosen: dict[str, Any],
    page: queries.LogPage,
    counts: dict[Segment, int] | None = None,
) -> dict[str, Any]:
    def address(**changes: Any) -> str:
        query = QueryDict(mutable=True)
        query.update({"rajaus": chosen["segment"], "pv": chosen["days"]} | changes)
        return f"{request.path}?{query.urlencode()}"

    return {
        "page": page,
        "segments": [
            {
                "label": segment.label,
                "url": address(rajaus=segment.value),
                "current": segment == chosen["segment"],
                "count": counts[segment] if counts else None,
            }
            for segment in Segment
        ],
        "periods": [
            {"days": days, "url": address(pv=days), "current": days == chosen["days"]}
            for days in queries.DAYS
        ],
        "previous": address(sivu=page.previous) if page.previous else "",
        "next": address(sivu=page.next) if page.next else "",
        "list_url": reverse("log:list"),
    }
