"""Keys of a flat and who has them; its meters."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leases.homes import queries, services
from leases.homes.forms import EndForm, GiveKeyForm, KeyForm, MeterForm
from leases.homes.models import Key, Meter
from leases.homes.views.common import GIVE_KEYS, METHODS, PURPOSES, WRITE, stock_page
from leases.homes.views.flats import above, page_of
from registry.households.picking import sent
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.ui.pages import posted


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def add_key(request: HttpRequest, pk: int) -> HttpResponse:
    """A new key of the flat."""
    flat = queries.flat_by_id(pk)
    new = Key(flat=flat, site=flat.stair.building.site)
    form = KeyForm(posted(request), instance=new)
    return stock_page(
        request, form, lambda: services.save_key(form.instance), heading=_("Uusi avain"),
        done=_("Avain on tallennettu."), back=page_of(flat), crumbs=above(flat),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=GIVE_KEYS)
@require_http_methods(METHODS)
def give_key(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Hand a key over to a person."""
    flat, today = queries.flat_by_id(pk), timezone.localdate()
    known = queries.key_of(flat, key)
    form, picked = sent(
        posted(request),
        lambda data, initial: GiveKeyForm(data, initial={"given_on": today} | initial),
        today=today,
    )

    def save() -> object:
        given_on = form.cleaned_data["given_on"]
        return services.give_key(known, picked.person, on=given_on, today=today)

    return stock_page(
        request, form, save, picked=picked,
        heading=_("Luovuta avain %(serial)s") % {"serial": known.serial},
        done=_("Luovutus on kirjattu."), back=page_of(flat), crumbs=above(flat),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=GIVE_KEYS)
@require_http_methods(METHODS)
def return_key(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """A key came back."""
    flat, today = queries.flat_by_id(pk), timezone.localdate()
    known = queries.key_of(flat, key)
    held = queries.handover_of(known)
    form = EndForm(posted(request), initial={"on": today})
    form.fields["on"].label = _("Palautettu")
    return stock_page(
        request, form,
        lambda: services.return_key(held, on=form.cleaned_data["on"], today=today),
        heading=_("Kirjaa avaimen %(serial)s palautus") % {"serial": known.serial},
        done=_("Palautus on kirjattu."), back=page_of(flat), crumbs=above(flat),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def lose_key(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """A key is lost."""
    flat, today = queries.flat_by_id(pk), timezone.localdate()
    known = queries.key_of(flat, key)
    form = EndForm(posted(request), initial={"on": today})
    form.fields["on"].label = _("Katoamispäivä")
    return stock_page(
        request, form, lambda: services.lose_key(known, on=form.cleaned_data["on"], today=today),
        heading=_("Kirjaa avain %(serial)s kadonneeksi") % {"serial": known.serial},
        done=_("Katoaminen on kirjattu."), back=page_of(flat), crumbs=above(flat),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def add_meter(request: HttpRequest, pk: int) -> HttpResponse:
    """A meter is put into the flat."""
    flat, today = queries.flat_by_id(pk), timezone.localdate()
    form = MeterForm(posted(request), instance=Meter(flat=flat), initial={"installed_on": today})
    return stock_page(
        request, form, lambda: services.save_meter(form.instance, today=today),
        heading=_("Uusi mittari"), done=_("Mittari on tallennettu."), back=page_of(flat),
        crumbs=above(flat),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def remove_meter(request: HttpRequest, pk: int, meter: int) -> HttpResponse:
    """A meter is taken out."""
    flat, today = queries.flat_by_id(pk), timezone.localdate()
    known = queries.meter_of(flat, meter)
    form = EndForm(posted(request), initial={"on": today})
    form.fields["on"].label = _("Poistettu")
    return stock_page(
        request, form,
        lambda: services.remove_meter(known, on=form.cleaned_data["on"], today=today),
        heading=_("Poista mittari %(serial)s") % {"serial": known.serial},
        done=_("Mittari on poistettu."), back=page_of(flat), crumbs=above(flat),
    )  # fmt: skip
