"""Web sessions (istunnot) of accounts: begin, go on, end. Limits come from the settings."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from vuokra.access.codes import Action, Outcome
from vuokra.access.events import record_sign_in
from vuokra.accounts.models import User, WebSession
from vuokra.accounts.rules import session_ended, session_over
from vuokra.db.prepared import prepared

SEEN_EVERY = dt.timedelta(seconds=15)
"""How exactly the time of last use is kept; saves a write on most requests."""

SAME_MINUTE = dt.timedelta(seconds=60)


MARK = 16
"""How many digits of the hash of its key a web session is known by in the access log."""


def key_hash(session_key: str) -> str:
    """SHA-256 (hex) of the secret key and a session key, which is itself a secret.

    Its first `MARK` digits are the session's mark in the access log.
    """
    return hashlib.sha256(f"{settings.SECRET_KEY}:{session_key}".encode()).hexdigest()


def begin(user: User, session_key: str, address: str | None) -> WebSession:
    """Record a new web session after sign-in; an older one elsewhere in the same minute ends."""
    session = WebSession.objects.create(
        user_id=user.pk, session_hash=key_hash(session_key), address=address
    )
    end_elsewhere(session)
    return session


def go_on(session_key: str, user: User, address: str | None) -> WebSession | None:
    """The session if it lasts, its last use noted; None when it is unknown or over.

    The first request past a limit ends it.
    """
    now = timezone.now()
    session: Any = next(iter(_open(key_hash(session_key), user.pk, _near(now))), None)
    if session is None:
        return None
    if why := session_over(
        now,
        started=session.started_at,
        last_seen=session.last_seen_at,
        idle=settings.VUOKRA_SESSION_IDLE,
        longest=settings.VUOKRA_SESSION_LONGEST,
    ):
        end(session, WebSession.End(why))
        return None
    moved = session.address != address
    if moved or now - session.last_seen_at >= SEEN_EVERY:
        session.last_seen_at, session.address = now, address
        session.save(update_fields=["last_seen_at", "address"])
        if session.has_company:
            end_elsewhere(session)
            session.refresh_from_db(fields=["ended_at"])
    return session if session.ended_at is None else None


@prepared
def _open(session_hash: str, user_id: int, near: dt.datetime) -> QuerySet[WebSession]:
    """The session, and whether another of the same user was used in the last minute."""
    others = WebSession.objects.filter(user=OuterRef("user"), ended_at=None, last_seen_at__gte=near)
    held = WebSession.objects.filter(session_hash=session_hash, user_id=user_id, ended_at=None)
    return held.annotate(has_company=Exists(others.exclude(pk=OuterRef("pk"))))


def _near(now: dt.datetime) -> dt.datetime:
    """Since when a use counts as one of the last minute: uses are noted every 15 seconds only."""
    return now - SAME_MINUTE - SEEN_EVERY


def end(session: WebSession, why: WebSession.End) -> None:
    """End one session; the next request that carries its cookie is signed out."""
    WebSession.objects.filter(pk=session.pk, ended_at=None).update(
        ended_at=timezone.now(), end_reason=why
    )


def over_since(mark: str, user_id: int, now: dt.datetime) -> dt.datetime | None:
    """When the web session of a mark came to its end; None while it lasts, and for one that is
    unknown or went on under a new key (a changed password). One statement."""
    if len(mark) != MARK:
        return None
    held = WebSession.objects.filter(user_id=user_id, session_hash__startswith=mark)
    session = held.exclude(end_reason=WebSession.End.REPLACED).first()
    if session is None:
        return None
    ended = session_ended(
        started=session.started_at,
        last_seen=session.last_seen_at,
        ended=session.ended_at,
        idle=settings.VUOKRA_SESSION_IDLE,
        longest=settings.VUOKRA_SESSION_LONGEST,
    )
    return ended if ended <= now else None


def sign_out(session_key: str) -> str:
    """End the session of a key at sign-out unless it has ended; why it ended, empty if unknown."""
    session = WebSession.objects.filter(session_hash=key_hash(session_key)).first()
    if session is None:
        return ""
    end(session, WebSession.End.SIGN_OUT)
    return session.end_reason or WebSession.End.SIGN_OUT


def renew(user: User, session_key: str, address: str | None) -> None:
    """After a changed password: every session ends, and the one at hand goes on under a new key."""
    WebSession.objects.filter(user=user, ended_at=None).update(
        ended_at=timezone.now(), end_reason=WebSession.End.REPLACED
    )
    begin(user, session_key, address)


def end_all(user: User, why: WebSession.End) -> None:
    """End every session of an account: the raised epoch fails them on their next request."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    WebSession.objects.filter(user=user, ended_at=None).update(
        ended_at=timezone.now(), end_reason=why
    )


def open_sessions(user: User) -> list[WebSession]:
    """The sessions of an account that last, the one used last first; one statement."""
    limit = timezone.now() - settings.VUOKRA_SESSION_IDLE
    live = WebSession.objects.filter(user=user, ended_at=None, last_seen_at__gt=limit)
    return list(live.order_by("-last_seen_at"))


def end_own(user: User, pk: int) -> bool:
    """Sign out another session of one's own; whether there was such a one."""
    session = WebSession.objects.filter(pk=pk, user=user, ended_at=None).first()
    if session is not None:
        end(session, WebSession.End.SIGN_OUT)
    return session is not None


def end_elsewhere(session: WebSession) -> None:
    """Two addresses in one minute look like a shared account (DP-A8): alarm, the oldest ends."""
    near = _near(timezone.now())
    live = WebSession.objects.filter(user=session.user_id, ended_at=None, last_seen_at__gte=near)
    by_age = sorted(live, key=lambda row: (row.started_at, row.pk))
    while len({row.address for row in by_age}) > 1:
        oldest = by_age.pop(0)
        end(oldest, WebSession.End.ELSEWHERE)
        record_sign_in(
            Action.ALERT,
            user_id=session.user_id,
            address=oldest.address,
            session_hash=oldest.session_hash[:MARK],
            outcome=Outcome.DENIED,
            notes=[("alert", "two_addresses")],
            alarm=True,
        )


def forget_expired() -> int:
    """Delete the contents of web sessions that are over; gives their number.

    That they were, from where and until when stays in `WebSession`.
    """
    deleted, _per_model = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return deleted
