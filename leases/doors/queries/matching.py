"""Who of a flat fits what was typed at the door: one statement, whatever it finds (S10-03).

Asked also by those who open no leases: the answer is yes or no, and the page tells nobody's name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import Exists, OuterRef

from leases.contracts.models import Party
from leases.contracts.rules.persons import Role
from leases.doors.models import Question
from leases.doors.rules.letting_in import RIGHTS, Answer, Part, same_name, verdict
from leases.homes.models import Occupancy
from registry.persons.queries import may_know_of_protection
from registry.persons.queries.standing import closed
from vuokra.access.stated import raw_sql
from vuokra.crypto.blind import blind

WHY: Final = "may somebody be let in: answered with yes or no"
NONE: Final = 0
"""The id of no lease: the question of ties is asked also when nobody was found."""

RESIDENTS: Final = """
SELECT p.id, p.surname, ARRAY[p.given_names, p.call_name], o.lease, r.role,
    greatest(o.valid_from, r.valid_from), least(o.valid_to, r.valid_to), p.protected OR o.hidden
FROM leases_homes_occupancy o
JOIN leases_contracts_party r ON r.lease_id = o.lease
JOIN registry_persons_person p ON p.id = r.person_id
LEFT JOIN registry_persons_identity i ON i.person_id = p.id AND i.active
WHERE o.flat_id = %(flat)s AND r.role = ANY(%(living)s) AND p.merged_into_id IS NULL
    AND NOT EXISTS (
        SELECT FROM registry_persons_mark m WHERE m.person_id = p.id AND m.kind = 'deceased')
    AND (%(born)s::date IS NULL OR i.birth_date = %(born)s)
    AND (%(number)s::bigint IS NULL OR p.id = (
        SELECT coalesce(n.merged_into_id, n.id) FROM registry_persons_person n
        WHERE n.customer_number = %(number)s))
    AND (%(codes)s::bytea[] IS NULL OR i.hetu_index = ANY(%(codes)s) OR EXISTS (
        SELECT FROM registry_persons_formercode f
        WHERE f.person_id = p.id AND f.hetu_index = ANY(%(codes)s)))
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who somebody says to be. All that is told must fit one person of the flat."""

    name: str = ""
    born: date | None = None
    hetu: str = ""
    number: int | None = None

    @property
    def enough(self) -> bool:
        """Whether it can name one person: a code, a customer number, or a name and a birth date."""
        return bool(self.hetu or self.number or (self.name and self.born))


def parts_of(claim: Claim, flat: int, *, today: date) -> list[Part]:
    """The parts in leases of the flat of whoever fits the claim; two statements, always.

    The door of one's own home another opens, whoever of it asks (A2): a part is closed when the
    record of anybody in its lease is closed to the user.
    """
    found = list(_fitting(claim, flat))
    shut = _closed_to_user({one.lease for one in found} or {NONE}, today)
    return [replace(one, closed=one.lease in shut) for one in found]


def _closed_to_user(leases: Collection[int], today: date) -> set[int]:
    theirs = Party.objects.filter(closed(today), lease=OuterRef("lease"))
    rows = Occupancy.objects.filter(Exists(theirs), lease__in=leases)
    return set(rows.values_list("lease", flat=True))


def still_holds(question: Question, *, today: date) -> bool:
    """Whether whoever was to be let in would be so now: the tenancy goes on, and neither a ban nor
    a tie of the user has come since. Two statements."""
    if question.person is None:
        return False
    claim = Claim(number=question.person.customer_number)
    parts = parts_of(claim, question.flat_id, today=today)
    found = verdict(parts, may_tell_hidden=may_know_of_protection(), today=today)
    return found.answer is Answer.YES


def _fitting(claim: Claim, flat: int) -> Iterator[Part]:
    codes = [memoryview(one) for one in blind("hetu", claim.hetu).digests] if claim.hetu else None
    asked: dict[str, Any] = {
        "flat": flat, "living": [role.value for role in RIGHTS], "born": claim.born,
        "number": claim.number, "codes": codes,
    }  # fmt: skip
    with raw_sql(WHY), connection.cursor() as cursor:
        cursor.execute(RESIDENTS, asked)
        rows = cursor.fetchall()
    for person, surname, given, lease, role, first, last, hidden in rows:
        if not claim.name or same_name(claim.name, surname, given):
            yield Part(person, lease, RIGHTS[Role(role)], first, last, hidden=hidden)
