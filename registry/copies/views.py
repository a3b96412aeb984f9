"""Pages of a copy: how far it is, its parts one by one, and the necessity test of names."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.copies import forms, gates, previews, queries, services, shown
from registry.copies.content import ATTACHED
from registry.copies.models import Copy, Progress, State
from registry.copies.shown import Failed
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.ui.pages import UNPROCESSABLE, page_number

READS = ((Group.RIGHTS, Level.READ),)
"""Whoever approves an answer reads what is handed over; deciding is the registrar's."""
NEEDS = ((Group.RIGHTS, Level.WRITE),)
PURPOSES = (Purpose.OIKEUDET, Purpose.VALVONTA)
PAGE = 25


@access(Action.LIST, Surface.LIST, purposes=PURPOSES, needs=READS)
@require_safe
def copies(request: HttpRequest) -> HttpResponse:
    """The latest copies, of whichever request."""
    return render(request, "copies/list.html", {"copies": queries.latest_copies()})


@access(Action.VIEW, Surface.DETAIL, purposes=PURPOSES, needs=READS)
@require_safe
def copy(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far a copy is, its parts with what was found, and what is still missing."""
    found = queries.copy_by_uuid(uuid)
    context = _state(found)
    if request.headers.get("HX-Request") == "true":
        if context["moving"]:
            return render(request, "copies/progress.html", context)
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    if found.state in queries.COLLECTED:
        context["overview"] = queries.overview(found)
        context["stale"] = _stale(found)
    return render(request, "copies/copy.html", context)


def _state(found: Copy) -> dict[str, Any]:
    waiting = found.state == State.QUEUED
    late = waiting and services.is_left_behind(found)
    return _base(found) | {
        "may_write": _may_write(),
        "moving": waiting and not late,
        "broken": late or found.state == State.FAILED,
        "progress": Progress.objects.filter(copy_id=found.pk).first() if waiting else None,
    }


def _base(found: Copy) -> dict[str, Any]:
    return {"copy": found, "person": found.person, "matter": gates.address_of(found)}


def _may_write() -> bool:
    return current().actor.level(Group.RIGHTS) >= Level.WRITE


def _stale(found: Copy) -> str:
    try:
        services.require_current(found)
    except ValidationError as refused:
        return " ".join(refused.messages)
    return ""


@access(Action.VIEW, Surface.DETAIL, purposes=PURPOSES, needs=READS)
@require_safe
def preview(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The copy as it would be handed over, for whoever approves it."""
    found = queries.copy_by_uuid(uuid)
    try:
        shown_copy = previews.preview(found, opened=request.method == "GET")
    except ValidationError as refused:
        for text in refused.messages:
            messages.error(request, text)
        return redirect("copies:copy", uuid)
    return render(request, "copies/preview.html", _base(found) | {"shown": shown_copy})


@access(Action.DOWNLOAD, Surface.FILE, purposes=PURPOSES, needs=READS, fresh=True)
@require_safe
def attachment(request: HttpRequest, uuid: UUID, name: str) -> HttpResponse:
    """A document that goes along with the copy, to be read before it does."""
    found = queries.copy_by_uuid(uuid)
    one = previews.attachment_of(found, name, opened=request.method == "GET")
    response = HttpResponse(one, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=NEEDS)
@require_POST
def restart(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Collect the copy anew."""
    try:
        services.restart(queries.copy_by_uuid(uuid))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, _("Tiedot kootaan uudelleen."))
    return redirect("copies:copy", uuid)


@access(Action.VIEW, Surface.DETAIL, purposes=PURPOSES, needs=READS)
@require_safe
def part(request: HttpRequest, uuid: UUID, code: str) -> HttpResponse:
    """One part of a copy: its rows, with the places that are to be decided on."""
    return _part_page(request, queries.copy_by_uuid(uuid), code)


def _part_page(
    request: HttpRequest,
    found: Copy,
    code: str,
    failed: Failed | None = None,
) -> HttpResponse:
    part, rows = queries.part_of(found, code)
    asked = "sivu" in request.GET or failed is not None
    number = page_number(request) if asked else queries.first_open(rows) // PAGE + 1
    page = Paginator(rows, PAGE).get_page(request.POST.get("sivu", "") or number)
    context = _base(found) | {
        "part": part,
        "attachments": queries.content_of(found).attachments if code == ATTACHED else [],
        "may_write": _may_write(),
        "page": page,
        "rows": shown.rows(list(page), page.number, failed),
        "query": "",
        "failed": failed.form if failed else None,
    }
    status = UNPROCESSABLE if failed is not None else 200
    return render(request, "copies/part.html", context, status=status)


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=NEEDS)
@require_POST
def decide(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Leave a place out, or tell it."""
    found = queries.copy_by_uuid(uuid)
    place = queries.finding_of(found, pk)
    form = forms.DecisionForm.of(place, request.POST)
    code = place.place.split("/")[0]
    if form.is_valid():
        try:
            count = services.decide_alike(place, form.decision, form.reason)
            if count > 1:
                text = _("Sama ratkaisu tallennettiin %(n)s samanlaiseen kohtaan.") % {"n": count}
                messages.success(request, text)
            return _back(request, found, code, f"k{place.pk}")
        except ValidationError as refused:
            form.add_error("choice", refused.messages[0])
    return _part_page(request, found, code, Failed(form, finding=place.pk))


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=NEEDS)
@require_POST
def mark(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Leave out words that were not found by themselves."""
    found = queries.copy_by_uuid(uuid)
    form = forms.MarkForm(request.POST, auto_id="m-%s")
    place = request.POST.get("place", "")
    code = place.split("/")[0]
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.mark(found, given["place"], given["words"], given["reason"])
            return _back(request, found, code, "")
        except ValidationError as refused:
            form.add_error("words", refused.messages[0])
    return _part_page(request, found, code, Failed(form, place=place))


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=NEEDS)
@require_POST
def read(request: HttpRequest, uuid: UUID, code: str) -> HttpResponse:
    """Say that the texts of a part have been read; on to the next part with something to do."""
    found = queries.copy_by_uuid(uuid)
    try:
        services.read(found, code)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("copies:part", uuid, code)
    following = queries.overview(found).next
    if following is None:
        return redirect("copies:copy", uuid)
    return redirect("copies:part", uuid, following.code)


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=NEEDS)
@require_http_methods(["GET", "HEAD", "POST"])
def names(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The necessity test after which the copy tells who has looked (DP-A31)."""
    found = queries.copy_by_uuid(uuid)
    form = forms.NamesForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.allow_names(found, form.cleaned_data["reason"])
            messages.success(request, _("Tarpeellisuusarvio on tallennettu."))
            return redirect("copies:copy", uuid)
        except ValidationError as refused:
            form.add_error("reason", refused.messages[0])
    context = _base(found) | {"form": form, "forms": [form]}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "copies/names.html", context, status=status)


def _back(request: HttpRequest, found: Copy, code: str, anchor: str) -> HttpResponse:
    page = request.POST.get("sivu", "1")
    address = redirect("copies:part", found.uuid, code)
    query = f"?sivu={page}" if page.isdecimal() and page != "1" else ""
    address["Location"] += query + (f"#{anchor}" if anchor else "")
    return address
