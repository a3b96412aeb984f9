"""A complaint of the demo company: about the first choice that was made, with days to answer it.
The report of the year before it."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from applications.intake.models import Member
from applications.selection.models import Decision
from applications.supervision import services
from applications.supervision.models import Authority, Complaint
from applications.supervision.services import Complained
from registry.persons.models import StaffLink
from vuokra.demo.registry import Progress, Scale


def fill(scale: Scale, progress: Progress) -> None:
    """One complaint, for which the explanation is still to be given, and last year's report."""
    services.make_reports(scale.today)
    near = StaffLink.objects.values("person")  # whose records are closed to some of the staff
    shut = Member.objects.filter(Q(person__in=near) | Q(person__protected=True))
    chosen = Decision.objects.filter(application__isnull=False).order_by("pk")
    decision = chosen.exclude(application__in=shut.values("application")).first()
    if decision is None:
        return
    given = Complained(
        authority=Authority.MUNICIPALITY, authority_name="Hillakosken kunta, asuntotoimi",
        authority_number="HK/214/2026", received_on=scale.today - timedelta(days=5),
        answer_by=scale.today + timedelta(days=9),
        about="Kantelija katsoo, että häntä kiireellisemmin asuntoa tarvitseva ohitettiin.",
    )  # fmt: skip
    services.record(given, decision=decision, application=None, today=scale.today)
    progress(1, 1)


def empty() -> bool:
    """Whether there is no complaint."""
    return not Complaint.objects.exists()
