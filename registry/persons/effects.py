"""What another interval of reviewing legal holds would change."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.persons.rule_rows import HOLD_REVIEW
from vuokra.rules.effects import counted
from vuokra.rules.queries import rule
from vuokra.rules.registry import Proposed, tell_effect
from vuokra.rules.rules import add_months
from vuokra.ui import formatting

HOLDS: Final = """
SELECT coalesce(m.reviewed_on, m.valid_from), count(*)
FROM registry_persons_mark m JOIN registry_persons_person p ON p.id = m.person_id
WHERE m.kind = 'legal_hold' AND p.merged_into_id IS NULL
    AND m.valid_from <= %(today)s AND (m.valid_to IS NULL OR m.valid_to >= %(today)s)
GROUP BY 1
"""


def hold_review(new: Proposed) -> list[str]:
    """How many holds in force would be reviewed on another day, and the earliest of the days."""
    moved, days = 0, []
    for since, number in counted(HOLDS, {"today": new.today}):
        if new.holds(since) and rule(HOLD_REVIEW, since).integer != new.integer:
            moved += number
            days.append(add_months(since, new.integer))
    if not moved:
        return [_("Minkään säilytyspidon tarkistuspäivä ei muuttuisi.")]
    text = ngettext(
        "%(count)s säilytyspito tarkistettaisiin toisena päivänä, %(day)s.",
        "%(count)s säilytyspitoa tarkistettaisiin toisena päivänä, aikaisin %(day)s.",
        moved,
    )
    return [text % {"count": moved, "day": formatting.date(min(days))}]


def register() -> None:
    """Tell the effects of this room's rules."""
    tell_effect(HOLD_REVIEW, hold_review)
