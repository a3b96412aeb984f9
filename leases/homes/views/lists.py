"""The lists: flats and sites."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leases.homes import queries
from leases.homes.listing import ListForm
from leases.homes.views.common import PURPOSES, READ
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.ui.pages import page_number


@access(Action.LIST, Surface.LIST, purposes=PURPOSES, needs=READ)
@require_safe
def flats(request: HttpRequest) -> HttpResponse:
    """Flats, 50 on a page, with how they stand today; nobody's name stands here."""
    form, today = ListForm(request.GET), timezone.localdate()
    page = queries.flat_list(form.filters, page_number(request), today=today, sort=form.sort)
    context = {"page": page, "rows": page.object_list, "list": form, "query": form.query}
    return render(request, "homes/list.html", context)


@access(Action.LIST, Surface.LIST, purposes=PURPOSES, needs=READ)
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """Sites with the number of their flats, how many are let and how many are free."""
    rows = queries.site_list(today=timezone.localdate())
    totals = {
        "flats": sum(row.flats for row in rows),
        "let": sum(row.let for row in rows),
        "free": sum(row.free for row in rows),
        "area": sum(row.area for row in rows),
    }
    return render(request, "homes/sites.html", {"rows": rows, "totals": totals})
