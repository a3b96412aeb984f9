"""What the pages of inspections share: rights, the shape of a form's page, acts without a form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from leases.inspections import queries
from leases.inspections.models import Inspection
from leases.inspections.queries import InspectionRow
from registry.persons.purposes import VIEWING
from vuokra.accounts.queries import staff_on
from vuokra.policy import rights
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.pages import save_page

PURPOSES = VIEWING
READ = ((Group.PERSON, Level.READ), (Group.MAINTENANCE, Level.READ))
WRITE = ((Group.PERSON, Level.READ), (Group.MAINTENANCE, Level.WRITE))
METHODS = ["GET", "HEAD", "POST"]


def row_of(pk: int) -> InspectionRow:
    """The inspection of an address, as of today."""
    return queries.inspection_by_id(pk, today=timezone.localdate())


def page_of(inspection: Inspection, anchor: str = "") -> str:
    """The address of an inspection's page, at a room of it."""
    address = reverse("inspections:inspection", args=[inspection.pk])
    return f"{address}#{anchor}" if anchor else address


def inspectors(today: date) -> list[tuple[int, str]]:
    """Who may inspect, by name; one statement."""
    found = [
        (one.user_id, one.name)
        for one in staff_on(today)
        if rights.allows(one.roles, Group.MAINTENANCE, Level.WRITE)
    ]
    return sorted(found, key=lambda one: one[1])


def inspection_form(
    request: HttpRequest,
    row: InspectionRow,
    form: Any,
    save: Callable[[], object],
    *,
    heading: str,
    done: str,
    explain: str = "",
    anchor: str = "",
) -> HttpResponse:
    """A form of an inspection, saved or shown. `explain` tells what the step is for, `anchor` to
    which part of the page it leads back."""
    return save_page(
        request, "inspections/form.html", form, save, done=done,
        back=page_of(row.inspection, anchor), row=row, heading=heading, explain=explain,
    )  # fmt: skip
