"""May this person be let in? The question, its answer, and how often it may be asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leases.doors.models import Question
from leases.doors.queries.matching import Claim, parts_of
from leases.doors.rule_rows import QUESTIONS, UNCONFIRMED_DAYS
from leases.doors.rules import letting_in
from leases.doors.rules.letting_in import Answer, Method
from leases.homes.models import Flat
from registry.persons.queries import may_know_of_protection
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from registry.protection.tasks import tell_registrar
from vuokra.access.context import current
from vuokra.access.stated import bulk_write, raw_sql
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.queries import rule

HOUR: Final = timedelta(hours=1)
LOCK: Final = 1_003
"""The first number of the lock that keeps the questions of one user one after another."""


class Limited(Exception):
    """Somebody has asked as often as is allowed in an hour; `limit` is how often that is."""

    def __init__(self, limit: int) -> None:
        super().__init__("asked too often")
        self.limit = limit


def ask(
    flat: Flat, claim: Claim, method: Method, *, now: datetime, reason: str = "",
    on_call: bool = False,
) -> Question:  # fmt: skip
    """Ask whether somebody may be let into a flat (ovenavauskysymys), and keep the answer.

    The number of statements does not tell what was found, and neither does an answer that confirms
    nothing: who was found stands in the access event. `reason` tells why somebody under turvakielto
    may be answered about: for those who may know of it, and the registrar is told. Raises
    ValidationError for too little to go by, and Limited.
    """
    ctx = current()
    ctx.require(Group.MAINTENANCE, Level.WRITE)
    if not claim.enough:
        raise ValidationError(_("Kirjoita nimi ja syntymäaika tai asiakasnumero."), code="claim")
    why = clean_text(reason)
    refuse_hetu_in_text(why)
    with transaction.atomic():
        _refuse_guessing(now)
        parts = parts_of(claim, flat.pk, today=timezone.localdate(now))
        ctx.note_subjects({one.person for one in parts})
        may_tell = bool(why) and may_know_of_protection()
        found = letting_in.verdict(parts, may_tell_hidden=may_tell, today=timezone.localdate(now))
        part = found.part
        row = Question(
            flat=flat, answer=found.answer, ground=found.ground, method=method, on_call=on_call,
            lease_id=part.lease if part else None, person_id=part.person if part else None,
            asked_by_id=ctx.actor.user_id, asked_at=now,
        )  # fmt: skip
        row.save(force_insert=True)
    ctx.note("door", found.answer)
    if why:
        ctx.reason = why
    if part is not None and part.hidden:
        transaction.on_commit(lambda: tell_registrar.enqueue(part.person))
    return row


def _refuse_guessing(now: datetime) -> None:
    """Raise Limited when the user has asked often enough within the hour."""
    user = current().actor.user_id
    if user is None:
        return
    limit = rule(QUESTIONS, timezone.localdate(now)).integer
    with raw_sql("questions of one user go one after another"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, user])
    if Question.objects.filter(asked_by_id=user, asked_at__gt=now - HOUR).count() >= limit:
        raise Limited(limit)


def may_open(question: Question) -> bool:
    """Whether a door may be opened on the answer."""
    return question.answer == Answer.YES


def drop_unconfirmed() -> int:
    """Questions that confirmed nothing go when their time is over; a job of the night. How many."""
    days = rule(UNCONFIRMED_DAYS, timezone.localdate()).integer
    old = Question.objects.filter(
        answer=Answer.UNKNOWN, asked_at__lt=timezone.now() - timedelta(days=days)
    )
    with bulk_write("questions that confirmed nothing are over"):
        count, _rows = old.delete()
    return count
