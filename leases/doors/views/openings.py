"""Openings: ordered on an answer, listed, reported back, corrected."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leases.doors import openings as queries
from leases.doors import services
from leases.doors.forms import OWN, CorrectForm, OrderForm, ReportForm, chosen_filters
from leases.doors.models import Opening, State
from leases.doors.openings import Filters, OpeningRow
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
from vuokra.access.views import access
from vuokra.ui.pages import form_page, page_number, posted


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Order an opening on an answer that the user got."""
    now = timezone.now()
    if not of_the_office() and (gate := gate_now(now)).closed is not None:
        return closed_page(request, gate)
    question = queries.question_to_open(pk, now, own=not of_the_office())
    found = queries.companies(today=timezone.localdate(now))
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
    context = {
        "page": page, "rows": page.object_list, "states": _states(state, company),
        "openers": _openers(state, company, known), "query": _query(state, company),
    }  # fmt: skip
    return render(request, "doors/list.html", context)


def _query(state: State | None, company: int | None) -> str:
    parts = [f"rajaus={state.value}"] if state else []
    return "&".join(parts if company is None else [*parts, f"avaaja={company}"])


def _segment(label: Any, query: str, *, current: bool) -> dict[str, Any]:
    return {"label": label, "url": f"?{query}", "current": current, "count": None}


def _states(state: State | None, company: int | None) -> list[dict[str, Any]]:
    ways: list[tuple[State | None, Any]] = [(None, _("Kaikki"))]
    ways += [(one, one.label) for one in State]
    return [_segment(label, _query(one, company), current=one is state) for one, label in ways]


def _openers(
    state: State | None, company: int | None, known: list[Recipient]
) -> list[dict[str, Any]]:
    ways: list[tuple[int | None, Any]] = [(None, _("Kuka tahansa")), (OWN, _("Oma huolto"))]
    ways += [(one.pk, one.name) for one in known]
    return [_segment(label, _query(state, one), current=one == company) for one, label in ways]


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
    at = timezone.localtime(now)
    form = ReportForm(
        posted(request),
        initial={"day": at.date(), "clock": at.time(), "payer": row.opening.payer},
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


def _form(
    request: HttpRequest, row: OpeningRow, form: Any, save: Any, *, heading: str, done: str,
    explain: str,
) -> HttpResponse:  # fmt: skip
    back = page_of(row.opening)
    if form.is_bound and form.is_valid() and form.run(save) is not None:
        messages.success(request, done)
        return redirect(back)
    return form_page(
        request, "doors/form.html", forms=[form], form=form, row=row, heading=heading,
        explain=explain, back=back,
    )  # fmt: skip
