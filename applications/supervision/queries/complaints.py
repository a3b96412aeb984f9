"""Complaints, of those whom the user may know of. Each function runs a fixed number of
statements."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from django.core.paginator import Page
from django.db.models import F, OuterRef, Q, QuerySet

from applications.intake.models import Application, Member
from applications.selection.models import Decision
from applications.supervision.models import Complaint
from registry.persons.queries import may_be_told
from registry.persons.queries.lists import BoundedPaginator
from registry.persons.queries.standing import refuse_restricted
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied

PAGE: Final = 50


def _may_know(today: date) -> QuerySet[Complaint]:
    """Complaints of nobody whose record is closed to the user, nor of protected people when he may
    not know of a turvakielto."""
    of = Q(application=OuterRef("application")) | Q(application=OuterRef("decision__application"))
    members = Member.objects.filter(of)
    return Complaint.objects.filter(may_be_told(members, today)).select_related(
        "decision__round__flat", "application"
    )


def complaints(page: int, today: date) -> Page[Complaint]:
    """A page of 50 complaints: open ones by their day, then the closed; two statements."""
    ordered = _may_know(today).order_by(F("outcome_on").desc(nulls_first=True), "answer_by", "pk")
    paginator = BoundedPaginator(ordered, PAGE)
    found = paginator.get_page(page)
    return Page(list(found.object_list), found.number, paginator)


def complaint_by(uuid: UUID, today: date) -> Complaint:
    """A complaint of an address. Raises ObjectDenied, also where it may not be told of, and
    ReasonDemanded (A35)."""
    found = _may_know(today).filter(uuid=uuid).first()
    if found is None:
        raise ObjectDenied(Complaint._meta.db_table)
    of = {found.application_id, found.decision.application_id if found.decision else None}
    people = Member.objects.filter(application__in=of - {None}).values("person")
    refuse_restricted(people, today=today)
    return found


def recorded_of_form(form: UUID, today: date) -> Complaint | None:
    """The complaint that the acting user has recorded with this form already."""
    recorded_by = current().actor.user_id
    return _may_know(today).filter(uuid=form, recorded_by=recorded_by).first()


def unanswered(today: date) -> list[Complaint]:
    """Complaints whose explanation is still to be given."""
    return list(_may_know(today).filter(answered_on=None, outcome="").order_by("answer_by", "pk"))


def complaints_of(today: date, **about: Decision | Application) -> list[Complaint]:
    """Complaints about a choice (`decision`) or of an applicant (`application`)."""
    return list(_may_know(today).filter(**about).order_by("pk"))
