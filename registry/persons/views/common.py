"""What the pages of people share: purposes, rights, forms with errors."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

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


def roles() -> frozenset[str]:
    """The roles of the signed-in user."""
    return current().actor.roles


def purposes_held() -> list[Purpose]:
    """Purposes of these pages that the actor may state, the usual one first."""
    return purposes.held(current().actor)


def to_card(person: Person, text: str, request: HttpRequest) -> HttpResponse:
    """Back to the card, with what happened."""
    messages.success(request, text)
    return redirect("persons:card", person.public_id)


def state_reason(request: HttpRequest) -> None:
    """Take the purpose and the words of a reason that were posted into the access context."""
    form = ReasonForm(request.POST, purposes=purposes_held())
    if not form.is_valid():
        raise ObjectDenied("reason")
    if form.cleaned_data["reason"]:
        current().purpose = Purpose(form.cleaned_data["reason"])
    current().reason = form.cleaned_data["reason_text"]
