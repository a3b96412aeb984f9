"""What a new number of requests would change of those that are open: how many, from which day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.rights import rules
from registry.rights.models import OPEN, State
from registry.rights.rule_rows import (
    ANSWER_MONTHS,
    EXTENSION_MONTHS,
    FIRST_ALERT,
    LAPSE_DAYS,
    SECOND_ALERT,
)
from vuokra.rules.effects import counted
from vuokra.rules.queries import holidays_between, rule
from vuokra.rules.registry import Proposed, tell_effect
from vuokra.rules.rules import add_months
from vuokra.ui import formatting

DEADLINES: Final = """
SELECT received_on, extended_on IS NOT NULL, coalesce(last_deadline, deadline), count(*)
FROM registry_rights_datarequest WHERE state = ANY (%s) GROUP BY 1, 2, 3
"""
LEFT: Final = """
SELECT coalesce(last_target, target), coalesce(last_deadline, deadline), count(*)
FROM registry_rights_datarequest WHERE state = ANY (%s) GROUP BY 1, 2
"""
UNIDENTIFIED: Final = """
SELECT asked_on, reminded_on, count(*)
FROM registry_rights_datarequest WHERE state = %s GROUP BY 1, 2
"""
OPEN_STATES: Final = [state.value for state in OPEN]


def answer_months(new: Proposed) -> list[str]:
    """Which deadlines would be others with another time to answer."""
    return _moved(
        new,
        lambda received, extended: (
            new.integer + (rule(EXTENSION_MONTHS, received).integer if extended else 0)
        ),
    )


def extension_months(new: Proposed) -> list[str]:
    """Which deadlines would be others with another extension."""
    return _moved(
        new,
        lambda received, extended: (
            rule(ANSWER_MONTHS, received).integer + (new.integer if extended else 0)
        ),
    )


def _moved(new: Proposed, months: Callable[[date, bool], int]) -> list[str]:
    """How many open requests that came while the value holds would have another last day."""
    moved, days = 0, []
    for received, extended, deadline, number in counted(DEADLINES, [OPEN_STATES]):
        if not new.holds(received):
            continue
        time = months(received, extended)
        holidays = holidays_between(received, add_months(received, time))
        day = rules.due(received, time, holidays).deadline
        if day != deadline:
            moved += number
            days.append(day)
    if not moved:
        return [_("Minkään avoimen pyynnön määräaika ei muuttuisi.")]
    text = ngettext(
        "%(count)s avoin pyyntö saisi toisen määräajan. Aikaisin uusi määräaika on %(day)s.",
        "%(count)s avointa pyyntöä saisi toisen määräajan. Aikaisin uusi määräaika on %(day)s.",
        moved,
    )
    return [
        text % {"count": moved, "day": formatting.date(min(days))},
        _("Kirjattu määräaika vaihtuu, kun saapumispäivä oikaistaan tai aikaa jatketaan."),
    ]


def first_alert(new: Proposed) -> list[str]:
    """Of how many open requests somebody would hear first: counted from the safe day."""
    return _alerts(new, lambda target, _deadline: target)


def second_alert(new: Proposed) -> list[str]:
    """Of how many open requests somebody would hear again: counted from the last lawful day."""
    return _alerts(new, lambda _target, deadline: deadline)


def _alerts(new: Proposed, counted_from: Callable[[date, date], date]) -> list[str]:
    day = new.begins
    near = sum(
        number
        for target, deadline, number in counted(LEFT, [OPEN_STATES])
        if rules.days_left(counted_from(target, deadline), day) <= new.integer
    )
    return _on_the_day(new, near, _("%(day)s hälytettäisiin %(count)s nyt avoimesta pyynnöstä."))


def lapse_days(new: Proposed) -> list[str]:
    """How many requests that nobody identified could lapse on the first day."""
    over = sum(
        number
        for asked, reminded, number in counted(UNIDENTIFIED, [State.IDENTIFYING.value])
        if rules.may_lapse(asked, reminded, new.integer, new.begins)
    )
    text = ngettext(
        "%(day)s voisi raueta %(count)s pyyntö, jonka tekijää ei ole tunnistettu.",
        "%(day)s voisi raueta %(count)s pyyntöä, joiden tekijää ei ole tunnistettu.",
        over,
    )
    return _on_the_day(new, over, text)


def _on_the_day(new: Proposed, count: int, text: str) -> list[str]:
    """A sentence of the first day; nothing where the value would be over by then."""
    values: dict[str, Any] = {"count": count, "day": formatting.date(new.begins)}
    return [text % values] if new.holds(new.begins) else []


def register() -> None:
    """Tell the effects of this room's rules."""
    tell_effect(ANSWER_MONTHS, answer_months)
    tell_effect(EXTENSION_MONTHS, extension_months)
    tell_effect(FIRST_ALERT, first_alert)
    tell_effect(SECOND_ALERT, second_alert)
    tell_effect(LAPSE_DAYS, lapse_days)
