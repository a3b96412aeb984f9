"""The one long page on which a whole application is typed from paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.intake import services
from applications.intake.forms import WholeForm
from applications.intake.models import Application
from applications.intake.views.common import METHODS, PURPOSES, WRITE, page_of
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.pages import UNPROCESSABLE, posted

WHOLE = (
    *WRITE, (Group.HOUSEHOLD, Level.WRITE), (Group.ECONOMY, Level.WRITE),
    (Group.PERMIT, Level.WRITE), (Group.CONTACT, Level.WRITE), (Group.HOMES, Level.READ),
)  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WHOLE)
@require_http_methods(METHODS)
def whole_application(request: HttpRequest) -> HttpResponse:
    """A whole application at once. A form that was saved already, sent again by a second press or
    from a page that was gone back to, leads to what it made."""
    today = timezone.localdate()
    form = WholeForm(posted(request), request.FILES or None, today=today)
    if form.is_bound and (made := services.recorded_of_form(form.number)):
        return _made_before(request, made)
    if form.is_valid():
        recorded = form.run(lambda: services.record_whole(form.given, today=today))
        if recorded is not None:
            text = _("Hakemus on tallennettu luonnoksena. Tarkista tiedot ja vastaanota se.")
            messages.success(request, text)
            return redirect(page_of(recorded))
        if made := services.recorded_of_form(form.number):  # the other press came first meanwhile
            return _made_before(request, made)
    errors = form.errors
    context = {"whole": form, "errors": errors}
    status = UNPROCESSABLE if errors else 200
    return render(request, "applications/whole.html", context, status=status)


def _made_before(request: HttpRequest, made: Application) -> HttpResponse:
    text = _("Lomake on jo tallennettu tälle hakemukselle. Tee muutokset täällä.")
    messages.warning(request, text)
    return redirect(page_of(made))
