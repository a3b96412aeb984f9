"""One flat: what it is, its funding, when it is let, why it is empty."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leases.homes import panels, queries, rules, services
from leases.homes.forms import EndForm, FlatForm, RegimeForm, VacancyForm
from leases.homes.models import Flat, Funding, OutReason, SpecialGroup
from leases.homes.views.common import METHODS, PURPOSES, READ, WRITE, stock_page
from leases.homes.views.stock import crumbs_of
from registry.persons.queries import may_know_of_protection
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.pages import posted

HOLDERS = ((Group.LEASE, Level.READ), (Group.PERSON, Level.READ))
"""Rights of whoever may know who has a key, beside that to know of turvakielto: to others a key
without a name would tell where somebody lives under it."""
STRIP_YEARS = 5
"""How many years the strip of occupancy shows, of which the last is to come."""


def page_of(flat: Flat) -> str:
    """The address of a flat's page."""
    return reverse("homes:flat", args=[flat.pk])


def above(flat: Flat) -> list[tuple[str, str]]:
    """The pages above a form of a flat."""
    found = crumbs_of(flat.stair.building.site)
    return [*found, (page_of(flat), flat.address)] if flat.pk else found


@access(Action.VIEW, Surface.DETAIL, purposes=PURPOSES, needs=READ)
@require_safe
def flat(request: HttpRequest, pk: int) -> HttpResponse:
    """A flat with all that is recorded of it, and what other rooms show of it."""
    row, today = queries.flat_by_id(pk), timezone.localdate()
    page = queries.flat_page(row, today=today)
    holders = current().actor.meets(HOLDERS) and may_know_of_protection()
    first, last = _strip_days(today)
    context = {
        "flat": row,
        "page": page,
        "row": page.row,
        "keys": queries.keys_of(row, holders=holders),
        "holders": holders,
        "parts": panels.shown(row, today),
        "strip": rules.strip(page.times, first=first, last=last),
        "strip_first": first,
        "strip_last": last,
        "strip_today": (today - first).days * 1000 // ((last - first).days + 1),
    }
    return render(request, "homes/flat.html", context)


def _strip_days(today: date) -> tuple[date, date]:
    first = date(today.year - STRIP_YEARS + 1, 1, 1)
    return first, date(today.year + 1, 12, 31)


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def new_flat(request: HttpRequest, pk: int) -> HttpResponse:
    """A new flat of a site."""
    row = queries.site_by_id(pk)
    form = FlatForm(posted(request), instance=Flat(), stairs=queries.stairs_of(row))
    return stock_page(
        request, form, lambda: services.save_flat(form.instance), heading=_("Uusi huoneisto"),
        done=_("Huoneisto on tallennettu."), back=reverse("homes:site", args=[pk]),
        crumbs=crumbs_of(row),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def change_flat(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is recorded of a flat."""
    row = queries.flat_by_id(pk)
    crumbs, stairs = above(row), queries.stairs_of(row.stair.building.site)
    form = FlatForm(posted(request), instance=row, stairs=stairs)
    return stock_page(
        request, form, lambda: services.save_flat(form.instance), heading=_("Muuta huoneistoa"),
        done=_("Huoneisto on tallennettu."), back=page_of(row), crumbs=crumbs,
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def set_regime(request: HttpRequest, pk: int) -> HttpResponse:
    """From when the flat is under which funding."""
    row, form = queries.flat_by_id(pk), RegimeForm(posted(request))

    def save() -> object:
        given = form.cleaned_data
        return services.set_regime(
            row, Funding(given["funding"]), valid_from=given["valid_from"],
            valid_to=given["valid_to"], group=SpecialGroup(given["group"]),
        )  # fmt: skip

    return stock_page(
        request, form, save, heading=_("Kirjaa rahoitusmuoto"),
        done=_("Rahoitusmuoto on kirjattu."), back=page_of(row), crumbs=above(row),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def end_regime(request: HttpRequest, pk: int, regime: int) -> HttpResponse:
    """The last day of a restriction."""
    row = queries.flat_by_id(pk)
    known = queries.regime_of(row, regime)
    form = EndForm(posted(request), initial={"on": known.valid_to})
    return stock_page(
        request, form, lambda: services.end_regime(known, on=form.cleaned_data["on"]),
        heading=_("Rajoituksen viimeinen päivä"), done=_("Päivä on tallennettu."),
        back=page_of(row), crumbs=above(row),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def record_vacancy(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the flat stands empty."""
    row, today = queries.flat_by_id(pk), timezone.localdate()
    form = VacancyForm(posted(request), initial={"valid_from": today})

    def save() -> object:
        given = form.cleaned_data
        return services.record_vacancy(
            row, OutReason(given["reason"]), valid_from=given["valid_from"],
            valid_to=given["valid_to"], note=given["note"],
        )  # fmt: skip

    return stock_page(
        request, form, save, heading=_("Kirjaa tyhjäkäynnin syy"), done=_("Syy on kirjattu."),
        back=page_of(row), crumbs=above(row),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def end_vacancy(request: HttpRequest, pk: int) -> HttpResponse:
    """What kept the flat empty is over."""
    row, today = queries.flat_by_id(pk), timezone.localdate()
    form = EndForm(posted(request), initial={"on": today - timedelta(days=1)})
    return stock_page(
        request, form, lambda: services.end_vacancy(row, on=form.cleaned_data["on"]),
        heading=_("Päätä tyhjäkäynnin syy"), done=_("Syy on päätetty."), back=page_of(row),
        crumbs=above(row),
    )  # fmt: skip
