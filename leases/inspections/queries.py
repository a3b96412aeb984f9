"""What staff look at of inspections. Each function runs a fixed number of statements.

A flat where somebody lives under turvakielto is told by none of them, as elsewhere (7.3, A20).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from leases.contracts.models import Lease, Party, rents_on
from leases.contracts.queries import FLAT, home_told
from leases.contracts.rules.persons import LIVING
from leases.homes.models import Flat, Meter, Occupancy
from leases.inspections import rules
from leases.inspections.models import Inspection, Photo, Reading, Remark, Room
from leases.inspections.rule_rows import AGREE_DAYS, CHARGEABLE, TERM_DAYS
from leases.inspections.rules import Kind, Pair, State
from registry.persons.models import Mark, MarkKind, Person
from registry.persons.queries import in_force, may_know_of_protection, person_by_public_id
from registry.persons.queries.standing import closed, refuse_if_tied
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.accounts.queries import staff_names
from vuokra.rules.queries import RuleValue, rule

PAGE = 50
TABLE = "leases_inspections_inspection"


@dataclass(slots=True)
class InspectionRow:
    """An inspection as a list shows it. `hidden`: somebody under turvakielto lives there."""

    inspection: Inspection
    inspector: str = ""

    @property
    def hidden(self) -> bool:
        """Whether the flat is not told."""
        found: bool = self.inspection.hidden  # type: ignore[attr-defined]  # annotated
        return found

    @property
    def state(self) -> State:
        """How far it has come."""
        return self.inspection.state


def told(today: date, *, hidden_too: bool = True) -> QuerySet[Inspection]:
    """Inspections that may be told to the actor, each with whether its flat is hidden: not those of
    people whose record is closed to the user (A2), nor of protected people to whoever may not know
    of a turvakielto, nor to anybody without `hidden_too`."""
    theirs = Party.objects.filter(closed(today), lease=OuterRef("lease_id"))
    found = _judged_hidden(Inspection.objects.filter(~Exists(theirs)))
    return found if hidden_too and may_know_of_protection() else found.filter(home_told("lease_id"))


def _judged_hidden(rows: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """The inspections, each with whether its flat is hidden; also of a lease that was cancelled."""
    return rows.annotate(
        hidden=Case(When(home_told("lease_id"), then=Value(False)), default=Value(True))
    )


def is_state(state: State | None) -> Q:
    """Inspections of a state, as `rules.state` tells it; all but the cancelled without one."""
    alive = Q(cancelled_on__isnull=True)
    match state:
        case None:
            return alive
        case State.CANCELLED:
            return ~alive
        case State.SIGNED:
            return Q(signed_on__isnull=False)
        case State.DONE:
            return Q(done_on__isnull=False, signed_on__isnull=True)
        case State.AGREED:
            return alive & Q(done_on__isnull=True)


def inspection_list(state: State | None, page: int, *, today: date) -> Page[InspectionRow]:
    """A page of 50 inspections, those agreed the soonest first, others the newest first; three
    statements. A page beyond the last gives the last."""
    order = ("agreed_at", "id") if state is State.AGREED else ("-agreed_at", "-id")
    chosen = told(today).filter(is_state(state)).select_related("flat").order_by(*order)
    paginator = Paginator(chosen, PAGE)
    found = paginator.get_page(page)
    return Page(_rows(found.object_list), found.number, paginator)  # type: ignore[arg-type]  # the pages of the same list


def _rows(found: Iterable[Inspection]) -> list[InspectionRow]:
    """With the names of the inspectors; one statement, none without any."""
    rows = list(found)
    names = staff_names(row.inspector_id for row in rows if row.inspector_id)
    return [InspectionRow(row, names.get(row.inspector_id or 0, "")) for row in rows]


def of_lease(lease: Lease, *, today: date) -> list[InspectionRow]:
    """Inspections of a lease, newest first; two statements."""
    chosen = told(today).filter(lease=lease).select_related("flat")
    return _rows(chosen.order_by("-agreed_at", "-id"))


# -- one inspection ------------------------------------------------------------------------------


def inspection_by_id(pk: int, *, today: date) -> InspectionRow:
    """An inspection; three statements, one more with an inspector.

    The door to it is that of the people in its lease: raises ObjectDenied when there is none or its
    flat may not be told, and what `person_by_public_id` raises for a party who is the user's own or
    a colleague (A2), or whose processing is restricted (A35).
    """
    found = _judged_hidden(Inspection.objects.filter(pk=pk)).select_related(*FLAT, "contact")
    row = found.first()
    if row is None or (row.hidden and not may_know_of_protection()):  # type: ignore[attr-defined]  # annotated
        raise ObjectDenied(TABLE, pk)
    everyone = _everyone(row.lease_id)
    _refuse_closed(everyone, today)
    marks = Mark.objects.filter(in_force(today), kind=MarkKind.RESTRICTION, person__in=everyone)
    for mark in marks.select_related("person"):
        person_by_public_id(mark.person.public_id)
    return _rows([row])[0]


@dataclass(slots=True)
class RoomRow:
    """A room with its remarks and their pictures."""

    room: Room
    remarks: list[RemarkRow] = field(default_factory=list)


@dataclass(slots=True)
class RemarkRow:
    """A remark and its pictures."""

    remark: Remark
    photos: list[Photo] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Charge:
    """What is proposed to be charged, and by which rule."""

    lines: list[Remark]
    total: Decimal
    why: RuleValue


@dataclass(frozen=True, slots=True)
class InspectionPage:
    """An inspection with its rooms, its charge proposal and the readings taken at it."""

    row: InspectionRow
    rooms: list[RoomRow]
    readings: list[Reading]
    charge: Charge

    @property
    def left(self) -> list[Room]:
        """Rooms that have not been gone through."""
        return [one.room for one in self.rooms if not one.room.checked]


def inspection_page(row: InspectionRow, *, today: date) -> InspectionPage:
    """What is recorded of an inspection; four statements. Pictures are not opened."""
    rooms = _rooms(row.inspection)
    readings = Reading.objects.filter(inspection=row.inspection).select_related("meter")
    remarks = [one.remark for room in rooms for one in room.remarks]
    return InspectionPage(
        row, rooms, list(readings.order_by("meter__kind", "meter_id")), charge_of(remarks, today)
    )


def _rooms(inspection: Inspection) -> list[RoomRow]:
    """Rooms in their order with remarks and pictures; three statements."""
    rooms = {room.pk: RoomRow(room) for room in inspection.rooms.all()}
    remarks = {
        one.pk: RemarkRow(one)
        for one in Remark.objects.filter(room__inspection=inspection).order_by("id")
    }
    for photo in Photo.objects.filter(remark__room__inspection=inspection).defer("file"):
        remarks[photo.remark_id].photos.append(photo)
    for found in remarks.values():
        found.remark.room = rooms[found.remark.room_id].room
        rooms[found.remark.room_id].remarks.append(found)
    return list(rooms.values())


def charge_of(remarks: Iterable[Remark], today: date) -> Charge:
    """What of the remarks is proposed to be charged (AHVL 25 §)."""
    known = list(remarks)
    lines = [one for one in known if one.estimate_eur and rules.chargeable(one.judged.cause)]
    return Charge(lines, rules.charge(one.judged for one in known), rule(CHARGEABLE, today))


def charge_lines(lease: Lease) -> list[Remark]:
    """What the move-out inspections of a lease propose to charge: the evidence of deductions from a
    deposit. Of those that were done; one statement. Needs the right to read inspections."""
    chosen = Remark.objects.filter(
        room__inspection__lease=lease, room__inspection__kind=Kind.MOVE_OUT,
        room__inspection__done_on__isnull=False, cause=rules.Cause.TENANT,
        estimate_eur__isnull=False,
    ).select_related("room__inspection")  # fmt: skip
    return list(chosen.order_by("room__place", "id"))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The record of a move-out beside that of the move-in, when there is one."""

    before: Inspection | None
    pairs: list[Pair]


