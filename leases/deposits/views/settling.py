"""Settling a deposit: prepared, approved by another, told, paid."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leases.deposits import papers, queries, services
from leases.deposits.forms import PayForm, PrepareForm
from leases.deposits.models import Deposit, Payout, Settlement
from leases.deposits.rules.deposit import Payer
from leases.deposits.services.common import settlement_of
from leases.deposits.services.settling import balance_of
from leases.deposits.views.common import (
    BANK,
    METHODS,
    PURPOSES,
    WRITE,
    act,
    deposit_form,
    found,
    page_of,
)
from vuokra.access.codes import Action, Surface
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.documents.models import Document
from vuokra.ui.forms import DayForm
from vuokra.ui.pages import posted


def _settlement(deposit: Deposit) -> Settlement:
    """Raises ObjectDenied before there is one."""
    known = settlement_of(deposit)
    if known is None:
        raise ObjectDenied(Settlement._meta.db_table, deposit.pk)
    return known


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare the settlement."""
    deposit, row = found(pk)
    today = timezone.localdate()
    payers = [Payer(one) for one in dict.fromkeys(r.payer for r in deposit.receipts.all())]
    form = PrepareForm(posted(request), payers=payers, following=queries.next_deposits(row))

    def save() -> object:
        interest = form.cleaned_data["interest"]
        shares = form.shares(balance_of(deposit, interest))
        return services.prepare(deposit, shares, interest=interest, today=today)

    return deposit_form(
        request, row, form, save, heading=_("Laadi vakuuden selvitys"),
        done=_("Selvitys on laadittu. Toinen henkilö hyväksyy sen."),
        explain=_("Raha palautetaan sille, joka sen maksoi. Selvityksen jälkeen maksuja ja "
                  "vähennyksiä ei voi muuttaa, ennen kuin selvitys on peruttu."),
        back=page_of(deposit), balance=balance_of(deposit),
    )  # fmt: skip


@access(Action.DELETE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def undo_preparation(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to what was before the settlement was prepared."""
    deposit, _row = found(pk)
    known = _settlement(deposit)
    return act(
        request, deposit, lambda: services.undo_preparation(known),
        done=_("Selvitys on peruttu. Tietoja voi taas muuttaa."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=BANK)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person approves the settlement."""
    deposit, _row = found(pk)
    known, now = _settlement(deposit), timezone.now()
    return act(
        request, deposit, lambda: services.approve(known, today=timezone.localdate(), now=now),
        done=_("Selvitys on hyväksytty."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """The tenant was told in writing what is kept and why."""
    deposit, row = found(pk)
    known, today = _settlement(deposit), timezone.localdate()
    form = DayForm(posted(request), initial={"on": today})
    return deposit_form(
        request, row, form, lambda: services.tell(known, on=form.cleaned_data["on"], today=today),
        heading=_("Kirjaa ilmoitus vuokralaiselle"), done=_("Ilmoitus on kirjattu."),
        explain=_("Vakuuden pidättämisestä ilmoitetaan kirjallisesti palautusajassa."),
        back=page_of(deposit),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=BANK)
@require_http_methods(METHODS)
def pay(request: HttpRequest, pk: int, payout: int) -> HttpResponse:
    """Money went back."""
    deposit, row = found(pk)
    known = Payout.objects.filter(pk=payout, settlement__deposit=deposit).first()
    if known is None:
        raise ObjectDenied(Payout._meta.db_table, payout)
    known.settlement = _settlement(deposit)
    today = timezone.localdate()
    form = PayForm(posted(request), initial={"on": today})

    def save() -> object:
        given = form.cleaned_data
        return services.pay(known, on=given["on"], reference=given["reference"], today=today)

    return deposit_form(
        request, row, form, save, heading=_("Kirjaa palautus maksetuksi"),
        done=_("Palautus on kirjattu."), back=page_of(deposit),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def print_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the statement for each tenant: a single one is gone to, several are listed on the page
    of the lease."""
    deposit, row = found(pk)
    made: list[Document] = []
    shown = act(
        request, deposit, lambda: made.extend(papers.order_statement(deposit, row)),
        done=_("Vakuusselvitys tilattiin. Se on sopimuksen sivulla asiakirjoissa."),
    )  # fmt: skip
    return redirect("documents:document", made[0].uuid) if len(made) == 1 else shown
