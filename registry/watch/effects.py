"""What a new number of the review would change: how many alerts and reviews, from which day."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.watch.rule_rows import DISPOSE_DAYS, GLASS_REVIEW_DAYS, ON
from vuokra.rules.effects import counted
from vuokra.rules.queries import rule, working_day_after
from vuokra.rules.registry import Proposed, tell_effect
from vuokra.ui import formatting

LOOKED_BACK: Final = 90
"""Days of alerts that are counted when a rule is put into use or out of it."""
ALERTS: Final = """
SELECT (a.raised_at AT TIME ZONE 'Europe/Helsinki')::date, count(*) FROM registry_watch_alert a
WHERE NOT EXISTS (SELECT FROM registry_watch_disposition d WHERE d.alert_id = a.id) GROUP BY 1
"""
GLASSES: Final = """
SELECT (g.opened_at AT TIME ZONE 'Europe/Helsinki')::date, count(*)
FROM registry_watch_breakglass g
WHERE NOT EXISTS (SELECT FROM registry_watch_glassreview r WHERE r.glass_id = g.id) GROUP BY 1
"""
RAISED: Final = "SELECT count(*) FROM registry_watch_alert WHERE rule = %s AND day > %s"


def moved(key: str, waiting: str, new: Proposed) -> list[str]:
    """How many of those that wait would have another last day, and the earliest of the days."""
    count, days = 0, []
    for arisen, number in counted(waiting):
        if not new.holds(arisen) or rule(key, arisen).integer == new.integer:
            continue
        count += number
        days.append(working_day_after(arisen, new.integer))
    if not count:
        return [_("Minkään odottavan määräpäivä ei muuttuisi.")]
    text = ngettext(
        "%(count)s odottava saisi toisen määräpäivän, %(day)s.",
        "%(count)s odottavaa saisi toisen määräpäivän, aikaisin %(day)s.",
        count,
    )
    return [text % {"count": count, "day": formatting.date(min(days))}]


def in_use(code: str, new: Proposed) -> list[str]:
    """How many alerts the rule has raised of late, and that no more come when it is put out of
    use."""
    since = new.today - timedelta(days=LOOKED_BACK)
    ((count,),) = counted(RAISED, [code, since])
    text = ngettext(
        "Säännöstä on tullut %(count)s hälytys %(days)s päivän aikana.",
        "Säännöstä on tullut %(count)s hälytystä %(days)s päivän aikana.",
        count,
    )
    told = [text % {"count": count, "days": LOOKED_BACK}]
    if not new.value:
        told.append(
            _("Niitä ei tulisi enää %(day)s alkaen.") % {"day": formatting.date(new.begins)}
        )
    return told


def register() -> None:
    """Tell the effects of this room's rules."""
    tell_effect(DISPOSE_DAYS, partial(moved, DISPOSE_DAYS, ALERTS))
    tell_effect(GLASS_REVIEW_DAYS, partial(moved, GLASS_REVIEW_DAYS, GLASSES))
    for code, key in ON.items():
        tell_effect(key, partial(in_use, code))
