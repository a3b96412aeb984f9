"""What every service of the room shares: locking a copy, taking a package back, removing files."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db import transaction
from django.utils import timezone

from registry.copies.models import Copy, State
from registry.copies.queries import TABLE
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.queries import rule
from vuokra.rules.services import note_use

WHY = "findings of a copy"
LIVE = (State.QUEUED, State.FAILED, State.REVIEW, State.PACKED)
"""States of a copy that may still be given; there may be a snapshot in each, an earlier one while
it is collected anew."""


def require_keeper() -> None:
    """Whoever keeps requests may work on copies."""
    current().require(Group.RIGHTS, Level.WRITE)


def locked(copy: Copy, *states: str) -> Copy:
    """The copy, locked. Raises ObjectDenied when it is in none of these states."""
    found = Copy.objects.select_for_update(no_key=True).filter(pk=copy.pk, state__in=states).first()
    if found is None:
        raise ObjectDenied(TABLE, copy.pk)
    return found


def last_day(key: str) -> dt.date:
    """The last day of what is collected or handed over today, by the rule of that many days
    (data-protection 6.3)."""
    today = timezone.localdate()
    days = rule(key, today)
    note_use(days)
    return today + dt.timedelta(days=days.integer)


def unpack(copy: Copy) -> None:
    """An approval and a package of earlier decisions do not hold any more."""
    if copy.state != State.PACKED and not copy.approved_digest:
        return
    forget_package(copy)
    copy.state = State.REVIEW
    copy.save()


def forget_package(copy: Copy) -> None:
    """Remove the package and the approval; the caller saves."""
    if copy.package:
        transaction.on_commit(partial(copy.package.storage.delete, str(copy.package.name)))
    copy.package, copy.package_digest, copy.printed_digest = "", "", ""
    copy.packed_at = copy.packed_by = copy.printed_at = None
    copy.approved_by = copy.approved_at = None
    copy.approved_digest = ""


def remove_files(copy: Copy) -> None:
    """Remove what was collected and packed, once the transaction is saved; the caller saves."""
    for column in (copy.content, copy.package):
        if column:
            transaction.on_commit(partial(column.storage.delete, str(column.name)))
    copy.content, copy.package = "", ""
