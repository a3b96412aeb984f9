"""Rows of deposits in the work queue: to receive, to settle, to approve and pay, to confirm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.deposits import queries
from leases.deposits.queries import DepositRow
from leases.deposits.rules.standing import Standing
from vuokra.access.context import Actor
from vuokra.desk import rows as desk
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

READ = ((Group.PERSON, Level.READ), (Group.LEASE, Level.READ), (Group.COMMITMENT, Level.READ))
CLERK = Kind(
    "vakuus", gettext_lazy("Vakuus"), "piggy-bank", needs=(*READ, (Group.LEASE, Level.WRITE)),
    weight=20,
)  # fmt: skip
PAYER = Kind(
    "vakuuden-palautus", gettext_lazy("Vakuuden palautus"), "banknote",
    needs=(*READ, (Group.BANK, Level.WRITE)), weight=25,
)  # fmt: skip


UNSEEN: dict[Standing, StrOrPromise] = {
    Standing.PREPARED: gettext_lazy("Hanki hyväksyjä, kirjanpito ei näe tätä vakuutta"),
    Standing.APPROVED: gettext_lazy("Huolehdi maksusta, kirjanpito ei näe tätä vakuutta"),
}
"""What waits with accountants, who may not know of a turvakielto: whoever keeps the leases sees to
it that it is done by the day of the law."""


def of_clerk(actor: Actor, today: date) -> Iterator[Row]:
    """What waits with whoever keeps the leases; of a protected home also what waits with those who
    pay and do not see it."""
    found = queries.waiting(today=today)
    for row in found.to_receive:
        yield _row(
            CLERK, row, "saaminen", _("Hanki vakuus"), row.deposit.due_on, row.deposit.due_on
        )
    for row in found.to_return:
        if row.standing is Standing.TO_RETURN:
            yield _return(CLERK, row, "selvitys", _("Selvitä ja palauta vakuus"))
        elif row.row.hidden and actor.level(Group.BANK) < Level.WRITE:
            task = UNSEEN.get(row.standing)
            if task is not None:
                yield _return(CLERK, row, "kirjanpito", str(task))
        change = found.unconfirmed.get(row.deposit.pk)
        if change is not None and change.recorded_by_id != actor.user_id:
            since = timezone.localdate(change.recorded_at)
            task = _("Vahvista palautustilin vaihto soittamalla")
            yield _row(CLERK, row, f"tili-{change.pk}", task, None, since)


def of_payer(actor: Actor, today: date) -> Iterator[Row]:
    """What waits with whoever pays; one's own settlement waits for another."""
    for row in queries.waiting(today=today).to_return:
        settlement, standing = row.settlement, row.standing
        if standing is Standing.TO_RETURN and row.deposit.balance_on is None:
            yield _return(PAYER, row, "saldo", _("Vahvista loppusaldo"))
        elif standing is Standing.PREPARED and settlement is not None:
            if settlement.prepared_by_id != actor.user_id:
                yield _return(PAYER, row, "hyvaksynta", _("Hyväksy vakuuden selvitys"))
        elif standing is Standing.APPROVED:
            yield _return(PAYER, row, "maksu", _("Maksa vakuuden palautus"))


def _return(kind: Kind, row: DepositRow, key: str, task: str) -> Row:
    """A task of returning: due on the last working day before the day of the law, and begun now."""
    due = row.due
    if due is None:
        return _row(kind, row, key, task, None, None)
    return _row(
        kind, row, key, task, due.last.task_on, due.starts_on, soon=True, statutory=due.binds
    )


def _row(
    kind: Kind, row: DepositRow, key: str, task: str, due: date | None, since: date | None,
    *, statutory: bool = False, soon: bool = False,
) -> Row:  # fmt: skip
    tenant = next(iter(row.row.tenants), None)
    return Row(
        kind=kind.code, key=f"{key}-{row.deposit.pk}", task=task,
        facts=_("Sopimus %(number)s") % {"number": row.row.lease.number}, due=due,
        action=_("Avaa"), url=reverse("deposits:deposit", args=[row.deposit.pk]),
        person_id=tenant.person_id if tenant else None, protected=row.row.hidden, since=since,
        statutory=statutory, soon=soon,
    )  # fmt: skip


def register() -> None:
    """Register the kinds and their rows."""
    desk.register(CLERK, of_clerk)
    desk.register(PAYER, of_payer)
