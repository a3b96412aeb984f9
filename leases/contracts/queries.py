"""What staff look at of leases. Each function runs a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.paginator import Page
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from leases.contracts.models import (
    Component,
    DayOf,
    LateDay,
    Lease,
    Notice,
    Party,
    PersonChange,
    in_order,
)
from leases.contracts.rule_rows import MOVING_IN_DAYS
from leases.contracts.rules.calendar import LastDay
from leases.contracts.rules.changes import Change, act_by
from leases.contracts.rules.notice import Standing, defects
from leases.contracts.rules.persons import LIVING, Liable, Role, liable
from leases.contracts.rules.persons import Party as Bound
from leases.contracts.rules.stages import Stage
from leases.contracts.rules.terms import Kind
from leases.contracts.services.common import HALF_YEAR, holidays_from, numbers_of
from leases.contracts.services.drafting import missing_parts
from leases.contracts.services.ending import effect_of
from leases.homes.models import Flat, Occupancy
from registry.persons.models import Mark, MarkKind, Person
from registry.persons.queries import in_force, may_know_of_protection, person_by_public_id
from registry.persons.queries.lists import BoundedPaginator
from registry.persons.queries.presence import known_empty
from registry.persons.queries.presence import register as seldom
from registry.persons.queries.standing import closed, none_closed, refuse_if_tied
from vuokra.access.errors import ObjectDenied
from vuokra.rules.lookup import Why
from vuokra.rules.queries import rule

PAGE = 50
FLAT = ("flat__stair__building__site",)
TABLE = "leases_contracts_lease"
NEWEST = ("-starts_on", "-id")
seldom(Party)


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters of the list of leases; none of them tells of a person."""

    stage: Stage | None = None
    site: int | None = None


@dataclass(slots=True)
class LeaseRow:
    """A lease with its parties and what it costs on the day."""

    lease: Lease
    today: date
    parties: list[Party] = field(default_factory=list)
    month_eur: Decimal = Decimal(0)

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        return self.lease.stage_on(self.today)

    @property
    def hidden(self) -> bool:
        """Whether somebody under turvakielto lives there, or lived there under one: the flat is not
        told then (7.3), nor when the ban has ended since (DP-T4)."""
        return any(
            one.person.protected or one.kept_secret  # type: ignore[attr-defined]  # annotated
            for one in self.parties if one.role in LIVING
        )  # fmt: skip

    @property
    def tenants(self) -> list[Party]:
        """Who rents it, the first tenant first; whoever was replaced by another does not."""
        return [one for one in self.parties if one.rents_on(self.today)]


# -- the list ----------------------------------------------------------------------------------


def lease_list(filters: Filters, page: int, *, today: date) -> Page[LeaseRow]:
    """A page of 50 leases, newest first; four statements. Leases of people whose record is closed
    to the user are not told (A2), nor those of protected people to whoever may not know of a
    turvakielto. A page beyond the last gives the last."""
    paginator = BoundedPaginator(_listed(filters, today).order_by(*NEWEST).values("pk"), PAGE)
    found = paginator.get_page(page)
    keys: Any = found.object_list  # of all that stand before them no more is read
    shown = Lease.objects.filter(pk__in=keys).select_related("flat")
    rows = with_parts(list(shown.order_by(*NEWEST)), today)
    return Page(rows, found.number, paginator)


def of_nobody_closed(today: date) -> Q:
    """Leases of nobody whose record is closed to the user (A2)."""
    return none_closed(Party.objects.filter(lease=OuterRef("pk")), today)


def home_told(lease: str) -> Q:
    """Leases whose flat may be told to whoever may not know of a turvakielto; `lease` names the
    lease of a row. A lease that is not signed, or was cancelled, is judged by its people."""
    lives = Party.objects.filter(lease=OuterRef(lease), person__protected=True, role__in=LIVING)
    secret = Occupancy.objects.filter(lease=OuterRef(lease), hidden=True)
    return Q(~Exists(lives)) & Q(~Exists(secret))


def _listed(filters: Filters, today: date) -> QuerySet[Lease]:
    chosen = Lease.objects.filter(of_nobody_closed(today), stage_is(filters.stage, today))
    if filters.site is not None or not may_know_of_protection():
        chosen = chosen.filter(home_told("pk"))
    if filters.site is not None:
        chosen = chosen.filter(flat__stair__building__site=filters.site)
    return chosen


