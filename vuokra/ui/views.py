"""Pages of the frame itself: help, the screen's language, shortcuts on and off, the gallery."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from vuokra.access.views import public
from vuokra.ui import gallery as samples
from vuokra.ui.shortcuts import COOKIE, FIXED, enabled

YEAR = 365 * 24 * 3600


@public
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to find one's way, what is recorded, and the keyboard."""
    return render(request, "ui/help.html", {"shortcuts": FIXED, "shortcuts_on": enabled(request)})


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and return to the page."""
    return set_language(request)


@public
@require_POST
def shortcuts(request: HttpRequest) -> HttpResponseRedirect:
    """Turn single-letter shortcuts on or off in this browser (WCAG 2.1.4)."""
    response = redirect("ui:help")
    wanted = "on" if request.POST.get("shortcuts") == "on" else "off"
    response.set_cookie(
        COOKIE, wanted, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


@public
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented content; not found outside development."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    return render(request, "ui/gallery.html", samples.context())
