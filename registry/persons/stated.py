"""What was stated for one person in a web session, and serves there for a while (ui 6).

The web session keeps the purpose and the moment under the person's public id; words of a reason are
in the access event alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from vuokra.access.context import current
from vuokra.policy import rights
from vuokra.policy.roles import Purpose
from vuokra.rules.queries import rule

KEPT = 20
"""For so many people, the latest, a web session remembers what was stated."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Purposes stated for people under one `key` of the web session; `rule_key` tells for how many
    minutes each serves."""

    key: str
    rule_key: str

    @property
    def minutes(self) -> int:
        """How many minutes a stated purpose serves, by the company's rule."""
        return rule(self.rule_key, timezone.localdate()).integer

    def remember(self, request: HttpRequest, public_id: str, purpose: Purpose) -> None:
        """A purpose was stated for this person now."""
        known: dict[str, list[str]] = dict(request.session.get(self.key, {}))
        known.pop(public_id, None)
        known[public_id] = [purpose.value, timezone.now().isoformat()]
        request.session[self.key] = dict(list(known.items())[-KEPT:])

    def held(self, request: HttpRequest, public_id: str) -> Purpose | None:
        """The purpose stated for this person while it holds and the actor's roles serve it."""
        found = request.session.get(self.key, {}).get(public_id)
        if found is None:
            return None
        age = timezone.now() - datetime.fromisoformat(found[1])
        if not timedelta(0) <= age < timedelta(minutes=self.minutes):
            return None
        return self.earlier(request, public_id)

    def earlier(self, request: HttpRequest, public_id: str) -> Purpose | None:
        """The purpose stated for this person in this web session, however long ago, while the
        actor's roles serve it."""
        found = request.session.get(self.key, {}).get(public_id)
        if found is None:
            return None
        purpose = Purpose(found[0])
        return purpose if purpose in rights.purposes(current().actor.roles) else None