MOST_PRINTED = 500
"""How many leases are printed at once."""


def leases_to_print(filters: Filters, *, today: date) -> list[LeaseRow]:
    """The oldest leases of the filters, no more than are printed at once, without those that the
    list does not tell; two statements, and one for the parts of the rent."""
    found = _listed(filters, today).select_related("flat").order_by("starts_on", "id")
    return with_parts(list(found[:MOST_PRINTED]), today)


def stage_is(stage: Stage | None, today: date) -> Q:
    """Leases at a stage, as `rules.stages.stage` tells it; all but the cancelled without one."""
    alive = Q(cancelled_on__isnull=True)
    signed = alive & Q(concluded_on__isnull=False)
    ended = Q(last_day__lt=today) | Q(
        last_day__isnull=True, kind=Kind.FIXED_TERM, term_ends_on__lt=today
    )
    ending = Q(last_day__isnull=False) | Q(kind=Kind.FIXED_TERM)
    match stage:
        case None:
            return alive
        case Stage.CANCELLED:
            return ~alive
        case Stage.DRAFT:
            return alive & Q(concluded_on__isnull=True, ready_at__isnull=True)
        case Stage.WAITING:
            return alive & Q(concluded_on__isnull=True, ready_at__isnull=False)
        case Stage.COMING:
            return signed & Q(starts_on__gt=today) & ~ended
        case Stage.IN_FORCE:
            return signed & Q(starts_on__lte=today) & ~ending
        case Stage.NOTICE:
            return signed & Q(starts_on__lte=today) & ending & ~ended
        case Stage.ENDED:
            return signed & ended


def with_parts(leases: Sequence[Lease], today: date) -> list[LeaseRow]:
    """The leases with their parties and monthly sums; two statements."""
    rows = _with_parties(leases, today)
    for part in Component.objects.filter(lease__in=list(rows)).order_by():
        row = rows[part.lease_id]
        if _counts(part, row.lease, today):
            row.month_eur += part.month_eur
    return list(rows.values())


def _with_parties(leases: Iterable[Lease], today: date) -> dict[int, LeaseRow]:
    rows = {lease.pk: LeaseRow(lease, today) for lease in leases}
    for party in _parties(rows):
        rows[party.lease_id].parties.append(party)
    return rows


def _parties(leases: Iterable[int]) -> QuerySet[Party]:
    secret = Occupancy.objects.filter(lease=OuterRef("lease_id"), hidden=True)
    found = Party.objects.filter(lease__in=list(leases)).annotate(kept_secret=Exists(secret))
    return found.select_related("person").order_by("id")


def _counts(part: Component, lease: Lease, today: date) -> bool:
    """Whether a part of the rent holds on the day, or on the first day of a lease to come."""
    day = max(today, lease.starts_on)
    if lease.ends_on is not None:
        day = min(day, lease.ends_on)
    return part.valid_from <= day and (part.valid_to is None or day <= part.valid_to)


