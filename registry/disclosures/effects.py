"""What a new number of this room would change: how many disclosures, agreements and tasks."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.disclosures.models import ExportState, NotifyState
from registry.disclosures.rule_rows import (
    APPROVED_PEOPLE,
    DOWNLOAD_DAYS,
    NOTIFY_DAYS,
    WARN_DAYS,
)
from vuokra.rules.effects import counted
from vuokra.rules.queries import rule
from vuokra.rules.registry import Proposed, tell_effect
from vuokra.ui import formatting

LOOKED_BACK: Final = 30
"""Days of disclosures that a new limit is tried on."""
OVER: Final = """
SELECT count(*) FILTER (WHERE person_count > %s), count(*) FILTER (WHERE person_count > %s)
FROM registry_disclosures_disclosure
WHERE NOT void AND corrects_id IS NULL
    AND (recorded_at AT TIME ZONE 'Europe/Helsinki')::date > %s
"""
ENDING: Final = """
SELECT count(*), min(valid_to) FROM registry_disclosures_disclosurebasis
WHERE valid_to BETWEEN %s AND %s
"""
UNTOLD: Final = """
SELECT (made_at AT TIME ZONE 'Europe/Helsinki')::date, count(*)
FROM registry_disclosures_notification WHERE state = %s GROUP BY 1
"""
APPROVED: Final = """
SELECT count(*) FROM registry_disclosures_exportrequest WHERE state = %s AND expires_at >= now()
"""


def approved_people(new: Proposed) -> list[str]:
    """How many disclosures of the last days would have passed the limit, and how many pass today's.

    The files of one day are counted together when somebody takes them; here each stands alone.
    """
    now = rule(APPROVED_PEOPLE, new.today).integer
    since = new.today - timedelta(days=LOOKED_BACK)
    ((over, before),) = counted(OVER, [new.integer, now, since])
    return [
        _("%(days)s päivän luovutuksista ja vienneistä rajan ylittäisi %(count)s, nyt %(before)s.")
        % {"days": LOOKED_BACK, "count": over, "before": before}
    ]


def warn_days(new: Proposed) -> list[str]:
    """Of how many agreements somebody would be reminded on the first day."""
    last = new.begins + timedelta(days=new.integer)
    ((count, first),) = counted(ENDING, [new.begins, last])
    if not count:
        return [_("Mistään voimassa olevasta perusteesta ei muistutettaisi.")]
    text = ngettext(
        "%(day)s muistutettaisiin %(count)s perusteesta. Se päättyy %(first)s.",
        "%(day)s muistutettaisiin %(count)s perusteesta. Ensimmäinen päättyy %(first)s.",
        count,
    )
    dates = {"day": formatting.date(new.begins), "first": formatting.date(first)}
    return [text % ({"count": count} | dates)]


def notify_days(new: Proposed) -> list[str]:
    """How many recipients would have to be told by another day, and the earliest of the days."""
    moved, days = 0, []
    for made, number in counted(UNTOLD, [NotifyState.OPEN.value]):
        if new.holds(made) and rule(NOTIFY_DAYS, made).integer != new.integer:
            moved += number
            days.append(made + timedelta(days=new.integer))
    if not moved:
        return [_("Minkään avoimen ilmoituksen määräpäivä ei muuttuisi.")]
    text = ngettext(
        "%(count)s avoin ilmoitus vastaanottajalle saisi toisen määräpäivän, %(day)s.",
        "%(count)s avointa ilmoitusta vastaanottajille saisi toisen määräpäivän, aikaisin %(day)s.",
        moved,
    )
    return [text % {"count": moved, "day": formatting.date(min(days))}]


def download_days(new: Proposed) -> list[str]:
    """How many approved exports keep the time that they were given."""
    ((count,),) = counted(APPROVED, [ExportState.APPROVED.value])
    text = ngettext(
        "Jo hyväksyttyjä, lataamattomia vientejä on %(count)s: se pitää latausaikansa.",
        "Jo hyväksyttyjä, lataamattomia vientejä on %(count)s: ne pitävät latausaikansa.",
        count,
    )
    return [text % {"count": count}] if count else []


def register() -> None:
    """Tell the effects of this room's rules."""
    tell_effect(APPROVED_PEOPLE, approved_people)
    tell_effect(WARN_DAYS, warn_days)
    tell_effect(NOTIFY_DAYS, notify_days)
    tell_effect(DOWNLOAD_DAYS, download_days)
