"""What is agreed and given: the demand, payments, commitments."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leases.contracts.queries import lease_by_id
from leases.deposits import services
from leases.deposits.forms import AgreeForm, CommitmentForm, RealiseForm, ReceiptForm
from leases.deposits.models import Commitment, Deposit, Form, Receipt
from leases.deposits.rules.deposit import Payer
from leases.deposits.services.agreeing import usual_of
from leases.deposits.views.common import (
    COMMIT,
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
def agree(request: HttpRequest, lease: int) -> HttpResponse:
    """What is agreed of the deposit of a lease, new or changed."""
    today = timezone.localdate()
    row = lease_by_id(lease, today=today)
    known = Deposit.objects.filter(lease=row.lease.pk).first()
    usual, limit = usual_of(row.lease, today)
    initial = {
        "demanded_eur": known.demanded_eur if known else usual.euros if usual else None,
        "form": known.form if known else Form.MONEY,
        "due_on": known.due_on if known else max(row.lease.starts_on, today),
    }
    form = AgreeForm(posted(request), initial=initial)

    def save() -> object:
        given = form.cleaned_data
        return services.agree(
            row.lease, given["demanded_eur"], Form(given["form"]), given["due_on"], today=today
        )

    return deposit_form(
        request, row, form, save, heading=_("Sovi vakuudesta"), done=_("Vakuus on kirjattu."),
        explain=_(
            "Sopimus on voimassa, vaikka vakuutta ei anneta: silloin sen saa purkaa (AHVL 8 §)."
        ),
        limit=limit, back=_back(row.lease.pk),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Money came in."""
    deposit, row = found(pk)
    today = timezone.localdate()
    form = ReceiptForm(posted(request), initial={"on": today})

    def save() -> object:
        given = form.cleaned_data
        return services.receive(
            deposit, Payer(given["payer"]), given["euros"], on=given["on"], today=today,
            reference=given["reference"], payer_name=given["payer_name"],
        )  # fmt: skip

    return deposit_form(
        request, row, form, save, heading=_("Kirjaa vakuuden maksu"),
        done=_("Maksu on kirjattu."), back=page_of(deposit),
        explain=_("Vakuus voi tulla osissa ja usealta maksajalta. Maksaja saa sen takaisin."),
    )  # fmt: skip


@access(Action.DELETE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def drop_receipt(request: HttpRequest, pk: int, receipt: int) -> HttpResponse:
    """A payment that was recorded by mistake."""
    deposit, _row = found(pk)
    known = Receipt.objects.filter(pk=receipt, deposit=deposit).first()
    if known is None:
        raise ObjectDenied(Receipt._meta.db_table, receipt)
    return act(
        request, deposit, lambda: services.drop_receipt(known), done=_("Maksu on poistettu.")
    )


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=COMMIT)
@require_http_methods(METHODS)
def commit(request: HttpRequest, lease: int) -> HttpResponse:
    """A payment commitment of an authority."""
    today = timezone.localdate()
    row = lease_by_id(lease, today=today)
    form = CommitmentForm(posted(request), initial={"valid_from": row.lease.starts_on})
    return deposit_form(
        request, row, form, lambda: services.commit(row.lease, form.details, today=today),
        heading=_("Kirjaa maksusitoumus"), done=_("Maksusitoumus on kirjattu."),
        explain=_("Sitoumus vakuudesta ei ole rahaa ennen kuin siitä on haettu maksu."),
        back=_back(row.lease.pk),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=COMMIT)
@require_http_methods(METHODS)
def realise(request: HttpRequest, commitment: int) -> HttpResponse:
    """Money was paid by a commitment."""
    today = timezone.localdate()
    known = Commitment.objects.filter(pk=commitment).first()
    if known is None:
        raise ObjectDenied(Commitment._meta.db_table, commitment)
    row = lease_by_id(known.lease_id, today=today)
    form = RealiseForm(posted(request), initial={"on": today})

    def save() -> object:
        given = form.cleaned_data
        return services.realise(known, given["euros"], on=given["on"], today=today)

    return deposit_form(
        request, row, form, save, heading=_("Kirjaa maksu sitoumuksesta"),
        done=_("Maksu on kirjattu."), back=_back(row.lease.pk),
        explain=_("Maksua haetaan kirjallisesti ja perustellen sitoumuksen antajalta."),
    )  # fmt: skip


def _back(lease: int) -> str:
    deposit = Deposit.objects.filter(lease=lease).first()
    return page_of(deposit) if deposit else reverse("leases:lease", args=[lease])
