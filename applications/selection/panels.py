"""What the selection shows on the pages of rooms below it: of a flat, that residents are chosen for
it; of an application, what was decided and offered, which selections its wishes suit, and what of
its sums counts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from applications.intake import panels as applications
from applications.intake.models import Application, Member
from applications.intake.rules.states import OPEN
from applications.selection.models import Assessment, Decision, Round, RoundState
from applications.selection.queries.suitable import suiting
from applications.selection.rules.findings import Reason
from leases.homes import panels
from leases.homes.models import Flat
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

SHOWN = 10
"""Selections that are named; more of them are counted in the list."""
READ = ((Group.NEED, Level.READ), (Group.SELECTION, Level.READ))


def of_flat(flat: Flat, today: date) -> dict[str, Any] | None:
    """The open selection of a flat, or that none is open; one statement."""
    open_ = Round.objects.filter(flat=flat, state=RoundState.OPEN).first()
    return {"round": open_, "flat": flat}


def of_application(application: Application, today: date) -> dict[str, Any] | None:
    """What was decided of an application, and the open selections whose flat suits it; two
    statements. Absent without either. Flats that were decided on for protected people are not
    told."""
    covered = Member.objects.filter(application=OuterRef("application"), person__protected=True)
    decisions = list(
        Decision.objects.filter(application=application)
        .select_related("round__flat", "offer")
        .annotate(hidden=Exists(covered))
        .order_by("-pk")
    )
    rounds: list[Round] = []
    if application.state in OPEN:
        told_of = [one.round_id for one in decisions]
        open_ = Round.objects.filter(state=RoundState.OPEN).exclude(pk__in=told_of)
        found = suiting(application, open_.select_related("flat"), today)
        rounds = list(found.order_by("free_from", "pk")[: SHOWN + 1])
    if not decisions and not rounds:
        return None
    told = [(one, getattr(one, "offer", None)) for one in decisions]
    hidden = any(one.hidden for one in decisions)
    return {
        "decisions": told,
        "hidden": hidden,
        "rounds": rounds[:SHOWN],
        "more": len(rounds) > SHOWN,
    }


def sums_of_application(application: Application, today: date) -> dict[str, Any] | None:
    """What of the told income and property counts in every selection, as it was worked out for the
    ranking; one statement. Absent until then, as for a draft."""
    found = Assessment.objects.filter(application=application).first()
    if found is None:
        return None
    return {
        "income": found.income_eur,
        "income_missing": Reason(found.income_missing).label,
        "wealth": found.wealth_eur,
        "wealth_missing": Reason(found.wealth_missing).label,
        "on": found.made_on,
    }


def register() -> None:
    """Called from the room's AppConfig."""
    panels.register("selection", 20, "selection/flat.html", of_flat, READ)
    applications.register("selection", 10, "selection/application.html", of_application, READ)
    applications.register_sums("selection", 10, "selection/sums.html", sums_of_application, READ)
