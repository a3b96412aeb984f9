"""The question before a selection opens whose flat is the home of somebody under turvakielto."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.selection.models import Round
from applications.selection.queries.page import round_by_id
from applications.selection.queries.pending import protected_chosen
from applications.selection.views.common import METHODS, PURPOSES, READ, page_of
from registry.protection import asking
from vuokra.access.codes import Action, Surface
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
    return asking.ask(
        request, people, to=page_of(row), back=reverse("selection:list"),
        title=_("Asuntoon on valittu ruokakunta, jota turvakielto koskee."),
        explain=_("Valinnan sivut kertovat sen kodin. Ne avataan vain tehtävään, jossa kotia "
                  "tarvitaan."),
        button=_("Avaa valinta"),
    )  # fmt: skip
