"""What staff look at of openings. Each function runs a fixed number of statements.

A flat where somebody lives under turvakielto is told by none of them, as elsewhere (7.3, A20).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from leases.contracts.models import Party
from leases.doors.models import Correction, Opening, Outcome, Question, Report, State
from leases.doors.queries.matching import still_holds
from leases.doors.rules.letting_in import Answer
from leases.homes.models import Flat, Occupancy
from leases.inspections.queries import refuse_closed_home
from registry.disclosures.models import Category, Recipient
from registry.disclosures.queries import active_recipients
from registry.persons.models import Person
from registry.persons.queries import may_know_of_protection, person_by_public_id
from registry.persons.queries.presence import known_empty
from registry.persons.queries.presence import register as seldom
from registry.persons.queries.standing import closed
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.accounts.queries import staff_names

PAGE: Final = 50
SHOWN: Final = 5
"""How many openings a panel shows."""

TABLE: Final = "leases_doors_opening"
ASKED: Final = "leases_doors_question"
QUESTION: Final = ("question__flat", "question__person", "company")
seldom(Question)


@dataclass(slots=True)
class OpeningRow:
    """An opening with what counts of it: the latest correction, or its own report."""

    opening: Opening
    names: dict[int, str] = field(default_factory=dict)
    corrections: list[Correction] = field(default_factory=list)

    @property
    def counts(self) -> Report:
        """The report that counts."""
        return self.corrections[-1] if self.corrections else self.opening

    @property
    def hidden(self) -> bool:
        """Whether the flat is not told."""
        found: bool = self.opening.hidden  # type: ignore[attr-defined]  # annotated
        return found

    @property
    def state(self) -> State:
        """How far it has come."""
        if self.opening.done_at is None:
            return State.OPEN
        return State.OPENED if self.counts.outcome == Outcome.OPENED else State.NOT_OPENED

    @property
    def ordered_by(self) -> str:
        """Who ordered it."""
        return self.names.get(self.opening.ordered_by_id or 0, "")

    @property
    def asked_by(self) -> str:
        """Who asked."""
        return self.names.get(self.opening.question.asked_by_id or 0, "")

    @property
    def reported_by(self) -> str:
        """Who reported how it went."""
        return self.names.get(self.opening.reported_by_id or 0, "")


def told(today: date) -> QuerySet[Opening]:
    """Openings that may be told to the actor, each with whether its flat is hidden: not those of
    people whose record is closed to the user (A2), nor of protected people to whoever may not know
    of a turvakielto."""
    theirs = Party.objects.filter(closed(today), lease=OuterRef("question__lease_id"))
    found = Opening.objects.filter(~Exists(theirs)).annotate(hidden=_hidden())
    return found if may_know_of_protection() else found.filter(hidden=False)


def _hidden(lease: str = "question__lease_id") -> Exists:
    """Whether somebody under turvakielto lives in the flat by the lease; `lease` names the one of a
    row."""
    return Exists(Occupancy.objects.filter(lease=OuterRef(lease), hidden=True))


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters of the list of openings; none of them tells of a person. `company` 0 is the
    company's own maintenance."""

    state: State | None = None
    company: int | None = None


def opening_list(filters: Filters, page: int, *, today: date) -> Page[OpeningRow]:
    """A page of 50 openings, the newest first; four statements. A page beyond the last gives the
    last."""
    chosen = told(today).filter(_is_state(filters.state)).select_related(*QUESTION)
    if filters.company is not None:
        own = Q(company__isnull=True)
        chosen = chosen.filter(own if filters.company == 0 else Q(company=filters.company))
    found = Paginator(chosen.order_by("-ordered_at", "-id"), PAGE).get_page(page)
    paginator: Any = found.paginator
    return Page(_rows(found.object_list), found.number, paginator)


def _is_state(state: State | None) -> Q:
    """Openings of a state; the latest correction counts."""
    match state:
        case None:
            return Q()
        case State.OPEN:
            return Q(done_at__isnull=True)
        case State.OPENED:
            return Q(Exists(_counting(Outcome.OPENED))) | Q(
                ~Exists(_corrections()), outcome=Outcome.OPENED
            )
        case State.NOT_OPENED:
            return Q(Exists(_counting(Outcome.NOT_OPENED))) | Q(
                ~Exists(_corrections()), outcome=Outcome.NOT_OPENED
            )


