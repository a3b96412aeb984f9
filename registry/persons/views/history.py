"""The change history of a person's data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from registry.persons import queries
from registry.persons.purposes import VIEWING
from registry.persons.queries.history import history as find_history
from registry.persons.tabs import card_tabs
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

READ_HISTORY = ((Group.PERSON, Level.READ), (Group.HISTORY, Level.READ))


@access(Action.VIEW_LOG, Surface.DETAIL, purposes=VIEWING, needs=READ_HISTORY)
@require_safe
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who changed what and when, of everything that is held of the person (S5-00b)."""
    person = queries.person_by_public_id(public_id)
    typed = request.GET.get("sivu", "1")
    number = max(int(typed), 1) if typed.isdecimal() and len(typed) < 5 else 1
    context = {
        "person": person,
        "page": find_history(person, number),
        "tabs": card_tabs(person, current_url_name="persons:history"),
    }
    return render(request, "persons/history.html", context)
