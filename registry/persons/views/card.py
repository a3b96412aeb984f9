"""A person's card, and opening the identity code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from registry.persons import queries
from registry.persons.models import IdentityKind
from registry.persons.tabs import card_tabs
from registry.persons.views.common import READ_PERSON, REVEAL_HETU, VIEWING, state_reason
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.ui.formatting import hetu_mask

# In the order in which one is chosen for a role that may state several.


@access(Action.VIEW, Surface.DETAIL, purposes=VIEWING, needs=READ_PERSON)
@require_safe
def card(request: HttpRequest, public_id: str) -> HttpResponse:
    """A person's card with what the role may see, and who has looked."""
    found = queries.person_card(public_id, today=timezone.localdate())
    identity = found.identity
    return render(
        request,
        "persons/card.html",
        {
            "person": found.person,
            "card": found,
            "identity": identity,
            "mask": hetu_mask(identity.birth_date) if identity else "",
            "coded": identity is not None and identity.kind != IdentityKind.BIRTH_DATE,
            "tabs": card_tabs(found.person, current_url_name="persons:card"),
            "looks": queries.lookers(found.person, now=timezone.now()),
            "purpose": current().purpose,
            "now": timezone.now(),
        },
    )


@access(Action.REVEAL, Surface.DETAIL, purposes=VIEWING, needs=REVEAL_HETU)
@require_POST
def reveal_hetu(request: HttpRequest, public_id: str) -> HttpResponse:
    """The identity code for 60 seconds: a fragment for htmx, a page of its own without."""
    state_reason(request)
    person = queries.person_by_public_id(public_id)
    identity = queries.identity_of(person)
    if identity.hetu is None:
        raise ObjectDenied("registry_persons_identity", identity.pk)
    context = {
        "state": "revealed",
        "what": _("henkilötunnus"),
        "url": reverse("persons:reveal_hetu", args=[public_id]),
        "sealed": identity.hetu,
        "mask": hetu_mask(identity.birth_date),
        "back": reverse("persons:card", args=[public_id]),
    }
    fragment = request.headers.get("HX-Request") == "true"
    return render(
        request, "components/masked_value.html" if fragment else "layout/reveal.html", context
    )
