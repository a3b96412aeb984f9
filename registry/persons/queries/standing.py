"""Ties of staff to persons: who may not open whose record, and who may not decide."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any, Final, NoReturn

from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from registry.persons.models import Mark, MarkKind, Person, StaffLink, TieKind
from registry.persons.queries.presence import known_empty
from registry.persons.queries.presence import register as seldom
from registry.persons.queries.reading import in_force, read_once
from vuokra.access.context import current
from vuokra.access.errors import NeighbourAsked, ObjectDenied, ReasonDemanded, TiedDenied
from vuokra.access.stated import raw_sql
from vuokra.company.queries import limits
from vuokra.db.prepared import prepared

PERSON_TABLE = "registry_persons_person"
LINK_TABLE = "registry_persons_stafflink"
SHOWN_TIES = 200
_TIE_FIELDS = ("person", "kind", "valid_from", "valid_to", "staff__full_name")
_PERSON_FIELDS = (
    "person__surname", "person__given_names", "person__call_name", "person__customer_number",
)  # fmt: skip

seldom(StaffLink)
seldom(Person, lambda person: Person.with_merged.filter(merged_into=person))

Relatives = Callable[[Person, QuerySet[Any], date], bool]
"""Whether, on the day, the person lives in a household with any of the persons whose ids the
queryset gives. One EXISTS statement: the ids stand in it as a subquery and are not fetched."""

Homes = Callable[[QuerySet[Any], date], Exists]
"""The same of every row with a `person_id`, as a condition of the statement that reads the rows."""

_relatives: list[Relatives] = []
_homes: list[Homes] = []


def register_relatives(relatives: Relatives, homes: Homes) -> None:
    """Let a room that knows households say who lives with a member of staff (A2)."""
    _relatives.append(relatives)
    _homes.append(homes)


def closed(today: date) -> Q:
    """Rows with a `person_id` of a person whose record is closed to the user: the user's own, of
    the user's household, or a colleague's (A2). What the card refuses, no list tells; of a
    colleague not even where the company lets cards be opened, for a list raises no alarm. No
    statement of its own."""
    return closed_to(current().actor.user_id, today)


def closed_to(acting: int | None, today: date) -> Q:
    """The same for a member of staff; nothing is closed to jobs of the system."""
    return reduce(or_, _ways_closed(acting, today))


def none_closed(rows: QuerySet[Any], today: date) -> Q:
    """None of these rows is of a person whose record is closed to the user; they name what is asked
    for by an OuterRef. Each way of being closed is asked by itself: PostgreSQL then begins from the
    few ties there are, instead of weighing every row."""
    ways = _ways_closed(current().actor.user_id, today)
    return reduce(and_, (Q(~Exists(rows.filter(way))) for way in ways))


def _ways_closed(acting: int | None, today: date) -> list[Q]:
    if acting is None:
        return [Q(pk__in=())]
    kinds = (TieKind.HOUSEHOLD, TieKind.COLLEAGUE)
    return _ties_by(Q(staff_id=acting, kind__in=kinds) | Q(kind=TieKind.OWN), acting, today)


def near(today: date) -> Q:
    """Rows with a `person_id` of a person on whom the user does not decide: the user's own record,
    of the user's household, or of whoever the user is recorded as tied to. Records of colleagues
    are closed to the user too, yet there is nothing of the user's own in them. No statement of its
    own."""
    acting = current().actor.user_id
    if acting is None:
        return Q(pk__in=())
    kinds = (TieKind.OWN, TieKind.HOUSEHOLD, TieKind.COLLEAGUE)
    return reduce(or_, _ties_by(Q(staff_id=acting, kind__in=kinds), acting, today))


def _ties_by(links: Q, acting: int, today: date) -> list[Q]:
    own = _own(acting, today).values_list("person_id", flat=True)
    tied = Exists(_links(today).filter(links, person_id=OuterRef("person_id")))
    return [Q(tied), *(Q(homes(own, today)) for homes in _homes)]


def told_to_user(ids: Sequence[int], *, today: date) -> list[int]:
    """Those of the persons, in their order, whose contact details may be told to the user; one
    statement, none when there are no ids."""
    if not ids:
        return []
    found = Person.objects.filter(pk__in=ids).annotate(person_id=F("pk")).filter(~closed(today))
    told = set(found.values_list("pk", flat=True))
    return [pk for pk in ids if pk in told]


_ways: list[str] = []


def open_by_break_glass_at(url_name: str) -> None:
    """Name the page where a closed record is opened for an emergency (hätäkatselu, 10.4); it takes
    the public id of the person."""
    _ways.append(url_name)


CLEARED: Final = "persons.restriction"
"""Where the context keeps for whom a reason to open restricted data holds: public id → code."""


def one_person(public_id: str, *, asking: bool = False) -> Person:
    """The person of an address, unless the signed-in user is tied to them; one statement, one more
    where there is a tie to weigh, and more for a user whose own record is in the register.

    The address of a record merged into another's leads to the surviving one.

    Raises ObjectDenied when there is none (the page is that of 404), and TiedDenied, with an alarm
    for the log auditor, when it is the user's own record, or of the user's household or a
    colleague (A2). A page that asks for it is `asking`; any other raises NeighbourAsked
    when the person lives in the user's street and neither a purpose was stated nor a case is open
    (A1), and ReasonDemanded when the processing is restricted and no reason to open the record was
    stated (A35). Jobs and commands of the system have no ties, and do what they must with
    restricted data.
    """
    acting, today = current().actor.user_id, timezone.localdate()
    found = _addressed(public_id, acting, today)
    if not found:
        raise ObjectDenied(PERSON_TABLE)
    person = found[0]
    if person.merged_into_id is not None:
        return one_person(surviving(person).public_id, asking=asking)
    if acting is None:
        return person
    if person.tied:  # type: ignore[attr-defined]  # annotated
        _refuse_tied(person, acting, today)
        if not asking:
            ask_of_neighbours([person.pk], reverse("persons:purpose", args=[person.public_id]))
    if person.restricted and not asking:  # type: ignore[attr-defined]  # annotated
        _demand_reason(person)
    return person


def _purpose_missing() -> bool:
    """Whether the purpose is only the usual one of the role, and no case tells of the work."""
    ctx = current()
    return not ctx.purpose_stated and ctx.case is None and ctx.actor.opened is None


def refuse_restricted(persons: Collection[int] | QuerySet[Any], *, today: date) -> None:
    """Raise ReasonDemanded when the processing of one of these persons is restricted and no reason
    to open the record was stated (A35); one statement. Nothing is asked of jobs of the system."""
    if current().actor.user_id is None:
        return
    restricted = Mark.objects.filter(in_force(today), kind=MarkKind.RESTRICTION, person__in=persons)
    for one in restricted.select_related("person"):
        _demand_reason(one.person)


def _demand_reason(person: Person) -> None:
    """Raise ReasonDemanded unless a reason to open this restricted record holds."""
    ctx = current()
    cleared: Any = ctx.memo.get(CLEARED, {})
    reason = cleared.get(person.public_id)
    if reason is None:
        ctx.note_denied(PERSON_TABLE, person.pk)
        ctx.note("restricted", "no reason")
        raise ReasonDemanded(reverse("persons:restricted", args=[person.public_id]))
    ctx.note("restricted", reason)


def refuse_if_tied(person: Person) -> None:
    """Raise TiedDenied, with an alarm, when the record is closed to the signed-in user (A2); one
    statement, one more where there is a tie to weigh. Jobs of the system have no ties."""
    acting, today = current().actor.user_id, timezone.localdate()
    if acting is not None and _ties_to_weigh(person.pk, acting, today):
        _refuse_tied(person, acting, today)


def closest_tie(person: Person) -> str:
    """The kind of the tie that closes the person's record to the user; an empty text when none."""
    acting, today = current().actor.user_id, timezone.localdate()
    if acting is None or not _ties_to_weigh(person.pk, acting, today):
        return ""
    return _closest_tie(person, acting, today)


