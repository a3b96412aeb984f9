"""Tables of leases: the lease, its parties, its rent, and the papers that end it."""

from leases.contracts.models.changes import Answer, PersonChange
from leases.contracts.models.house_rules import HouseRules
from leases.contracts.models.late import LATE_LENGTH, DayOf, LateDay
from leases.contracts.models.leases import (
    CLAUSES_LENGTH,
    Delivery,
    Lease,
    Pets,
    Smoking,
    WaterBasis,
)
from leases.contracts.models.notices import GROUND_LENGTH, Notice
from leases.contracts.models.parties import (
    Component,
    ComponentKind,
    Party,
    in_order,
    rents_on,
)

__all__ = [
    "CLAUSES_LENGTH",
    "GROUND_LENGTH",
    "LATE_LENGTH",
    "Answer",
    "Component",
    "ComponentKind",
    "DayOf",
    "Delivery",
    "HouseRules",
    "LateDay",
    "Lease",
    "Notice",
    "Party",
    "PersonChange",
    "Pets",
    "Smoking",
    "WaterBasis",
    "in_order",
    "rents_on",
]  # fmt: skip