# -- one lease ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A paper of a lease, and the rules that its end day follows."""

    paper: Notice
    why: Why

    @property
    def lacking(self) -> list[str]:
        """What makes it ineffective, in words."""
        return [str(one.label) for one in defects(self.paper.paper)]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of person, and by when the company acts on it."""

    change: PersonChange
    act_by: LastDay | None

    @property
    def waits(self) -> bool:
        """Whether the company has not answered."""
        return self.change.change == Change.PERMITTED and self.change.answered_on is None


@dataclass(frozen=True, slots=True)
class LeasePage:
    """A lease with all that is recorded of it."""

    row: LeaseRow
    components: list[Component]
    notices: list[NoticeRow]
    changes: list[ChangeRow]
    liable: Liable
    missing: list[str]
    late: list[LateDay] = field(default_factory=list)

    @property
    def chosen_late(self) -> list[LateDay]:
        """Signing days entered late, of which the law of the lease follows."""
        return [one for one in self.late if one.what == DayOf.SIGNATURE]

    @property
    def notice(self) -> Notice | None:
        """The paper that ends it, when one is in force: the first to end it of several."""
        papers = [one.paper for one in self.notices if not one.paper.withdrawn_on]
        ending = [(one.ends_on, one.pk, one) for one in papers if one.ends_on]
        return min(ending)[2] if ending else None

    @property
    def joint(self) -> list[Party]:
        """Who answers for the rent on the day, each for all of it."""
        return self._parties({one.person for one in self.liable.joint})

    @property
    def guarantors(self) -> list[Party]:
        """Who guarantees it on the day."""
        return self._parties({one.person for one in self.liable.guarantors})

    def _parties(self, chosen: set[Hashable]) -> list[Party]:
        return [one for one in self.row.parties if one.pk in chosen]

    @property
    def unsigned(self) -> list[Party]:
        """Whose signatures it waits for."""
        return [one for one in self.row.parties if one.signs and one.signed_on is None]


def lease_by_id(pk: int, *, today: date) -> LeaseRow:
    """A lease with its parties; four statements.

    The door to a lease is the door to the records of its parties: raises ObjectDenied when there is
    none, and what `person_by_public_id` raises for a party who is the user's own or a colleague
    (A2), or whose processing is restricted (A35).
    """
    lease = Lease.objects.select_related(*FLAT, "previous", "premises").filter(pk=pk).first()
    if lease is None:
        raise ObjectDenied(TABLE, pk)
    row = LeaseRow(lease, today, list(_parties([pk])))
    people = {party.person_id: party.person for party in row.parties}
    for found in Party.objects.filter(closed(today), lease=pk).values_list("person_id", flat=True):
        refuse_if_tied(people[found])
    marks = Mark.objects.filter(in_force(today), kind=MarkKind.RESTRICTION, person__in=people)
    for found in marks.values_list("person_id", flat=True):
        person_by_public_id(people[found].public_id)
    return row


def lease_page(row: LeaseRow) -> LeasePage:
    """What is recorded of a lease beside its parties; four statements, one more for each change of
    person (holidays)."""
    lease = row.lease
    parts = lease.components if row.hidden else lease.components.select_related("place")  # (7.2)
    components = in_order(parts.all())
    row.month_eur = sum(
        (part.month_eur for part in components if _counts(part, lease, row.today)), Decimal(0)
    )
    bound = [Bound(one.pk, Role(one.role), one.valid_from, one.valid_to) for one in row.parties]
    day = max(row.today, lease.starts_on)
    notices = [NoticeRow(one, _why(one, lease)) for one in lease.notices.all()]
    changes = [_change(one, lease) for one in _changes(row.today).filter(lease=lease)]
    return LeasePage(
        row, components, notices, changes, liable(bound, day, day),
        missing_parts(row.parties, components), list(lease.late_days.all()),
    )  # fmt: skip


def _changes(today: date) -> QuerySet[PersonChange]:
    """Changes by which nobody comes whose record is closed to the user (A2): on a request of one's
    own another decides."""
    told = PersonChange.objects.annotate(person_id=F("coming_id")).filter(~closed(today))
    return told.select_related("leaving__person", "coming")


def _change(change: PersonChange, lease: Lease) -> ChangeRow:
    holidays = holidays_from(change.told_on, HALF_YEAR)
    numbers = numbers_of(lease.concluded_on)
    return ChangeRow(change, act_by(numbers, Change(change.change), change.told_on, holidays))


def change_of(row: LeaseRow, pk: int) -> PersonChange:
    """Raises ObjectDenied for a change of another lease, and for one that is closed to the user."""
    found = _changes(row.today).filter(lease=row.lease, pk=pk).first()
    if found is None:
        raise ObjectDenied("leases_contracts_personchange", pk)
    found.lease = row.lease
    return found


def unanswered(*, today: date) -> list[ChangeRow]:
    """Requests to transfer a lease that wait for the company's answer; one statement, and one more
    for each (holidays)."""
    mine = ~Exists(Party.objects.filter(closed(today), lease=OuterRef("lease")))
    asked = _changes(today).filter(mine, change=Change.PERMITTED, answered_on__isnull=True)
    rows = asked.select_related(None).select_related("lease").order_by("told_on")
    return [_change(one, one.lease) for one in rows]


def _why(notice: Notice, lease: Lease) -> Why:
    """The rules by which the end day of a served notice was worked out; what was used never
    changes."""
    if notice.ends_on is None or notice.served_on is None:
        return ()
    notice.lease = lease
    effect = effect_of(notice, notice.served_on)
    return effect.applied.why if effect else ()


def party_of(row: LeaseRow, pk: int) -> Party:
    """Raises ObjectDenied for a party of another lease."""
    found = next((one for one in row.parties if one.pk == pk), None)
    if found is None:
        raise ObjectDenied("leases_contracts_party", pk)
    return found


def component_of(lease: Lease, pk: int) -> Component:
    """Raises ObjectDenied for a part of another lease."""
    found = lease.components.filter(pk=pk).first()
    if found is None:
        raise ObjectDenied("leases_contracts_component", pk)
    return found


def late_of(lease: Lease, pk: int) -> LateDay:
    """Raises ObjectDenied for a day of another lease."""
    found = lease.late_days.filter(pk=pk).first()
    if found is None:
        raise ObjectDenied("leases_contracts_lateday", pk)
    return found


def notice_of(lease: Lease, pk: int) -> Notice:
    """Raises ObjectDenied for a paper of another lease."""
    found = lease.notices.filter(pk=pk).first()
    if found is None:
        raise ObjectDenied("leases_contracts_notice", pk)
    found.lease = lease
    return found


# -- of a person, of a flat, of the work queue -------------------------------------------------


def leases_of_person(person: Person, *, today: date) -> list[LeaseRow]:
    """Leases in which a person is or was, newest first; three statements, none for somebody who is
    in none. Who else is in them may close them: by a guarantor's card nobody learns of the home of
    a colleague (A2), nor of one under turvakielto whoever may not know of it (7.3)."""
    if known_empty(person, Party):
        return []
    others = Party.objects.filter(lease=OuterRef("pk")).exclude(person=person)
    told = none_closed(others, today)
    if not person.protected and not may_know_of_protection():
        told &= home_told("pk")
    leases = Lease.objects.filter(told, parties__person=person).select_related("flat")
    return with_parts(list(leases.order_by(*NEWEST).distinct()), today)


def leases_of_flat(flat: Flat, *, today: date) -> list[LeaseRow]:
    """Leases of a flat that have not ended, newest first; three statements. Left out are those
    whose parties may not be told: somebody under turvakielto lives there, or the record is closed
    to the user."""
    ended = stage_is(Stage.ENDED, today)
    leases = Lease.objects.filter(
        of_nobody_closed(today), ~ended, cancelled_on__isnull=True, flat=flat
    ).select_related("flat")
    rows = with_parts(list(leases.order_by(*NEWEST)), today)
    return [row for row in rows if not row.hidden]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Leases that wait for staff: for signatures, to begin soon, with unserved papers, with a day
    that another confirms."""

    unsigned: list[LeaseRow]
    moving_in: list[LeaseRow]
    unserved: list[tuple[LeaseRow, Notice]]
    unconfirmed: list[tuple[LeaseRow, LateDay]]


