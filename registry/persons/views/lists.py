"""The list of people, search and export."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.persons import bulk, exports, outgoing, queries, rules
from registry.persons.bulk import BulkAction
from registry.persons.exports import Format
from registry.persons.listing import ListForm
from registry.persons.outgoing import Waiting
from registry.persons.purposes import VIEWING
from registry.persons.queries import Filters
from registry.persons.views.common import EXPORTERS, READ_PERSON, purposes_held, roles, state_reason
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.search import saved
from vuokra.search.queries import note_search
from vuokra.search.registry import TooShort, shown_again
from vuokra.ui.pages import UNPROCESSABLE, page_number

SAVED = "persons:list"
MOST_CHOSEN = 500
PUBLIC_ID = re.compile(r"[a-z0-9]{1,20}")


@access(Action.LIST, Surface.LIST, purposes=VIEWING, needs=READ_PERSON)
@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """People, 50 on a page. A name in the address is not looked at."""
    form = ListForm(request.GET)
    page = queries.person_list(
        form.filters, page_number(request), today=timezone.localdate(), sort=form.sort
    )
    return render(
        request,
        "persons/list.html",
        {
            "page": page,
            "rows": page.object_list,
            "query": form.query,
            "list": form,
            "columns": form.columns(),
            "actions": bulk.actions_for(current().actor),
            "views": saved.views_of(SAVED),
        },
    )


@access(Action.LIST, Surface.LIST, purposes=VIEWING, needs=READ_PERSON, roles=EXPORTERS, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def chosen(request: HttpRequest) -> HttpResponse:
    """What an action would do to the chosen people: how many, who is left out, and the button.

    A choice is posted; whoever comes back here without one is led to the list.
    """
    if request.method != "POST":
        return redirect(SAVED)
    form = ListForm(request.POST)
    action = bulk.action_of(request.POST.get("toimi", ""), current().actor)
    if action is None:
        raise PermissionDenied
    filters = _choice(request, form)
    if filters is None:
        messages.warning(request, _("Valitse ensin ainakin yksi henkilö."))
        return redirect(f"{reverse(SAVED)}?{form.query}")
    return _chosen_page(request, action, form, filters, action.form())


def _chosen_page(
    request: HttpRequest, action: BulkAction, form: ListForm, filters: Filters, asked: forms.Form
) -> HttpResponse:
    """What the action would do; 422 when what it asks was not in order."""
    context = {
        "action": action,
        "choice": action.weigh(filters, timezone.localdate()),
        "form": asked,
        "given": form.given,
        "only": sorted(filters.only or ()),
        "query": form.query,
    }
    status = UNPROCESSABLE if asked.errors else 200
    return render(request, "persons/chosen.html", context, status=status)


def _choice(request: HttpRequest, form: ListForm) -> Filters | None:
    """The filters with the rows that were chosen; None when nobody was."""
    if "kaikki" in request.POST:
        return form.filters
    only = [one for one in request.POST.getlist("valittu") if PUBLIC_ID.fullmatch(one)]
    return replace(form.filters, only=frozenset(only[:MOST_CHOSEN])) if only else None


@access(Action.SETTING, Surface.LIST, purposes=VIEWING, needs=READ_PERSON)
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters and order of the list under a name of one's own."""
    form = ListForm(request.POST)
    try:
        view = saved.save_view(SAVED, request.POST.get("nimi", ""), form.query)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        messages.success(request, _("Näkymä on tallennettu: %(name)s.") % {"name": view.name})
    return redirect(f"{reverse(SAVED)}?{form.query}")


@access(Action.LIST, Surface.LIST, purposes=VIEWING, needs=READ_PERSON)
@require_safe
def open_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as one saved it; a view that no longer fits gives the whole list and says so."""
    view = saved.own_view(SAVED, pk)
    form = ListForm(QueryDict(view.query))
    if form.odd:
        messages.warning(
            request,
            _("Näkymää %(name)s ei voi enää käyttää. Näytetään kaikki henkilöt.")
            % {"name": view.name},
        )
        return redirect(SAVED)
    return redirect(f"{reverse(SAVED)}?{form.query}")


@access(Action.SETTING, Surface.LIST, purposes=VIEWING, needs=READ_PERSON)
@require_POST
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a saved view of one's own."""
    saved.delete_view(SAVED, pk)
    messages.success(request, _("Näkymä on poistettu."))
    return redirect(SAVED)


@access(Action.SEARCH, Surface.SEARCH, purposes=VIEWING, needs=READ_PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Search by POST only; a GET shows the empty form, whatever its address says (DP-A11)."""
    context: dict[str, Any] = {
        "searched": False, "too_short": 0, "typed": "", "rows": [], "more": False,
        "limit": queries.MAX_HITS,
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "persons/search.html", context)
    typed = request.POST.get("q", "")[:100]
    today = timezone.localdate()
    try:
        hits = queries.find(typed, today=today)
    except TooShort:
        note_search(typed, 0)
        context |= {"too_short": rules.MIN_NAME, "typed": shown_again(typed)}
        return render(request, "persons/search.html", context, status=UNPROCESSABLE)
    note_search(typed, len(hits.persons))
    if hits.exact and len(hits.persons) == 1:
        return redirect("persons:card", hits.persons[0].public_id)
    rows = queries.with_details_of(hits, today=today)
    context |= {"searched": True, "rows": rows, "more": hits.more, "typed": shown_again(typed)}
    return render(request, "persons/search.html", context)


@access(Action.EXPORT, Surface.EXPORT, purposes=VIEWING, needs=READ_PERSON, roles=EXPORTERS)
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The chosen people, or the whole filtered list, as a file read and recorded by batches.

    The door says whether it may leave, for whom, and records it; many people need another's
    approval first.
    """
    state_reason(request)
    form, today = ListForm(request.POST), timezone.localdate()
    filters = _choice(request, form) or form.filters
    asked = bulk.ExportForm(request.POST, purposes=purposes_held())
    kind = Format(asked.cleaned_data["muoto"] or Format.CSV) if asked.is_valid() else None
    if kind is not None:
        taking = exports.taking(filters, kind, roles(), today=today)
        try:
            passage = outgoing.door().open(taking, asked.cleaned_data, today)
        except ValidationError as refused:
            asked.add_error(None, refused)
        else:
            if isinstance(passage, Waiting):
                messages.success(request, passage.text)
                return redirect(passage.url)
            return outgoing.make_file(taking.origin, passage, taking.form)
    return _chosen_page(request, bulk.EXPORT, form, filters, asked)
