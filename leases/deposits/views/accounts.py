"""The account that a deposit goes back to: given, its change confirmed, opened one at a time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leases.deposits import services
from leases.deposits.forms import AccountForm, ConfirmForm
from leases.deposits.models import Deposit, RefundAccount
from leases.deposits.services.accounts import numbers_before
from leases.deposits.views.common import (
    BANK,
    MASKED,
    METHODS,
    PURPOSES,
    deposit_form,
    found,
    page_of,
)
from registry.persons.views.common import state_reason
from vuokra.access.codes import Action, Surface
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.ui.pages import posted
from vuokra.ui.reveals import revealed

SEALED = ("iban", "holder")


def _account(deposit: Deposit, pk: int) -> RefundAccount:
    """Raises ObjectDenied for an account of another deposit."""
    known = deposit.accounts.select_related("person").filter(pk=pk).first()
    if known is None:
        raise ObjectDenied(RefundAccount._meta.db_table, pk)
    return known


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=BANK)
@require_http_methods(METHODS)
def give_account(request: HttpRequest, pk: int) -> HttpResponse:
    """The account that money goes back to; one that is there is replaced."""
    deposit, row = found(pk)
    form = AccountForm(posted(request))
    return deposit_form(
        request, row, form,
        lambda: services.give_account(deposit, form.details, now=timezone.now()),
        heading=_("Kirjaa palautustili"), done=_("Palautustili on kirjattu."),
        explain=_("Aiemmin annetun tilin tilalle tuleva tili on käytettävissä vasta, kun toinen "
                  "henkilö on vahvistanut sen soittamalla ja odotusaika on kulunut."),
        back=page_of(deposit),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=MASKED)
@require_http_methods(METHODS)
def confirm_account(request: HttpRequest, pk: int, account: int) -> HttpResponse:
    """A second person confirms an account."""
    deposit, row = found(pk)
    known = _account(deposit, account)
    form = ConfirmForm(posted(request), held=list(numbers_before(known)))
    return deposit_form(
        request, row, form,
        lambda: services.confirm_account(known, form.chosen, now=timezone.now()),
        heading=_("Vahvista palautustili"), done=_("Palautustili on vahvistettu."),
        explain=_("Soita numeroon, joka oli tiedossa ennen tilin kirjaamista, ja kysy, onko hän "
                  "ilmoittanut tilin. Numerot ovat henkilön kortilla. Älä kysy tilinumeroa."),
        back=page_of(deposit), person=known.person,
    )  # fmt: skip


@access(Action.REVEAL, Surface.DETAIL, purposes=PURPOSES, needs=BANK)
@require_POST
def reveal(request: HttpRequest, pk: int, account: int, name: str) -> HttpResponse:
    """The account number or its holder for 60 seconds."""
    state_reason(request)
    deposit, _row = found(pk)
    known = _account(deposit, account)
    sealed = getattr(known, name) if name in SEALED else None
    if sealed is None:
        raise ObjectDenied(RefundAccount._meta.db_table, account)
    what = _("tilinumero") if name == "iban" else _("tilin omistaja")
    return revealed(request, sealed, what=what, url=request.path, back=page_of(deposit))
