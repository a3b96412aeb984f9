"""Changes of person (vuokralaisen vaihtuminen): which there are and by when each side acts. No
database, no clock.

Source: AHVL 18, 44–46 and 48 §; tenancy specification, section 6.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from leases.contracts.rule_rows import (
    OBJECTION_MONTHS,
    TRANSFER_ANSWER,
    TRANSFER_OBJECTION,
)
from leases.contracts.rules.calendar import LastDay, last_day
from leases.contracts.rules.numbers import Numbers
from leases.contracts.rules.persons import FAMILY, Relation, object_by
from vuokra.rules.rules import add_months


class Change(models.TextChoices):
    """How a person of a lease changes (henkilövaihdoksen laji)."""

    FAMILY = "family", _("Siirto perheenjäsenelle (AHVL 45 §)")
    PERMITTED = "permitted", _("Siirto vuokranantajan luvalla (AHVL 44 §)")
    DEATH = "death", _("Jatkaminen kuoleman jälkeen (AHVL 46 §)")
    COURT = "court", _("Tuomioistuimen päätös (AHVL 48 §)")
    HANDOVER = "handover", _("Koko huoneiston luovutus toiselle (AHVL 18 §)")


SUCCEEDING: Final = (Change.FAMILY, Change.PERMITTED, Change.DEATH, Change.COURT)
"""Changes by which somebody comes into the lease in a tenant's place."""

_MONTHS: Final = {
    Change.FAMILY: TRANSFER_OBJECTION,
    Change.PERMITTED: TRANSFER_ANSWER,
    Change.DEATH: OBJECTION_MONTHS,
}


def may_receive(relation: Relation, *, resident: bool) -> bool:
    """Whether a lease may be transferred to somebody without a permission (AHVL 45 §): the spouse
    who lives there, a child of the family, a parent of either."""
    return relation in FAMILY and (resident or relation != Relation.SPOUSE)


def act_by(
    numbers: Numbers, change: Change, told_on: date, holidays: Container[date]
) -> LastDay | None:
    """The company's last day to act on a change it was told of on a day: to answer a request, or to
    take its objection to court. None where the law sets none. Raises RuleMissing."""
    if change == Change.HANDOVER:
        return object_by(numbers, told_on, holidays)
    if change not in _MONTHS:
        return None
    rule = numbers(_MONTHS[change], told_on)
    return last_day(add_months(told_on, rule.integer), holidays, (rule,))
