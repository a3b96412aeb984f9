"""What every service of the room shares: locking a copy, taking a package back, removing files."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from registry.copies.models import Copy, State
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

TABLE = "registry_copies_copy"
WHY = "findings of a copy"


def require_keeper() -> None:
    """Whoever keeps requests may work on copies."""
    current().require(Group.RIGHTS, Level.WRITE)


def locked(copy: Copy, *states: str) -> Copy:
    """The copy, locked. Raises ObjectDenied when it is in none of these states."""
    found = Copy.objects.select_for_update(no_key=True).filter(pk=copy.pk, state__in=states).first()
    if found is None:
        raise ObjectDenied(TABLE, copy.pk)
    return found


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
