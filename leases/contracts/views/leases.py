"""The list of leases and the page of one; signatures; who lives there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.forms import ChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leases.contracts import panels, queries, services
from leases.contracts.forms import LateDayForm, PrintForm
from leases.contracts.papers.common import reference_of
from leases.contracts.papers.contract import ANNEXES
from leases.contracts.papers.ordering import offered
from leases.contracts.queries import Filters, LeasePage, LeaseRow
from leases.contracts.rules.stages import Stage
from leases.contracts.views.common import METHODS, PURPOSES, READ, WRITE, act, lease_form, row_of
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.documents import queries as documents
from vuokra.ui.forms import DayForm
from vuokra.ui.listing import Parts
from vuokra.ui.pages import page_number, posted
from vuokra.ui.panels import Shown
from vuokra.ui.steps import Step, bar


@access(Action.LIST, Surface.LIST, purposes=PURPOSES, needs=READ)
@require_safe
def leases(request: HttpRequest) -> HttpResponse:
    """Leases by stage, 50 on a page."""
    parts, number = Parts(Stage, request.GET), page_number(request)
    page = queries.lease_list(Filters(parts.chosen), number, today=timezone.localdate())
    context = {
        "page": page,
        "rows": page.object_list,
        "segments": parts.segments,
        "query": parts.query,
    }
    return render(request, "leases/list.html", context)


@access(Action.VIEW, Surface.DETAIL, purposes=PURPOSES, needs=READ)
@require_safe
def lease(request: HttpRequest, pk: int) -> HttpResponse:
    """A lease: its parties, rent and papers; a draft with the steps that are left."""
    page = queries.lease_page(row_of(pk))
    here, parts = page.row.lease, panels.shown(page.row, page.row.today)
    context = {
        "page": page, "row": page.row, "lease": here, "parts": parts,
        "steps": steps(page, parts), "documents": documents.documents_in_matter(reference_of(here)),
        "annexes": ANNEXES, "print_form": print_form(page.row),
    }  # fmt: skip
    return render(request, "leases/lease.html", context)


def print_form(row: LeaseRow) -> PrintForm:
    """What can be printed of the lease now."""
    form = PrintForm()
    papers = cast("ChoiceField", form.fields["paper"])
    papers.choices = [(one.value, one.label) for one in offered(row)]
    return form


def steps(page: LeasePage, parts: Sequence[Shown] = ()) -> list[Step]:
    """The steps of a lease that is not yet in force, in their order, with where it is. Steps of
    other rooms stand before the signatures and do not hold these up."""
    lease = page.row.lease
    rent = any(part.kind == "rent" for part in page.components)
    own = bar(
        [
            (_("Osapuolet"), bool(page.row.tenants), None),
            (_("Vuokra"), rent, None),
            (_("Valmis allekirjoitettavaksi"), lease.ready_at is not None, None),
            (_("Allekirjoitukset"), lease.concluded_on is not None, None),
        ]
    )
    others = bar(
        [(*part.data["step"], None) for part in parts if part.data.get("step")], going=False
    )
    return [*own[:-1], *others, own[-1]]


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def sign(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    """A party has signed; the last signature concludes the lease."""
    row, today = row_of(pk), timezone.localdate()
    known = queries.party_of(row, party)
    form = LateDayForm(posted(request), initial={"on": today})
    return lease_form(
        request, row, form,
        lambda: services.sign(
            known, on=form.cleaned_data["on"], today=today, reason=form.cleaned_data["reason"]
        ),
        heading=_("Kirjaa allekirjoitus"), done=_("Allekirjoitus on kirjattu."),
        explain=_(
            "Sopimus tulee tehdyksi, kun kaikki ovat allekirjoittaneet. Sen jälkeen ehtoja ei voi "
            "muuttaa."
        ),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def end_party(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    """Somebody does not live there any more."""
    row, today = row_of(pk), timezone.localdate()
    known = queries.party_of(row, party)
    form = DayForm(posted(request), initial={"on": today})
    return lease_form(
        request, row, form,
        lambda: services.end_party(known, on=form.cleaned_data["on"], today=today),
        heading=_("Viimeinen asumispäivä"), done=_("Päivä on tallennettu."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def confirm_day(request: HttpRequest, pk: int, late: int) -> HttpResponse:
    """Another confirms a day that was entered late and chooses the law."""
    row = row_of(pk)
    known = queries.late_of(row.lease, late)
    return act(
        request, row.lease, lambda: services.confirm_day(known, now=timezone.now()),
        done=_("Päivä on vahvistettu."),
    )  # fmt: skip
