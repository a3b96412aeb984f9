"""May this person be let in: the question of the office, and that of whoever is on call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from leases.doors import services
from leases.doors.forms import AskForm
from leases.doors.models import Question
from leases.doors.rules.letting_in import Answer, Method
from leases.doors.views.common import ASK, METHODS, PURPOSES, WRITE, closed_page, gate_now, office
from leases.homes import queries as of_homes
from leases.homes.models import Flat
from leases.homes.queries import KeyRow
from registry.persons.queries import may_know_codes, may_know_of_protection
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.ui.pages import UNPROCESSABLE, number_told, posted

TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as the page tells it. Nothing of it depends on whom it was about, unless it
    confirms something."""

    flat: Flat
    answer: Answer
    ground: str = ""
    order: int | None = None

    @property
    def told(self) -> str:
        """The answer as a sentence."""
        return f"{self.answer.label}."


@access(Action.SEARCH, Surface.FORM, purposes=PURPOSES, needs=ASK)
@require_http_methods(METHODS)
def ask(request: HttpRequest) -> HttpResponse:
    """May this person be let in?"""
    return _page(request, timezone.now())


@access(Action.SEARCH, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def on_call(request: HttpRequest) -> HttpResponse:
    """The same in on-call time, for whoever is on duty at the moment, with the keys of the flat."""
    now = timezone.now()
    found = gate_now(now)
    if found.closed is not None:
        return closed_page(request, found)
    return _page(request, now, until=found.until)


def _page(request: HttpRequest, now: datetime, until: datetime | None = None) -> HttpResponse:
    form = AskForm(
        posted(request), initial={"flat": _flat_of(request)}, codes=may_know_codes(),
        protection=may_know_of_protection(),
    )  # fmt: skip
    limit: int | None = None
    answered: Answered | None = None
    if form.is_bound and form.is_valid():
        try:
            row = form.run(lambda: _asked(form, now, on_call=until is not None))
        except services.Limited as refused:
            current().note_denied()
            current().alarm = True
            limit = refused.limit
        else:
            answered = _told(row) if row is not None else None
    keys = _keys(answered, on_call=until is not None)
    status = TOO_MANY if limit else UNPROCESSABLE if form.is_bound and form.errors else 200
    context = {
        "form": form, "answered": answered, "limit": limit, "until": until, "keys": keys,
        "office": office(),
    }  # fmt: skip
    return render(request, "doors/ask.html", context, status=status)


def _flat_of(request: HttpRequest) -> str:
    """The address of the flat that the link names by its number."""
    given = number_told(request.GET.get("huoneisto", ""))
    return "" if given is None else of_homes.flat_by_id(given).address


def _asked(form: AskForm, now: datetime, *, on_call: bool) -> Question:
    given = form.cleaned_data
    return services.ask(
        given["flat"], form.claim, Method(given["method"]), now=now,
        reason=given.get("reason", ""), on_call=on_call,
    )  # fmt: skip


def _told(row: Question) -> Answered:
    answer = Answer(row.answer)
    if answer is Answer.UNKNOWN:
        return Answered(row.flat, answer)
    order = row.pk if answer is Answer.YES else None
    return Answered(row.flat, answer, row.get_ground_display(), order)


def _keys(answered: Answered | None, *, on_call: bool) -> list[KeyRow]:
    """Keys of the flat that whoever is on call may open."""
    if answered is None or answered.order is None or not on_call:
        return []
    found = of_homes.keys_of(answered.flat, holders=False)
    return [one for one in found if one.key.lost_on is None]
