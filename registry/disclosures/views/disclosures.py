"""Pages of what was disclosed: the list, one of them, one person's, and recording by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.disclosures import listing, matters, queries, services
from registry.disclosures.forms.filters import FilterForm
from registry.disclosures.forms.giving import CorrectForm, GiveForm, NoteForm, NotifiedForm
from registry.disclosures.models import Channel, Correction, NotifyState
from registry.disclosures.services import Given
from registry.disclosures.services.corrections import ORIGIN
from registry.disclosures.texts import named
from registry.disclosures.views.common import (
    DECIDERS,
    READ,
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
from registry.persons.tabs import card_tabs
from registry.persons.views.common import READ_PERSON
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import AccessStream, access
from vuokra.policy.roles import Purpose, Role
from vuokra.ui.pages import UNPROCESSABLE, page_number, posted
from vuokra.ui.spreadsheet import CONTENT_TYPE

METHODS = ["GET", "HEAD", "POST"]
FORM = "disclosures/form.html"


@access(Action.LIST, Surface.LIST, purposes=WATCHING, needs=READ)
@require_safe
def disclosure_list(request: HttpRequest) -> HttpResponse:
    """What was given out, newest first, 50 on a page."""
    form = FilterForm(request.GET)
    page = queries.disclosure_page(form.wanted, page_number(request))
    context = {
        "page": page,
        "lines": page.object_list,
        "form": form,
        "query": form.query,
        "segments": segments("disclosures:list"),
        "exports": Role.REK in current().actor.roles,
    }
    return render(request, "disclosures/list.html", context)


@access(Action.EXPORT, Surface.EXPORT, purposes=WATCHING, needs=READ, roles=(Role.REK,))
@require_POST
def export_list_file(request: HttpRequest) -> HttpResponseBase:
    """The list as a file, for the registrar alone. Nobody whose data were given is in it."""
    read = listing.reader(FilterForm(request.POST).wanted)
    return AccessStream(read, content_type=CONTENT_TYPE, filename="luovutukset.csv")


@access(Action.VIEW, Surface.DETAIL, purposes=WATCHING, needs=READ_PEOPLE)
@require_safe
def one_disclosure(request: HttpRequest, pk: int) -> HttpResponse:
    """A disclosure with its first people, and the correction of it that waits for another."""
    return _page(request, pk, NoteForm())


def _page(request: HttpRequest, pk: int, form: NoteForm) -> HttpResponse:
    line = queries.disclosure_by_id(pk)
    context = {
        "line": line, "row": line.row, "people": queries.people_of(line.row), "form": form,
        "correction": queries.waiting_correction(line.row),
    }  # fmt: skip
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "disclosures/disclosure.html", context, status=status)


@access(Action.CHANGE, Surface.FORM, purposes=WATCHING, needs=WRITE_PEOPLE)
@require_http_methods(METHODS)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a disclosure by a new row, at once or when another has approved it."""
    line = queries.disclosure_by_id(pk)
    local = timezone.localtime(line.row.at)
    initial = CorrectForm.of(line) | {"day": local.date(), "clock": local.time()}
    form = CorrectForm(posted(request), initial=initial)

    def save() -> object:
        given = form.cleaned_data
        right = Given(
            recipient=line.row.recipient, people=queries.people_ids(line.row),
            codes=given["codes"], purpose=Purpose(given["purpose"]),
            channel=Channel(given["channel"]), origin=ORIGIN, at=form.moment,
            statute=line.row.statute, section=line.row.section, asked_by=given["asked_by"],
            call_back=given["call_back"], reference=given["reference"], note=given["note"],
            irregular=line.row.irregular, as_protected=line.row.as_protected,
        )  # fmt: skip
        return services.correct_disclosure(
            line.row, right, void=given["void"], today=timezone.localdate()
        )

    return saved_page(
        request, form, save, template=FORM, back=reverse("disclosures:disclosure", args=[pk]),
        done=_told, heading=_("Oikaise luovutus"), recipient=line.row.recipient, person=None,
    )  # fmt: skip


