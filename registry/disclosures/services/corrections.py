"""Correcting what was recorded of a disclosure: at once, or when another has approved it."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.disclosures import queries, rule_rows, rules
from registry.disclosures.models import (
    Category,
    Channel,
    Correction,
    CorrectionState,
    Disclosure,
)
from registry.disclosures.services.recording import Given, texts, write
from registry.persons.queries.standing import one_of
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.access.errors import FunctionDenied
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.rules.queries import rule
from vuokra.rules.services import note_use

ORIGIN = "disclosures:correction"


def correct_disclosure(
    wrong: Disclosure, given: Given, *, void: bool, today: date
) -> Disclosure | Correction:
    """Correct a disclosure by a new row (luovutuksen oikaisu); the wrong one stays to be seen.

    `void` says that the data were never given. Recipient, basis and people stay those of the wrong
    row: when they are wrong, nothing was given to them, and what was is recorded anew. Where
    another approved the wrong row, or would have to approve the new one, the correction waits for
    another too, and is given as it waits.
    Raises ValidationError when the row has been corrected already, has a correction that waits, or
    without a note.
    """
    current().require(Group.DISCLOSURE, Level.WRITE)
    _refuse_corrected(wrong)
    if not given.note.strip():
        raise ValidationError(_("Kirjoita, mikä oli väärin."), code="note")
    if _needs_another(wrong, given, today):
        return _propose(wrong, given, void=void)
    with transaction.atomic():
        return write(given, basis=wrong.basis_id, corrects=wrong, void=void)


def _refuse_corrected(wrong: Disclosure) -> None:
    if Disclosure.objects.filter(corrects=wrong).exists():
        raise ValidationError(_("Luovutus on jo oikaistu."), code="corrected")


def _needs_another(wrong: Disclosure, given: Given, today: date) -> bool:
    limit = rule(rule_rows.APPROVED_PEOPLE, today)
    note_use(limit)
    return rules.correction_needs_approval(
        given.codes, approved=wrong.approved_by_id is not None, irregular=wrong.irregular,
        people=wrong.person_count, limit=limit.integer,
        category=Category(wrong.recipient.category) if wrong.recipient else None,
    )  # fmt: skip


def _propose(wrong: Disclosure, given: Given, *, void: bool) -> Correction:
    """Ask another to approve a correction (oikaisun ehdottaminen); jobs of the system have none to
    ask."""
    by = current().actor.user_id
    if by is None:
        raise FunctionDenied(Group.DISCLOSURE, Level.WRITE)
    words = texts(given)
    row = Correction(
        wrong=wrong, at=given.at or timezone.now(), codes=sorted(given.codes),
        purpose=given.purpose, channel=given.channel, void=void,
        asked_by=words["asked_by"], call_back=words["call_back"], reference=words["reference"],
        note=words["note"], proposed_by_id=by,
    )  # fmt: skip
    with constraint_errors(Correction):
        row.save(force_insert=True)
    current().note("correction", "proposed")
    return row


def approve_correction(row: Correction, *, now: datetime) -> Disclosure:
    """Approve a correction (oikaisun hyväksyminen): it becomes a disclosure now, in the name of
    whoever proposed it.

    Raises ValidationError for one's own, for one decided already or overtaken by another
    correction, and when the record of somebody in it is closed to the actor (A2).
    """
    by = _require_other(row)
    wrong = row.wrong
    _refuse_corrected(wrong)
    given = Given(
        recipient=wrong.recipient, people=queries.people_ids(wrong), codes=row.codes,
        purpose=Purpose(row.purpose), channel=Channel(row.channel), origin=ORIGIN, at=row.at,
        statute=wrong.statute, section=wrong.section, approved_by=by, asked_by=row.asked_by,
        call_back=row.call_back, reference=row.reference, note=row.note,
        irregular=wrong.irregular, as_protected=wrong.as_protected,
    )  # fmt: skip
    with transaction.atomic():
        made = write(
            given, basis=wrong.basis_id, corrects=wrong, void=row.void, by=row.proposed_by_id
        )
        row.state, row.decided_by_id, row.decided_at = CorrectionState.APPROVED, by, now
        row.save(update_fields=["state", "decided_by", "decided_at"])
    current().note("correction", "approved")
    return made


def refuse_correction(row: Correction, *, note: str, now: datetime) -> None:
    """Refuse a correction, saying why. Raises ValidationError as `approve_correction`, or without
    why."""
    by = _require_other(row)
    text = clean_text(note)
    if not text:
        raise ValidationError(_("Kirjoita, miksi oikaisu hylätään."), code="note")
    refuse_hetu_in_text(text)
    row.state, row.decision_note = CorrectionState.REFUSED, text
    row.decided_by_id, row.decided_at = by, now
    row.save(update_fields=["state", "decision_note", "decided_by", "decided_at"])
    current().note("correction", "refused")


def _require_other(row: Correction) -> int:
    """The actor, who is not the one who proposed it, holds a role that approves, and is tied to
    nobody in it."""
    actor = current().actor
    current().require(Group.DISCLOSURE, Level.READ)
    if actor.user_id is None or not actor.roles & rules.APPROVERS:
        raise ValidationError(_("Sinulla ei ole oikeutta hyväksyä."), code="approver")
    if one_of(actor.user_id, {row.proposed_by_id}, today=timezone.localdate()):
        raise ValidationError(_("Toisen henkilön on hyväksyttävä oikaisusi."), code="own")
    if row.state != CorrectionState.WAITING:
        raise ValidationError(_("Oikaisu on jo käsitelty."), code="decided")
    if queries.any_closed(queries.people_ids(row.wrong)):
        raise ValidationError(queries.TIED, code="tied")
    return actor.user_id
