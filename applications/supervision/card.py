"""What supervision shows on the pages of a decision and of an application: complaints, and a way to
record one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from applications.intake import panels
from applications.intake.codes import State
from applications.intake.models import Application
from applications.selection import parts
from applications.selection.models import Decision
from applications.supervision.queries import complaints_of
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

READ = ((Group.NEED, Level.READ), (Group.SELECTION, Level.READ))


def of_decision(decision: Decision, today: date) -> dict[str, Any]:
    """Complaints about a choice; one statement."""
    about = reverse("supervision:about_decision", args=[decision.uuid])
    return {"complaints": complaints_of(today, decision=decision), "url": about}


def of_application(application: Application, today: date) -> dict[str, Any] | None:
    """Complaints of an applicant; one statement. Absent for a draft, which nobody decided on."""
    if application.state == State.DRAFT:
        return None
    about = reverse("supervision:about_application", args=[application.number])
    return {"complaints": complaints_of(today, application=application), "url": about}


def register() -> None:
    """Register the parts of this room."""
    parts.register("complaints", 20, "supervision/complained.html", of_decision, READ)
    panels.register("complaints", 20, "supervision/complained.html", of_application, READ)
