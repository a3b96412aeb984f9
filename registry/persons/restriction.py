"""Opening the record of one whose processing is restricted (käsittelyn rajoittaminen, art. 18).

Restricted data are stored and little else: they are read for the person's own request, a legal
claim, the protection of another person or an important public interest (article 18(2)). Whoever
opens a page of such a person says which, in words too; it holds in the web session for a while and
stands in each event. Everybody else meets the page that asks.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.persons.models import Person
from registry.persons.purposes import STATED
from registry.persons.queries.standing import CLEARED
from vuokra.access.context import current
from vuokra.access.views import AccessSpec

KEY: Final = "restricted_reasons"
KEPT: Final = 20


class Reason(models.TextChoices):
    """What restricted data may be read for (18 artikla 2)."""

    REQUEST = "request", _("Henkilön oma pyyntö tai suostumus")
    CLAIMS = "claims", _("Oikeusvaateen laatiminen, esittäminen tai puolustaminen")
    OTHERS = "others", _("Toisen henkilön oikeuksien suojaaminen")
    INTEREST = "interest", _("Tärkeä yleinen etu")


def remember(request: HttpRequest, person: Person, reason: Reason) -> None:
    """From now on the person's pages open for this reason in this web session."""
    known: dict[str, list[str]] = dict(request.session.get(KEY, {}))
    known.pop(person.public_id, None)
    known[person.public_id] = [reason.value, timezone.now().isoformat()]
    request.session[KEY] = dict(list(known.items())[-KEPT:])


def gate(request: HttpRequest, spec: AccessSpec) -> None:
    """Let the door know which reasons hold in this web session; asks for nothing itself."""
    stated: dict[str, list[str]] = request.session.get(KEY, {})
    if stated:
        held = timedelta(minutes=STATED.minutes)
        now = timezone.now()
        current().memo[CLEARED] = {
            public_id: reason
            for public_id, (reason, at) in stated.items()
            if timedelta(0) <= now - datetime.fromisoformat(at) < held
        }
