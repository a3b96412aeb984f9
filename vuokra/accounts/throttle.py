"""Lock-out with back-off: failed sign-ins of a user name, counted in the database.

A known and an unknown user name are treated alike: the row is found by a keyed hash of what was
typed, so the delay tells nobody whether such an account exists.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from vuokra.accounts.models import Throttle, User
from vuokra.accounts.rules import Backoff, wait_after
from vuokra.rules.queries import rule, rules

BACKOFF = (
    "accounts.free_failures", "accounts.first_wait_seconds", "accounts.longest_wait_minutes",
    "accounts.lock_at",
)  # fmt: skip


def backoff(today: dt.date) -> Backoff:
    """How failures slow down sign-in on a day, by the company's rules."""
    values = rules(BACKOFF, today)
    free, first, longest, lock_at = (values[key].integer for key in BACKOFF)
    return Backoff(free, dt.timedelta(seconds=first), dt.timedelta(minutes=longest), lock_at)


def username_hash(username: str) -> str:
    """The keyed hash (HMAC-SHA-256, hex) that stands for a user name in the log and here."""
    return salted_hmac(
        "vuokra.accounts.username", username.strip().upper().lower(), algorithm="sha256"
    ).hexdigest()


def hindered(username: str) -> bool:
    """Whether sign-in with this user name must wait or is locked now.

    Takes the row's lock for the rest of the transaction, so that parallel attempts are counted one
    after another.
    """
    now = timezone.now()
    row, _made = Throttle.objects.get_or_create(
        username_hash=username_hash(username), defaults={"last_failure_at": now}
    )
    row = Throttle.objects.select_for_update().get(pk=row.pk)
    return row.locked_at is not None or (row.wait_until is not None and now < row.wait_until)


def record_failure(username: str) -> Throttle:
    """Count one failure, set the next delay and lock at the limit."""
    now = timezone.now()
    with transaction.atomic():
        row, _made = Throttle.objects.select_for_update().get_or_create(
            username_hash=username_hash(username), defaults={"last_failure_at": now}
        )
        row.failures += 1
        row.last_failure_at = now
        limits = backoff(timezone.localdate(now))
        wait = wait_after(row.failures, limits)
        row.wait_until = now + wait if wait else None
        if row.failures >= limits.lock_at and row.locked_at is None:
            row.locked_at = now
        row.save()
    return row


def is_locked(user: User) -> bool:
    """Whether the account's sign-in is locked until the main user releases it."""
    return Throttle.objects.filter(
        username_hash=username_hash(user.username), locked_at__isnull=False
    ).exists()


def clear(user: User) -> bool:
    """Forget the failures of an account, at full sign-in or release; true when there were any."""
    deleted, _per_model = Throttle.objects.filter(
        username_hash=username_hash(user.username)
    ).delete()
    return bool(deleted)


def purge() -> int:
    """Delete old rows that lock nothing, mostly of names that never existed; their number."""
    kept = rule("accounts.failures_kept_days", timezone.localdate()).integer
    old = timezone.now() - dt.timedelta(days=kept)
    deleted, _per_model = Throttle.objects.filter(last_failure_at__lt=old, locked_at=None).delete()
    return deleted
