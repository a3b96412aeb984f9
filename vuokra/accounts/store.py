"""Where the content of a web session is kept: Django's table, read by one kept statement."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from vuokra.db.prepared import prepared


class SessionStore(DatabaseStore):
    """Django's own store; every request reads from it."""

    def _get_session_from_db(self) -> Session | None:
        found = _kept(self.session_key or "", timezone.now())
        if not found:
            self._session_key = None
            return None
        return found[0]


@prepared
def _kept(session_key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=session_key, expire_date__gt=now)
