"""What the walk does at the addresses of inspections, and the inspection it walks through."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

from django.utils import timezone
from PIL import Image

from leases.contracts.models import Lease
from leases.homes.models import Meter, MeterKind
from leases.inspections import pictures, services
from leases.inspections.rules import Cause, Condition, Kind
from leases.inspections.services import RemarkDetails
from registry.persons.models import Person
from tests.walk.canaries import FAULT
from tests.walk.visits import DAY, Page, get, post
from vuokra.policy.groups import Group

LOOKERS = frozenset({Group.STAFF})
WHY = "who inspects is chosen among the staff by name"
AT = {"pk": "{inspection}"}
ROOM, REMARK_AT = AT | {"room": "{room}"}, AT | {"remark": "{remark}"}
PHOTO_AT = AT | {"uuid": "{photo}"}
READ_FLAT = {"flat": "{read_flat}"}
TIME = {"day": "1.12.2026", "at": "9.30", "inspector": ""}
REMARK = {
    "part": "Ovi", "condition": "worn", "text": "", "cause": "wear", "estimate_eur": "",
    "agreed": "unknown", "next_action": "none",
}  # fmt: skip
READING = {"meter": "{read_meter}", "value": "200", "read_on": DAY}

INSPECTIONS: dict[str, Page] = {
    "inspections:list": Page((get(), get(query="rajaus=sovittu"), get(query="rajaus=outo&sivu=x"))),
    "inspections:moves": Page((get(), get(query="viikko=2026-50"), get(query="viikko=x"))),
    "inspections:agree": Page(
        (
            get(also=LOOKERS, why=WHY),
            post(302, TIME | {"kind": "between"}),
            post(422, TIME | {"kind": "move_in"}, also=LOOKERS, why=WHY),
        ),
        {"lease": "{lease}"},
    ),
    "inspections:readings": Page(
        (get(), post(302, READING), post(422, READING | {"value": "1"})), READ_FLAT
    ),
    "inspections:drop_reading": Page((post(302), get(405)), READ_FLAT | {"reading": "{reading}"}),
    "inspections:inspection": Page((get(),), AT),
    "inspections:compare": Page((get(),), AT),
    "inspections:move": Page(
        (
            get(also=LOOKERS, why=WHY),
            post(302, TIME),
            post(422, TIME | {"at": "x"}, also=LOOKERS, why=WHY),
        ),
        AT,
    ),
    "inspections:finish": Page(
        (
            get(),
            post(302, {"on": DAY, "tenant_present": "1"}),
            post(422, {"on": "+9", "tenant_present": "1"}),
        ),
        AT,
    ),
    "inspections:print_record": Page((post(302), get(405)), AT),
    "inspections:sign": Page((get(), post(422, {"on": DAY})), AT),
    "inspections:cancel": Page((get(), post(302, {"reason": "Siirtyy"}), post(422)), AT),
    "inspections:record_reading": Page(
        (get(), post(302, READING), post(422, READING | {"value": "1"})), AT
    ),
    "inspections:add_room": Page((get(), post(302, {"name": "Kellari"}), post(422)), AT),
    "inspections:check_room": Page((post(302), get(405)), ROOM),
    "inspections:add_remark": Page(
        (get(), post(302, REMARK), post(422, REMARK | {"estimate_eur": "5"})), ROOM
    ),
    "inspections:change_remark": Page(
        (get(), post(302, REMARK), post(422, REMARK | {"condition": "x"})), REMARK_AT
    ),
    "inspections:drop_remark": Page((post(302), get(405)), REMARK_AT),
    "inspections:add_photo": Page((get(), post(422)), REMARK_AT),
    "inspections:photo": Page((get(),), PHOTO_AT),
    "inspections:drop_photo": Page((post(302), get(405)), PHOTO_AT),
}


def plant_inspection(pk: object, person: Person, serial: str = "V2") -> dict[str, object]:
    """An inspection of the lease with the person, gone through, with a picture and a reading."""
    lease = Lease.objects.select_related("flat").get(pk=pk)
    today = timezone.localdate()
    row = services.agree(lease, Kind.MOVE_IN, at=timezone.now(), today=today, contact=person)
    for room in row.rooms.all():
        services.check_room(room)
    drawn = io.BytesIO()
    Image.new("RGB", (4, 3)).save(drawn, "JPEG")
    remark = services.add_remark(
        room,
        RemarkDetails(
            part="Lattia", condition=Condition.BROKEN, cause=Cause.TENANT, text=FAULT,
            estimate_eur=Decimal("77.00"),
        ),
        picture=pictures.judged(drawn.getvalue()),
    )  # fmt: skip
    meter = Meter.objects.create(
        flat=lease.flat, kind=MeterKind.HOT, serial=serial, installed_on=dt.date(2020, 1, 1)
    )
    reading = services.record_reading(meter, Decimal(100), on=dt.date(2026, 9, 1), today=today)
    return {
        "inspection": row.pk, "room": room.pk, "remark": remark.pk,
        "photo": remark.photos.get().uuid, "read_flat": lease.flat_id, "read_meter": meter.pk,
        "reading": reading.pk,
    }  # fmt: skip
