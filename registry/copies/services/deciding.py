"""Deciding on what in a copy is, or may be, about somebody else; reading; the necessity test."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.copies import gates, queries
from registry.copies.codes import LEAVING_OUT, TELLING, Decision, What
from registry.copies.models import WORDS_LENGTH, Copy, Finding, Reading
from registry.copies.services.working import locked, require_keeper, unpack
from vuokra.access.codes import Action
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied

SHORTEST_REASON = 10


def _open(copy: Copy) -> Copy:
    """The copy, locked, when it may be worked on: it is collected, and its request allows it."""
    copy = locked(copy, *queries.COLLECTED)
    gates.pass_changing(copy)
    return copy


def findings(copy: Copy) -> list[Finding]:
    """Places that are, or may be, about somebody else, in the order of the copy."""
    return queries.findings(copy)


@transaction.atomic
def redact(found: Finding, reason: str) -> None:
    """Leave a place out (peittäminen). Raises ValidationError without a reason of the list."""
    require_keeper()
    _decide(_open(found.copy), found, Decision.REDACTED, reason)


@transaction.atomic
def keep(found: Finding, reason: str) -> None:
    """Tell a place (antaminen). Raises ValidationError without a reason of the list, and for what
    is under turvakielto (DP-T6)."""
    require_keeper()
    _decide(_open(found.copy), found, Decision.KEPT, reason)


@transaction.atomic
def decide_alike(found: Finding, decision: str, reason: str) -> int:
    """Decide on a place, and in the same way on every open place with the same words about the
    same person; gives how many. Raises as `redact` and `keep`."""
    require_keeper()
    copy = _open(found.copy)
    alike = {one.pk: one for one in queries.same_words(copy, found)} | {found.pk: found}
    for one in alike.values():
        _decide(copy, one, decision, reason)
    return len(alike)


def _decide(copy: Copy, found: Finding, decision: str, reason: str) -> None:
    _check(found, decision, reason)
    if found.locked:
        return
    found.decision, found.reason = decision, reason
    found.decided_by_id, found.decided_at = current().actor.user_id, timezone.now()
    found.save()
    unpack(copy)
    current().action = Action.CHANGE


def _check(found: Finding, decision: str, reason: str) -> None:
    if decision == Decision.REDACTED:
        _check_leaving_out(reason)
    elif found.locked:
        raise ValidationError(_("Turvakiellon alaista tietoa ei anneta toiselle."))
    elif reason not in TELLING:
        raise ValidationError({"reason": _("Valitse, miksi tiedon voi antaa.")})


def _check_leaving_out(reason: str) -> None:
    if reason not in LEAVING_OUT:
        raise ValidationError({"reason": _("Valitse, miksi tieto jätetään pois.")})


@transaction.atomic
def mark(copy: Copy, place: str, words: str, reason: str) -> int:
    """Leave out words of a value that nobody pointed at, or without words the whole of it; gives
    how many places. Raises ValidationError when the words do not stand there."""
    require_keeper()
    _check_leaving_out(reason)
    copy = _open(copy)
    text = _text_at(copy, place)
    spans = list(_occurrences(text, words)) if words else [(0, 0)]
    if not spans:
        raise ValidationError({"words": _("Kohtaa ei löydy tekstistä. Kirjoita se samoin.")})
    for start, end in spans:
        found, _new = Finding.objects.get_or_create(
            copy=copy, place=place, start=start, end=end,
            defaults={"person_id": copy.person_id, "what": What.HAND},
        )  # fmt: skip
        _decide(copy, found, Decision.REDACTED, reason)
    return len(spans)


def _text_at(copy: Copy, place: str) -> str:
    for where, _entry, value in queries.content_of(copy).values():
        if where == place:
            return value.shown
    raise ObjectDenied(queries.TABLE, copy.pk)


def _occurrences(text: str, words: str) -> Iterable[tuple[int, int]]:
    small, wanted = text.casefold(), words.strip().casefold()
    if len(small) != len(text):  # a letter that folds into two: as it is written
        small, wanted = text, words.strip()
    at = small.find(wanted) if wanted else -1
    while at >= 0:
        yield at, at + len(wanted)
        at = small.find(wanted, at + len(wanted))


@transaction.atomic
def read(copy: Copy, code: str) -> None:
    """Say that the running texts of a register item have been read (tarkistus)."""
    require_keeper()
    copy = _open(copy)
    if code not in queries.to_read(queries.content_of(copy)):
        raise ObjectDenied(queries.TABLE, copy.pk)
    if not Reading.objects.filter(copy=copy, code=code).exists():
        Reading(
            copy=copy, person_id=copy.person_id, code=code, by_id=current().actor.user_id
        ).save()
    current().action = Action.CHANGE


@transaction.atomic
def allow_names(copy: Copy, reason: str) -> None:
    """Record the necessity test after which names of those who looked are told (C-579/21, DP-A31).

    Without text the names are left out again. Raises ValidationError for a text too short to say
    why the person's rights cannot be used without the names.
    """
    require_keeper()
    copy = _open(copy)
    words = " ".join(reason.split())
    if words and not SHORTEST_REASON <= len(words) <= WORDS_LENGTH:
        raise ValidationError(
            {"reason": _("Kirjoita arvio, 10–500 merkkiä: miksi nimet ovat välttämättömiä.")}
        )
    copy.names_reason = words or None
    copy.names_by_id = current().actor.user_id if words else None
    copy.save()
    unpack(copy)
    current().action = Action.CHANGE
