"""May this person be let in? Pure: what was found of the people of a flat, and the day.

The answer tells what the one who asks needs and no more (S10-03): nobody else who lives there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from leases.contracts.rules.persons import Role
from registry.persons.rules import search_words


class Answer(models.TextChoices):
    """What is answered (vastaus)."""

    YES = "yes", _("Saa päästää")
    NO = "no", _("Ei saa päästää")
    UNKNOWN = "unknown", _("Ei voida vahvistaa")


class Ground(models.TextChoices):
    """Why (peruste)."""

    TENANT = "tenant", _("Vuokralainen")
    CO_TENANT = "co_tenant", _("Kanssavuokralainen")
    RESIDENT = "resident", _("Sopimuksessa nimetty asukas")
    MOVED_OUT = "moved_out", _("Oikeus huoneistoon on päättynyt")
    NOT_YET = "not_yet", _("Sopimus ei ole vielä alkanut")
    NONE = "none", _("Tiedot eivät riitä")


class Method(models.TextChoices):
    """How it was established who asks (tunnistaminen)."""

    DOCUMENT = "document", _("Henkilöllisyystodistus ovella")
    OFFICE = "office", _("Henkilöllisyystodistus toimistolla")
    CALL_BACK = "call_back", _("Takaisinsoitto rekisterin numeroon")
    QUESTIONS = "questions", _("Rekisterin tietoja koskevat kysymykset")


RIGHTS = {
    Role.TENANT: Ground.TENANT,
    Role.CO_TENANT: Ground.CO_TENANT,
    Role.SPOUSE: Ground.RESIDENT,
    Role.OCCUPANT: Ground.RESIDENT,
}
"""Who lives in a flat by a lease, and by what right. A guarantor does not."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part that somebody has or had in a lease of the flat. `hidden`: somebody under turvakielto
    lives there by it; `closed`: the person's record is closed to the user (A2)."""

    person: int
    lease: int
    ground: Ground
    first: date
    last: date | None
    hidden: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer with its ground; whose part it rests on, None for an answer that says nothing."""

    answer: Answer
    ground: Ground = Ground.NONE
    part: Part | None = None


UNKNOWN = Verdict(Answer.UNKNOWN)


def same_name(typed: str, surname: str, given: Iterable[str]) -> bool:
    """Whether a typed name is a person's: the whole surname and one given name at least, in any
    order, and not a word beside. Letters are compared as sort keys are, and nothing is guessed."""
    words, family = set(search_words(typed)), set(search_words(surname))
    own = {word for name in given for word in search_words(name)}
    if not words or not family <= words or not words <= family | own:
        return False
    return not own or bool(words - family) or bool(family & own)


def verdict(parts: Sequence[Part], *, may_tell_hidden: bool, today: date) -> Verdict:
    """The answer by the parts of whoever fits all that was typed.

    A part that began the latest counts: whoever moved out and in again lives there. Of somebody
    under turvakielto, or in whose home such a person lives, the answer is that of a stranger,
    unless whoever asks may know and has told a reason; so it is for two whom nothing tells apart.
    """
    if len({one.person for one in parts}) != 1 or any(one.closed for one in parts):
        return UNKNOWN
    if any(one.hidden for one in parts) and not may_tell_hidden:
        return UNKNOWN
    now = [one for one in parts if one.first <= today and (one.last is None or one.last >= today)]
    if now:
        best = max(now, key=lambda one: one.first)
        return Verdict(Answer.YES, best.ground, best)
    coming = [one for one in parts if one.first > today]
    if coming:
        return Verdict(Answer.NO, Ground.NOT_YET, min(coming, key=lambda one: one.first))
    return Verdict(Answer.NO, Ground.MOVED_OUT, max(parts, key=lambda one: one.first))
