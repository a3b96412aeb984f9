"""What was given: money, and payment commitments of authorities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from leases.contracts.models import Lease
from leases.contracts.services.common import locked as locked_lease
from leases.contracts.services.common import numbers_of
from leases.deposits.models import Commitment, Deposit, Receipt
from leases.deposits.rules import deposit as rules
from leases.deposits.rules.deposit import Payer
from leases.deposits.services.agreeing import rent_of
from leases.deposits.services.common import (
    acting,
    locked,
    plain_text,
    refuse_settled,
    refused_at,
    require,
    saving,
)
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.days import refuse_future
from vuokra.ui import formatting


@transaction.atomic
def receive(
    deposit: Deposit,
    payer: Payer,
    euros: Decimal,
    *,
    on: date,
    today: date,
    reference: str = "",
    payer_name: str = "",
) -> Receipt:
    """Money came in (vakuuden maksu), all of it or a part. The same payment is not recorded twice:
    raises ValidationError at the field; also when more comes than was agreed, and when the deposit
    is settled."""
    require(Group.LEASE, Level.WRITE)
    row = locked(deposit)
    refuse_settled(row)
    refuse_future("on", on, today)
    received = sum((one.euros for one in row.receipts.all()), Decimal(0))
    receipt = Receipt(
        deposit=row, payer=payer, euros=euros, received_on=on, reference=plain_text(reference),
        payer_name=plain_text(payer_name), recorded_by_id=acting(),
    )  # fmt: skip
    with saving(Receipt):
        receipt.save(force_insert=True)
    if received + euros > row.demanded_eur:
        text = _("Vakuutta on sovittu %(demanded)s, ja siitä on jo saatu %(received)s.")
        given = {
            "demanded": formatting.money(row.demanded_eur), "received": formatting.money(received)
        }  # fmt: skip
        raise ValidationError({"euros": ValidationError(text, params=given, code="over")})
    return receipt


@transaction.atomic
def drop_receipt(receipt: Receipt) -> None:
    """Take away a payment that was recorded by mistake; the change log keeps it. Raises
    ValidationError when the deposit is settled, or the money came from an earlier lease."""
    require(Group.LEASE, Level.WRITE)
    refuse_settled(locked(receipt.deposit))
    if receipt.moved_from_id is not None:
        raise ValidationError(_("Maksu siirtyi edellisestä sopimuksesta."), code="moved")
    for known in Receipt.objects.filter(pk=receipt.pk):  # once, whoever else took it away
        known.delete()


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentDetails:
    """What a payment commitment says; see `models.Commitment`."""

    purpose: Commitment.For
    issuer: Commitment.Issuer
    number: str
    amount_eur: Decimal
    valid_from: date
    valid_to: date | None = None
    justified: bool = False


@transaction.atomic
def commit(lease: Lease, details: CommitmentDetails, *, today: date) -> Commitment:
    """An authority promises to pay (maksusitoumus), for the deposit or for rent. Raises
    ValidationError at the field: Kela does not give so much, the days are wrong, or the commitment
    is recorded already."""
    require(Group.COMMITMENT, Level.WRITE)
    row = locked_lease(lease)
    made = Commitment(lease=row, recorded_by_id=acting())
    for name in CommitmentDetails.__slots__:
        setattr(made, name, getattr(details, name))
    made.number = plain_text(details.number)
    _refuse_beyond_kela(made, today)
    with saving(Commitment):
        made.save(force_insert=True)
    return made


def _refuse_beyond_kela(made: Commitment, today: date) -> None:
    of_deposit = made.purpose == Commitment.For.DEPOSIT and made.issuer == Commitment.Issuer.KELA
    if not of_deposit:
        return
    numbers = numbers_of(made.lease.concluded_on or today)
    most = rules.kela_largest(numbers, rent_of(made.lease), today, justified=made.justified)
    if made.amount_eur > most.euros:
        text = _("Kela antaa vakuudesta enintään %(limit)s (%(months)s kuukauden vuokra).")
        given = {"limit": formatting.money(most.euros), "months": most.months}
        raise ValidationError({"amount_eur": ValidationError(text, params=given, code="kela")})


@transaction.atomic
def realise(commitment: Commitment, euros: Decimal, *, on: date, today: date) -> Commitment:
    """Money was paid by a commitment (sitoumuksen täytäntöönpano). Raises ValidationError for more
    than it is, a day before it holds, and a second time."""
    require(Group.COMMITMENT, Level.WRITE)
    row = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    refuse_future("on", on, today)
    if row.realised_on is not None:
        raise ValidationError(_("Sitoumuksesta on jo saatu maksu."), code="realised")
    if on < row.valid_from:
        raise refused_at("on", _("Päivä on ennen sitoumuksen alkua."), "day")
    row.realised_on, row.realised_eur = on, euros
    with saving(Commitment):
        row.save(update_fields=["realised_on", "realised_eur"])
    return row
