"""Readings of meters: with an inspection, and of a flat between moves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leases.homes import queries as homes
from leases.homes.models import Flat
from leases.inspections import queries, services
from leases.inspections.forms import ReadingForm
from leases.inspections.models import Reading
from leases.inspections.views.common import (
    METHODS,
    PURPOSES,
    WRITE,
    inspection_form,
    row_of,
)
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.pages import act, posted, save_page

OF_FLAT = (*WRITE, (Group.HOMES, Level.READ))


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def record_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """A reading taken at an inspection."""
    row, today = row_of(pk), timezone.localdate()
    meters = [one.meter for one in queries.meters_of(row.inspection.flat)]
    form = ReadingForm(posted(request), meters=meters, initial={"read_on": today})

    def save() -> Reading:
        given = form.cleaned_data
        return services.record_reading(
            form.chosen, given["value"], on=given["read_on"], today=today,
            inspection=row.inspection,
        )  # fmt: skip

    return inspection_form(
        request, row, form, save, heading=_("Kirjaa lukema"), done=_("Lukema on kirjattu."),
        anchor="lukemat",
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=OF_FLAT)
@require_http_methods(METHODS)
def readings(request: HttpRequest, flat: int) -> HttpResponse:
    """Readings of the meters of a flat, and a new one."""
    row, today = homes.flat_by_id(flat), timezone.localdate()
    rows = queries.meters_of(row)
    form = ReadingForm(
        posted(request), meters=[one.meter for one in rows], initial={"read_on": today}
    )

    def save() -> Reading:
        given = form.cleaned_data
        queries.refuse_closed_home(services.let_by(form.chosen, given["read_on"]))
        return services.record_reading(
            form.chosen, given["value"], on=given["read_on"], today=today
        )

    return save_page(
        request, "inspections/readings.html", form, save, done=_("Lukema on kirjattu."),
        back=_page_of(row), flat=row, meters=rows, read=any(one.readings for one in rows),
    )  # fmt: skip


@access(Action.DELETE, Surface.FORM, purposes=PURPOSES, needs=OF_FLAT)
@require_POST
def drop_reading(request: HttpRequest, flat: int, reading: int) -> HttpResponse:
    """Take out a reading that was written wrong."""
    row = homes.flat_by_id(flat)
    known = queries.reading_of(row, reading)
    return act(
        request, _page_of(row), lambda: services.drop_reading(known),
        done=_("Lukema on poistettu."),
    )  # fmt: skip


def _page_of(flat: Flat) -> str:
    return reverse("inspections:readings", args=[flat.pk])
