"""The purpose for which a person's pages are opened (käyttötarkoitus), and stating another one.

A page takes the usual purpose of the role. A clerk who works on something else says so once for a
person: it holds in that web session for a while (user-interface direction, section 6), and
each page opened under it is recorded with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from registry.persons.models import Person
from registry.persons.rule_rows import PURPOSE_MINUTES
from vuokra.access.context import Actor
from vuokra.policy import rights
from vuokra.policy.roles import Purpose
from vuokra.rules.queries import rule

VIEWING = tuple(purpose for purpose in rights.WORKING if purpose != Purpose.TIEDOTE)
"""Purposes for which a record may be opened, the usual one first: nobody is looked up to send a
bulletin."""
KEPT = 20
_KEY = "stated_purposes"


def held(actor: Actor) -> list[Purpose]:
    """Purposes of these pages that the actor may state, the usual one first."""
    may = rights.purposes(actor.roles)
    return [purpose for purpose in VIEWING if purpose in may]


def choices(actor: Actor) -> list[Purpose]:
    """The purposes among which the actor chooses; none when there is only one to state."""
    found = held(actor)
    return found if len(found) > 1 else []


def state(request: HttpRequest, person: Person, purpose: Purpose) -> None:
    """From now on the person's pages are opened for this purpose in this web session."""
    stated: dict[str, list[str]] = dict(request.session.get(_KEY, {}))
    stated.pop(person.public_id, None)
    stated[person.public_id] = [purpose.value, timezone.now().isoformat()]
    request.session[_KEY] = dict(list(stated.items())[-KEPT:])


def stated(request: HttpRequest, kwargs: Mapping[str, Any]) -> Purpose | None:
    """What was stated for the person of the address, while it holds."""
    found = request.session.get(_KEY, {}).get(kwargs.get("public_id"))
    if found is None:
        return None
    serves = timedelta(minutes=rule(PURPOSE_MINUTES, timezone.localdate()).integer)
    if timezone.now() - datetime.fromisoformat(found[1]) > serves:
        return None
    return Purpose(found[0])
