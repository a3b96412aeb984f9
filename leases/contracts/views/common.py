"""What the pages of leases share: rights, the shape of a form's page, acts without a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leases.contracts import queries
from leases.contracts.models import Lease
from leases.contracts.queries import LeaseRow
from registry.persons.models import Person
from registry.persons.purposes import VIEWING
from registry.persons.queries import person_by_number
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui import pages
from vuokra.ui.pages import save_page

PURPOSES = VIEWING
READ = ((Group.PERSON, Level.READ), (Group.LEASE, Level.READ))
WRITE = ((Group.PERSON, Level.READ), (Group.LEASE, Level.WRITE))
METHODS = ["GET", "HEAD", "POST"]


def row_of(pk: int) -> LeaseRow:
    """The lease of an address, as of today."""
    return queries.lease_by_id(pk, today=timezone.localdate())


def page_of(lease: Lease) -> str:
    """The address of a lease's page."""
    return reverse("leases:lease", args=[lease.pk])


def person_of_number(number: int | None) -> Person:
    """The person of a customer number. Raises ValidationError when there is none to be told."""
    person = person_by_number(number) if number is not None else None
    if person is None:
        raise ValidationError({"number": _("Asiakasnumerolla ei ole ketään.")}, code="nobody")
    return person


def lease_form(
    request: HttpRequest,
    row: LeaseRow,
    form: Any,
    save: Callable[[], object],
    *,
    heading: str,
    done: str,
    explain: str = "",
) -> HttpResponse:
    """A form of a lease, saved or shown. `explain` tells what the step is for."""
    return save_page(
        request, "leases/form.html", form, save, done=done, back=page_of(row.lease), row=row,
        heading=heading, explain=explain,
    )  # fmt: skip


def act(request: HttpRequest, lease: Lease, do: Callable[[], object], *, done: str) -> HttpResponse:
    """Do something that needs no form, say what happened or why not, and go to the lease."""
    return pages.act(request, page_of(lease), do, done=done)
