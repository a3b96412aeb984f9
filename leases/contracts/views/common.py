"""What the pages of leases share: rights, the shape of a form's page, acts without a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from leases.contracts import queries
from leases.contracts.models import Lease
from leases.contracts.queries import LeaseRow
from registry.households.picking import Picked
from registry.persons.purposes import VIEWING
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


def lease_form(
    request: HttpRequest,
    row: LeaseRow,
    form: Any,
    save: Callable[[], object],
    *,
    heading: str,
    done: str,
    explain: str = "",
    picked: Picked | None = None,
) -> HttpResponse:
    """A form of a lease, saved or shown. `explain` tells what the step is for, `picked` whom the
    form chooses."""
    return save_page(
        request, "leases/form.html", form, save, done=done, back=page_of(row.lease), row=row,
        heading=heading, explain=explain, picked=picked,
    )  # fmt: skip


def act(request: HttpRequest, lease: Lease, do: Callable[[], object], *, done: str) -> HttpResponse:
    """Do something that needs no form, say what happened or why not, and go to the lease."""
    return pages.act(request, page_of(lease), do, done=done)
