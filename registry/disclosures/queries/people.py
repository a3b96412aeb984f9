"""Of the people whose data somebody wants to give out: who must be left out, and who they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from registry.disclosures import rules
from registry.disclosures.models import Category
from registry.households.models import Membership
from registry.persons.models import Mark, MarkKind, Person
from registry.persons.queries import in_force, may_know_of_protection
from vuokra.policy.roles import Purpose

NUMBERS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Screen:
    """Who may be in a disclosure, in the order given, and who may not: by why."""

    kept: tuple[int, ...]
    protected: frozenset[int] = frozenset()
    restricted: frozenset[int] = frozenset()
    objecting: frozenset[int] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether nobody had to be left out."""
        return not (self.protected or self.restricted or self.objecting)


def screen(
    people: Sequence[int],
    *,
    codes: Collection[str],
    category: Category,
    purpose: Purpose,
    today: date,
) -> Screen:
    """Leave out those whose data may not go to a recipient of this category; three statements.

    Under turvakielto: contact details go to authorities alone, and to maintenance and door opening
    not even the name (7.3). Restricted data stay (A35), and marketing or surveys get nobody who
    has objected (S9-07).
    """
    hidden = _hidden(category)
    protected = _protected(people) if hidden & frozenset(codes) else frozenset()
    restricted = _restricted(people, today)
    objecting = objecting_to(people, purpose, today=today)
    out = protected | restricted | objecting
    kept = tuple(one for one in people if one not in out)
    return Screen(kept, protected, restricted, objecting)


def _hidden(category: Category) -> frozenset[str]:
    """What a ban keeps from a recipient of this category."""
    if category == Category.AUTHORITY:
        return frozenset()
    return rules.ON_THE_SPOT if category in rules.PER_ORDER else rules.CONTACT


def _protected(people: Collection[int]) -> frozenset[int]:
    found = Person.objects.filter(pk__in=people, protected=True).order_by()
    return frozenset(found.values_list("pk", flat=True))


def _restricted(people: Collection[int], today: date) -> frozenset[int]:
    marks = Mark.objects.filter(
        in_force(today), person__in=people, kind=MarkKind.RESTRICTION
    ).order_by()
    return frozenset(marks.values_list("person_id", flat=True))


def objecting_to(people: Collection[int], purpose: Purpose, *, today: date) -> frozenset[int]:
    """Those who have objected to such a purpose; nobody for purposes that are no marketing."""
    return frozenset()


def any_protected(people: Collection[int]) -> bool:
    """Whether any of them is under turvakielto; one statement."""
    return Person.objects.filter(pk__in=people, protected=True).exists()


def households_of(people: Collection[int], today: date) -> int:
    """Among how many homes the people are spread: who lives with nobody is a home alone."""
    rows = Membership.objects.filter(in_force(today), person__in=people).order_by()
    homes = dict(rows.values_list("person_id", "household_id"))
    alone = [one for one in people if one not in homes]
    return len(set(homes.values())) + len(alone)


def by_numbers(numbers: Iterable[int]) -> tuple[list[Person], list[int]]:
    """Persons by customer number, and the numbers that are nobody's for this actor; one statement.

    Who is under turvakielto is found only by those who may know of it.
    """
    wanted = list(dict.fromkeys(numbers))[:NUMBERS_AT_ONCE]
    found = Person.objects.filter(customer_number__in=wanted)
    if not may_know_of_protection():
        found = found.filter(protected=False)
    people = {one.customer_number: one for one in found.only("customer_number", "public_id")}
    return list(people.values()), [one for one in wanted if one not in people]
