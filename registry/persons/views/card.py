"""A person's card, and opening the identity code."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.persons import panels, purposes, queries
from registry.persons.forms import PurposeForm
from registry.persons.purposes import VIEWING
from registry.persons.queries.presence import look_through
from registry.persons.queries.standing import is_neighbour
from registry.persons.tabs import card_tabs
from registry.persons.views.common import (
    READ_PERSON,
    REVEAL_HETU,
    purposes_held,
    state_reason,
    to_card,
)
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.policy.roles import Purpose
from vuokra.ui.formatting import hetu_mask
from vuokra.ui.pages import form_page
from vuokra.ui.reveals import revealed


@access(Action.VIEW, Surface.DETAIL, purposes=VIEWING, needs=READ_PERSON)
@require_safe
def card(request: HttpRequest, public_id: str) -> HttpResponse:
    """A person's card: the parts that rooms register, as the role may see them."""
    person, today = queries.person_by_public_id(public_id), timezone.localdate()
    if person.public_id != public_id:  # the address of a record that was merged into this one
        return redirect("persons:card", person.public_id)
    look_through(person)
    actions = panels.actions(person)
    timeline = panels.timeline(
        person,
        today=today,
        kind=request.GET.get("tapahtumat", ""),
        whole="kaikki" in request.GET,
    )
    return render(
        request,
        "persons/card.html",
        {
            "person": person,
            "buttons": [action for action in actions if not action.in_menu],
            "menu": [action for action in actions if action.in_menu],
            "badges": panels.badges(person, today=today),
            "tabs": card_tabs(person, current_url_name="persons:card"),
            "main": panels.panels(person, "main", today=today),
            "side": panels.panels(person, "side", today=today),
            "timeline": timeline,
            "segments": _segments(timeline),
            "purpose": current().purpose,
            "now": timezone.now(),
        },
    )


def _segments(timeline: panels.Timeline) -> list[dict[str, Any]]:
    """Filters of the timeline as links; none when all events are of one kind."""
    if len(timeline.kinds) < 2:
        return []
    return [
        {"label": label, "url": f"?tapahtumat={kind}", "current": kind == timeline.chosen}
        for kind, label in (("", _("Kaikki")), *timeline.kinds.items())
    ]


@access(Action.VIEW, Surface.FORM, purposes=VIEWING, needs=READ_PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def change_purpose(request: HttpRequest, public_id: str) -> HttpResponse:
    """State another purpose for this person's pages in this web session; recorded. Of a neighbour
    words are asked too (A1)."""
    person, ctx = queries.person_by_public_id(public_id, asking=True), current()
    data = request.POST if request.method == "POST" else None
    initial = {"reason": ctx.purpose.value if ctx.purpose else ""}
    form = PurposeForm(data, purposes=purposes_held(), initial=initial)
    if is_neighbour(person):
        form.demand_words()
    if data is not None and form.is_valid():
        ctx.purpose = Purpose(form.cleaned_data["reason"])
        ctx.reason = form.cleaned_data["reason_text"]
        purposes.state(request, person, ctx.purpose)
        return to_card(person, _("Peruste on vaihdettu."), request)
    return form_page(
        request, "persons/form.html", forms=[form], form=form, person=person,
        heading=_("Vaihda peruste"),
    )  # fmt: skip


@access(Action.REVEAL, Surface.DETAIL, purposes=VIEWING, needs=REVEAL_HETU)
@require_POST
def reveal_hetu(request: HttpRequest, public_id: str) -> HttpResponse:
    """The identity code for 60 seconds: a fragment for htmx, a page of its own without."""
    state_reason(request)
    person = queries.person_by_public_id(public_id)
    identity = queries.identity_of(person)
    if identity.hetu is None:
        raise ObjectDenied("registry_persons_identity", identity.pk)
    return revealed(
        request,
        identity.hetu,
        what=_("henkilötunnus"),
        mask=hetu_mask(identity.birth_date),
        url=reverse("persons:reveal_hetu", args=[public_id]),
        back=reverse("persons:card", args=[public_id]),
    )
