"""Of the people whose data somebody wants to give out: who must be left out, and who they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy

from registry.consents.codes import Channel as SendChannel
from registry.consents.codes import Use
from registry.consents.queries import may_disclose_for_marketing, may_send
from registry.disclosures import rules
from registry.disclosures.models import Category
from registry.persons.models import Mark, MarkKind, Person
from registry.persons.queries import in_force, may_know_of_protection
from registry.persons.queries.standing import closed
from vuokra.policy.roles import Purpose

NUMBERS_AT_ONCE = 200
REACHED_BY = {
    "PT-OSOITE": (SendChannel.POST,),
    "PT-PUH": (SendChannel.PHONE, SendChannel.SMS),
    "PT-EMAIL": (SendChannel.EMAIL,),
}
"""Which channels a contact detail opens."""


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
    objecting = objecting_to(people, codes=codes, category=category, purpose=purpose, today=today)
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


def objecting_to(
    people: Collection[int],
    *,
    codes: Collection[str],
    category: Category,
    purpose: Purpose,
    today: date,
) -> frozenset[int]:
    """Those who may not be in a file for marketing or a survey (S9-07): by an objection, or since
    the consent that another's marketing needs is not there. Nobody for other purposes.

    Raises FunctionDenied when the role may not know of consents.
    """
    if purpose not in rules.MARKETING or not people:
        return frozenset()
    survey = purpose == Purpose.KYSELY
    if category == Category.PROCESSOR:  # the company's own, by the hand of another
        asked, use = may_send, Use.SURVEY if survey else Use.MARKETING
    else:
        asked, use = may_disclose_for_marketing, Use.RESEARCH if survey else Use.PARTNER
    channels = (SendChannel.SURVEY,) if survey else _channels(codes)
    out: set[int] = set()
    for channel in channels:
        answers = asked(people, purpose=use, channel=channel, today=today)
        out |= {person for person, answer in answers.items() if not answer.allowed}
    return frozenset(out)


def _channels(codes: Collection[str]) -> list[SendChannel]:
    """By which channels the items let somebody be reached."""
    found = [channel for code, channels in REACHED_BY.items() if code in codes
             for channel in channels]  # fmt: skip
    return found or [SendChannel.OTHER]


TIED = gettext_lazy(
    "Mukana on henkilö, jonka tiedot ovat sinulta suljetut. Toinen hyväksyjä päättää tästä."
)
"""What is said to an approver of whom somebody in it is his own (A2)."""


def any_closed(people: Collection[int]) -> bool:
    """Whether the record of any of them is closed to the user: his own, of the household or a
    colleague's (A2); one statement."""
    found = Person.with_merged.filter(pk__in=people).annotate(person_id=F("pk"))
    return found.filter(closed(timezone.localdate())).exists()


def any_protected(people: Collection[int]) -> bool:
    """Whether any of them is under turvakielto; one statement."""
    return Person.objects.filter(pk__in=people, protected=True).exists()


def by_numbers(numbers: Iterable[int]) -> tuple[list[Person], list[int]]:
    """Persons by customer number, and the numbers that are nobody's for this actor; one statement.

    Who is under turvakielto is found only by those who may know of it, and nobody finds those whose
    record is closed to him (A2).
    """
    wanted = list(dict.fromkeys(numbers))[:NUMBERS_AT_ONCE]
    found = Person.objects.filter(customer_number__in=wanted).annotate(person_id=F("pk"))
    found = found.filter(~closed(timezone.localdate()))
    if not may_know_of_protection():
        found = found.filter(protected=False)
    people = {one.customer_number: one for one in found.only("customer_number", "public_id")}
    return list(people.values()), [one for one in wanted if one not in people]
