"""Destroying what was collected when its time is over: the digests and decisions stay."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from registry.copies import queries
from registry.copies.models import Copy, State
from registry.copies.services.working import LIVE, locked, remove_files
from registry.persons.queries.marks import on_hold
from vuokra.access.codes import Action
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied


@transaction.atomic
def destroy(copy: Copy) -> None:
    """Remove snapshot and package of a copy (hävittäminen); what it was and to whom it went stays
    told by their digests. Raises ObjectDenied when there is nothing to destroy."""
    copy = locked(copy, *LIVE)
    if not copy.content:
        raise ObjectDenied(queries.TABLE, copy.pk)
    remove_files(copy)
    copy.state = State.DESTROYED
    copy.save()
    current().action = Action.DELETE
    current().note_subjects([copy.person_id])


def destroy_old() -> int:
    """Destroy every copy whose last day is past, but of nobody under a legal hold (6.3, R14); the
    night's job. Gives how many."""
    today = timezone.localdate()
    over = Copy.objects.filter(state__in=LIVE, destroy_on__lt=today).exclude(content="")
    found = [
        copy for copy in over.select_related("person") if not on_hold(copy.person, today=today)
    ]
    for copy in found:
        destroy(copy)
    return len(found)
