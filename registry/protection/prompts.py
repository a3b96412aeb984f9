"""One prompt per person and web session: a stated purpose serves for a while (ui 6).

The web session keeps the purpose and the moment under the person's public id; the words of the
reason are in the access event alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from registry.persons.models import Person
from registry.protection.rule_rows import PROMPT_MINUTES
from vuokra.access.context import current
from vuokra.policy import rights
from vuokra.policy.roles import Purpose
from vuokra.rules.queries import rule

_KEY = "protected_prompts"
KEPT = 20


def minutes() -> int:
    """How many minutes a stated purpose serves, by the company's rule."""
    return rule(PROMPT_MINUTES, timezone.localdate()).integer


def remember(request: HttpRequest, person: Person, purpose: Purpose) -> None:
    """A purpose and reason were stated for this person's protected details."""
    known: dict[str, list[str]] = dict(request.session.get(_KEY, {}))
    known.pop(person.public_id, None)
    known[person.public_id] = [purpose.value, timezone.now().isoformat()]
    request.session[_KEY] = dict(list(known.items())[-KEPT:])


def held(request: HttpRequest, person: Person) -> Purpose | None:
    """The purpose stated for this person while it holds, if the actor's roles still serve it."""
    found = request.session.get(_KEY, {}).get(person.public_id)
    if found is None:
        return None
    age = timezone.now() - datetime.fromisoformat(found[1])
    if not timedelta(0) <= age < timedelta(minutes=minutes()):
        return None
    purpose = Purpose(found[0])
    return purpose if purpose in rights.purposes(current().actor.roles) else None