def _told(made: object) -> str:
    """What became of a correction, in words."""
    if isinstance(made, Correction):
        return _("Oikaisu odottaa toisen henkilön hyväksyntää.")
    return _("Luovutus on oikaistu uudella rivillä.")


@access(Action.CHANGE, Surface.FORM, purposes=WATCHING, needs=READ_PEOPLE, roles=DECIDERS)
@require_POST
def approve_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve another's correction: it becomes a row of disclosures."""
    row = queries.correction_by_id(pk)
    try:
        services.approve_correction(row, now=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _told(None))
    return redirect("disclosures:disclosure", row.wrong_id)


@access(Action.CHANGE, Surface.FORM, purposes=WATCHING, needs=READ_PEOPLE, roles=DECIDERS)
@require_POST
def refuse_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse another's correction, saying why."""
    row, form = queries.correction_by_id(pk), NoteForm(request.POST)

    def save() -> object:
        services.refuse_correction(row, note=form.cleaned_data["note"], now=timezone.now())
        return row

    if form.is_valid() and form.run(save) is not None:
        messages.success(request, _("Oikaisu on hylätty."))
        return redirect("disclosures:disclosure", row.wrong_id)
    return _page(request, row.wrong_id, form)


@access(Action.VIEW, Surface.LIST, purposes=WATCHING, needs=READ_PEOPLE)
@require_safe
def of_person(request: HttpRequest, public_id: str) -> HttpResponse:
    """To whom the data of one person were given: a tab of the card."""
    person = person_by_public_id(public_id)
    page = queries.lines_of(person, page_number(request))
    told = [{"row": one, "what": named(one.codes)} for one in queries.notifications_of(person)]
    context = {
        "person": person, "page": page, "lines": page.object_list, "notifications": told,
        "tabs": card_tabs(person, current_url_name="disclosures:person"),
    }  # fmt: skip
    return render(request, "disclosures/person.html", context)


@access(Action.DISCLOSE, Surface.FORM, purposes=VIEWING, needs=READ_PERSON, roles=RECORDERS)
@require_http_methods(METHODS)
def give(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """Record what was given by telephone or on paper. What may not be given is refused."""
    person = person_by_public_id(public_id) if public_id else None
    initial: dict[str, Any] = {"day": timezone.localdate(), "purpose": current().purpose}
    if person is not None:
        initial["numbers"] = person.customer_number
    form = GiveForm(posted(request), request.FILES or None, initial=initial)

    def save() -> object:
        people = people_by_numbers(form)
        if people is None:
            return None
        given = form.given([one.pk for one in people])
        return services.record_disclosure(given, today=timezone.localdate())

    back = reverse("persons:card", args=[public_id]) if public_id else reverse("home")
    return saved_page(
        request, form, save, template=FORM, back=back, done=_("Luovutus on kirjattu."),
        heading=_("Kirjaa luovutus"), recipient=None, person=person,
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=WATCHING, needs=WRITE_PEOPLE)
@require_http_methods(METHODS)
def notified(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """A recipient was told of a correction, an erasure or a restriction, or could not be; back to
    the request that it was because of."""
    person = person_by_public_id(public_id)
    task = queries.notification_by_id(person, pk)
    form = NotifiedForm(posted(request))

    def save() -> object:
        given = form.cleaned_data
        services.finish_notification(
            task, NotifyState(given["state"]), note=given["note"], now=timezone.now()
        )
        return task

    return saved_page(
        request, form, save, template="disclosures/notify.html",
        back=matters.page_of(task) or reverse("disclosures:person", args=[public_id]),
        done=_("Ilmoitus on kirjattu."),
        heading=_("Kerro vastaanottajalle"), person=person, task=task, what=named(task.codes),
    )  # fmt: skip
