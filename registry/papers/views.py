"""The documents of a person, and the letters that are ordered from the card."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from registry.papers import details
from registry.persons.purposes import VIEWING
from registry.persons.queries import person_by_public_id
from registry.persons.tabs import card_tabs
from registry.persons.views.common import READ_PERSON
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.accounts.actor import user_of
from vuokra.documents import queries
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

WRITES_LETTERS = (*READ_PERSON, (Group.CONTACT, Level.WRITE))


@access(Action.LIST, Surface.LIST, purposes=VIEWING, needs=READ_PERSON)
@require_safe
def documents(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every document about the person that the user's rights open: a tab of the card."""
    person = person_by_public_id(public_id)
    context = {
        "person": person,
        "lines": queries.documents_of(person.pk),
        "may_order": current().actor.level(Group.CONTACT) >= Level.WRITE,
        "tabs": card_tabs(person, current_url_name="papers:documents"),
    }
    return render(request, "papers/documents.html", context)


@access(Action.CREATE, Surface.FORM, purposes=VIEWING, needs=WRITES_LETTERS)
@require_POST
def order_details(request: HttpRequest, public_id: str) -> HttpResponse:
    """Order the letter that asks to check the contact details."""
    document = details.order(person_by_public_id(public_id), by=user_of(request))
    messages.success(request, _("Kirje tilattiin. Se valmistuu hetken kuluttua."))
    return redirect("documents:document", document.uuid)
