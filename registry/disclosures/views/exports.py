"""Exports that wait for another's approval, and taking an approved one out."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from registry.disclosures import door, queries, services
from registry.disclosures.forms.giving import NoteForm
from registry.disclosures.views.common import DECIDERS, segments
from registry.persons import outgoing
from registry.persons.purposes import VIEWING
from registry.persons.views.common import EXPORTERS, READ_PERSON
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.policy import rights
from vuokra.policy.roles import Purpose
from vuokra.ui.pages import UNPROCESSABLE, page_number


@access(Action.LIST, Surface.LIST, purposes=VIEWING, needs=READ_PERSON, roles=EXPORTERS)
@require_safe
def export_list(request: HttpRequest) -> HttpResponse:
    """Exports that one asked for; all of them for those who approve."""
    page = queries.export_page(page_number(request), now=timezone.now())
    context = {
        "page": page, "lines": page.object_list, "segments": segments("disclosures:exports"),
    }  # fmt: skip
    return render(request, "disclosures/exports.html", context)


@access(Action.VIEW, Surface.DETAIL, purposes=VIEWING, needs=READ_PERSON, roles=EXPORTERS)
@require_safe
def one_export(request: HttpRequest, pk: int) -> HttpResponse:
    """An asked export: of whom, which columns, for whom, and what may be done now."""
    return _page(request, pk, NoteForm())


def _page(request: HttpRequest, pk: int, form: NoteForm) -> HttpResponse:
    line = queries.export_by_id(pk, now=timezone.now())
    people = queries.people_of_export(line.row)
    context = {
        "line": line, "row": line.row, "people": people, "form": form,
        "others": line.row.person_count - len(people),
    }  # fmt: skip
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "disclosures/export.html", context, status=status)


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=READ_PERSON, roles=DECIDERS)
@require_POST
def approve_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve another's export."""
    line = queries.export_by_id(pk, now=timezone.now())
    try:
        services.approve_export(line.row, now=timezone.now(), today=timezone.localdate())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Vienti on hyväksytty. Pyytäjä voi ladata tiedoston kerran."))
    return redirect("disclosures:export", pk)


@access(Action.CHANGE, Surface.FORM, purposes=VIEWING, needs=READ_PERSON, roles=DECIDERS)
@require_POST
def refuse_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse another's export, saying why."""
    line = queries.export_by_id(pk, now=timezone.now())
    form = NoteForm(request.POST)

    def save() -> object:
        services.refuse_export(line.row, note=form.cleaned_data["note"], now=timezone.now())
        return line

    if form.is_valid() and form.run(save) is not None:
        messages.success(request, _("Vienti on hylätty."))
        return redirect("disclosures:export", pk)
    return _page(request, pk, form)


@access(Action.EXPORT, Surface.EXPORT, purposes=VIEWING, needs=READ_PERSON, roles=EXPORTERS)
@require_POST
def take_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take an approved export out, once; the file is made now, for the purpose it was asked for."""
    line = queries.export_by_id(pk, now=timezone.now())
    ctx, purpose = current(), Purpose(line.row.purpose)
    if purpose in rights.purposes(ctx.actor.roles):
        ctx.purpose = purpose
    ctx.reason = line.row.reason
    try:
        taking, found, row = services.take_out(
            line.row, now=timezone.now(), today=timezone.localdate()
        )
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("disclosures:export", pk)
    return outgoing.make_file(taking.origin, door.passage(found, row), taking.form)
