"""Finding likely duplicates, and saying that two people are two."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.duplicates import rules
from registry.duplicates.models import REASON_LENGTH, Candidate, Origin, State
from registry.persons.models import FormerCode, FormerCodeReason, Identity, Person
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.access.stated import bulk_write, raw_sql
from vuokra.crypto.blind import blind
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

LIKELY = (Path(__file__).parent.parent / "likely.sql").read_text()


def find_likely(*, today: date) -> int:
    """Compare the whole register once; gives how many pairs are new, or look alike otherwise."""
    why = "likely duplicates: the register compared with itself"
    with bulk_write(why), raw_sql(why), connection.cursor() as cursor:
        cursor.execute(LIKELY, {"today": today})
        return int(cursor.rowcount)


def find_tonight() -> int:
    """The job of the night."""
    return find_likely(today=timezone.localdate())


def choose_pair(one: Person, other: Person, origin: Origin) -> Candidate:
    """The pair of these two, looked at again also when it was once said to be of two people."""
    current().require(Group.PERSON, Level.WRITE)
    if one.pk == other.pk:
        raise ValidationError(_("Numero on tämän henkilön oma."), code="same")
    first, second = sorted((one, other), key=lambda person: person.pk)
    pair = Candidate.objects.filter(first=first, second=second).first()
    if pair is None:
        pair = Candidate(first=first, second=second, origin=origin)
    elif pair.state == State.OPEN and pair.origin == origin:
        return pair
    pair.state, pair.origin, pair.reason = State.OPEN, origin, ""
    pair.decided_at = pair.decided_by_id = None
    pair.save()
    return pair


def clash_of(person: Person, code: str) -> Candidate | None:
    """The pair of a person and of whoever has this identity code, or None (DP-A16).

    Has it in use, or had it until it was officially changed: it is reserved for them still.
    """
    current().require(Group.HETU, Level.MASKED)
    index = blind("hetu", code)
    used = Identity.objects.filter(hetu_index=index, active=True)
    reserved = FormerCode.objects.filter(hetu_index=index, reason=FormerCodeReason.CHANGED)
    holders = Q(identity__in=used) | Q(former_codes__in=reserved)
    holder = Person.objects.filter(holders).exclude(pk=person.pk).distinct().first()
    return None if holder is None else choose_pair(person, holder, Origin.CODE)


def mark_not_same(pair: Candidate, *, reason: str, now: datetime) -> Candidate:
    """Say that the two are different people (eri henkilöt); never proposed again."""
    current().require(Group.PERSON, Level.WRITE)
    return decide(pair, State.NOT_SAME, reason=checked_reason(reason), now=now)


def decide(pair: Candidate, state: State, *, reason: str, now: datetime) -> Candidate:
    """Save what was decided of a pair, and who decided."""
    pair.state, pair.reason = state, reason
    pair.decided_at, pair.decided_by_id = now, current().actor.user_id
    pair.save()
    return pair


def checked_reason(text: str) -> str:
    """A reason that says something, without an identity code; else raises ValidationError."""
    text = text.strip()
    if not rules.MIN_REASON <= len(text) <= REASON_LENGTH:
        raise ValidationError(
            _("Kirjoita perustelu, vähintään %(least)s ja enintään %(most)s merkkiä."),
            code="reason",
            params={"least": rules.MIN_REASON, "most": REASON_LENGTH},
        )
    refuse_hetu_in_text(text)
    return text