def _corrections() -> QuerySet[Correction]:
    return Correction.objects.filter(opening=OuterRef("pk")).order_by()


def _counting(outcome: Outcome) -> QuerySet[Correction]:
    """The latest correction, when it says so."""
    later = Correction.objects.filter(opening=OuterRef("opening"), pk__gt=OuterRef("pk")).order_by()
    return _corrections().filter(~Exists(later), outcome=outcome)


def _rows(openings: Iterable[Opening]) -> list[OpeningRow]:
    """Openings with names of staff and corrections; two statements."""
    found = list(openings)
    users = {
        user
        for one in found
        for user in (one.ordered_by_id, one.reported_by_id, one.question.asked_by_id)
        if user is not None
    }
    names = staff_names(users)
    by_opening: dict[int, list[Correction]] = {}
    for row in Correction.objects.filter(opening__in=[one.pk for one in found]).order_by("id"):
        by_opening.setdefault(row.opening_id, []).append(row)
    return [OpeningRow(one, names, by_opening.get(one.pk, [])) for one in found]


def opening_by_id(pk: int, *, today: date) -> OpeningRow:
    """An opening; five statements.

    The door to it is that of whoever was let in: raises ObjectDenied when there is none or its flat
    may not be told, and what `person_by_public_id` raises (A2, A35), also for others of the lease
    whose records are closed to the user.
    """
    row = Opening.objects.filter(pk=pk).annotate(hidden=_hidden()).select_related(*QUESTION).first()
    if row is None or row.question.person is None:
        raise ObjectDenied(TABLE, pk)
    if row.hidden and not may_know_of_protection():
        raise ObjectDenied(TABLE, pk)
    person_by_public_id(row.question.person.public_id)
    refuse_closed_home(row.question.lease_id)
    return _rows([row])[0]


def openings_of_flat(flat: Flat, *, today: date) -> list[OpeningRow]:
    """The latest openings of a flat, none of people under turvakielto; at most three statements."""
    chosen = told(today).filter(~_hidden(), question__flat=flat).select_related(*QUESTION)
    return _rows(chosen.order_by("-ordered_at", "-id")[:SHOWN])


def openings_of_person(person: Person, *, today: date) -> list[OpeningRow]:
    """The openings on a person's own word, newest first; three statements, none without any."""
    if known_empty(person, Question):
        return []
    chosen = told(today).filter(question__person=person).select_related(*QUESTION)
    return _rows(chosen.order_by("-ordered_at", "-id"))


def unreported(before: datetime, *, today: date) -> list[OpeningRow]:
    """Openings ordered before a moment whose outcome nobody has told; three statements."""
    chosen = told(today).filter(done_at__isnull=True, ordered_at__lte=before)
    return _rows(chosen.select_related(*QUESTION).order_by("ordered_at", "id"))


def companies(*, today: date) -> list[Recipient]:
    """Companies that open doors and have an agreement in force, by name; one statement."""
    wanted = (Category.DOORS, Category.MAINTENANCE)
    return [one for one in active_recipients(today=today) if one.category in wanted]


def ordered_on(pk: int, *, today: date) -> Opening | None:
    """The opening that was ordered on an answer, when it may be told to the actor; one
    statement."""
    return told(today).filter(question=pk).first()


def question_to_open(pk: int, now: datetime, *, own: bool) -> Question:
    """An answer of the last day that allows an opening, holds still and was not used yet, with
    `own` one that the user got; three statements.

    Raises ObjectDenied when there is none, or its flat may not be told: that a ban has come since
    is not told apart from a tenancy that ended.
    """
    chosen = Question.objects.filter(
        pk=pk, answer=Answer.YES, asked_at__gt=now - timedelta(days=1), opening__isnull=True
    )
    if own:
        chosen = chosen.filter(asked_by=current().actor.user_id)
    row = chosen.annotate(hidden=_hidden("lease_id")).select_related("flat", "person").first()
    if row is None or row.person is None:
        raise ObjectDenied(ASKED, pk)
    if row.hidden and row.asked_by_id != current().actor.user_id:
        raise ObjectDenied(ASKED, pk)  # the flat is told to whoever gave a reason
    if not still_holds(row, today=timezone.localdate(now)):
        raise ObjectDenied(ASKED, pk)
    return row
