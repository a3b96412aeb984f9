"""Who of the register acts for a person: guardian, trustee, proxy, contact of an estate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from registry.households.models import CommitmentKind, TrusteeKind
from registry.households.queries import commitments, guardians_of, trusteeships_of
from registry.persons.models import Person
from registry.persons.queries import may_read
from registry.persons.queries.people import may_know_of_protection
from registry.rights.models import Behalf, DataRequest
from vuokra.policy.groups import Group

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody who acts for a person, how, and by which relation, in words."""

    person: Person
    behalf: frozenset[Behalf]
    relation: StrOrPromise


def acting_for(person: Person, today: date) -> list[Acting]:
    """Those of the register who act for a person today, as far as the actor may know of the
    relation; at most four statements."""
    return [one for one in _relations(person, today) if _may_name(one.person)]


def representative_of(row: DataRequest) -> Person | None:
    """The representative whom a request names, when the name may be told; one statement."""
    found = row.representative
    return found if found is not None and _may_name(found) else None


def _may_name(person: Person) -> bool:
    return may_know_of_protection() or not person.protected


def _relations(person: Person, today: date) -> Iterator[Acting]:
    if may_read(Group.GUARDIANSHIP):
        for guardian in guardians_of(person, today):
            if guardian.other is not None:
                yield Acting(guardian.other, frozenset({Behalf.GUARDIAN}), Behalf.GUARDIAN.label)
        for trustee in trusteeships_of(person, today):
            if trustee.other is not None:
                yield Acting(trustee.other, _of(trustee.kind), trustee.get_kind_display())
    if may_read(Group.COMMITMENT):
        for one in commitments(person, today).for_person:
            if one.kind == CommitmentKind.ESTATE and one.other is not None:
                yield Acting(one.other, frozenset({Behalf.ESTATE}), one.get_kind_display())


def _of(kind: str) -> frozenset[Behalf]:
    """Who holds a mandate for the future (edunvalvontavaltuutus) is called by either name."""
    if kind == TrusteeKind.MANDATE:
        return frozenset({Behalf.TRUSTEE, Behalf.PROXY})
    return frozenset({Behalf.TRUSTEE})