def comparison(inspection: Inspection) -> Comparison:
    """The latest move-in inspection of the lease that was done, beside this one; three statements,
    two without one."""
    before = (
        Inspection.objects.filter(
            lease=inspection.lease_id, kind=Kind.MOVE_IN, done_on__isnull=False
        )
        .exclude(pk=inspection.pk)
        .order_by("-done_on", "-id")
        .first()
    )
    earlier = _judged(before) if before else []
    return Comparison(before, rules.compare(earlier, _judged(inspection)))


def _judged(inspection: Inspection) -> list[rules.Remark]:
    rows = Remark.objects.filter(room__inspection=inspection).select_related("room")
    return [one.judged for one in rows.order_by("room__place", "id")]


def room_of(inspection: Inspection, pk: int) -> Room:
    """Raises ObjectDenied for a room of another inspection."""
    found = inspection.rooms.filter(pk=pk).first()
    if found is None:
        raise ObjectDenied("leases_inspections_room", pk)
    found.inspection = inspection
    return found


def remark_of(inspection: Inspection, pk: int) -> Remark:
    """Raises ObjectDenied for a remark of another inspection."""
    found = Remark.objects.filter(room__inspection=inspection, pk=pk).select_related("room").first()
    if found is None:
        raise ObjectDenied("leases_inspections_remark", pk)
    found.room.inspection = inspection
    return found


