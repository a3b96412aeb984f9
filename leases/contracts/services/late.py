"""Days entered long after them: a reason is written; another confirms one that chooses the law."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leases.contracts.models import DayOf, LateDay, Lease
from leases.contracts.rule_rows import (
    BACK_DAYS,
    DEPOSIT_MAX,
    LONG_AFTER,
    LONG_MONTHS,
    OPEN_ENDED_FROM,
    SHORT_MONTHS,
    SHORT_TERM_MONTHS,
    TENANT_MONTHS,
)
from leases.contracts.services.common import require_write
from registry.persons.queries.standing import same_person
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.access.stated import SHORTEST_REASON
from vuokra.db.constraints import constraint_errors
from vuokra.rules.queries import rule, rules

BY_CONCLUSION: Final = (
    SHORT_MONTHS, LONG_MONTHS, LONG_AFTER, TENANT_MONTHS, SHORT_TERM_MONTHS, OPEN_ENDED_FROM,
    DEPOSIT_MAX,
)  # fmt: skip
"""The rules that the day of conclusion selects."""


def note_day(
    lease: Lease, what: DayOf, day: date, reason: str, *, today: date,
    concluded_on: date | None = None,
) -> LateDay | None:  # fmt: skip
    """Keep why a day is entered later than the rule `lease.back_days` lets without more; None for
    one that needs no reason. `concluded_on` is the day on which the lease is concluded by it: that
    of another law than today's takes a reason however recent it is.

    Raises ValidationError at `reason` when there is none, or it holds an identity code.
    """
    usual = rule(BACK_DAYS, today).integer
    other_law = concluded_on is not None and _version(concluded_on) != _version(today)
    if not other_law and day >= today - timedelta(days=usual):
        return None
    words = clean_text(reason)
    refuse_hetu_in_text(words)
    if len(words) < SHORTEST_REASON:
        text = (
            _("Allekirjoituspäivä valitsee eri lain kuin tämä päivä. Kirjoita, miksi se kirjataan "
              "vasta nyt.")
            if other_law
            else ngettext(
                "Päivästä on yli %(days)s päivä. Kirjoita, miksi se kirjataan vasta nyt.",
                "Päivästä on yli %(days)s päivää. Kirjoita, miksi se kirjataan vasta nyt.",
                usual,
            ) % {"days": usual}
        )  # fmt: skip
        raise ValidationError({"reason": ValidationError(text, code="late")})
    row = LateDay(
        lease=lease, what=what, day=day, entered_on=today, reason=words,
        other_law=other_law, recorded_by_id=current().actor.user_id,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def _version(day: date) -> list[int]:
    """Which versions of the law hold for a lease concluded on a day. Raises RuleMissing."""
    return [one.version for one in rules(BY_CONCLUSION, day).values()]


@transaction.atomic
def confirm_day(late: LateDay, *, now: datetime) -> LateDay:
    """Another confirms a day that chooses the law (jälkikäteen kirjatun päivän vahvistus). Raises
    ValidationError for who entered it, and when it waits for nobody."""
    require_write()
    row = LateDay.objects.select_for_update(of=("self",)).get(pk=late.pk)
    if not row.waits:
        raise ValidationError(_("Päivä ei odota vahvistusta."), code="confirmed")
    user = current().actor.user_id
    first, today = row.recorded_by_id, timezone.localdate(now)
    if user is None or (first is not None and same_person(first, user, today=today)):
        raise ValidationError(_("Päivän vahvistaa toinen kuin sen kirjannut."), code="own")
    row.confirmed_by_id, row.confirmed_at = user, now
    with constraint_errors(LateDay):
        row.save(update_fields=["confirmed_by", "confirmed_at"])
    return row
