"""Households: the panel of the card, the page, and who live with whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from registry.households.models import HetuGround, Membership
from registry.households.rules import Stay
from registry.persons.models import Identity, Person
from registry.persons.panels import TimelineEntry
from registry.persons.queries import in_force, read_once
from registry.persons.queries.majority import is_minor, youngest_adult_born
from registry.persons.queries.presence import known_empty
from registry.persons.queries.presence import register as seldom
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.access.stated import raw_sql
from vuokra.db.prepared import prepared
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

KIND = "household"
seldom(HetuGround)
_NAMED = ("public_id", "surname", "given_names", "call_name")
_DATED = ("household_id", "valid_from", "valid_to", "source")


@dataclass(frozen=True, slots=True)
class Summary:
    """A person's household today: the other adults by name, the children by number only."""

    membership: Membership
    adults: list[Membership]
    minors: int

    @property
    def size(self) -> int:
        """How many live together, the person included (S5-08)."""
        return 1 + len(self.adults) + self.minors


@dataclass(frozen=True, slots=True)
class Member:
    """One membership with the member's birth date, when it is known and may be read."""

    membership: Membership
    birth_date: date | None
    minor: bool


@dataclass(frozen=True, slots=True)
class HouseholdPage:
    """The household that a person belongs to, or will; and the days of former ones."""

    members: list[Member]
    left: list[Member]
    earlier: list[Membership]


def summary(person: Person, today: date) -> Summary | None:
    """The household of a person today, or None; at most three statements.

    The names of children are not read: the page of the household shows them to those who need them.
    """
    now = (row for row in _own(person) if row.valid_from <= today and not _over(row, today))
    membership = next(now, None)
    if membership is None:
        return None
    around = (membership.household_id, person.pk, today, youngest_adult_born(today))
    return Summary(membership, _adults(*around), len(_minors(*around)))


@prepared
def _adults(
    household_id: int, person_id: int, today: date, born_after: date
) -> QuerySet[Membership]:
    others = _others(household_id, person_id, today).filter(~Exists(_children(born_after)))
    names = (f"person__{name}" for name in _NAMED)
    return others.select_related("person").only("household_id", "person", *names)


@prepared
def _minors(
    household_id: int, person_id: int, today: date, born_after: date
) -> QuerySet[Membership, int]:
    others = _others(household_id, person_id, today).filter(Exists(_children(born_after)))
    return others.order_by().values_list("pk", flat=True)


def _others(household_id: int, person_id: int, today: date) -> QuerySet[Membership]:
    chosen = Membership.objects.filter(in_force(today), household_id=household_id)
    return chosen.exclude(person_id=person_id)


def _own(person: Person) -> list[Membership]:
    """The memberships of a person, the latest first; one statement, none when asked again."""
    return read_once(person, "memberships", lambda: _memberships(person.pk))


@prepared
def _memberships(person_id: int) -> QuerySet[Membership]:
    chosen = Membership.objects.filter(person_id=person_id).only("person_id", *_DATED)
    return chosen.order_by("-valid_from", "-id")


def _children(born_after: date) -> QuerySet[Identity]:
    return Identity.objects.filter(person=OuterRef("person"), birth_date__gt=born_after)


def household_page(person: Person, today: date) -> HouseholdPage:
    """Everybody in the household of a person, children by name too; three statements."""
    own = _own(person)
    lasting = [m for m in own if m.valid_to is None or m.valid_to >= today]
    if not lasting:
        return HouseholdPage([], [], own)
    household_id = lasting[-1].household_id
    members = _members(household_id, today)
    ended = [m for m in members if _over(m.membership, today)]
    return HouseholdPage(
        [m for m in members if not _over(m.membership, today)],
        ended,
        [m for m in own if m.household_id != household_id],
    )


def _over(membership: Membership, today: date) -> bool:
    return membership.valid_to is not None and membership.valid_to < today


def _members(household_id: int, today: date) -> list[Member]:
    """Members of a household in Finnish order, with their birth dates for those who may see."""
    rows = list(
        Membership.objects.filter(household_id=household_id)
        .select_related("person")
        .only("person", *_DATED, *(f"person__{name}" for name in _NAMED))
        .order_by("person__sort_key", "person_id", "-valid_from")
    )  # fmt: skip
    born = _birth_dates(row.person_id for row in rows)
    return [
        Member(row, day, day is not None and is_minor(day, today))
        for row in rows
        for day in [born.get(row.person_id)]
    ]


