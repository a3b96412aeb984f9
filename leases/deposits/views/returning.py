"""Before a deposit goes back: handed over, inspected, the balance, what is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leases.deposits import queries, services
from leases.deposits.forms import BalanceForm, CheckForm, DeductionForm
from leases.deposits.models import Deduction
from leases.deposits.rules.deposit import Reason
from leases.deposits.views.common import (
    LEDGER,
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
from vuokra.ui.pages import posted


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def check_off(request: HttpRequest, pk: int) -> HttpResponse:
    """The flat was handed over and inspected."""
    deposit, row = found(pk)
    today = timezone.localdate()
    keys = queries.keys_of(row)
    initial = {
        "handed_over_on": deposit.handed_over_on or keys.returned_on,
        "inspected_on": deposit.inspected_on,
    }
    form = CheckForm(posted(request), initial=initial)
    return deposit_form(
        request, row, form,
        lambda: services.check_off(deposit, today=today, **form.cleaned_data),
        heading=_("Luovutus ja tarkastus"), done=_("Päivät on tallennettu."),
        explain=_("Palautusaika alkaa vuokrasuhteen päättymisestä tai luovutuksesta, jos se on "
                  "myöhemmin."),
        back=page_of(deposit),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=LEDGER)
@require_http_methods(METHODS)
def confirm_balance(request: HttpRequest, pk: int) -> HttpResponse:
    """What is unpaid at the end."""
    deposit, row = found(pk)
    today = timezone.localdate()
    form = BalanceForm(posted(request), initial={"euros": deposit.balance_eur})
    return deposit_form(
        request, row, form,
        lambda: services.confirm_balance(deposit, form.cleaned_data["euros"], today=today),
        heading=_("Vahvista loppusaldo"), done=_("Loppusaldo on vahvistettu."),
        explain=_("Tarkista reskontrasta, mitä vuokrasuhteesta on maksamatta. Vähennys vakuudesta "
                  "kirjataan erikseen."),
        back=page_of(deposit),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def deduct(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep something of the deposit."""
    deposit, row = found(pk)
    form = DeductionForm(posted(request))

    def save() -> object:
        given = form.cleaned_data
        return services.deduct(deposit, Reason(given["reason"]), given["euros"], given["evidence"])

    return deposit_form(
        request, row, form, save, heading=_("Kirjaa vähennys"), done=_("Vähennys on kirjattu."),
        explain=_("Vain vuokralaisen vastattava vähennetään. Tavanomaisesta kulumisesta ei peritä "
                  "(AHVL 25 §)."),
        back=page_of(deposit),
    )  # fmt: skip


@access(Action.DELETE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def drop_deduction(request: HttpRequest, pk: int, deduction: int) -> HttpResponse:
    """Nothing is kept for it after all."""
    deposit, _row = found(pk)
    known = Deduction.objects.filter(pk=deduction, deposit=deposit).first()
    if known is None:
        raise ObjectDenied(Deduction._meta.db_table, deduction)
    return act(
        request, deposit, lambda: services.drop_deduction(known),
        done=_("Vähennys on poistettu."),
    )  # fmt: skip