def own_record(today: date) -> Exists:
    """Whether the user has a record of his own in the register: without one there are no neighbours
    to be asked about. A part of the statement that reads what is asked for."""
    return Exists(_own(current().actor.user_id, today))


def ask_of_neighbours(persons: Collection[int], way: str) -> None:
    """Raise NeighbourAsked, which leads to `way`, when one of these persons lives in the user's
    street and neither a purpose was stated nor a case is open (A1); two statements, none when
    nothing is to be asked."""
    if _purpose_missing() and lives_near(persons):
        current().note("asked", "neighbour")
        raise NeighbourAsked(way)


def is_neighbour(person: Person) -> bool:
    """Whether the person lives in the street where the user's own record says he lives (A1); two
    statements. Addresses under turvakielto are sealed and tell nothing."""
    return lives_near([person.pk])


def lives_near(persons: Collection[int]) -> bool:
    """The same of any of the persons."""
    acting, today = current().actor.user_id, timezone.localdate()
    own = [] if acting is None else list(_own(acting, today).values_list("person_id", flat=True))
    if not own:
        return False
    call = (
        "SELECT EXISTS (SELECT FROM unnest(%s::bigint[]) one"
        " WHERE registry_persons_neighbours(one, %s, %s))"
    )
    with raw_sql("same street: a function that answers yes or no"), connection.cursor() as cursor:
        cursor.execute(call, [list(persons), own, today])
        found: bool = cursor.fetchone()[0]
    return found


