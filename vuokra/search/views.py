"""The search box: a panel below it as one types, a page of results without JavaScript."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.errors import FunctionDenied
from vuokra.access.views import access
from vuokra.policy.rights import WORKING
from vuokra.search.queries import MIN_TYPED, Results, search
from vuokra.search.registry import LIMIT, TooShort, shown_again
from vuokra.ui import navigation
from vuokra.ui.pages import UNPROCESSABLE

MAX_LENGTH = 100
FORBIDDEN = 403


@access(Action.SEARCH, Surface.SEARCH, purposes=WORKING)
@require_http_methods(["GET", "HEAD", "POST"])
def search_page(request: HttpRequest) -> HttpResponse:
    """Search by POST only; a GET shows the empty form, whatever its address says (DP-A11).

    What was typed comes back only as the value of the box on the page of results, and never when
    it may be an identity code.
    """
    if request.method != "POST":
        return render(request, "search/results.html", _context())
    typed = request.POST.get("q", "")[:MAX_LENGTH].strip()
    if request.headers.get("HX-Request") == "true":
        return _panel(request, typed)
    try:
        results = search(typed, today=timezone.localdate())
    except TooShort:
        context = _context(typed=typed, too_short=True)
        return render(request, "search/results.html", context, status=UNPROCESSABLE)
    if results.exact is not None:
        return redirect(results.exact.url)
    return render(request, "search/results.html", _context(results, typed))


def _panel(request: HttpRequest, typed: str) -> HttpResponse:
    """The panel below the box; a right that lacks is told in it, as the page would tell it."""
    try:
        context = _context(search(typed, today=timezone.localdate(), at_most=LIMIT))
    except TooShort:
        context = _context(too_short=True)
        return render(request, "search/panel.html", context, status=UNPROCESSABLE)
    except FunctionDenied as denied:
        context = _context(lacking=denied.group)
        return render(request, "search/panel.html", context, status=FORBIDDEN)
    return render(request, "search/panel.html", context)


def _context(
    results: Results | None = None,
    typed: str = "",
    too_short: bool = False,
    lacking: object = None,
) -> dict[str, Any]:
    empty = results is not None and not results.groups
    return {
        "results": results,
        "typed": shown_again(typed),
        "too_short": too_short,
        "least": MIN_TYPED,
        "lacking": lacking,
        "offers": navigation.new_items(current().actor) if empty else [],
    }
