"""The account that a deposit goes back to, and the safeguards of changing it (A45, A46)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from leases.contracts.rules.persons import TENANTS, Role
from leases.deposits.models import Deposit, RefundAccount
from leases.deposits.rule_rows import ACCOUNT_HOURS
from leases.deposits.rules.accounts import Confirmed, is_foreign, read_iban, usable_from
from leases.deposits.rules.deposit import Payer
from leases.deposits.services.common import (
    locked,
    plain_text,
    refused_at,
    require,
    saving,
    somebody,
)
from leases.deposits.services.settling import account_of
from registry.persons.models import ContactKind, ContactPoint, Person
from registry.persons.queries.standing import same_person
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.queries import rule
from vuokra.rules.services import note_use


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDetails:
    """An account as it was told. `holder` is somebody else than the payer, with the reason."""

    payer: Payer
    iban: str = field(repr=False)
    holder: str = field(default="", repr=False)
    reason: str = ""
    foreign_confirmed: bool = False


@transaction.atomic
def give_account(deposit: Deposit, details: AccountDetails, *, now: datetime) -> RefundAccount:
    """Record the account that money goes back to (palautustili); one that is there is replaced.

    Raises ValidationError at the field: the number cannot be one, lies abroad and nobody confirmed
    that, another's account has no reason (A46), or the deposit is settled.
    """
    require(Group.BANK, Level.WRITE)
    row = locked(deposit)
    iban = read_iban(details.iban, foreign_confirmed=details.foreign_confirmed)
    holder, reason = plain_text(details.holder), plain_text(details.reason)
    _refuse_third(holder, reason)
    wait = rule(ACCOUNT_HOURS, timezone.localdate(now))
    before = account_of(row, details.payer)
    made = RefundAccount(
        deposit=row, person=_owner(row, details.payer), payer=details.payer,
        third_person=bool(holder), reason=reason, foreign=is_foreign(iban), replaces=before,
        recorded_by_id=somebody(), recorded_at=now,
        usable_from=now if before is None else usable_from(now, wait.integer),
    )  # fmt: skip
    made.iban, made.holder = iban, holder or None
    if before is not None:
        note_use(wait)
    with saving(RefundAccount):
        made.save(force_insert=True)
    return made


def _refuse_third(holder: str, reason: str) -> None:
    if holder and not reason:
        text = _("Kirjoita, miksi raha palautetaan toisen henkilön tilille.")
        raise refused_at("reason", text, "no_reason")
    if reason and not holder:
        text = _("Kirjoita, kenen tili on, tai jätä perustelu pois.")
        raise refused_at("holder", text, "no_holder")


def _owner(deposit: Deposit, payer: Payer) -> Person:
    """Whose call back confirms a change: the guarantor for what a guarantor paid, otherwise the
    first tenant."""
    parties = list(deposit.lease.parties.select_related("person").order_by("id"))
    wanted = (Role.GUARANTOR,) if payer is Payer.GUARANTOR else TENANTS
    chosen = [one for one in parties if one.role in wanted]
    if not chosen:
        raise refused_at("payer", _("Sopimuksessa ei ole tällaista osapuolta."), "who")
    return chosen[0].person


def numbers_before(account: RefundAccount) -> QuerySet[ContactPoint]:
    """Telephone numbers of the person that were held before the account was changed."""
    return ContactPoint.objects.filter(
        person=account.person_id, kind=ContactKind.PHONE, recorded_at__lt=account.recorded_at
    )


@transaction.atomic
def confirm_account(
    account: RefundAccount, called: ContactPoint | None, *, now: datetime
) -> RefundAccount:
    """A second person confirms an account (tilin vahvistus): by a call to a number that was held
    before it; with no such number, face to face. A changed account needs it always, a first one
    when whoever recorded it approves the settlement.

    Raises ValidationError: one's own record, nothing to confirm, a number that came with the
    account, or a visit though there is a number to call.
    """
    require(Group.BANK, Level.MASKED)
    locked(account.deposit)
    row = RefundAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if row.confirmed_by_id is not None:
        raise ValidationError(_("Tili on jo vahvistettu."), code="nothing")
    if same_person(row.recorded_by_id, somebody(), today=timezone.localdate(now)):
        text = _("Vahvistajan pitää olla toinen henkilö kuin kirjaaja.")
        raise ValidationError(text, code="own")
    held = list(numbers_before(row))
    if called not in held if called is not None else held:
        text = _("Soita numeroon, joka oli tiedossa ennen tilin kirjaamista.")
        raise refused_at("called", text, "number")
    row.confirmed = Confirmed.CALL if called else Confirmed.VISIT
    row.called, row.confirmed_by_id, row.confirmed_at = called, somebody(), now
    with saving(RefundAccount):
        row.save(update_fields=["confirmed", "called", "confirmed_by", "confirmed_at"])
    return row
