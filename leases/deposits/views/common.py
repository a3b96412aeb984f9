"""What the pages of deposits share: rights, the shape of a form's page, acts without a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from leases.contracts.queries import LeaseRow
from leases.deposits import queries
from leases.deposits.models import Deposit
from registry.persons.purposes import VIEWING
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui import pages
from vuokra.ui.pages import save_page

PURPOSES = VIEWING
READ = (
    (Group.PERSON, Level.READ), (Group.LEASE, Level.READ), (Group.COMMITMENT, Level.READ),
)  # fmt: skip
WRITE = (*READ, (Group.LEASE, Level.WRITE))
COMMIT = (*READ, (Group.COMMITMENT, Level.WRITE))
LEDGER = (*READ, (Group.LEDGER, Level.WRITE))
MASKED = (*READ, (Group.BANK, Level.MASKED))
BANK = (*READ, (Group.BANK, Level.WRITE))
METHODS = ["GET", "HEAD", "POST"]


def found(pk: int) -> tuple[Deposit, LeaseRow]:
    """The deposit of an address with its lease, as of today."""
    return queries.deposit_by_id(pk, today=timezone.localdate())


def page_of(deposit: Deposit) -> str:
    """The address of a deposit's page."""
    return reverse("deposits:deposit", args=[deposit.pk])


def deposit_form(
    request: HttpRequest,
    row: LeaseRow,
    form: Any,
    save: Callable[[], object],
    *,
    heading: str,
    done: str,
    explain: str = "",
    back: str,
    **more: Any,
) -> HttpResponse:
    """A form of a deposit, saved or shown. `explain` tells what the step is for."""
    return save_page(
        request, "deposits/form.html", form, save, done=done, back=back, row=row,
        heading=heading, explain=explain, **more,
    )  # fmt: skip


def act(
    request: HttpRequest, deposit: Deposit, do: Callable[[], object], *, done: str
) -> HttpResponse:
    """Do something that needs no form, say what happened or why not, and go to the deposit."""
    return pages.act(request, page_of(deposit), do, done=done)
