"""Inspections, their rooms, remarks and pictures; readings of meters."""

from leases.inspections.models.inspections import (
    NAME_LENGTH,
    REASON_LENGTH,
    TEXT_LENGTH,
    Inspection,
    Photo,
    Remark,
    Room,
)
from leases.inspections.models.readings import Reading

__all__ = [
    "NAME_LENGTH",
    "REASON_LENGTH",
    "TEXT_LENGTH",
    "Inspection",
    "Photo",
    "Reading",
    "Remark",
    "Room",
]  # fmt: skip
