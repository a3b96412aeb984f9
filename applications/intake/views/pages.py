"""The list of applications, the page of one, and the beginning of a new one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.intake import letters, panels, services
from applications.intake.forms import FindForm, NewForm
from applications.intake.models import Application
from applications.intake.purposes import STATED
from applications.intake.queries import listing, review
from applications.intake.queries import page as queries
from applications.intake.queries.listing import ApplicationRow, View
from applications.intake.views.common import (
    METHODS,
    PURPOSES,
    READ,
    WRITE,
    page_of,
    review_of,
    row_of,
)
from applications.intake.words import lack_words
from registry.households.picking import sent
from registry.persons.forms import PurposeForm
from registry.persons.purposes import held
from registry.persons.queries.standing import lives_near
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.documents import queries as documents
from vuokra.policy.roles import Purpose
from vuokra.ui.listing import Parts
from vuokra.ui.pages import UNPROCESSABLE, form_page, page_number, posted

MOST_CHOSEN = 50
RENEW, EXPIRE, REMIND = "renew", "expire", "remind"


@access(Action.LIST, Surface.LIST, purposes=PURPOSES, needs=READ)
@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    """Applications by view, 50 on a page."""
    return _list(request, FindForm())


@access(Action.SEARCH, Surface.SEARCH, purposes=PURPOSES, needs=READ)
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """The page of the application whose number was told; otherwise the list, which says that there
    is none. What may be an identity code is not shown again."""
    form = FindForm(request.POST)
    if form.has_error("number", code="hetu_in_text"):
        form = FindForm({})
    if form.is_valid():
        found = listing.by_numbers([form.cleaned_data["number"]], today=timezone.localdate())
        if found:
            return redirect(page_of(found[0].application))
        text = _("Hakemusta %(number)s ei ole.") % form.cleaned_data
        form.add_error("number", ValidationError(text, code="unknown"))
    return _list(request, form)


def _list(request: HttpRequest, form: FindForm) -> HttpResponse:
    parts, number = Parts(View, request.GET), page_number(request)
    page = listing.application_list(parts.chosen, number, today=timezone.localdate())
    context = {
        "page": page, "rows": page.object_list, "segments": parts.segments, "query": parts.query,
        "view": parts.chosen, "do": {"renew": RENEW, "expire": EXPIRE, "remind": REMIND},
        "find": form,
        "first": review_of(page.object_list[0].application.number, parts.chosen) if page.object_list
        else "",
    }  # fmt: skip
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "applications/list.html", context, status=status)


@access(Action.VIEW, Surface.DETAIL, purposes=PURPOSES, needs=READ)
@require_safe
def application(request: HttpRequest, number: str) -> HttpResponse:
    """An application: what was told to the left, what is checked of it to the right."""
    row = row_of(number)
    context = shown_of(row) | {
        "documents": documents.documents_in_matter(row.application.number),
        "way": "",
    }
    return render(request, "applications/application.html", context)


@access(Action.VIEW, Surface.FORM, purposes=PURPOSES, needs=READ)
@require_http_methods(METHODS)
def purpose(request: HttpRequest, number: str) -> HttpResponse:
    """For what the application of a neighbour is opened, in words too (A1); then on to it."""
    row, ctx = row_of(number, asking=True), current()
    if not lives_near([one.person_id for one in row.members]):
        return redirect(page_of(row.application))
    form = PurposeForm(
        posted(request), purposes=[one for one in held(ctx.actor) if one in PURPOSES],
        initial={"reason": ctx.purpose.value if ctx.purpose else ""},
    )  # fmt: skip
    form.demand_words()
    if form.is_bound and form.is_valid():
        ctx.purpose = Purpose(form.cleaned_data["reason"])
        ctx.reason = form.cleaned_data["reason_text"]
        STATED.remember(request, number, ctx.purpose)
        return redirect(page_of(row.application))
    return form_page(
        request, "applications/form.html", forms=[form], form=form, row=row,
        heading=_("Peruste tarvitaan"), back=reverse("applications:list"),
        explain=_("Ruokakunnassa on joku, joka asuu samalla kadulla kuin sinä. Avaaminen "
                  "kirjataan, ja lokitarkastaja näkee sen."),
    )  # fmt: skip


def shown_of(row: ApplicationRow) -> dict[str, Any]:
    """What both pages of an application show: where it is read, and where it is checked."""
    page = queries.application_page(row)
    names = {one.member.pk: one.member.person for one in page.members}
    return {
        "page": page, "row": row, "application": row.application, "state": row.application.state,
        "lacking": [(lack_words(one.lack), names.get(one.member or 0)) for one in page.missing],
        "kept": review.kept_until(row.application, today=row.today),
        "parts": panels.shown(row.application, row.today),
        "sums": panels.sums_shown(row.application, row.today),
    }  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def new_application(request: HttpRequest) -> HttpResponse:
    """A new application begun the short way: whose, how and when it came."""
    today = timezone.localdate()
    usual = {"received_on": today, "subsidised": True}
    form, picked = sent(
        posted(request), lambda data, initial: NewForm(data, initial=initial or usual), today=today
    )

    def save() -> Application:
        given = services.Applying(
            person=picked.chosen, names=form.newcomer.names, code=form.code,
            protected=form.cleaned_data["protected"],
        )  # fmt: skip
        applicant = services.applicant_of(given, today=today)
        return services.begin(applicant, form.given, today=today)

    made = form.run(save) if form.is_bound and form.is_valid() else None
    if made is not None:
        messages.success(request, _("Luonnos on tehty. Kirjaa seuraavaksi, mitä hakija kertoi."))
        return redirect(page_of(made))
    return form_page(request, "applications/new.html", forms=[form], form=form, picked=picked)


@access(Action.CHANGE, Surface.LIST, purposes=PURPOSES, needs=WRITE)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Renew, remind of or expire the chosen applications: shown first with what is left out, then
    done."""
    today = timezone.localdate()
    what = request.POST.get("do", "")
    numbers = [one for one in request.POST.getlist("chosen") if len(one) <= 12][:MOST_CHOSEN]
    chosen = listing.by_numbers(numbers, today=today)
    may = {
        RENEW: listing.may_renew, EXPIRE: listing.may_expire, REMIND: listing.may_remind,
    }.get(what)  # fmt: skip
    if may is None or not chosen:
        messages.error(request, _("Valitse ensin hakemukset ja mitä niille tehdään."))
        return redirect("applications:list")
    shut = listing.restricted_of(chosen, today)
    done = [one for one in chosen if may(one, today) and one.application.pk not in shut]
    left = [one for one in chosen if one not in done]
    if request.POST.get("confirmed") != "1":
        context = {"rows": done, "left": left, "what": what, "numbers": numbers}
        return render(request, "applications/bulk.html", context)
    refused = [one.application for one in done if not _done(what, one.application, today)]
    if len(refused) < len(done):
        count = len(done) - len(refused)
        messages.success(request, _told(what, count) % {"n": count})
    if refused:
        text = _("Näille sitä ei voitu tehdä, avaa hakemus: %(numbers)s.")
        messages.error(request, text % {"numbers": ", ".join(one.number for one in refused)})
    return redirect("applications:list")


def _done(what: str, application: Application, today: date) -> bool:
    """Whether it was done to one of the chosen; another's refusal stops nobody."""
    try:
        with transaction.atomic():
            _do(what, application, today)
    except ValidationError:
        return False
    return True


def _do(what: str, application: Application, today: date) -> None:
    if what == REMIND:
        letters.order(application, letters.REMINDER)
    else:
        (services.renew if what == RENEW else services.expire)(application, today=today)


def _told(what: str, count: int) -> str:
    if what == RENEW:
        return ngettext("%(n)s hakemus on uusittu.", "%(n)s hakemusta on uusittu.", count)
    if what == EXPIRE:
        return ngettext("%(n)s hakemus on päätetty.", "%(n)s hakemusta on päätetty.", count)
    return ngettext("%(n)s kirje on tilattu.", "%(n)s kirjettä on tilattu.", count)