def photo_of(inspection: Inspection, uuid: UUID) -> Photo:
    """Raises ObjectDenied for a picture of another inspection."""
    chosen = Photo.objects.filter(remark__room__inspection=inspection, uuid=uuid)
    found = chosen.select_related("remark__room").first()
    if found is None:
        raise ObjectDenied("leases_inspections_photo")
    found.remark.room.inspection = inspection
    return found


# -- the paper -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Record:
    """All that the record of an inspection on paper needs. `hidden`: the flat is not told. Of the
    lease only its number is known."""

    page: InspectionPage
    lease: Lease
    tenants: list[Person]
    comparison: Comparison | None

    @property
    def hidden(self) -> bool:
        """Whether somebody under turvakielto lives there."""
        return self.page.row.hidden


def record_of(inspection: Inspection, *, today: date) -> Record:
    """The record of an inspection for the paper that both sign: the rooms, remarks, readings,
    charge proposal, the tenants of the lease and, of a move-out, the comparison."""
    row = inspection_by_id(inspection.pk, today=today)
    page = inspection_page(row, today=today)
    lease = Lease.objects.only("number").get(pk=inspection.lease_id)
    day = inspection.done_on or timezone.localdate(inspection.agreed_at)
    parties = Party.objects.filter(rents_on(day), lease=lease).order_by("id")
    people = Person.objects.in_bulk(keys := list(parties.values_list("person_id", flat=True)))
    compared = comparison(row.inspection) if row.inspection.kind == Kind.MOVE_OUT else None
    return Record(page, lease, [people[key] for key in keys], compared)


# -- meters --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MeterRow:
    """A meter of a flat with its latest readings."""

    meter: Meter
    readings: list[Reading]

    @property
    def latest(self) -> Reading | None:
        """The latest one; None before the first."""
        return self.readings[0] if self.readings else None


SHOWN_READINGS = 5


def meters_of(flat: Flat) -> list[MeterRow]:
    """Meters in use of a flat with their latest readings; two statements. Whose they are is not
    told, nor those of whoever lives there under turvakielto: they would tell when the home was
    moved into. What the user wrote stays in sight: if it vanished, that would tell of the ban. Left
    out are those of homes of people whose record is closed to the user (A2)."""
    meters = list(flat.meters.filter(removed_on__isnull=True))
    rows: dict[int, list[Reading]] = {meter.pk: [] for meter in meters}
    hidden = Occupancy.objects.filter(hidden=True, flat=flat).values("lease")
    theirs = Party.objects.filter(closed(timezone.localdate()), lease=OuterRef("lease_id"))
    told_of = Reading.objects.filter(
        ~Q(lease__in=hidden) | Q(recorded_by=current().actor.user_id), ~Exists(theirs),
        meter__in=meters,
    )  # fmt: skip
    for reading in told_of.order_by("-read_on"):
        if len(rows[reading.meter_id]) < SHOWN_READINGS:
            rows[reading.meter_id].append(reading)
    return [MeterRow(meter, rows[meter.pk]) for meter in meters]


