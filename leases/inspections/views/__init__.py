"""Pages of inspections, of readings and of the moves of a week."""

from leases.inspections.views.inspections import (
    agree,
    cancel,
    compare,
    finish,
    inspection,
    inspections,
    move,
    print_record,
    sign,
)
from leases.inspections.views.moves import moves
from leases.inspections.views.readings import drop_reading, readings, record_reading
from leases.inspections.views.recording import (
    add_photo,
    add_remark,
    add_room,
    change_remark,
    check_room,
    drop_photo,
    drop_remark,
    photo,
)

__all__ = [
    "add_photo",
    "add_remark",
    "add_room",
    "agree",
    "cancel",
    "change_remark",
    "check_room",
    "compare",
    "drop_photo",
    "drop_reading",
    "drop_remark",
    "finish",
    "inspection",
    "inspections",
    "move",
    "moves",
    "photo",
    "print_record",
    "readings",
    "record_reading",
    "sign",
]  # fmt: skip
