"""The order that a household was chosen from, on a page of its own: whoever acts on a decision need
not see all who were compared, and to have seen them in a list is another event than to have opened
one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications.selection import words
from applications.selection.queries.replayed import replayed_order
from applications.selection.rules.snapshot import played
from applications.selection.views.common import PURPOSES, READ, decision_of
from applications.selection.views.told import columns
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.ui.pages import page_number


@access(Action.LIST, Surface.LIST, purposes=PURPOSES, needs=READ)
@require_safe
def order(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """The order that was decided from, worked out anew: places, who may be told, what they rest
    on. One that does not play again is told of and not shown."""
    row, today = decision_of(pk, uuid), timezone.localdate()
    places = played(row.snapshot, row.digest)
    page = replayed_order(row, places, page_number(request), today=today)
    context = {
        "decision": row, "round": row.round, "flat": row.round.flat,
        "page": page, "rows": page.object_list, "query": "",
        "columns": [*columns()[1:-1], {"label": _("Tulos")}],
        "order": words.order(row.snapshot),
        "grounds": words.grounds(one.kept for one in page.object_list if one.kept),
    }  # fmt: skip
    return render(request, "selection/order.html", context)
