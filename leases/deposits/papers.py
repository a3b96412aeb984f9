"""Papers of deposits: the statement that tells how one was settled (vakuusselvitys), and what the
lease and the confirmation of its end say of the deposit.

The statement goes to each tenant, under turvakielto to the contact address alone; it names no flat
then, and never an account.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.contracts.models import Lease
from leases.contracts.papers import Place, Section, register_section
from leases.contracts.papers.common import day_or_dash, flat_facts, reference_of
from leases.contracts.queries import LeaseRow
from leases.deposits import queries
from leases.deposits.models import Deposit, Payout
from leases.deposits.queries import Statement
from leases.deposits.services.common import require, settlement_of
from leases.deposits.services.settling import return_of
from registry.protection.letters import letter_address
from vuokra.documents import registry, services
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document
from vuokra.documents.registry import Data, Kind
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.ui import formatting


def statement_data(document: Document) -> Data:
    """What the statement says; about fifteen statements. Raises NotMade before the settlement was
    approved, and when the letter has no receiver."""
    deposit, row = queries.deposit_by_id(document.about_id or 0, today=timezone.localdate())
    told = queries.statement_of(deposit)
    settlement = told.settlement
    if settlement is None or not settlement.closed or document.subject_id is None:
        raise NotMade(Fault.DATA)
    return {
        "receiver": letter_address(document.subject_id, timezone.localdate()).required(),
        "facts": [
            *flat_facts(row, named=False, agreed=True)[:2],
            [_("Vuokrasuhde päättyi"), formatting.date(settlement.ended_on)],
        ],
        "receipts": [
            [formatting.date(one.received_on), str(one.get_payer_display()),
             formatting.money(one.euros)]
            for one in told.receipts
        ],
        "deductions": [
            [str(one.get_reason_display()), one.evidence, formatting.money(one.euros)]
            for one in told.deductions
        ],
        "sums": _sums(told),
        "payouts": [_payout(one) for one in told.payouts],
        "uncovered": settlement.uncovered_eur > 0,
        "until": formatting.date(settlement.return_by),
        "binds": told.due is not None and told.due.binds,
    }  # fmt: skip


def _sums(told: Statement) -> list[list[str]]:
    found = told.settlement
    if found is None:
        return []
    lines = [
        (_("Saatu"), found.received_eur), (_("Korko"), found.interest_eur),
        (_("Vähennykset"), found.deducted_eur), (_("Palautetaan"), found.returned_eur),
        (_("Jää maksettavaksi"), found.uncovered_eur),
    ]  # fmt: skip
    return [[name, formatting.money(euros)] for name, euros in lines]


def _payout(payout: Payout) -> list[str]:
    """A part that goes back: to whom by their standing, how, and when. No account number."""
    paid = day_or_dash(payout.paid_on)
    to, means = str(payout.get_to_display()), str(payout.get_means_display())
    return [to, means, paid, formatting.money(payout.euros)]


STATEMENT = Kind(
    key="deposits.statement", title=gettext_lazy("Vakuusselvitys"), group=Group.LEASE,
    item="VS-VAKUUS", templates="leases/deposits/statement.typ", data=statement_data,
)  # fmt: skip


@transaction.atomic
def order_statement(deposit: Deposit, row: LeaseRow) -> list[Document]:
    """Order the statement for each tenant, in each one's language (vakuusselvityksen tilaaminen).
    Raises ValidationError before the settlement was approved."""
    require(Group.LEASE, Level.WRITE)
    settlement = settlement_of(deposit)
    if settlement is None or not settlement.closed:
        text = _("Vakuusselvityksen voi tulostaa, kun selvitys on hyväksytty.")
        raise ValidationError(text, code="open")
    return [
        services.order_now(
            STATEMENT.key, subjects=[one.person_id], about_id=deposit.pk,
            language=STATEMENT.spoken(one.person.language), reference=reference_of(row.lease),
            usual=Purpose.SOPIMUS,
        )
        for one in row.tenants
    ]  # fmt: skip


# -- what other papers say of it -----------------------------------------------------------------


def _of_lease(lease: Lease) -> Deposit | None:
    deposit = Deposit.objects.filter(lease=lease).first()
    if deposit is not None:
        deposit.lease = lease
    return deposit


def in_lease(lease: Lease) -> Section | None:
    """The deposit that is agreed; nothing before it is, and of one agreed on when the lease was
    ready to be signed: it is none of what was signed."""
    deposit = _of_lease(lease)
    if deposit is None or (lease.ready_at is not None and not deposit.signed):
        return None
    if not deposit.demanded_eur:
        return Section(_("Vakuus"), [_("Vakuutta ei vaadita.")])
    return Section(
        _("Vakuus"),
        [_("Vakuus kattaa vuokrasopimuksen velvoitteet. Se palautetaan, kun vuokrasuhde on "
           "päättynyt ja huoneisto tarkastettu.")],
        [
            [_("Vakuuden määrä"), formatting.money(deposit.demanded_eur)],
            [_("Muoto"), str(deposit.get_form_display())],
            [_("Annettava viimeistään"), formatting.date(deposit.due_on)],
        ],
    )  # fmt: skip


def in_confirmation(lease: Lease) -> Section | None:
    """That the deposit is settled after the flat was inspected; nothing without a deposit."""
    deposit = _of_lease(lease)
    if deposit is None or not deposit.demanded_eur:
        return None
    due = return_of(deposit)
    facts = (
        [[_("Palautetaan viimeistään"), formatting.date(due.last.moved)]] if due is not None else []
    )
    text = _("Selvitämme vakuuden, kun huoneisto on tarkastettu ja avaimet palautettu. Ilmoita "
             "meille tilinumero, jolle vakuus palautetaan.")  # fmt: skip
    return Section(_("Vakuus"), [text], facts)


def register() -> None:
    """What `DepositsConfig.ready` registers."""
    registry.register(STATEMENT)
    register_section(Place.LEASE, 10, in_lease)
    register_section(Place.CONFIRMATION, 10, in_confirmation)
