"""The register of requests, one request, a person's requests, and taking one in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.households.picking import Picked, PickFields, pick
from registry.persons.models import Person
from registry.persons.purposes import VIEWING
from registry.persons.queries import person_by_public_id
from registry.persons.tabs import card_tabs
from registry.rights import clock, queries, services
from registry.rights.filters import ListForm
from registry.rights.forms import IntakeForm
from registry.rights.models import Behalf, Channel, DataRequest, Language
from registry.rights.queries import todo
from registry.rights.queries.acting import acting_for
from registry.rights.services import Intake
from registry.rights.services.attaching import attach_at_intake
from registry.rights.views.common import HANDLING, READ, TAKE_IN, TAKING
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui import navigation
from vuokra.ui.pages import UNPROCESSABLE, page_number, posted

LIST = "rights:list"


@access(Action.LIST, Surface.LIST, purposes=HANDLING, needs=READ)
@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    """The register of requests, the first deadline first."""
    form = ListForm(request.GET)
    page = queries.register_page(form.filters, page_number(request), today=clock.today())
    if form.waiting:
        navigation.remember_count(request, LIST, page.paginator.count)
    context = {"page": page, "rows": page.object_list, "list": form, "query": form.query}
    return render(request, "rights/list.html", context)


@access(Action.VIEW, Surface.DETAIL, purposes=HANDLING, needs=READ)
@require_safe
def request_page(request: HttpRequest, number: str) -> HttpResponse:
    """One request: how far it is, by when, what comes next."""
    row = queries.request_by_number(number)
    page = queries.request_page(row)
    found = todo.todos(page)
    context = {
        "row": row,
        "page": page,
        "person": row.person,
        "todos": found,
        "next": todo.next_todo(found, page),
        "steps": todo.bar(page),
        "may": todo.allowed(page),
    }
    return render(request, "rights/request.html", context)


@access(Action.VIEW, Surface.DETAIL, purposes=VIEWING, needs=READ)
@require_safe
def of_person(request: HttpRequest, public_id: str) -> HttpResponse:
    """A person's requests: a tab of the card."""
    person = person_by_public_id(public_id)
    context = {
        "person": person,
        "rows": queries.requests_of(person, today=clock.today()),
        "tabs": card_tabs(person, current_url_name="rights:person"),
    }
    return render(request, "rights/person.html", context)


# -- taking in ---------------------------------------------------------------------------------


@access(Action.SEARCH, Surface.FORM, purposes=TAKING, needs=TAKE_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Whose request is it: somebody of the register, or not known yet."""
    picked = Picked()
    if request.method == "POST":
        picked = pick(request.POST, today=timezone.localdate())
        if picked.chosen is not None and not picked.searched:
            return redirect("rights:new_of", picked.chosen.public_id)
    form = PickFields(initial=picked.initial)
    status = UNPROCESSABLE if picked.problem else 200
    return render(request, "rights/new.html", {"form": form, "picked": picked}, status=status)


@access(Action.CREATE, Surface.FORM, purposes=TAKING, needs=TAKE_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def new_of(request: HttpRequest, public_id: str) -> HttpResponse:
    """A request of, or for, a person of the register."""
    return _intake(request, person_by_public_id(public_id))


@access(Action.CREATE, Surface.FORM, purposes=TAKING, needs=TAKE_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def new_unknown(request: HttpRequest) -> HttpResponse:
    """A request of somebody who was not found, or not searched for yet."""
    return _intake(request, None)


def _intake(request: HttpRequest, person: Person | None) -> HttpResponse:
    files = request.FILES if request.method == "POST" else None
    today = clock.today()
    acting = acting_for(person, today) if person is not None else []
    form = IntakeForm(posted(request), files, known=person is not None, today=today, acting=acting)
    if form.is_bound and form.is_valid() and _not_twice(form, person):
        row = form.run(lambda: _save(form, person))
        if row is not None:
            return _taken_in(request, row, person)
    context = {"form": form, "person": person}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "rights/intake.html", context, status=status)


def _not_twice(form: IntakeForm, person: Person | None) -> bool:
    """Whether no open request asks the same, or the clerk has seen that one does (DP-A32)."""
    keeps = current().actor.level(Group.RIGHTS) >= Level.READ
    if person is None or not keeps or form.cleaned_data.get("again"):
        return True
    form.repeats = queries.open_like(person, form.asks)
    if form.repeats:
        form.add_error(
            "again",
            _("Avoin pyyntö samasta oikeudesta: %(numbers)s. Vahvista, että tämä on uusi pyyntö.")
            % {"numbers": ", ".join(form.repeats)},
        )
    return not form.repeats


def _save(form: IntakeForm, person: Person | None) -> DataRequest:
    given: dict[str, Any] = form.cleaned_data
    with transaction.atomic():
        row = services.take_in(
            Intake(
                received_on=given["received_on"],
                channel=Channel(given["channel"]),
                rights=form.asks,
                wish=given["wish"],
                language=Language(given["language"]),
                person=person,
                sender=given["sender"],
                sender_contact=given["sender_contact"],
                behalf=Behalf(given["behalf"]),
                representative=form.who_acts,
            )
        )
        if given["attachment"]:
            attach_at_intake(row, given["attachment"])
    return row


def _taken_in(request: HttpRequest, row: DataRequest, person: Person | None) -> HttpResponse:
    if current().actor.level(Group.RIGHTS) >= Level.READ:
        messages.success(request, _("Pyyntö %(number)s on kirjattu.") % {"number": row.number})
        return redirect("rights:request", row.slug)
    messages.success(
        request,
        _("Pyyntö %(number)s on kirjattu. Rekisteriasioiden hoitaja vastaa siihen.")
        % {"number": row.number},
    )
    return redirect("persons:card", person.public_id) if person else redirect("home")
