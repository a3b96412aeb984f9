"""What a break-glass opens on the pages of one person: the web session knows of it, the database
decides. Pages about anybody else, and sessions without one, cost nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from registry.persons.models import Person
from registry.watch.models import BreakGlass
from registry.watch.queries import glass as queries
from registry.watch.services import glass as services
from vuokra.access.context import Case, current, peek
from vuokra.accounts.models import User

_KEY = "break_glass"


def remember(request: HttpRequest, person: Person, glass: BreakGlass) -> None:
    """From now on the person's pages are opened by this break-glass in this web session."""
    entry = [glass.pk, glass.ends_at.isoformat()]
    request.session[_KEY] = {**request.session.get(_KEY, {}), person.public_id: entry}


def end(request: HttpRequest) -> None:
    """The user is done with what he opened in this web session: it ends in the database too."""
    now = timezone.now()
    for pk, _until in request.session.pop(_KEY, {}).values():
        if (glass := queries.own(pk)) is not None:
            services.end_glass(glass, now=now)


def signed_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Whoever signs out is done too. A web session that is over by itself acts as nobody: what it
    had opened ends with its time."""
    ctx = peek()
    if user is not None and ctx is not None and ctx.actor.user_id == user.pk:
        end(request)


def lend(request: HttpRequest, kwargs: Mapping[str, Any]) -> None:
    """Open the record of the address while a break-glass of the user lasts; one statement then.

    The session is only read: a refusal that follows would take back what was written to it.
    """
    entry = request.session.get(_KEY, {}).get(kwargs.get("public_id"))
    now = timezone.now()
    if entry is None or datetime.fromisoformat(entry[1]) <= now:
        return
    ctx, opened = current(), queries.opened(entry[0], now)
    if opened is None:
        return
    ctx.actor = ctx.actor.lent(opened)
    ctx.case = Case(queries.CASE, opened.case_id)
