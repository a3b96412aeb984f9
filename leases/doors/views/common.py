"""What the pages of the door share: rights, and whether the user may act at the door now."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from leases.doors.models import Opening
from leases.doors.queries import on_call
from leases.doors.queries.on_call import Gate
from vuokra.access.context import current
from vuokra.company.models import ContactKind, PublicContact
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose

PURPOSES = (Purpose.KUNNOSSAPITO,)
READ = ((Group.PERSON, Level.READ), (Group.MAINTENANCE, Level.READ))
WRITE = ((Group.PERSON, Level.READ), (Group.MAINTENANCE, Level.WRITE))
LEASES = ((Group.LEASE, Level.READ),)
ASK = (*WRITE, *LEASES)
METHODS = ["GET", "HEAD", "POST"]
REFUSED = 403


def page_of(row: Opening) -> str:
    """The address of an opening's page."""
    return reverse("doors:opening", args=[row.pk])


def of_the_office() -> bool:
    """Whether the user answers at the door at any time: whoever sees leases does."""
    return current().actor.meets(LEASES)


def office() -> list[PublicContact]:
    """How the office and those on call are reached; one statement."""
    wanted = (ContactKind.OFFICE, ContactKind.ON_CALL)
    return [
        one for one in PublicContact.objects.filter(kind__in=wanted).order_by("id") if one.phone
    ]


def gate_now(now: datetime) -> Gate:
    """Whether the on-call view is open to the user; one statement."""
    return on_call.gate(current().actor.user_id, now)


def closed_page(request: HttpRequest, found: Gate) -> HttpResponse:
    """The page that tells why the on-call view is closed, and when it opens; one statement."""
    ctx = current()
    ctx.note_denied()
    ctx.note("on_call", str(found.closed))
    context = {"gate": found, "office": office()}
    return render(request, "doors/closed.html", context, status=REFUSED)
