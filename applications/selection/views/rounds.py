"""Selections: the list, one with its applicants in order, opened and broken off, skips."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.selection import services
from applications.selection.forms import OpenForm, SkipForm, WhyForm
from applications.selection.models import Skip, SkipReason
from applications.selection.queries.page import MOST_COMPARED, Ranking, ranking_of, round_by_id
from applications.selection.queries.rounds import View, round_list
from applications.selection.rule_rows import ORDER
from applications.selection.rules.ranking import Factor, decides
from applications.selection.views.common import (
    METHODS,
    PURPOSES,
    READ,
    WRITE,
    page_of,
    row_of,
    selection_form,
)
from applications.selection.views.told import Line, columns, events, lines
from leases.homes.queries import flat_by_id
from vuokra.access.codes import Action, Surface
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.rules.queries import rule
from vuokra.ui import pages
from vuokra.ui.listing import PART, Parts, address
from vuokra.ui.pages import page_number, posted, save_page

COMPARED, COMPARING = "vertaa", "vertailu"
"""In an address: the numbers of those who are compared; that a comparison is asked for, even when
nobody was chosen for it."""


@access(Action.LIST, Surface.LIST, purposes=PURPOSES, needs=READ)
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Selections, and flats that wait for one."""
    parts = Parts(View, request.GET)
    page = round_list(parts.chosen, page_number(request), today=timezone.localdate())
    context = {
        "page": page, "rows": page.object_list, "segments": parts.segments, "query": parts.query,
        "without": parts.chosen is View.FREE, "free": address({PART: View.FREE.value}),
    }  # fmt: skip
    return render(request, "selection/list.html", context)


@access(Action.LIST, Surface.LIST, purposes=PURPOSES, needs=READ)
@require_safe
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The applicants of a selection in their order: names those shown, counts the others."""
    row, today = round_by_id(pk), timezone.localdate()
    numbers = request.GET.getlist(COMPARED)
    ranking = ranking_of(row, page_number(request), today=today, numbers=numbers)
    shown = lines(row, [*ranking.passed, *ranking.applicants]) if ranking.page else []
    context = {
        "ranking": ranking, "round": row, "flat": row.flat, "page": ranking.page,
        "query": urlencode([(COMPARED, one) for one in numbers]),
        "order_rule": rule(ORDER, today), "columns": columns(), "deciding": _deciding(ranking),
        "lines": shown, "events": events(ranking), "open": row.state == "open",
        "compares": bool(numbers) or COMPARING in request.GET, "comparing": COMPARING,
        "asked_for": len(numbers), "chosen": numbers, "most": MOST_COMPARED,
        "elsewhere": _elsewhere(numbers, shown), "factor": Factor,
    }  # fmt: skip
    return render(request, "selection/round.html", context)


def _elsewhere(numbers: Iterable[str], shown: Iterable[Line]) -> list[str]:
    """Those chosen for comparison that stand on another page: they stay chosen."""
    here = {line.one.row.application.number for line in shown if line.one.row}
    return [one for one in dict.fromkeys(numbers) if one.isprintable() and one not in here]


def _deciding(ranking: Ranking) -> Factor | None:
    """By which factor the first two of a comparison differ; None for a tie."""
    known = [one.standing for one in ranking.compared if one.standing is not None]
    return decides(known[0], known[1], ranking.policy) if len(known) > 1 else None


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def open_round(request: HttpRequest, flat: int) -> HttpResponse:
    """Begin to choose residents for a flat."""
    home, today = flat_by_id(flat), timezone.localdate()
    form = OpenForm(posted(request), initial={"free_from": today, "open_to_all_from": today})
    return save_page(
        request, "selection/form.html", form,
        lambda: services.open_round(home, **form.cleaned_data, today=today),
        done=_("Asukasvalinta on avattu."), to=page_of, round=None, home=home,
        back=reverse("selection:list"), heading=_("Avaa asukasvalinta"), button=_("Tallenna"),
        explain=_("Sopivat hakijat järjestetään heti. Järjestys on ehdotus: sinä valitset."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Break the choosing off."""
    row, today = round_by_id(pk), timezone.localdate()
    form = WhyForm(posted(request))
    return selection_form(
        request, row, form,
        lambda: services.cancel_round(row, form.cleaned_data["reason"], today=today),
        heading=_("Keskeytä asukasvalinta"), done=_("Asukasvalinta on keskeytetty."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def skip(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """Pass an applicant over, with a reason."""
    row, applicant, today = round_by_id(pk), row_of(number), timezone.localdate()
    form = SkipForm(posted(request))
    return selection_form(
        request, row, form,
        lambda: services.skip(
            row, applicant.application, SkipReason(form.cleaned_data["reason"]),
            form.cleaned_data["text"], today=today,
        ),
        heading=_("Ohita hakija"), done=_("Hakija on ohitettu tässä valinnassa."),
        explain=_("Ohitus koskee vain tätä asuntoa, ja hakija jää näkyviin perusteineen."),
        applicant=applicant,
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def take_back(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """The applicant is compared again."""
    row, applicant, today = round_by_id(pk), row_of(number), timezone.localdate()
    found = Skip.objects.filter(
        round=row, application=applicant.application, taken_back_at=None
    ).first()
    if found is None:
        raise ObjectDenied(Skip._meta.db_table)
    found.round = row
    return pages.act(
        request, page_of(row), lambda: services.take_back_skip(found, today=today),
        done=_("Ohitus on peruttu."),
    )  # fmt: skip
