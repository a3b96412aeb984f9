"""What a snapshot says in words, the same in the memorandum and on the page of a decision: codes of
need (each explained once), what was found, how each household ended, by which order they stood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from applications.intake.codes import Situation
from applications.selection.models import passed_words
from applications.selection.rule_rows import ORDER, class_words
from applications.selection.rules.findings import Outcome, Reason, Test
from vuokra.rules.registry import spec

TOLD = (Outcome.FAIL, Outcome.MISSING, Outcome.WAIVED, Outcome.WARNING)
"""How a test ends that is told in words."""


def legend(compared: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The codes of these households of a snapshot with their words: urgency classes, then grounds,
    in the order of the company's list."""
    households = list(compared)
    classes = {one["urgency"] for one in households if one["urgency"] is not None}
    return [*((str(one), class_words(one)) for one in sorted(classes)), *grounds(households)]


def grounds(compared: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The codes why a home is needed (asunnontarpeen perusteet) of these households alone."""
    codes = {code for one in compared for code in one["situations"]}
    return [(one.value, str(one.label)) for one in Situation if one.value in codes]


def found(one: Mapping[str, Any]) -> list[str]:
    """What stood in the way of a household, or was let by for it."""
    return [
        f"{Test(test).label}: {Reason(reason).label or Outcome(outcome).label}"
        + (f" ({Outcome.WAIVED.label})" if outcome == Outcome.WAIVED else "")
        for test, (outcome, reason) in sorted(one["findings"].items())
        if outcome in TOLD
    ]


def ended(one: Mapping[str, Any], chosen: str) -> str:
    """How the comparing ended for a household; `chosen` is the id of the one that was chosen."""
    if one["id"] == chosen:
        return _("Valittu")
    if one["passed"]:
        return f"{_('Ohitettu')}: {passed_words(one['passed'])}"
    outcomes = {outcome for outcome, _reason in one["findings"].values()}
    if Outcome.FAIL in outcomes:
        return _("Ei täytä perusteita")
    return _("Tietoja puuttuu") if Outcome.MISSING in outcomes else _("Täyttää perusteet")


def order(kept: Mapping[str, Any]) -> str:
    """By which order a snapshot stands, and of which version of the company's rule."""
    version = next((row["version"] for row in kept["rules"] if row["key"] == ORDER), None)
    named = str(spec(ORDER).choices[kept["policy"]["order"]])
    return f"{named} ({_('versio')} {version})" if version else named
