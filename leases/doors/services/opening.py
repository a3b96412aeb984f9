"""Openings of doors: ordered, with what the company is told; reported back; corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.doors.models import Correction, Opening, Outcome, Payer, Question
from leases.doors.queries.matching import still_holds
from leases.doors.rule_rows import FEE
from leases.doors.services.asking import may_open
from leases.homes.models import Occupancy
from registry.disclosures.models import Category, Channel, Disclosure, Recipient, RestrictionGround
from registry.disclosures.services import Given, record_disclosure
from registry.persons.models import Mark, MarkKind
from registry.persons.queries import in_force
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.rules.queries import rule
from vuokra.rules.services import note_use

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TOLD: Final = ("PT-NIMI", "PT-OSOITE")
"""What a company is told for an order: whom it lets in, and where (S7-02)."""

ORIGIN: Final = "doors:order"
OPENERS: Final = (Category.DOORS, Category.MAINTENANCE)
TEXTS: Final[dict[str, StrOrPromise]] = {
    "doors_opening_allowed": gettext_lazy("Ovea ei avata, kun oikeutta ei ole vahvistettu."),
    "doors_opening_hidden": gettext_lazy(
        "Turvakiellon alaisen oven avaa oma huolto. Yritykselle ei kerrota osoitetta."
    ),
    "doors_opening_fixed": gettext_lazy("Ovenavaus on jo kirjattu. Oikaise se tarvittaessa."),
    "doors_correction_of_report": gettext_lazy("Tulosta ei ole vielä kirjattu."),
    "doors_correction_after_order": gettext_lazy("Aika on ennen tilausta."),
    "leases_doors_opening_question_id_key": gettext_lazy("Ovenavaus on jo tilattu."),
}


@dataclass(frozen=True, slots=True)
class Reported:
    """How an opening went."""

    outcome: Outcome
    at: datetime
    payer: Payer
    note: str = ""


@transaction.atomic
def order(
    question: Question, *, company: Recipient | None, payer: Payer, note: str = "", now: datetime
) -> Opening:
    """Order an opening on an answer that allows it (ovenavauksen tilaus): of a company, or of the
    company's own maintenance. A company is told one flat and one name for this one order, and that
    is recorded as a disclosure (A19).

    Raises ValidationError: the answer allows none, holds no more, or was used already; the company
    has no agreement in force (A60) or opens no doors; or somebody under turvakielto lives there, of
    whose home no company is told.
    """
    current().require(Group.MAINTENANCE, Level.WRITE)
    if not may_open(question):
        raise ValidationError(TEXTS["doors_opening_allowed"], code="doors_opening_allowed")
    if not still_holds(question, today=timezone.localdate(now)):
        raise ValidationError(_("Vastaus ei ole enää voimassa. Kysy uudelleen."), code="stale")
    if company is not None:
        _refuse_hidden(question)
    row = Opening(
        question=question, company=company, payer=payer, note=_plain(note),
        ordered_at=now.replace(second=0, microsecond=0),  # outcomes are told to the minute
        ordered_by_id=current().actor.user_id,
    )  # fmt: skip
    with constraint_errors(Opening, TEXTS):
        row.save(force_insert=True)
    if company is not None:
        row.disclosure = _told(row, company, now)
        row.save(update_fields=["disclosure"])
    return row


def _refuse_hidden(question: Question) -> None:
    """Nobody outside is told the home of somebody under turvakielto, by whose name ever."""
    if Occupancy.objects.filter(lease=question.lease_id or 0, hidden=True).exists():
        hidden = "doors_opening_hidden"
        raise ValidationError({"company": ValidationError(TEXTS[hidden], code=hidden)})


def _told(row: Opening, company: Recipient, now: datetime) -> Disclosure:
    """What the company is told, as it is recorded. Raises ValidationError at `company`."""
    today = timezone.localdate(now)
    person = row.question.person_id
    if company.category not in OPENERS or person is None:
        raise ValidationError({"company": _("Valitse yritys, joka avaa ovia.")}, code="category")
    restricted = Mark.objects.filter(
        in_force(today), person=person, kind=MarkKind.RESTRICTION
    ).exists()
    ground = RestrictionGround.CONSENT if restricted else RestrictionGround.NONE
    given = Given(
        recipient=company, people=[person], codes=TOLD, purpose=Purpose.KUNNOSSAPITO,
        channel=Channel.PHONE, origin=ORIGIN, at=now, reference=row.number, restriction=ground,
    )  # fmt: skip
    try:
        return record_disclosure(given, today=today)
    except ValidationError as refused:
        raise ValidationError({"company": refused}) from None


@transaction.atomic
def report(opening: Opening, reported: Reported, *, now: datetime) -> Opening:
    """Record how an ordered opening went (avauksen kirjaus); from now on it stays.

    Raises ValidationError for a moment to come or before the order, and for one that was recorded.
    """
    current().require(Group.MAINTENANCE, Level.WRITE)
    row = Opening.objects.select_for_update(of=("self",)).get(pk=opening.pk)
    if row.done_at is not None:
        raise ValidationError(TEXTS["doors_opening_fixed"], code="doors_opening_fixed")
    _fill(row, reported, now)
    row.reported_by_id = current().actor.user_id
    with constraint_errors(Opening, TEXTS):
        row.save()
    return row


@transaction.atomic
def correct(opening: Opening, reported: Reported, why: str, *, now: datetime) -> Correction:
    """Put right how an opening went (oikaisu), by a row beside it. Raises ValidationError."""
    current().require(Group.MAINTENANCE, Level.WRITE)
    row = Correction(
        opening=opening, why=_plain(why), made_at=now, made_by_id=current().actor.user_id
    )
    if not row.why:
        raise ValidationError({"why": _("Kerro, miksi oikaistaan.")}, code="required")
    _fill(row, reported, now)
    with constraint_errors(Correction, TEXTS):
        row.save(force_insert=True)
    return row


def _fill(row: Opening | Correction, reported: Reported, now: datetime) -> None:
    if reported.at > now:
        raise ValidationError({"day": _("Aika on tulevaisuudessa.")}, code="future")
    row.outcome, row.done_at = reported.outcome, reported.at
    row.payer, row.note = reported.payer, _plain(reported.note)
    row.fee_eur = _fee(reported)


def _fee(reported: Reported) -> Decimal | None:
    """What the resident pays for an opened door by the rule of the day; none while it is zero."""
    if reported.payer is not Payer.RESIDENT or reported.outcome is not Outcome.OPENED:
        return None
    value = rule(FEE, timezone.localdate(reported.at))
    if value.decimal == 0:
        return None
    note_use(value)
    return value.decimal


def _plain(text: str) -> str:
    """Free text as it is stored. Raises ValidationError for an identity code in it."""
    cleaned = clean_text(text)
    refuse_hetu_in_text(cleaned)
    return cleaned