def waiting(*, today: date) -> Waiting:
    """What waits in the work queue; six statements, one more when a day waits to be confirmed.
    Raises RuleMissing."""
    soon = today + timedelta(days=rule(MOVING_IN_DAYS, today).integer)
    base = Lease.objects.filter(of_nobody_closed(today))
    unsigned = base.filter(stage_is(Stage.WAITING, today)).order_by("ready_at")
    coming = base.filter(
        concluded_on__isnull=False, cancelled_on__isnull=True, starts_on__gte=today,
        starts_on__lte=soon,
    ).order_by("starts_on")  # fmt: skip
    notices: dict[int, list[Notice]] = defaultdict(list)
    for one in Notice.objects.filter(served_on__isnull=True, withdrawn_on__isnull=True):
        if one.standing is Standing.UNSERVED:  # an ineffective paper is never served
            notices[one.lease_id].append(one)
    told = base.filter(~stage_is(Stage.ENDED, today), pk__in=list(notices))
    late = LateDay.objects.filter(other_law=True, confirmed_at__isnull=True)
    waits = {one.lease_id: one for one in late.order_by("-id")}
    chosen = base.filter(pk__in=list(waits)) if waits else base.none()
    rows = _with_parties([*unsigned, *coming, *told, *chosen], today)
    return Waiting(
        [rows[one.pk] for one in unsigned],
        [rows[one.pk] for one in coming],
        [(rows[one.pk], paper) for one in told for paper in notices[one.pk]],
        [(rows[one.pk], waits[one.pk]) for one in chosen],
    )
