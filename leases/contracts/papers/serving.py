"""What the landlord serves: notice, warning, rescission (54, 62 and 66 §), each a letter to one.

Every tenant is served separately; a spouse who is liable too. What the law demands of the paper
stands in it, or it is not made.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.contracts.models import Notice
from leases.contracts.papers.common import (
    PREFIX,
    TEMPLATES,
    Data,
    flat_facts,
    full_name,
    lease_row,
)
from leases.contracts.papers.ending import moving_out, other_law
from leases.contracts.queries import LeaseRow, notice_of
from leases.contracts.rule_rows import CHALLENGE_MONTHS
from leases.contracts.rules.notice import Document as Paper
from leases.contracts.rules.notice import Notice as Effect
from leases.contracts.rules.notice import defects
from leases.contracts.rules.rescission import Ground
from leases.contracts.services.common import numbers_of
from leases.contracts.services.ending import effect_of
from registry.protection.letters import letter_address
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document
from vuokra.documents.registry import Kind
from vuokra.policy.groups import Group
from vuokra.ui import formatting


def data(document: Document) -> Data:
    """What the paper says; about nine statements. Raises NotMade when the paper is gone, is no
    longer as the law demands, or has no receiver."""
    lease_id = Notice.objects.filter(pk=document.about_id or 0).values_list("lease", flat=True)
    row = lease_row(lease_id.first())
    notice = notice_of(row.lease, document.about_id or 0)
    name = next((one for one in row.parties if one.person_id == document.subject_id), None)
    if name is None or notice.withdrawn_on is not None or defects(notice.paper):
        raise NotMade(Fault.DATA)
    return {
        "receiver": letter_address(name.person_id, timezone.localdate()).required(),
        "name": full_name(name.person),
        "facts": flat_facts(row, named=False)[:2],
        "protected": row.hidden,
        "document": str(notice.document),
        "ground": notice.ground,
        "breach": _breach(notice),
        **_ending(row, notice),
    }


def _breach(notice: Notice) -> list[str]:
    """The ground of the law that the paper follows, when it happened and what is unpaid."""
    if not notice.breach:
        return []
    ground = Ground(notice.breach)
    found = [f"{ground.label} ({ground.law})."]
    if notice.happened_on is not None:
        found.append(_("Viimeksi %(day)s.") % {"day": formatting.date(notice.happened_on)})
    if notice.unpaid_eur is not None:
        found.append(_("Maksamatta %(sum)s.") % {"sum": formatting.money(notice.unpaid_eur)})
    return found


def _ending(row: LeaseRow, notice: Notice) -> dict[str, Any]:
    if notice.document != Paper.LANDLORD_NOTICE or notice.stated_end is None:
        ends = notice.ends_on or notice.stated_end
        return {"ends": formatting.date(ends) if ends else ""}
    served_on = notice.served_on or timezone.localdate()
    ends_on = notice.ends_on or notice.stated_end
    moving = moving_out(ends_on)
    challenge = numbers_of(row.lease.concluded_on)(CHALLENGE_MONTHS, served_on)
    return {
        "ends": formatting.date(ends_on),
        "half": formatting.date(moving.day),
        "whole": formatting.date(moving.whole_flat),
        "challenge": challenge.integer,
        "period": _period(effect_of(notice, served_on)),
    }


def _period(effect: Effect | None) -> dict[str, Any] | None:
    if effect is None:
        return None
    return {
        "months": effect.applied.months,
        "other": other_law(effect.not_applied),
    }


def lawful_end(notice: Notice, served_on: date) -> date | None:
    """The earliest end day of a landlord's notice served on a day; None for another paper."""
    if notice.document != Paper.LANDLORD_NOTICE:
        return None
    effect = effect_of(notice, served_on)
    return effect.applied.ends_on if effect else None


TITLES: Final = {
    Paper.LANDLORD_NOTICE: gettext_lazy("Irtisanomisilmoitus"),
    Paper.WARNING: gettext_lazy("Varoitus"),
    Paper.RESCISSION: gettext_lazy("Purkamisilmoitus"),
}
ITEMS: Final = {
    Paper.LANDLORD_NOTICE: "VS-PÄÄT", Paper.WARNING: "VS-TOIMI", Paper.RESCISSION: "VS-PÄÄT",
}  # fmt: skip
KINDS: Final = {
    paper: Kind(
        key=f"{PREFIX}{paper.value}", title=title, group=Group.LEASE, item=ITEMS[paper],
        templates=f"{TEMPLATES}served.typ", data=data,
    )
    for paper, title in TITLES.items()
}  # fmt: skip
