"""The question before a selection opens whose flat is the home of somebody under turvakielto."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.intake.queries.listing import told
from applications.selection.models import Decision, Round
from applications.selection.queries.page import round_by_id
from applications.selection.queries.pending import protected_chosen
from applications.selection.views.common import METHODS, PURPOSES, READ, decision_page, page_of
from registry.persons.models import Person
from registry.protection import asking, prompts
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access


@access(Action.VIEW, Surface.FORM, purposes=PURPOSES, needs=(*READ, asking.NEEDS))
@require_http_methods(METHODS)
def reason(request: HttpRequest, pk: int) -> HttpResponse:
    """For what the home of protected people is opened. Raises ObjectDenied when the selection tells
    of none."""
    row = round_by_id(pk, asking=True)
    people = protected_chosen(row, timezone.localdate())
    if not people:
        raise ObjectDenied(Round._meta.db_table, pk)
    return _ask(request, people, to=page_of(row))


@access(Action.VIEW, Surface.FORM, purposes=PURPOSES, needs=READ)
@require_http_methods(METHODS)
def decided(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """On to a decision, by an address that does not tell its selection: the list tells of which
    flat that is. Where the flat is a protected home it is asked first for what it is opened. Raises
    ObjectDenied, also where nothing may be told of whoever was chosen."""
    today = timezone.localdate()
    row = Decision.objects.select_related("round").filter(uuid=uuid).first()
    if row is None or not told(Q(pk=row.application_id or 0), today).exists():
        raise ObjectDenied(Decision._meta.db_table)
    people = protected_chosen(row.round, today)
    if not people or any(prompts.held(request, one) for one in people):
        return redirect(decision_page(row))
    current().require(*asking.NEEDS)
    return _ask(request, people, to=decision_page(row))


def _ask(request: HttpRequest, people: Collection[Person], *, to: str) -> HttpResponse:
    return asking.ask(
        request, people, to=to, back=reverse("selection:list"),
        title=_("Asuntoon on valittu ruokakunta, jota turvakielto koskee."),
        explain=_("Valinnan sivut kertovat sen kodin. Ne avataan vain tehtävään, jossa kotia "
                  "tarvitaan."),
        button=_("Avaa valinta"),
    )  # fmt: skip
