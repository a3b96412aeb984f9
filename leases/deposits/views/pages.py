"""The list of deposits and the page of one."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leases.deposits import queries
from leases.deposits.queries import DepositPage, View
from leases.deposits.views.common import PURPOSES, READ, found
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.ui.listing import Parts
from vuokra.ui.pages import page_number
from vuokra.ui.steps import Step, bar


@access(Action.VIEW, Surface.LIST, purposes=PURPOSES, needs=READ)
@require_safe
def deposits(request: HttpRequest) -> HttpResponse:
    """Deposits to receive, to return and late, 50 on a page."""
    parts, number = Parts(View, request.GET), page_number(request)
    page = queries.deposit_list(parts.chosen, number, today=timezone.localdate())
    context = {
        "page": page,
        "rows": page.object_list,
        "segments": parts.segments,
        "query": parts.query,
    }
    return render(request, "deposits/list.html", context)


@access(Action.VIEW, Surface.DETAIL, purposes=PURPOSES, needs=READ)
@require_safe
def deposit(request: HttpRequest, pk: int) -> HttpResponse:
    """A deposit: what was agreed and given, and its way back."""
    page = queries.deposit_page(*found(pk))
    context = {
        "page": page, "row": page.row.row, "found": page.row, "deposit": page.deposit,
        "lease": page.row.row.lease, "settlement": page.row.settlement,
        "steps": steps(page) if page.ended else [],
    }  # fmt: skip
    return render(request, "deposits/deposit.html", context)


def steps(page: DepositPage) -> list[Step]:
    """The steps of returning a deposit, in their order, with where it is."""
    deposit, settlement = page.deposit, page.row.settlement
    paid = bool(settlement and settlement.closed) and all(one.paid_on for one in page.row.payouts)
    done: list[tuple[str, bool, date | None]] = [
        (_("Avaimet ja luovutus"), deposit.handed_over_on is not None, deposit.handed_over_on),
        (_("Tarkastus"), deposit.inspected_on is not None, deposit.inspected_on),
        (_("Loppusaldo"), deposit.balance_on is not None, deposit.balance_on),
        (_("Selvitys"), settlement is not None, None),
        (_("Hyväksyntä"), settlement is not None and settlement.closed, None),
        (_("Palautus"), paid, None),
    ]
    return bar(done)
