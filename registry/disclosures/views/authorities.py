"""Requests of authorities, one page for each step (DP-A18)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.disclosures import queries, rules, services
from registry.disclosures.forms.authorities import AnswerForm, GrantForm, IntakeForm, VerifyForm
from registry.disclosures.forms.giving import NoteForm
from registry.disclosures.models import RequestState, Verification
from registry.disclosures.queries import RequestPage
from registry.disclosures.views.common import (
    READ_PEOPLE,
    RECORDERS,
    WATCHING,
    WRITE_PEOPLE,
    people_by_numbers,
    saved_page,
    segments,
)
from registry.persons.purposes import VIEWING
from registry.persons.queries import person_by_public_id
from registry.persons.views.common import READ_PERSON
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.pages import page_number, posted

METHODS = ["GET", "HEAD", "POST"]
STEPS = (
    (RequestState.RECEIVED, gettext_lazy("Vastaanotettu")),
    (RequestState.VERIFIED, gettext_lazy("Varmistettu")),
    (RequestState.GRANTED, gettext_lazy("Päätetty")),
    (RequestState.APPROVED, gettext_lazy("Hyväksytty")),
    (RequestState.ANSWERED, gettext_lazy("Vastattu")),
)


@access(Action.LIST, Surface.LIST, purposes=WATCHING, needs=READ_PEOPLE)
@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    """Requests that are open, or answered ones."""
    answered = request.GET.get("tila") == "valmiit"
    page = queries.request_list(answered=answered, number=page_number(request))
    context = {
        "page": page, "rows": page.object_list, "answered": answered,
        "query": "tila=valmiit" if answered else "",
        "segments": segments("disclosures:requests"),
    }  # fmt: skip
    return render(request, "disclosures/requests.html", context)


@access(Action.CREATE, Surface.FORM, purposes=VIEWING, needs=READ_PERSON, roles=RECORDERS)
@require_http_methods(METHODS)
def new_request(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """Take a request. Nothing is told to whoever asks."""
    person = person_by_public_id(public_id) if public_id else None
    initial = {"numbers": person.customer_number} if person else {}
    form = IntakeForm(posted(request), initial=initial)

    def save() -> object:
        people = people_by_numbers(form)
        return None if people is None else services.receive_request(form.asked_for, people)

    back = reverse("persons:card", args=[public_id]) if public_id else reverse("home")
    handles = current().actor.level(Group.DISCLOSURE) >= Level.WRITE
    return saved_page(
        request, form, save, template="disclosures/intake.html", back=back,
        done=_("Pyyntö on kirjattu. Varmista pyytäjä.") if handles
        else _("Pyyntö on kirjattu. Rekisteriasioiden käsittelijä jatkaa siitä."),
        after=(lambda made: reverse("disclosures:request", args=[made.pk])) if handles else None,
        person=person,
    )  # fmt: skip


@access(Action.VIEW, Surface.DETAIL, purposes=WATCHING, needs=READ_PEOPLE)
@require_safe
def one_request(request: HttpRequest, pk: int) -> HttpResponse:
    """A request: what was asked, what was done, and the next step."""
    return render(request, "disclosures/request.html", _context(queries.request_by_id(pk)))


def _context(found: RequestPage) -> dict[str, Any]:
    actor, row = current().actor, found.row
    order = [state.value for state, _label in STEPS]
    step = order.index(row.state) if row.state in order else -1
    steps = [
        {
            "label": label,
            "state": "done" if number <= step else "now" if number == step + 1 else "",
            "at": None,
        }
        for number, (_state, label) in enumerate(STEPS)
    ]
    approves = bool(actor.roles & rules.APPROVERS) and not found.own_decision
    return {
        "found": found,
        "row": row,
        "steps": [] if row.state == RequestState.REFUSED else steps,
        "may_approve": row.state == RequestState.GRANTED and approves,
    }


@access(Action.CHANGE, Surface.FORM, purposes=WATCHING, needs=WRITE_PEOPLE)
@require_http_methods(METHODS)
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Who asks was verified: called back to the switchboard, or the document looked at."""
    found = queries.request_by_id(pk)
    form = VerifyForm(posted(request), asked=found.row)

    def save() -> None:
        given = form.cleaned_data
        services.verify_request(
            found.row, how=Verification(given["how"]), switchboard=given["switchboard"],
            note=given["note"], now=timezone.now(),
        )  # fmt: skip

    return _step(request, found, form, save, _("Varmista pyytäjä"), _("Pyytäjä on varmistettu."))


@access(Action.CHANGE, Surface.FORM, purposes=WATCHING, needs=WRITE_PEOPLE)
@require_http_methods(METHODS)
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """The registrar decides to give, by statute and section."""
    found = queries.request_by_id(pk)
    initial = {"statute": found.row.statute, "section": found.row.section}
    form = GrantForm(posted(request), initial=initial)
    return _step(
        request, found, form,
        lambda: services.grant_request(found.row, form.scope, now=timezone.now()),
        _("Päätä antaa tiedot"), _("Päätös on kirjattu. Toinen henkilö hyväksyy sen."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=WATCHING, needs=WRITE_PEOPLE)
@require_http_methods(METHODS)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """The registrar decides that nothing is given."""
    found = queries.request_by_id(pk)
    form = NoteForm(posted(request))
    return _step(
        request, found, form,
        lambda: services.refuse_request(
            found.row, reason=form.cleaned_data["note"], now=timezone.now()
        ),
        _("Päätä olla antamatta"), _("Päätös on kirjattu. Tietoja ei anneta."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=WATCHING, needs=READ_PEOPLE)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Another approves the decision."""
    found = queries.request_by_id(pk)
    try:
        with transaction.atomic():
            services.approve_request(found.row, now=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Päätös on hyväksytty. Vastauksen voi antaa."))
    return redirect("disclosures:request", pk)


@access(Action.DISCLOSE, Surface.FORM, purposes=WATCHING, needs=WRITE_PEOPLE)
@require_http_methods(METHODS)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer was delivered: it is recorded as a disclosure."""
    found = queries.request_by_id(pk)
    form = AnswerForm(posted(request), request.FILES or None, initial={"day": timezone.localdate()})
    if not found.any_protected:
        del form.fields["as_protected"]
    return _step(
        request, found, form,
        lambda: services.answer_request(found.row, form.answered, today=timezone.localdate()),
        _("Kirjaa vastaus"), _("Vastaus on kirjattu luovutukseksi."),
    )  # fmt: skip


def _step(
    request: HttpRequest,
    found: RequestPage,
    form: Any,
    step: Callable[[], object],
    heading: str,
    done: str,
) -> HttpResponse:
    """One step: its form beside what was asked."""

    def save() -> object:
        step()
        return found

    return saved_page(
        request, form, save, template="disclosures/step.html",
        back=reverse("disclosures:request", args=[found.row.pk]), done=done, heading=heading,
        **_context(found),
    )  # fmt: skip
