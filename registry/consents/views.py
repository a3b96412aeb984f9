"""Pages of a person's consents and objections: one screen, one click for each objection (S9-08)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.consents import letters, queries, services
from registry.consents.codes import CELLS, PERSONS_OWN, Manner
from registry.consents.forms import (
    CorrectForm,
    EvidenceForm,
    ForbidForm,
    NumberedForbidForm,
    PermitForm,
)
from registry.consents.services import Evidence
from registry.persons.models import Person
from registry.persons.purposes import VIEWING
from registry.persons.queries import person_by_public_id
from registry.persons.tabs import card_tabs
from registry.persons.views.changing import change_page
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.accounts.actor import user_of
from vuokra.company.queries import notice_versions
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.ui.pages import form_page, posted

READ = ((Group.PERSON, Level.READ), (Group.CONSENT, Level.READ))
WRITE = ((Group.PERSON, Level.READ), (Group.CONSENT, Level.WRITE))
WRITES_LETTERS = (*WRITE, (Group.CONTACT, Level.READ))
BY_NUMBER = ((Group.CUSTOMER, Level.READ), (Group.CONSENT, Level.WRITE))
CAMPAIGNS = (*VIEWING, Purpose.MARKKINOINTI, Purpose.KYSELY)


@access(Action.VIEW, Surface.DETAIL, purposes=VIEWING, needs=READ)
@require_safe
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """How a person stands to each use and channel, and every decision that led there."""
    found, today = person_by_public_id(public_id), timezone.localdate()
    uses = queries.overview(found, today=today)
    context = {
        "person": found,
        "tabs": card_tabs(found, current_url_name="consents:person"),
        "uses": uses,
        "left": any(not one.forbidden for use in uses for one in use.cells),
        "lines": queries.history(found),
        "barred": queries.barred_from_marketing(found.pk, today),
        "manners": PERSONS_OWN,
    }
    return render(request, "consents/person.html", context)


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE)
@require_POST
def forbid(request: HttpRequest, public_id: str) -> HttpResponse:
    """Objections by one click each, in force when the answer leaves (S9-03 … S9-06)."""
    found = person_by_public_id(public_id)
    cells = (
        list(CELLS)
        if "kaikki" in request.POST
        else [queries.cell_by_code(code) for code in request.POST.getlist("kielto")]
    )
    services.forbid(found, cells, _told_now(request), today=timezone.localdate())
    if cells:
        messages.success(
            request, _("Kielto on voimassa. Se poistuu vain henkilön omasta pyynnöstä.")
        )
    return redirect("consents:person", public_id)


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE)
@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back a consent by one click (GDPR art. 7(3))."""
    found = person_by_public_id(public_id)
    cell = queries.cell_by_code(request.POST.get("suostumus", ""))
    services.withdraw(found, cell, _told_now(request), today=timezone.localdate())
    messages.success(request, _("Suostumus on peruutettu."))
    return redirect("consents:person", public_id)


def _told_now(request: HttpRequest) -> Evidence:
    """The person's word of this moment; how it came is told when the clerk chose to."""
    manner = request.POST.get("tapa", "")
    return Evidence(timezone.localdate(), Manner(manner) if manner in PERSONS_OWN else None)


@access(Action.CREATE, Surface.FORM, purposes=VIEWING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def permit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record a consent with its evidence."""
    found, today = person_by_public_id(public_id), timezone.localdate()
    form = PermitForm(
        posted(request), today=today, texts=queries.texts_in_force(today),
        notices=notice_versions(today),
    )  # fmt: skip

    def save() -> object:
        return services.permit(found, evidence=form.evidence, today=today, **form.chosen)

    return _form_page(
        request, found, form, save,
        done=_("Suostumus on kirjattu."), heading=_("Kirjaa suostumus"),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=VIEWING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record an objection with its day and proof: a letter's, or the population register's."""
    found, today = person_by_public_id(public_id), timezone.localdate()
    form = ForbidForm(posted(request), today=today)
    return _form_page(
        request, found, form,
        lambda: services.forbid(found, form.chosen, form.evidence, today=today),
        done=_("Kielto on voimassa."), heading=_("Kirjaa kielto"),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=CAMPAIGNS, needs=BY_NUMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def by_number(request: HttpRequest) -> HttpResponse:
    """Record the objection of somebody known by customer number, without opening the record."""
    today = timezone.localdate()
    form = NumberedForbidForm(posted(request), today=today)

    def save() -> object:
        found = queries.objector(form.cleaned_data["number"])
        if found is None:
            raise ValidationError(_("Asiakasnumerolla ei ole ketään."), code="number")
        return services.forbid(found, form.chosen, form.evidence, today=today)

    if form.is_bound and form.is_valid() and form.run(save) is not None:
        messages.success(request, _("Kielto on voimassa."))
        return redirect("consents:by_number")
    return form_page(request, "consents/by_number.html", forms=[form], form=form)


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, public_id: str, use: str, channel: str) -> HttpResponse:
    """End an objection at the person's own later word."""
    found, today = person_by_public_id(public_id), timezone.localdate()
    cell = queries.cell_by_code(f"{use}:{channel}")
    form = EvidenceForm(posted(request), today=today)
    return _form_page(
        request, found, form,
        lambda: services.lift(found, cell, form.evidence, today=today),
        done=_("Kielto on poistettu."),
        heading=_("Poista kielto – %(cell)s") % {"cell": cell.label},
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Say that a row was a mistake; it stays in the history."""
    found = person_by_public_id(public_id)
    decision = queries.decision_of(found, pk)
    form = CorrectForm(posted(request))
    return _form_page(
        request, found, form,
        lambda: services.correct(
            decision, reason=form.cleaned_data["grounds"], today=timezone.localdate()
        ),
        done=_("Kirjaus on korjattu."), heading=_("Kirjaus oli virhe"),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=VIEWING, needs=WRITES_LETTERS)
@require_POST
def order_letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """Order the letter that confirms what was recorded."""
    document = letters.order(person_by_public_id(public_id), by=user_of(request))
    messages.success(request, _("Kirje tilattiin. Se valmistuu hetken kuluttua."))
    return redirect("documents:document", document.uuid)


def _form_page(
    request: HttpRequest, found: Person, form: Any, save: Any, *, done: str, heading: str
) -> HttpResponse:
    return change_page(
        request, found, form, save, done=done, heading=heading,
        back=reverse("consents:person", args=[found.public_id]),
    )  # fmt: skip