def note_asked_for(kwargs: Mapping[str, Any]) -> None:
    """The event of a refusal names the person of the address as its target; one statement."""
    if "public_id" not in kwargs:
        return
    asked = Person.with_merged.filter(public_id=kwargs["public_id"]).only("pk").first()
    if asked is not None:
        current().note_denied(PERSON_TABLE, asked.pk)
        current().note_subjects([asked.pk])


@prepared
def _addressed(public_id: str, acting: int | None, today: date) -> QuerySet[Person]:
    """The person, and whether there is a tie to weigh. Nearly always there is none, and telling so
    is much cheaper than weighing them all."""
    ties = _links(today).filter(_weighed(OuterRef("pk"), acting))
    restricted = Mark.objects.filter(
        in_force(today), person=OuterRef("pk"), kind=MarkKind.RESTRICTION
    ).order_by()
    found = Person.with_merged.filter(public_id=public_id).order_by()
    return found.annotate(tied=Exists(ties), restricted=Exists(restricted))


@prepared
def _ties_to_weigh(person_id: int, acting: int, today: date) -> QuerySet[StaffLink, int]:
    return _links(today).filter(_weighed(person_id, acting)).values_list("pk", flat=True)[:1]


def _weighed(person_id: Any, acting: int | None) -> Q:
    """The ties to weigh: those to the person, and of the user to a record of their own."""
    return Q(person_id=person_id) | Q(staff_id=acting, kind=TieKind.OWN)


def surviving(person: Person) -> Person:
    """The record that lives on: the person itself, or whom its record was merged into."""
    known = Person.with_merged.only("public_id", "customer_number", "merged_into")
    while person.merged_into_id is not None:
        person = known.get(pk=person.merged_into_id)
    return person


def records_of(person: Person) -> list[Person]:
    """The record of a person and those that were merged into it, also by way of one another; one
    statement for a person without any. Of the merged ones their numbers alone are read."""
    found = last = [person]
    known = Person.with_merged.only("public_id", "customer_number", "merged_into")
    while last := list(known.filter(merged_into__in=last)):
        found = [*found, *last]
    return found


def record_ids(person: Person) -> list[int]:
    """Their ids: under these the person stands in the log. Not read again on the same page."""
    if known_empty(person, Person):
        return [person.pk]
    return read_once(person, "records", lambda: [record.pk for record in records_of(person)])


def _links(today: date) -> QuerySet[StaffLink]:
    return StaffLink.objects.filter(in_force(today)).order_by()


def _own(acting: int | None, today: date) -> QuerySet[StaffLink]:
    return _links(today).filter(staff_id=acting, kind=TieKind.OWN)


def _tie(acting: int, today: date) -> Case:
    """The kind of the tie that closes the record to the user, the closest first; '' when none."""
    here = _links(today).filter(person=OuterRef("pk"))
    mine = here.filter(staff_id=acting)
    others = here.filter(kind=TieKind.OWN).exclude(staff_id=acting)
    return Case(
        When(Exists(mine.filter(kind=TieKind.OWN)), then=Value(TieKind.OWN.value)),
        When(Exists(mine.filter(kind=TieKind.HOUSEHOLD)), then=Value(TieKind.HOUSEHOLD.value)),
        When(Exists(mine.filter(kind=TieKind.COLLEAGUE)), then=Value(TieKind.COLLEAGUE.value)),
        When(Exists(others), then=Value(TieKind.COLLEAGUE.value)),
        default=Value(""),
    )


def _refuse_tied(person: Person, acting: int, today: date) -> None:
    tie = _closest_tie(person, acting, today)
    if not tie:
        return
    if _opened(person) and tie != TieKind.OWN:
        current().note("tie", tie)
        return
    _alarm(tie)
    if tie != TieKind.COLLEAGUE or limits().blocks_colleagues:
        _refuse(person, way=tie != TieKind.OWN)