def reading_of(flat: Flat, pk: int) -> Reading:
    """Raises ObjectDenied for a reading of another flat, and TiedDenied for one of a home of
    somebody whose record is closed to the user (A2)."""
    found = Reading.objects.filter(meter__flat=flat, pk=pk)
    row = found.select_related("meter", "inspection").first()
    if row is None:
        raise ObjectDenied("leases_inspections_reading", pk)
    refuse_closed_home(row.lease_id)
    return row


def refuse_closed_home(lease: int | None) -> None:
    """Raises TiedDenied when the record of somebody in the lease is closed to the user: a reading
    of one's own home another writes (A2). One statement, none without a lease."""
    if lease is not None:
        _refuse_closed(_everyone(lease), timezone.localdate())


def _everyone(lease: int) -> QuerySet[Any, Any]:
    """The people in a lease: whoever inspects may not read of what they are in it."""
    return Party.objects.filter(lease=lease).values("person")


def _refuse_closed(everyone: QuerySet[Any, Any], today: date) -> None:
    people = Person.objects.filter(pk__in=everyone).annotate(person_id=F("pk"))
    for person in people.filter(closed(today)):
        refuse_if_tied(person)


# -- what waits ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToAgree:
    """A lease whose inspection has not been agreed on, and of which kind."""

    lease: Lease
    kind: Kind
    hidden: bool
    person_id: int | None


def to_agree(*, today: date) -> list[ToAgree]:
    """Leases that begin soon, and those that end, without an inspection; three statements. The end
    of a fixed term, which is known from the beginning, counts when it is near. Raises RuleMissing.
    """
    begin, end = (
        today + timedelta(days=rule(key, today).integer) for key in (AGREE_DAYS, TERM_DAYS)
    )
    mine = ~Exists(Party.objects.filter(closed(today), lease=OuterRef("pk")))
    base = Lease.objects.filter(mine, concluded_on__isnull=False, cancelled_on__isnull=True)
    coming = base.filter(_uninspected(Kind.MOVE_IN), starts_on__gte=today, starts_on__lte=begin)
    ending = base.filter(
        _uninspected(Kind.MOVE_OUT),
        Q(last_day__gte=today)
        | Q(last_day__isnull=True, kind="fixed_term", term_ends_on__gte=today,
            term_ends_on__lte=end),
    )  # fmt: skip
    found = [(one, Kind.MOVE_IN) for one in coming.order_by("starts_on", "id")]
    found += [(one, Kind.MOVE_OUT) for one in ending.order_by("last_day", "id")]
    people: dict[int, list[Party]] = {}
    parties = Party.objects.filter(lease__in=[one.pk for one, _kind in found])
    for party in parties.select_related("person").order_by("id"):
        people.setdefault(party.lease_id, []).append(party)
    return [_waiting(one, kind, people.get(one.pk, []), today) for one, kind in found]


def _uninspected(kind: Kind) -> Q:
    rows = Inspection.objects.filter(lease=OuterRef("pk"), kind=kind, cancelled_on__isnull=True)
    return Q(~Exists(rows))


def _waiting(lease: Lease, kind: Kind, parties: list[Party], today: date) -> ToAgree:
    tenant = next((one for one in parties if one.rents_on(today)), None)
    hidden = any(one.person.protected for one in parties if one.role in LIVING)
    return ToAgree(lease, kind, hidden, tenant.person_id if tenant else None)


def due(*, today: date) -> list[InspectionRow]:
    """Inspections of the day and those left undone before it, and those that wait for signatures;
    two statements."""
    ends = timezone.make_aware(datetime.combine(today + timedelta(days=1), time.min))
    undone = Q(done_on__isnull=True, agreed_at__lt=ends)
    unsigned = Q(done_on__isnull=False)
    chosen = told(today).filter(
        undone | unsigned, signed_on__isnull=True, cancelled_on__isnull=True
    )
    return _rows(chosen.select_related("flat").order_by("agreed_at", "id"))
