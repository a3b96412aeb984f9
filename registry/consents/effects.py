"""What a new interval of reviewing the suppression list would change."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.consents.rule_rows import REVIEW
from vuokra.rules.effects import counted
from vuokra.rules.registry import Proposed, tell_effect
from vuokra.rules.rules import add_years
from vuokra.ui import formatting

LISTED: Final = "SELECT count(*), min(review_on) FROM registry_consents_suppression"


def review_years(new: Proposed) -> list[str]:
    """When the first new entry would be reviewed, and how many keep the day that they have."""
    told = [
        _("%(first)s tehty merkintä tarkistettaisiin %(review)s.")
        % {
            "first": formatting.date(new.begins),
            "review": formatting.date(add_years(new.begins, new.integer)),
        }
    ]
    ((count, day),) = counted(LISTED)
    if count:
        text = ngettext(
            "Listan %(count)s merkintä pitää tarkistuspäivänsä %(day)s.",
            "Listan %(count)s merkintää pitävät tarkistuspäivänsä, aikaisin niistä on %(day)s.",
            count,
        )
        told.append(text % {"count": count, "day": formatting.date(day)})
    return told


def register() -> None:
    """Tell the effects of this room's rules."""
    tell_effect(REVIEW, review_years)
