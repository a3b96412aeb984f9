"""What the columns of the room hold: inspections of flats (S5-32) and readings of meters (S5-27).

Whoever maintains houses inspects them: the room shows the flat and the days, not the lease.
"""

from __future__ import annotations

from leases.contracts.catalogue import of_lease
from vuokra.policy.catalogue import KEY, describe, item, technical
from vuokra.policy.groups import Group

_INSPECTION = "leases_inspections_inspection"
_ROOM = "leases_inspections_room"
_REMARK = "leases_inspections_remark"
_PHOTO = "leases_inspections_photo"
_READING = "leases_inspections_reading"
MADE_BY = technical("who recorded it")
MADE_AT = technical("when it was recorded")


_LEASE = "i.lease_id"
_BY_ROOM = f"JOIN {_INSPECTION} i ON i.id = o.inspection_id"
_BY_REMARK = f"JOIN {_ROOM} o ON o.id = m.room_id"

describe(
    _INSPECTION,
    group=Group.MAINTENANCE,
    subject=of_lease(_INSPECTION),
    columns={
        "id": KEY,
        "lease_id": KEY,
        "flat_id": item("VS-SOP"),
        "kind": item("VS-TOIMI"),
        "agreed_at": item("VS-TOIMI"),
        "inspector_id": technical("who inspects"),
        "contact_id": KEY,
        "done_on": item("VS-TOIMI"),
        "tenant_present": item("VS-TOIMI"),
        "signed_on": item("VS-TOIMI"),
        "cancelled_on": item("VS-TOIMI"),
        "cancel_reason": item("VS-TOIMI"),
        "made_by_id": MADE_BY,
        "made_at": MADE_AT,
    },
)
describe(
    _ROOM,
    group=Group.MAINTENANCE,
    subject=of_lease(_ROOM, f"JOIN {_INSPECTION} i ON i.id = r.inspection_id", lease=_LEASE),
    columns={
        "id": KEY,
        "inspection_id": KEY,
        "name": item("VS-TOIMI"),
        "place": technical("order of the rooms"),
        "checked": item("VS-TOIMI"),
    },
)
describe(
    _REMARK,
    group=Group.MAINTENANCE,
    subject=of_lease(_REMARK, f"JOIN {_ROOM} o ON o.id = r.room_id", _BY_ROOM, lease=_LEASE),
    columns={
        "id": KEY,
        "room_id": KEY,
        "part": item("VS-TOIMI"),
        "condition": item("VS-TOIMI"),
        "text": item("VS-TOIMI"),
        "cause": item("VS-TOIMI"),
        "estimate_eur": item("VS-TOIMI"),
        "agreed": item("VS-TOIMI"),
        "next_action": item("VS-TOIMI"),
        "recorded_by_id": MADE_BY,
        "recorded_at": MADE_AT,
    },
)
describe(
    _PHOTO,
    group=Group.MAINTENANCE,
    subject=of_lease(
        _PHOTO,
        f"JOIN {_REMARK} m ON m.id = r.remark_id",
        _BY_REMARK,
        _BY_ROOM,
        lease=_LEASE,
    ),
    columns={
        "id": KEY,
        "uuid": KEY,
        "remark_id": KEY,
        "file": item("VS-TOIMI", encrypted=True),
        "width": technical("pixels across"),
        "height": technical("pixels down"),
        "size": technical("bytes"),
        "added_by_id": MADE_BY,
        "added_at": MADE_AT,
    },
)
describe(
    _READING,
    group=Group.MAINTENANCE,
    subject=of_lease(_READING),
    columns={
        "id": KEY,
        "meter_id": KEY,
        "read_on": item("VS-SOP"),
        "value": item("VS-SOP"),
        "lease_id": KEY,
        "inspection_id": KEY,
        "recorded_by_id": MADE_BY,
        "recorded_at": MADE_AT,
    },
)
