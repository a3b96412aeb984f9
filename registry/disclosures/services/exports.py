"""Files that people take out: at once and recorded, or after another has approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.disclosures import queries, rule_rows, rules
from registry.disclosures.models import (
    Category,
    Channel,
    Disclosure,
    ExportRequest,
    ExportState,
    Recipient,
)
from registry.disclosures.services.recording import Given, refuse_without_law, write
from registry.disclosures.texts import why_not
from registry.households.queries import homes_among
from registry.persons.outgoing import Taking
from registry.persons.queries import may_leave
from registry.persons.queries.standing import one_of
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.policy.roles import Purpose
from vuokra.rules.queries import rule
from vuokra.rules.services import note_use

TABLE = "registry_disclosures_exportrequest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """For whom a file is taken out, and why. `recipient` None is the company's own use; `statute`
    and `section` are those by which an authority gets it."""

    recipient: Recipient | None
    purpose: Purpose
    reason: str = ""
    reference: str = ""
    statute: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """What of a file may go to whom it is for: whom, which items, by which basis."""

    people: tuple[int, ...]
    codes: frozenset[str]
    basis: int | None


def fit(taking: Taking, wish: Wish, *, today: date) -> Fit:
    """What of the file may go; columns that the basis does not allow, and people who must be left
    out, are left out.

    Raises ValidationError (`recipient`): no basis in force (A60), a list for a contractor (A19);
    (`statute`): an authority without its law (S7-05).
    """
    if wish.recipient is None:
        return Fit(taking.people, taking.codes, None)
    category = Category(wish.recipient.category)
    if category == Category.AUTHORITY:
        refuse_without_law(wish.statute, wish.section)
    codes, found = queries.allowed_codes(wish.recipient, taking.codes, today, wish.purpose)
    if not codes:
        raise ValidationError(why_not(found), code="recipient")
    homes = homes_among(taking.people, today) if category in rules.PER_ORDER else 0
    if not rules.flat_level(
        category, people=len(taking.people), households=homes, reference=wish.reference
    ):
        raise ValidationError(
            _("Huollolle ja ovenavaukseen ei anneta asukasluetteloa, vain yhden asunnon asukkaat "
              "yhtä tilausta varten. Kirjoita tilauksen numero."),
            code="recipient",
        )  # fmt: skip
    kept = queries.screen(
        taking.people, codes=codes, category=category, purpose=wish.purpose, today=today
    ).kept
    if not kept:
        raise ValidationError(_("Ketään ei jää jäljelle."), code="recipient")
    return Fit(kept, codes, found.basis)


def needs_approval(wish: Wish, found: Fit, *, today: date) -> bool:
    """Whether it may be taken out only with another's approval: by what it holds, for whom it is,
    and how many people the user has taken out today.

    Ask in the transaction that records the file: until its end no other file of the user is
    counted, so that two taken at once do not pass the limit by together.
    """
    taken = queries.taken_out(current().actor.user_id, today)
    limit = rule(rule_rows.APPROVED_PEOPLE, today)
    note_use(limit)
    return rules.needs_approval(
        found.codes,
        people=taken + len(found.people),
        limit=limit.integer,
        category=None if wish.recipient is None else Category(wish.recipient.category),
    )


def record_export(taking: Taking, wish: Wish, found: Fit, *, approved_by: int | None = None
                  ) -> Disclosure:  # fmt: skip
    """Record a file before its first byte leaves; the digest follows with the last one."""
    given = Given(
        recipient=wish.recipient, people=found.people, codes=found.codes, purpose=wish.purpose,
        channel=Channel.FILE, origin=taking.origin, approved_by=approved_by,
        reference=wish.reference, note=wish.reason, statute=wish.statute, section=wish.section,
    )  # fmt: skip
    with transaction.atomic():
        return write(given, basis=found.basis)


def ask_export(taking: Taking, wish: Wish, found: Fit) -> ExportRequest:
    """Ask another to approve an export (viennin pyytäminen). Who are in it is fixed now."""
    words = [clean_text(one) for one in (wish.reason, wish.reference, wish.statute, wish.section)]
    for text in words:
        refuse_hetu_in_text(text)
    reason, reference, statute, section = words
    asked = ExportRequest(
        origin=taking.origin, form=taking.form, recipient=wish.recipient, purpose=wish.purpose,
        reason=reason, reference=reference, statute=statute, section=section,
        codes=sorted(found.codes), persons=list(found.people), person_count=len(found.people),
        asked_by_id=current().actor.user_id,
    )  # fmt: skip
    asked.save(force_insert=True)
    current().note("export", "asked")
    return asked


def _require_other(asked: ExportRequest) -> int:
    """The actor, who is not the one who asked, holds a role that approves, and is tied to nobody in
    it (A2)."""
    actor = current().actor
    if actor.user_id is None or not actor.roles & rules.APPROVERS:
        raise ObjectDenied(TABLE, asked.pk)
    if one_of(actor.user_id, {asked.asked_by_id}, today=timezone.localdate()):
        raise ValidationError(_("Toisen henkilön on hyväksyttävä pyyntösi."), code="own")
    if asked.state != ExportState.WAITING:
        raise ValidationError(_("Pyyntö on jo käsitelty."), code="decided")
    if queries.is_tied(asked):
        raise ValidationError(queries.TIED, code="tied")
    return actor.user_id


def approve_export(asked: ExportRequest, *, now: datetime, today: date) -> None:
    """Approve an export (viennin hyväksyminen); it may be taken out once, for some days.

    Raises ValidationError for one's own, for one that was decided already, and when the record of
    somebody in it is closed to the actor.
    """
    asked.decided_by_id = _require_other(asked)
    asked.decided_at = now
    asked.state = ExportState.APPROVED
    days = rule(rule_rows.DOWNLOAD_DAYS, today)
    note_use(days)
    asked.expires_at = now + timedelta(days=days.integer)
    asked.save(update_fields=["decided_by", "decided_at", "state", "expires_at"])
    current().note("export", "approved")


def refuse_export(asked: ExportRequest, *, note: str, now: datetime) -> None:
    """Refuse an export, saying why. Raises ValidationError as `approve_export`, or without why."""
    asked.decided_by_id = _require_other(asked)
    text = clean_text(note)
    if not text:
        raise ValidationError(_("Kirjoita, miksi pyyntö hylätään."), code="note")
    refuse_hetu_in_text(text)
    asked.decided_at, asked.decision_note, asked.state = now, text, ExportState.REFUSED
    asked.save(update_fields=["decided_by", "decided_at", "decision_note", "state"])
    current().note("export", "refused")


def take_out(asked: ExportRequest, *, now: datetime, today: date) -> tuple[Taking, Fit, Disclosure]:
    """The approved file may leave now, once; it is recorded as a disclosure.

    What may go is asked anew: an agreement may have ended, a person may be protected by now.
    Raises ValidationError when it is not approved, was taken out, is too late, or may not go.
    """
    locked = ExportRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if locked.asked_by_id != current().actor.user_id:
        raise ObjectDenied(TABLE, asked.pk)
    if locked.state != ExportState.APPROVED:
        raise ValidationError(_("Tiedostoa ei voi ladata."), code="state")
    if locked.expires_at is None or now > locked.expires_at:
        raise ValidationError(_("Hyväksyntä on vanhentunut. Pyydä vientiä uudelleen."), code="late")
    people = tuple(may_leave(locked.persons, today=today))
    if not people:
        raise ValidationError(_("Ketään ei jää jäljelle."), code="people")
    taking = Taking(locked.origin, people, frozenset(locked.codes), locked.form)
    wish = Wish(
        recipient=locked.recipient, purpose=Purpose(locked.purpose), reason=locked.reason,
        reference=locked.reference, statute=locked.statute, section=locked.section,
    )  # fmt: skip
    found = fit(taking, wish, today=today)
    with transaction.atomic():
        row = record_export(taking, wish, found, approved_by=locked.decided_by_id)
        locked.state, locked.disclosure = ExportState.TAKEN, row
        locked.save(update_fields=["state", "disclosure"])
    return taking, found, row
