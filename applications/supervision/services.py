"""What is done with papers for the supervisor and with complaints; the only writers of the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.intake.codes import Part
from applications.intake.models import Application
from applications.intake.services.common import lines, plain, refused_at
from applications.selection.models import Decision
from applications.selection.services.common import TEXTS as OF_SELECTION
from applications.selection.services.common import acting, refuse_tied, require
from applications.supervision import queries
from applications.supervision.models import (
    NAME_LENGTH,
    NUMBER_LENGTH,
    TEXT_LENGTH,
    Authority,
    Complaint,
    Extract,
    Outcome,
    Report,
)
from leases.homes.models import Site
from registry.persons.models import Ground, Person
from registry.persons.services.marks import hold_for_matter
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.days import refuse_future

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FORM_TAKEN: Final = "applications_supervision_complaint_uuid_key"
"""One form makes one complaint: its number is that of the complaint's address."""

TEXTS: Final[dict[str, StrOrPromise]] = {
    "supervision_complaint_kept": gettext_lazy("Kantelu on päätetty, eikä sitä muuteta."),
    "supervision_complaint_begun": gettext_lazy(
        "Kirjaa kantelu ensin omissa nimissäsi. Selvitys ja ratkaisu kirjataan sen jälkeen."
    ),
    "supervision_complaint_explained": gettext_lazy("Kirjaa ensin annettu selvitys."),
    "supervision_complaint_draft": gettext_lazy(
        "Hakemus on vielä luonnos. Kirjaa kantelu, kun hakemus on vastaanotettu."
    ),
    FORM_TAKEN: gettext_lazy("Tämä lomake on jo tallennettu. Avaa uusi lomake."),
    "selection_near": OF_SELECTION["selection_near"],
}
"""What the database refuses, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complained:
    """What a complaint says; see `models.Complaint`."""

    authority: Authority
    authority_name: str
    received_on: date
    answer_by: date
    about: str
    authority_number: str = ""


@transaction.atomic
def record(
    given: Complained,
    *,
    decision: Decision | None,
    application: Application | None,
    form: UUID | None = None,
    today: date,
) -> Complaint:
    """Record a complaint (kantelun kirjaaminen). The data of the complainant's household and of the
    one that was chosen are held from deletion until the hold is ended, which tells every matter and
    is refused while one of them is open (the database tells).
    `form` is the number of the form: one makes one complaint, however often it is sent.

    Raises ValidationError at its field, when it concerns neither a choice nor an application or
    concerns a draft, and for whoever is tied to a household (A3).
    """
    require()
    _refuse_tied(decision, application, today)
    refuse_future("received_on", given.received_on, today)
    made = Complaint(
        uuid=form or uuid4(), decision=decision, application=application,
        authority=given.authority,
        authority_name=plain(given.authority_name, "authority_name", NAME_LENGTH),
        authority_number=plain(given.authority_number, "authority_number", NUMBER_LENGTH),
        received_on=given.received_on, answer_by=given.answer_by,
        about=_told(given.about, "about", _("Kerro, mitä kantelu koskee.")),
        recorded_by_id=acting(),
    )  # fmt: skip
    with constraint_errors(Complaint, TEXTS):
        made.save(force_insert=True)
    for person in _concerned(made):
        hold_for_matter(person, Ground.SUPERVISION, made.number, today=today)
    return made


def _concerned(row: Complaint) -> list[Person]:
    """The households whose data the matter needs; whoever lives elsewhere is not of them."""
    of = {row.application_id, row.decision.application_id if row.decision else None} - {None}
    return list(
        Person.objects.filter(
            applications__application__in=of, applications__part__in=set(Part) - {Part.AWAY}
        ).distinct()
    )


@transaction.atomic
def answer(row: Complaint, text: str, *, on: date, today: date) -> Complaint:
    """The explanation was given to the supervisor (selvityksen antaminen). Raises ValidationError
    at its field, and when it was given already."""
    require()
    found = _open(row, today)
    if found.answered_on is not None:
        raise ValidationError(_("Selvitys on jo annettu."), code="answered")
    refuse_future("on", on, today)
    found.answered_on = on
    found.answer = _told(text, "text", _("Kirjoita, mitä selvitettiin."))
    return _save(found)


@transaction.atomic
def close(row: Complaint, outcome: Outcome, *, text: str = "", on: date, today: date) -> Complaint:
    """The supervisor decided (kantelun ratkaisu). The hold stays until the registrar ends it:
    damages may still be claimed. Raises ValidationError at its field."""
    require()
    found = _open(row, today)
    if not outcome:
        raise refused_at("outcome", _("Valitse, miten kantelu ratkaistiin."), "outcome")
    if found.answered_on is None and outcome != Outcome.WITHDRAWN:
        raise ValidationError(TEXTS["supervision_complaint_explained"], code="unanswered")
    refuse_future("on", on, today)
    found.outcome, found.outcome_on = outcome, on
    found.outcome_text = lines(text, "text", TEXT_LENGTH)
    return _save(found)


@transaction.atomic
def make_reports(today: date) -> int:
    """Make the reports of the periods that are over and have none (valvontaraportin teko); how
    many. Work of the night: what is recorded later changes no report. Raises RuleMissing."""
    periods = queries.due(today)
    for one in periods:
        Report(
            first=one.first, last=one.last, step=one.step, number=one.number,
            told=queries.counted(one.first, one.last, today),
        ).save(force_insert=True)  # fmt: skip
    return len(periods)


def make_reports_today() -> int:
    """The work of the night."""
    return make_reports(timezone.localdate())


def extract(first: date, last: date, site: Site | None) -> Extract:
    """A period that a paper is made of. Raises ValidationError when it ends before it begins."""
    current().require(Group.SELECTION, Level.READ)
    made = Extract(first=first, last=last, site=site, made_by_id=acting())
    with constraint_errors(Extract):
        made.save(force_insert=True)
    return made


def _told(text: str, field: str, refusal: str) -> str:
    words = lines(text, field, TEXT_LENGTH)
    if not words:
        raise refused_at(field, refusal, "empty")
    return words


def _refuse_tied(decision: Decision | None, application: Application | None, today: date) -> None:
    of = (decision and decision.application_id, application and application.pk)
    refuse_tied([pk for pk in of if pk], today)


def _open(row: Complaint, today: date) -> Complaint:
    found = Complaint.objects.select_for_update(of=("self",)).select_related(
        "decision", "application"
    )
    kept = found.get(pk=row.pk)
    _refuse_tied(kept.decision, kept.application, today)
    if kept.outcome:
        raise ValidationError(TEXTS["supervision_complaint_kept"], code="closed")
    return kept


def _save(row: Complaint) -> Complaint:
    with constraint_errors(Complaint, TEXTS):
        row.save()
    return row
