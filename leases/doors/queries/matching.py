"""Who of a flat fits what was typed at the door: one statement, whatever it finds (S10-03).

Asked also by those who open no leases: the answer is yes or no, and the page tells nobody's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from leases.contracts.rules.persons import Role
from leases.doors.rules.letting_in import RIGHTS, Part, same_name
from registry.persons.queries.standing import told_to_user
from vuokra.access.stated import raw_sql
from vuokra.crypto.blind import blind

WHY: Final = "may somebody be let in: answered with yes or no"
NOBODY: Final = 0
"""The id of no person: the question of ties is asked also when nobody was found."""

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
    """The parts in leases of the flat of whoever fits the claim; two statements, always."""
    found = list(_fitting(claim, flat))
    people = sorted({one.person for one in found}) or [NOBODY]
    open_to_user = set(told_to_user(people, today=today))
    return [
        Part(
            one.person, one.lease, one.ground, one.first, one.last, hidden=one.hidden,
            closed=one.person not in open_to_user,
        )
        for one in found
    ]  # fmt: skip


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