def _birth_dates(persons: Iterable[int]) -> dict[int, date]:
    if current().actor.level(Group.IDENTITY) < Level.READ:
        return {}
    known = Identity.objects.filter(person_id__in=list(persons))
    return {row.person_id: row.birth_date for row in known.only("person_id", "birth_date")}


def membership_of(person: Person, pk: int) -> Membership:
    """A membership in a household that the person belongs, or belonged, to, with its member.

    Raises ObjectDenied for one of another household or none (DP-A4).
    """
    own = Membership.objects.filter(person=person, household=OuterRef("household"))
    found = Membership.objects.filter(Exists(own), pk=pk).select_related("person").first()
    if found is None:
        raise ObjectDenied("registry_households_membership", pk)
    return found


def hetu_grounds(person: Person) -> list[HetuGround]:
    """Why the identity code of a person was recorded though a birth date is enough as a rule, for
    those who may know of codes; the words are still sealed. One statement."""
    if known_empty(person, HetuGround):
        return []
    return list(HetuGround.objects.filter(person=person).order_by("-recorded_at", "-id"))


def hetu_ground_of(person: Person, pk: int) -> HetuGround:
    """One of them. Raises ObjectDenied for another's or none (DP-A4)."""
    found = HetuGround.objects.filter(person=person, pk=pk).first()
    if found is None:
        raise ObjectDenied(HetuGround._meta.db_table, pk)
    return found


def living_with(persons: Iterable[int], day: date) -> set[int]:
    """Ids of those who live in the same household as any of these persons on a day, and of the
    persons themselves; one statement."""
    known = set(persons)
    shared = Membership.objects.filter(
        in_force(day), person_id__in=known, household=OuterRef("household")
    )
    others = Membership.objects.filter(in_force(day), Exists(shared))
    return {*known, *others.values_list("person_id", flat=True)}


def stays_with(persons: Collection[int], since: date) -> list[Stay]:
    """When who belonged to the households of any of these persons, from a day on and for moves to
    come; the persons' own stays too. One statement."""
    lasting = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=since))
    theirs = lasting.filter(person_id__in=persons, household=OuterRef("household"))
    found = lasting.filter(Exists(theirs)).order_by()
    return [
        Stay(row.person_id, row.household_id, row.valid_from, row.valid_to)
        for row in found.only("person_id", "household_id", "valid_from", "valid_to")
    ]


def lives_with_any(person: Person, others: QuerySet[Any], day: date) -> bool:
    """Whether a person lives, on a day, in a household with any of those whose ids `others` gives.

    One EXISTS: no id is fetched.
    """
    theirs = Membership.objects.filter(
        in_force(day), person_id__in=others, household=OuterRef("household")
    )
    return Membership.objects.filter(in_force(day), Exists(theirs), person=person).exists()


def shares_a_home(others: QuerySet[Any], day: date) -> Exists:
    """The same of every row with a `person_id`, as a condition of the statement that reads it."""
    theirs = Membership.objects.filter(
        in_force(day), person_id__in=others, household=OuterRef("household")
    )
    return Exists(
        Membership.objects.filter(in_force(day), Exists(theirs), person_id=OuterRef("person_id"))
    )


HOMES = """
SELECT count(DISTINCT coalesce(m.household_id, -p.id))
FROM unnest(%s::bigint[]) AS p (id)
LEFT JOIN registry_households_membership m ON m.person_id = p.id AND m.valid_from <= %s
    AND (m.valid_to IS NULL OR m.valid_to >= %s)
"""


def homes_among(people: Collection[int], today: date) -> int:
    """Among how many homes the people are spread; who lives with nobody is a home alone. One
    statement, whose answer is a number: a role that may not see households may ask it."""
    with raw_sql("households: a number of homes"), connection.cursor() as cursor:
        cursor.execute(HOMES, [list(people), today, today])
        number: int = cursor.fetchone()[0]
    return number


def events(person: Person, today: date) -> Iterable[TimelineEntry]:
    """When a person moved into households and out of them; no statement past the panel's."""
    for row in _own(person):
        if row.valid_from > today:
            continue
        yield TimelineEntry(
            row.valid_from, "users", _("Muutti ruokakuntaan"), row.get_source_display(), KIND
        )
        if row.valid_to is not None and row.valid_to < today:
            yield TimelineEntry(row.valid_to, "log-out", _("Muutti pois ruokakunnasta"), kind=KIND)


def nobody_lives_anywhere() -> bool:
    """Whether no household is recorded yet."""
    return not Membership.objects.exists()
