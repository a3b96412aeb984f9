"""What staff do with inspections and readings. Each function is one act in one transaction."""

from leases.inspections.services.inspecting import (
    agree,
    cancel,
    cancel_with_notice,
    finish,
    move,
    sign,
)
from leases.inspections.services.reading import drop_reading, let_by, record_reading
from leases.inspections.services.recording import (
    RemarkDetails,
    add_photo,
    add_remark,
    add_room,
    change_remark,
    check_room,
    drop_photo,
    drop_remark,
)

__all__ = [
    "RemarkDetails",
    "add_photo",
    "add_remark",
    "add_room",
    "agree",
    "cancel",
    "cancel_with_notice",
    "change_remark",
    "check_room",
    "drop_photo",
    "drop_reading",
    "drop_remark",
    "finish",
    "let_by",
    "move",
    "record_reading",
    "sign",
]  # fmt: skip
