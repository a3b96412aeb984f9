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
from vuokra.access.context import Case, current

_KEY = "break_glass"


def remember(request: HttpRequest, person: Person, glass: BreakGlass) -> None:
    """From now on the person's pages are opened by this break-glass in this web session."""
    entry = [glass.pk, glass.ends_at.isoformat()]
    request.session[_KEY] = {**request.session.get(_KEY, {}), person.public_id: entry}


def forget(request: HttpRequest) -> None:
    """The user is done with what he opened."""
    request.session.pop(_KEY, None)


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
