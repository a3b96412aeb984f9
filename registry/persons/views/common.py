"""What the pages of people share: purposes, rights, forms with errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from registry.persons import purposes
from registry.persons.forms import ReasonForm
from registry.persons.models import Person
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose, Role

READ_PERSON = ((Group.PERSON, Level.READ),)
WRITE_PERSON = ((Group.PERSON, Level.WRITE),)
WRITE_IDENTITY = ((Group.PERSON, Level.READ), (Group.IDENTITY, Level.WRITE))
WRITE_CONTACT = ((Group.PERSON, Level.READ), (Group.CONTACT, Level.WRITE))
REVEAL_HETU = ((Group.PERSON, Level.READ), (Group.IDENTITY, Level.READ), (Group.HETU, Level.MASKED))
EXPORTERS = (Role.SOP, Role.REK, Role.JOH)
UNPROCESSABLE = 422
LONGEST_NUMBER = 9


def roles() -> frozenset[str]:
    """The roles of the signed-in user."""
    return current().actor.roles


def purposes_held() -> list[Purpose]:
    """Purposes of these pages that the actor may state, the usual one first."""
    return purposes.held(current().actor)


def page_number(request: HttpRequest) -> int:
    """The page that the address asks for; the first when it asks for nothing that could be one."""
    number = request.GET.get("sivu", "1")
    return int(number) if number.isdecimal() and len(number) < LONGEST_NUMBER else 1


def to_card(person: Person, text: str, request: HttpRequest) -> HttpResponse:
    """Back to the card, with what happened."""
    messages.success(request, text)
    return redirect("persons:card", person.public_id)


def form_page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A page with forms: 422 when one of them has errors."""
    forms: Sequence[Any] = context["forms"]
    status = UNPROCESSABLE if any(form.is_bound and form.errors for form in forms) else 200
    return render(request, template, context, status=status)


def state_reason(request: HttpRequest) -> None:
    """Take the purpose and the words of a reason that were posted into the access context."""
    form = ReasonForm(request.POST, purposes=purposes_held())
    if not form.is_valid():
        raise ObjectDenied("reason")
    if form.cleaned_data["reason"]:
        current().purpose = Purpose(form.cleaned_data["reason"])
    current().reason = form.cleaned_data["reason_text"]