def _opened(person: Person) -> bool:
    """Whether a break-glass has opened the record now."""
    opened = current().actor.opened
    return opened is not None and opened.person == person.pk


def refuse_own(person: Person) -> None:
    """Raise TiedDenied, with an alarm, when the record is the user's own or of the household.

    For those who watch the log: what concerns a colleague is theirs to look at, what concerns
    themselves is another's (A2).
    """
    acting, today = current().actor.user_id, timezone.localdate()
    if acting is None or not _ties_to_weigh(person.pk, acting, today):
        return
    tie = _closest_tie(person, acting, today)
    if tie in (TieKind.OWN, TieKind.HOUSEHOLD):
        _alarm(tie)
        _refuse(person)


def _closest_tie(person: Person, acting: int, today: date) -> str:
    """The kind of the tie that closes the record to the user, or an empty text."""
    weighed = Person.objects.filter(pk=person.pk).only("pk")
    found: Any = weighed.annotate(
        tie=_tie(acting, today), has_own=Exists(_own(acting, today))
    ).get()
    tie: str = found.tie
    if not tie and found.has_own:
        own = _own(acting, today).values_list("person_id", flat=True)
        tie = TieKind.HOUSEHOLD if any(lives(person, own, today) for lives in _relatives) else ""
    return tie


def _alarm(tie: str) -> None:
    current().alarm = True
    current().note("tie", tie)


def _refuse(person: Person, *, way: bool = False) -> NoReturn:
    """Refuse; `way` tells that an emergency may open the record."""
    current().note_denied(PERSON_TABLE, person.pk)
    raise TiedDenied(reverse(_ways[-1], args=[person.public_id]) if way and _ways else "")


def same_person(one: int, other: int, *, today: date) -> bool:
    """Whether two accounts of staff are one person's: the same, or both tied to one record as their
    own. What takes two persons is not done by one with two accounts; one statement, none for the
    same account."""
    return one_of(one, {other}, today=today)


def one_of(acting: int | None, others: Collection[int | None], *, today: date) -> bool:
    """Whether an account is of one of these people, as `same_person`; one statement, none when the
    account itself is among them, and none of the software."""
    ids = {one for one in others if one is not None}
    if acting is None or acting in ids or not ids:
        return acting in ids
    own = StaffLink.objects.filter(in_force(today), kind=TieKind.OWN).order_by()
    theirs = own.filter(staff_id__in=ids).values("person")
    return own.filter(staff_id=acting, person__in=theirs).exists()


def may_decide(person: Person, *, today: date) -> bool:
    """Whether the signed-in user may decide on the person: no tie of any kind in force (A3)."""
    acting = current().actor.user_id
    return acting is None or not _links(today).filter(staff_id=acting, person=person).exists()


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie as the screen shows it; `own` is one of the signed-in user, who may not end it."""

    link: StaffLink
    staff: str
    own: bool


def ties_of(person: Person, *, today: date) -> list[Tie]:
    """The ties of a person in force or to come; one statement, none when asked again."""
    if known_empty(person, StaffLink):
        return []
    return _named(read_once(person, "ties", lambda: _ties(person.pk, today)))


@prepared
def _ties(person_id: int, today: date) -> QuerySet[StaffLink]:
    return _shown_ties(today).filter(person_id=person_id)


def all_ties(*, today: date) -> list[Tie]:
    """Ties in force or to come, by the person's name; one statement."""
    found = _shown_ties(today).select_related("person").only(*_TIE_FIELDS, *_PERSON_FIELDS)
    return _named(found.order_by("person__sort_key", "id")[:SHOWN_TIES])


def _shown_ties(today: date) -> QuerySet[StaffLink]:
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    return StaffLink.objects.filter(not_over).select_related("staff").only(*_TIE_FIELDS)


def _named(found: Iterable[StaffLink]) -> list[Tie]:
    acting = current().actor.user_id
    return [Tie(link, link.staff.full_name, link.staff_id == acting) for link in found]


def tie_by_id(pk: int) -> StaffLink:
    """A tie. Raises ObjectDenied when there is none."""
    link = StaffLink.objects.select_related("person").filter(pk=pk).first()
    if link is None:
        raise ObjectDenied(LINK_TABLE, pk)
    return link
