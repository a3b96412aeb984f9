"""Inspections of the demo company: one at each state, readings of meters. Made by the services."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from leases.contracts.models import Lease
from leases.homes.models import Meter
from leases.inspections import services
from leases.inspections.models import Inspection, Room
from leases.inspections.rules import Agreed, Cause, Condition, Kind, NextAction
from leases.inspections.services import RemarkDetails
from registry.persons.models import Person
from vuokra.demo.registry import Progress, Scale

WORN_FLOOR = RemarkDetails(
    part="Lattia", condition=Condition.WORN, cause=Cause.WEAR, text="Kulumaa oven edessä",
    agreed=Agreed.YES,
)  # fmt: skip
SCRATCHED = RemarkDetails(
    part="Lattia", condition=Condition.BROKEN, cause=Cause.TENANT,
    text="Syvä naarmu ikkunan edessä, noin 30 cm", estimate_eur=Decimal("180.00"),
    agreed=Agreed.YES, next_action=NextAction.REPAIR,
)  # fmt: skip
DIRTY_STOVE = RemarkDetails(
    part="Liesi", condition=Condition.DIRTY, cause=Cause.TENANT, text="Puhdistamatta",
    estimate_eur=Decimal("60.00"), agreed=Agreed.NO, next_action=NextAction.CLEAN,
)  # fmt: skip
LEAKING = RemarkDetails(
    part="Hana", condition=Condition.BROKEN, cause=Cause.LANDLORD, text="Vuotaa",
    next_action=NextAction.REPAIR,
)  # fmt: skip


def fill(scale: Scale, progress: Progress) -> None:
    """The room's part of the demo company."""
    today = scale.today
    settled = Lease.objects.filter(
        concluded_on__isnull=False, starts_on__lt=today, last_day__isnull=True, kind="open_ended",
        flat__rooms__gte=2,
    ).select_related("flat")  # fmt: skip
    for lease in settled.order_by("pk")[:8]:
        _moved_in(lease)
    for number, lease in enumerate(_ending(today)):
        if number == 0:
            continue  # waits in the work queue to be agreed on
        _moved_in(lease)
        row = services.agree(
            lease, Kind.MOVE_OUT, at=_at(today, 10 + number), today=today,
            contact=_tenant(lease),
        )  # fmt: skip
        if number == 1:
            _inspected(row, today)
    for meter in Meter.objects.filter(removed_on__isnull=True).order_by("pk")[:6]:
        services.record_reading(
            meter, Decimal("12.5"), on=max(meter.installed_on, today - timedelta(days=90)),
            today=today,
        )  # fmt: skip
    progress(1, 1)


def _ending(today: date) -> list[Lease]:
    found = Lease.objects.filter(
        concluded_on__isnull=False, last_day__gte=today, starts_on__lt=today
    )
    return list(found.select_related("flat").order_by("pk"))


def _tenant(lease: Lease) -> Person | None:
    party = lease.parties.select_related("person").order_by("pk").first()
    return party.person if party else None


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _moved_in(lease: Lease) -> None:
    """A signed record of the day the tenant moved in."""
    day = lease.starts_on
    row = services.agree(lease, Kind.MOVE_IN, at=_at(day, 12), today=day, contact=_tenant(lease))
    rooms = _gone_through(row)
    services.add_remark(rooms["Olohuone"], WORN_FLOOR)
    services.finish(row, on=day, tenant_present=True, today=day)
    services.sign(row, on=day, today=day)


def _inspected(row: Inspection, today: date) -> None:
    """A move-out inspection that waits for its signatures."""
    rooms = _gone_through(row)
    services.add_remark(rooms["Olohuone"], SCRATCHED)
    services.add_remark(rooms["Keittiö"], DIRTY_STOVE)
    services.add_remark(rooms["Kylpyhuone"], LEAKING)
    services.finish(row, on=today, tenant_present=True, today=today)


def _gone_through(row: Inspection) -> dict[str, Room]:
    rooms = list(row.rooms.all())
    for room in rooms:
        services.check_room(room)
    return {room.name: room for room in rooms}


def empty() -> bool:
    """Whether there is no inspection."""
    return not Inspection.objects.exists()
