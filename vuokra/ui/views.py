"""Pages of the frame itself: help, the screen's language, shortcuts on and off, the gallery."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from vuokra.access.codes import Action, Surface
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access, public
from vuokra.accounts.actor import session_hash, user_of
from vuokra.accounts.sessions import end_own, open_sessions
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


@access(Action.VIEW, Surface.FORM)
@require_POST
def alive(request: HttpRequest) -> HttpResponse:
    """The page tells that it is in use: the request itself keeps the session alive."""
    return HttpResponse(status=204)


@access(Action.VIEW, Surface.FORM)
@require_safe
def own_settings(request: HttpRequest) -> HttpResponse:
    """One's own settings: language, shortcuts, second factors, sessions (asetukset)."""
    user = user_of(request)
    sessions, mark = open_sessions(user), session_hash(request)
    here = next((one.pk for one in sessions if one.session_hash.startswith(mark)), None)
    context = {
        "shortcuts_on": enabled(request),
        "sessions": sessions,
        "here": here,
        "main_user": user.is_main_user,
    }
    return render(request, "ui/settings.html", context)


@access(Action.CHANGE, Surface.FORM)
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out another session of one's own. Raises ObjectDenied for another's or none."""
    if not end_own(user_of(request), pk):
        raise ObjectDenied("vuokra_accounts_web_session", pk)
    messages.success(request, _("Istunto on kirjattu ulos."))
    return redirect("ui:settings")


@public
@require_POST
def shortcuts(request: HttpRequest) -> HttpResponseRedirect:
    """Turn single-letter shortcuts on or off in this browser (WCAG 2.1.4)."""
    response = redirect("ui:settings" if request.user.is_authenticated else "ui:help")
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
