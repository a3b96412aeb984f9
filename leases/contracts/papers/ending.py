"""The letter that confirms that a lease ends (irtisanomisen vahvistus): last day, moving out.

It goes to each tenant, under turvakielto to the contact address alone and without naming the flat.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from leases.contracts.models import Lease, Notice
from leases.contracts.papers.common import PREFIX, TEMPLATES, Data, flat_facts, row_of
from leases.contracts.papers.sections import Place, sections_of
from leases.contracts.rules.notice import Ending, MoveOut, move_out
from leases.contracts.rules.terms import Kind as Term
from leases.contracts.services.common import holidays_from
from leases.contracts.services.ending import effect_of
from registry.protection.letters import letter_address
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document
from vuokra.documents.registry import Kind
from vuokra.policy.groups import Group
from vuokra.ui import formatting


def confirmation_data(document: Document) -> Data:
    """How the lease ends, and what is to be done before; eight statements. Raises NotMade when its
    end is not known, or the letter has no receiver."""
    row = row_of(document)
    lease = row.lease
    if lease.ends_on is None or document.subject_id is None:
        raise NotMade(Fault.DATA)
    notice = notice_in_force(lease)
    moving = moving_out(lease.ends_on)
    months, other = _period(notice)
    return {
        "receiver": letter_address(document.subject_id, timezone.localdate()).required(),
        "facts": flat_facts(row, named=False)[:2],
        "how": _how(lease, notice),
        "served": formatting.date(notice.served_on) if notice and notice.served_on else "",
        "months": months,
        "other_law": other,
        "last_day": formatting.date(lease.ends_on),
        "half": formatting.date(moving.day),
        "whole": formatting.date(moving.whole_flat),
        "sections": sections_of(Place.CONFIRMATION, lease),
    }


def notice_in_force(lease: Lease) -> Notice | None:
    """The served paper that ends the lease, the first to end it of several; one statement."""
    served = lease.notices.filter(ends_on__isnull=False, withdrawn_on__isnull=True)
    found = served.order_by("ends_on", "pk").first()
    if found is not None:
        found.lease = lease
    return found


def moving_out(ends_on: date) -> MoveOut:
    """When the flat must be free."""
    return move_out(ends_on, holidays_from(ends_on))


def _how(lease: Lease, notice: Notice | None) -> str:
    if notice is not None:
        return str(notice.document)
    fixed = lease.kind == Term.FIXED_TERM and lease.last_day in (None, lease.term_ends_on)
    return "term" if fixed else "agreed"


def _period(notice: Notice | None) -> tuple[int, dict[str, Any] | None]:
    """The notice period, and what the other law would say when it says something else."""
    if notice is None or notice.served_on is None:
        return 0, None
    effect = effect_of(notice, notice.served_on)
    if effect is None:
        return 0, None
    return effect.applied.months, other_law(effect.not_applied)


def other_law(ending: Ending | None) -> dict[str, Any] | None:
    """The other law's result, as a template takes it."""
    if ending is None:
        return None
    return {"months": ending.months, "ends": formatting.date(ending.ends_on)}


CONFIRMATION = Kind(
    key=f"{PREFIX}confirmation", title=gettext_lazy("Vahvistus sopimuksen päättymisestä"),
    group=Group.LEASE, item="VS-PÄÄT", templates=f"{TEMPLATES}confirmation.typ",
    data=confirmation_data,
)  # fmt: skip
