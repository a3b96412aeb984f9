"""What staff do at the desk: reminders, and taking, handing over and putting off rows."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vuokra.access.codes import Action
from vuokra.access.context import Actor, current
from vuokra.access.errors import ObjectDenied
from vuokra.accounts.queries import staff_on
from vuokra.desk import queries
from vuokra.desk.models import TEXT_LENGTH, Handling, PutOffReason, Reminder
from vuokra.desk.queries import Line
from vuokra.desk.rule_rows import HANDLING_DAYS, PUT_OFF_DAYS
from vuokra.desk.rules import put_off as put_off_to
from vuokra.desk.subjects import check_text
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Role
from vuokra.rules.queries import rule

# -- reminders -------------------------------------------------------------------------------


@transaction.atomic
def write_reminder(
    text: str, due: dt.date, *, for_user: int | None, for_role: str, subject_id: int | None = None
) -> Reminder:
    """Write a reminder for one of us or for everybody of a role; `subject_id` is whom it concerns.

    Raises ValidationError for a text that is empty, too long or holds an identity code, and for
    somebody who could not see it.
    """
    reminder = Reminder(created_by_id=_user_id(), subject_id=subject_id)
    _fill(reminder, text, due, for_user, for_role)
    reminder.save()
    current().action = Action.CREATE
    return reminder


@transaction.atomic
def change_reminder(
    reminder: Reminder, text: str, due: dt.date, *, for_user: int | None, for_role: str
) -> None:
    """Change what a reminder says, when, and for whom. Raises as `write_reminder`."""
    _fill(reminder, text, due, for_user, for_role)
    reminder.save()
    _forget(queries.REMINDER, str(reminder.pk))
    current().action = Action.CHANGE


@transaction.atomic
def finish_reminder(reminder: Reminder) -> None:
    """The work is done; twice is the same as once."""
    if reminder.done_at is None:
        reminder.done_at, reminder.done_by_id = timezone.now(), _user_id()
        reminder.save(update_fields=["done_at", "done_by"])
    current().action = Action.CHANGE


@transaction.atomic
def reopen_reminder(reminder: Reminder) -> None:
    """Undo `finish_reminder` (Kumoa)."""
    if reminder.done_at is not None:
        reminder.done_at, reminder.done_by_id = None, None
        reminder.save(update_fields=["done_at", "done_by"])
    current().action = Action.CHANGE


def _fill(reminder: Reminder, text: str, due: dt.date, for_user: int | None, for_role: str) -> None:
    current().require(Group.WORK, Level.WRITE)
    text = " ".join(text.split())
    if not text:
        raise ValidationError({"text": _("Kirjoita, mitä muistutus koskee.")})
    if len(text) > TEXT_LENGTH:
        message = _("Muistutuksessa on enintään %(n)s merkkiä.") % {"n": TEXT_LENGTH}
        raise ValidationError({"text": message})
    check_text(text)
    reminder.text, reminder.due = text, due
    reminder.user_id, reminder.role = for_user, for_role
    if not _may_have_reminders(for_user, for_role):
        raise ValidationError({"recipient": _("Valitse, kenelle muistutus on.")})


def _may_have_reminders(user_id: int | None, role: str) -> bool:
    if user_id is not None and not role:
        return user_id == current().actor.user_id or user_id in reminder_readers()
    held = role in Role.values and user_id is None
    return held and Actor("", roles=frozenset({role})).level(Group.WORK) >= Level.READ


def reminder_readers() -> dict[int, str]:
    """Members of staff who may have reminders today, by name; one statement."""
    staff = staff_on(timezone.localdate())
    readers = {
        member.user_id: member.name
        for member in staff
        if Actor("", roles=member.roles).level(Group.WORK) >= Level.READ
    }
    return dict(sorted(readers.items(), key=lambda pair: pair[1].casefold()))


# -- rows of the queue -----------------------------------------------------------------------


@transaction.atomic
def take(line: Line) -> None:
    """Take a row for oneself (Ota)."""
    _handle(line, taken_by_id=_user_id())


@transaction.atomic
def release(line: Line) -> None:
    """Give a row back to everybody."""
    _handle(line, taken_by_id=None)


@transaction.atomic
def hand_over(line: Line, user_id: int) -> None:
    """Hand a row to a colleague (Siirrä). Raises ValidationError for one who could not see it."""
    if user_id not in colleagues(line):
        raise ValidationError({"user": _("Valitse työtoveri, jolla on oikeus tehtävään.")})
    _handle(line, taken_by_id=user_id)


@transaction.atomic
def put_off(line: Line, reason: str, *, today: dt.date) -> dt.date:
    """Put a row off (Siirrä) by the days of the rule; gives the new day.

    Raises ValidationError for a deadline set by law, and without a reason of the list.
    """
    if line.row.statutory:
        raise ValidationError(_("Lakisääteistä määräaikaa ei voi siirtää."))
    if reason not in PutOffReason.values:
        raise ValidationError({"reason": _("Valitse syy.")})
    until = put_off_to(line.due, put_off_days(today), today)
    _handle(line, put_off_until=until, put_off_reason=reason)
    return until


def put_off_days(today: dt.date) -> int:
    """How many days a row is put off at a time."""
    return rule(PUT_OFF_DAYS, today).integer


def colleagues(line: Line) -> dict[int, str]:
    """Members of staff who see rows of this kind, by name, without oneself; one statement."""
    staff = staff_on(timezone.localdate())
    able = {
        member.user_id: member.name
        for member in staff
        if member.user_id != _user_id() and line.kind.open_to(Actor("", roles=member.roles))
    }
    return dict(sorted(able.items(), key=lambda pair: pair[1].casefold()))


def forget_old() -> int:
    """Forget the handling of rows that nobody has touched for long; gives how many."""
    days = rule(HANDLING_DAYS, timezone.localdate()).integer
    old = timezone.now() - dt.timedelta(days=days)
    deleted, _tables = Handling.objects.filter(changed_at__lt=old).delete()
    return deleted


def _handle(line: Line, **values: object) -> None:
    Handling.objects.update_or_create(
        kind=line.row.kind,
        key=line.row.key,
        defaults={**values, "changed_by_id": _user_id(), "changed_at": timezone.now()},
    )
    current().action = Action.CHANGE
    current().note("row", f"{line.row.kind}:{line.row.key}")


def _forget(kind: str, key: str) -> None:
    """A changed row starts anew: neither taken nor put off."""
    Handling.objects.filter(kind=kind, key=key).delete()


def _user_id() -> int:
    """The member of staff who acts. Raises ObjectDenied for a job of the system."""
    user_id = current().actor.user_id
    if user_id is None:
        raise ObjectDenied("vuokra_desk_handling")
    return user_id
