"""A site with its buildings, stairs and places."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from leases.homes import queries, services
from leases.homes.forms import BuildingForm, PlaceForm, SiteForm, StairForm
from leases.homes.models import Building, Place, Site, Stair
from leases.homes.queries import Filters
from leases.homes.views.common import METHODS, PURPOSES, READ, WRITE, stock_page
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.ui.pages import page_number, posted

SITE_COLUMNS = [
    {"label": gettext_lazy("Osoite")},
    {"label": gettext_lazy("Tyyppi")},
    {"label": gettext_lazy("Pinta-ala"), "number": True},
    {"label": gettext_lazy("Kerros"), "number": True},
    {"label": gettext_lazy("Tila")},
]
"""Heads of the table of a site's flats."""


def page_of(row: Site) -> str:
    """The address of a site's page."""
    return reverse("homes:site", args=[row.pk])


def crumbs_of(row: Site | None = None) -> list[tuple[str, str]]:
    """The pages above a form of a site."""
    above = [(reverse("homes:sites"), _("Kohteet"))]
    return [*above, (page_of(row), row.name)] if row else above


@access(Action.VIEW, Surface.DETAIL, purposes=PURPOSES, needs=READ)
@require_safe
def site_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A site: its buildings and stairs, its flats, and places that are let beside them."""
    row, today = queries.site_by_id(pk), timezone.localdate()
    page = queries.flat_list(Filters(site=row.pk), page_number(request), today=today)
    places = queries.place_rows(row, today=today)
    context = {
        "site": row,
        "buildings": queries.buildings_of(row),
        "places": places,
        "free_places": sum(1 for one in places if one.free),
        "page": page,
        "rows": page.object_list,
        "columns": SITE_COLUMNS,
        "query": "",
    }
    return render(request, "homes/site.html", context)


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def new_site(request: HttpRequest) -> HttpResponse:
    """A new site."""
    return _site_form(request, Site(), _("Uusi kohde"))


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def change_site(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is recorded of a site."""
    return _site_form(request, queries.site_by_id(pk), _("Muuta kohdetta"))


def _site_form(request: HttpRequest, row: Site, heading: str) -> HttpResponse:
    known = row if row.pk else None
    form = SiteForm(posted(request), instance=row)
    return stock_page(
        request, form, lambda: services.save_site(form.instance), heading=heading,
        done=_("Kohde on tallennettu."),
        back=page_of(known) if known else reverse("homes:sites"), crumbs=crumbs_of(known),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def add_building(request: HttpRequest, pk: int) -> HttpResponse:
    """A new building of a site."""
    row = queries.site_by_id(pk)
    return _building_form(request, Building(site=row), _("Uusi rakennus"))


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def change_building(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a building; its flats get its new address."""
    return _building_form(request, queries.building_by_id(pk), _("Muuta rakennusta"))


def _building_form(request: HttpRequest, row: Building, heading: str) -> HttpResponse:
    form = BuildingForm(posted(request), instance=row)
    return stock_page(
        request, form, lambda: services.save_building(form.instance), heading=heading,
        done=_("Rakennus on tallennettu."), back=page_of(row.site),
        crumbs=crumbs_of(row.site),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def add_stair(request: HttpRequest, pk: int) -> HttpResponse:
    """A new stair of a building."""
    building = queries.building_by_id(pk)
    return _stair_form(request, Stair(building=building), _("Uusi porras"))


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def change_stair(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a stair; its flats get its new letter."""
    return _stair_form(request, queries.stair_by_id(pk), _("Muuta porrasta"))


def _stair_form(request: HttpRequest, row: Stair, heading: str) -> HttpResponse:
    form, above = StairForm(posted(request), instance=row), row.building.site
    return stock_page(
        request, form, lambda: services.save_stair(form.instance),
        heading=f"{heading}: {row.building.address}", done=_("Porras on tallennettu."),
        back=page_of(above), crumbs=crumbs_of(above),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def add_place(request: HttpRequest, pk: int) -> HttpResponse:
    """A new place that is let beside flats."""
    row = queries.site_by_id(pk)
    return _place_form(request, Place(site=row), _("Uusi vuokrattava paikka"))


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def change_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a place that is let beside flats."""
    return _place_form(request, queries.place_by_id(pk), _("Muuta vuokrattavaa paikkaa"))


def _place_form(request: HttpRequest, row: Place, heading: str) -> HttpResponse:
    form = PlaceForm(posted(request), instance=row)
    return stock_page(
        request, form, lambda: services.save_place(form.instance), heading=heading,
        done=_("Paikka on tallennettu."), back=page_of(row.site),
        crumbs=crumbs_of(row.site),
    )  # fmt: skip
