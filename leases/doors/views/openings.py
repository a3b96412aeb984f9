"""Openings: ordered on an answer, listed, reported back, corrected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leases.doors import services
from leases.doors.forms import OPENER, OWN, CorrectForm, OrderForm, ReportForm, chosen_filters
from leases.doors.models import Opening, State
from leases.doors.queries import openings as queries
from leases.doors.queries.openings import Filters, OpeningRow
from leases.doors.views.common import (
    METHODS,
    PURPOSES,
    READ,
    WRITE,
    closed_page,
    gate_now,
    of_the_office,
    page_of,
)
from registry.disclosures.models import Recipient
from vuokra.access.codes import Action, Surface
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.ui.listing import PART, address, segments
from vuokra.ui.pages import form_page, page_number, posted, save_page


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Order an opening on an answer that the user got."""
    now = timezone.now()
    if not of_the_office() and (gate := gate_now(now)).closed is not None:
        return closed_page(request, gate)
    today = timezone.localdate(now)
    try:
        question = queries.question_to_open(pk, now, own=not of_the_office())
    except ObjectDenied:
        if (before := queries.ordered_on(pk, today=today)) is None:
            raise
        messages.info(request, _("Ovenavaus on jo tilattu."))
        return redirect(page_of(before))
    found = queries.companies(today=today)
    form = OrderForm(posted(request), companies=found)

    def save() -> Opening:
        given = form.cleaned_data
        return services.order(
            question, company=form.chosen, payer=given["payer"], note=given["note"], now=now
        )

    made = form.run(save) if form.is_bound and form.is_valid() else None
    if made is not None:
        messages.success(request, _("Ovenavaus on tilattu. Kirjaa tulos, kun se on tiedossa."))
        return redirect(page_of(made))
    return form_page(request, "doors/order.html", forms=[form], form=form, question=question)


@access(Action.LIST, Surface.LIST, purposes=PURPOSES, needs=READ)
@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    """Openings by state and by who opens, 50 on a page."""
    today = timezone.localdate()
    state, company = chosen_filters(request.GET)
    page = queries.opening_list(Filters(state, company), page_number(request), today=today)
    known = queries.companies(today=today)
    given = {PART: state.value if state else "", OPENER: "" if company is None else str(company)}
    context = {
        "page": page, "rows": page.object_list, "states": segments(State.choices, given),
        "openers": _openers(given, company, known), "query": address(given),
    }  # fmt: skip
    return render(request, "doors/list.html", context)


def _openers(
    given: dict[str, str], company: int | None, known: list[Recipient]
) -> list[dict[str, Any]]:
    """Who opens, as links that keep the part of the list."""
    ways: list[tuple[int | None, Any]] = [(None, _("Kuka tahansa")), (OWN, _("Oma huolto"))]
    ways += [(one.pk, one.name) for one in known]
    return [
        {"label": label, "current": one == company, "count": None,
         "url": f"?{address({**given, OPENER: '' if one is None else str(one)})}"}
        for one, label in ways
    ]  # fmt: skip


@access(Action.VIEW, Surface.DETAIL, purposes=PURPOSES, needs=READ)
@require_safe
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """An opening: who was let in, on what ground, who opened, how it went, and corrections."""
    row = queries.opening_by_id(pk, today=timezone.localdate())
    context = {"row": row, "opening": row.opening, "question": row.opening.question}
    return render(request, "doors/opening.html", context)


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """How an opening went."""
    now = timezone.now()
    row = queries.opening_by_id(pk, today=timezone.localdate(now))
    if request.method != "POST" and row.opening.done_at is not None:
        return _elsewhere(request, row, _("Ovenavaus on jo kirjattu. Oikaise se tarvittaessa."))
    at, known = timezone.localtime(now), row.opening
    form = ReportForm(
        posted(request),
        initial={"day": at.date(), "clock": at.time(), "payer": known.payer, "note": known.note},
    )
    return _form(
        request, row, form,
        lambda: services.report(row.opening, form.reported, now=now),
        heading=_("Kirjaa tulos"), done=_("Tulos on kirjattu."),
        explain=_("Kirjattua tulosta ei muuteta. Virhe oikaistaan omalla rivillään."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right how an opening went."""
    now = timezone.now()
    row = queries.opening_by_id(pk, today=timezone.localdate(now))
    if row.opening.done_at is None:
        return _elsewhere(
            request, row, _("Kirjaa ensin tulos. Vasta sen jälkeen sen voi oikaista.")
        )
    known = row.counts
    at = timezone.localtime(known.done_at or now)
    form = CorrectForm(
        posted(request),
        initial={"outcome": known.outcome, "day": at.date(), "clock": at.time(),
                 "payer": known.payer, "note": known.note},
    )  # fmt: skip
    return _form(
        request, row, form,
        lambda: services.correct(row.opening, form.reported, form.cleaned_data["why"], now=now),
        heading=_("Oikaise"), done=_("Oikaisu on kirjattu."),
        explain=_("Kirjoita tiedot niin kuin niiden pitää olla. Aiempi kirjaus jää näkyviin."),
    )  # fmt: skip


def _elsewhere(request: HttpRequest, row: OpeningRow, why: str) -> HttpResponse:
    """The opening's own page, for a step that its state does not allow."""
    messages.info(request, why)
    return redirect(page_of(row.opening))


def _form(
    request: HttpRequest, row: OpeningRow, form: Any, save: Callable[[], object], *, heading: str,
    done: str, explain: str,
) -> HttpResponse:  # fmt: skip
    return save_page(
        request, "doors/form.html", form, save, done=done, back=page_of(row.opening), row=row,
        heading=heading, explain=explain,
    )  # fmt: skip
