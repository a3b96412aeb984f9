"""Check: every database is read through the tap, and every request ends with its event.

There is no switch for either. The one exception is the baseline of the bench, which is accepted
only where every database is named `bench_*`: nobody's register is called that.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

BACKEND = "vuokra.db"
MIDDLEWARE = "vuokra.access.middleware.AccessMiddleware"
SESSIONS = "django.contrib.sessions.middleware.SessionMiddleware"
BENCH = "bench_"


def unguarded() -> list[str]:
    """What these settings leave outside the access log; nothing for the databases of the bench."""
    databases = settings.DATABASES
    if databases and all(str(one["NAME"]).startswith(BENCH) for one in databases.values()):
        return []
    found = [
        f"Database '{alias}' uses {one['ENGINE']}; only {BACKEND} records what is read."
        for alias, one in databases.items()
        if one["ENGINE"] != BACKEND
    ]
    before_sessions = settings.MIDDLEWARE
    if SESSIONS in before_sessions:
        before_sessions = before_sessions[: before_sessions.index(SESSIONS)]
    if MIDDLEWARE not in before_sessions:
        found.append(f"MIDDLEWARE must name {MIDDLEWARE}, before the web session's.")
    return found


def require_guarded() -> None:
    """Raise ImproperlyConfigured when something is outside the access log: for a web process."""
    if found := unguarded():
        raise ImproperlyConfigured("\n".join(found))


def check_guarded(**kwargs: Any) -> list[checks.CheckMessage]:
    """System check: no command runs on settings that read past the access log."""
    return [checks.Error(text, id="vuokra_db.E001") for text in unguarded()]
