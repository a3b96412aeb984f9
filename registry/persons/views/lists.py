"""The list of people, search and export."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.persons import exports, queries, rules
from registry.persons.forms import FilterForm
from registry.persons.purposes import VIEWING
from registry.persons.views.common import (
    EXPORTERS,
    READ_PERSON,
    UNPROCESSABLE,
    purposes_held,
    roles,
    state_reason,
)
from vuokra.access.codes import Action, Surface
from vuokra.access.views import AccessStream, access
from vuokra.search.queries import note_search
from vuokra.search.registry import TooShort, shown_again
from vuokra.ui.spreadsheet import CONTENT_TYPE

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ"


@access(Action.LIST, Surface.LIST, purposes=VIEWING, needs=READ_PERSON)
@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """People in Finnish order, 50 on a page. A name in the address is not looked at."""
    form = FilterForm(request.GET)
    number = request.GET.get("sivu", "1")
    page = queries.person_list(
        form.filters, int(number) if number.isdecimal() else 1, today=timezone.localdate()
    )
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in form.cleaned_data.items() if value})
    return render(
        request,
        "persons/list.html",
        {
            "page": page,
            "rows": page.object_list,
            "query": query.urlencode(),
            "letters": LETTERS,
            "filters": form,
            "exports": bool(set(EXPORTERS) & roles()),
            "purposes": purposes_held(),
        },
    )


@access(Action.SEARCH, Surface.SEARCH, purposes=VIEWING, needs=READ_PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Search by POST only; a GET shows the empty form, whatever its address says (DP-A11)."""
    context: dict[str, Any] = {
        "searched": False, "too_short": 0, "typed": "", "rows": [], "more": False,
        "limit": queries.MAX_HITS,
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "persons/search.html", context)
    typed = request.POST.get("q", "")[:100]
    today = timezone.localdate()
    try:
        hits = queries.find(typed, today=today)
    except TooShort:
        note_search(typed, 0)
        context |= {"too_short": rules.MIN_NAME, "typed": shown_again(typed)}
        return render(request, "persons/search.html", context, status=UNPROCESSABLE)
    note_search(typed, len(hits.persons))
    if hits.exact and len(hits.persons) == 1:
        return redirect("persons:card", hits.persons[0].public_id)
    rows = queries.with_details_of(hits, today=today)
    context |= {"searched": True, "rows": rows, "more": hits.more, "typed": shown_again(typed)}
    return render(request, "persons/search.html", context)


@access(Action.EXPORT, Surface.EXPORT, purposes=VIEWING, needs=READ_PERSON, roles=EXPORTERS)
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The filtered list as CSV, read and recorded batch by batch."""
    state_reason(request)
    filters = FilterForm(request.POST).filters
    read = exports.reader(filters, roles(), today=timezone.localdate())
    return AccessStream(read, content_type=CONTENT_TYPE, filename="henkilot.csv")
