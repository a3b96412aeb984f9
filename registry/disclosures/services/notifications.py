"""Telling recipients of a correction, an erasure or a restriction (article 19)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from registry.disclosures import queries
from registry.disclosures.models import Notification, NotifyReason, NotifyState
from registry.persons.models import Person
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level


def notify_recipients(
    person: Person, codes: Collection[str], reason: NotifyReason, reference: str
) -> list[Notification]:
    """Make a task for every recipient who was given any of these items of the person.

    `reference` is the number of the request or case. Asked again for the same case, it makes none
    twice. Returns the new tasks.
    """
    current().require(Group.DISCLOSURE, Level.WRITE)
    asked = frozenset(codes)
    known = set(
        Notification.objects.filter(
            person=person, reason=reason, reference=reference
        ).values_list("recipient_id", flat=True)
    )  # fmt: skip
    made = []
    with transaction.atomic():
        for recipient_id, given in queries.given_to(person).items():
            concerned = asked & given
            if not concerned or recipient_id in known:
                continue
            task = Notification(
                person=person, recipient_id=recipient_id, reason=reason,
                codes=sorted(concerned), reference=reference,
            )  # fmt: skip
            task.save(force_insert=True)
            made.append(task)
    current().note("article19", str(len(made)))
    return made


def finish_notification(
    task: Notification, state: NotifyState, *, note: str, now: datetime
) -> None:
    """The recipient was told, or telling was impossible or out of proportion, and why.

    Raises ValidationError when it was finished already, or without why.
    """
    current().require(Group.DISCLOSURE, Level.WRITE)
    if task.state != NotifyState.OPEN or state == NotifyState.OPEN:
        raise ValidationError(_("Ilmoitus on jo käsitelty."), code="state")
    text = clean_text(note)
    refuse_hetu_in_text(text)
    task.state, task.note, task.done_at = state, text, now
    task.done_by_id = current().actor.user_id
    with constraint_errors(Notification):
        task.save(update_fields=["state", "note", "done_at", "done_by"])
