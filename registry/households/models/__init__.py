"""Tables of households and of relations between people. Each table holds one field group."""

from registry.households.models.households import (
    GROUND_LENGTH,
    GroundCode,
    HetuGround,
    Household,
    Membership,
)
from registry.households.models.relations import (
    CONTACT_LENGTH,
    DECISION_LENGTH,
    ORGANISATION_LENGTH,
    Commitment,
    CommitmentKind,
    Guardian,
    RelationFields,
    TrusteeKind,
    Trusteeship,
)

__all__ = [
    "CONTACT_LENGTH",
    "DECISION_LENGTH",
    "GROUND_LENGTH",
    "ORGANISATION_LENGTH",
    "Commitment",
    "CommitmentKind",
    "GroundCode",
    "Guardian",
    "HetuGround",
    "Household",
    "Membership",
    "RelationFields",
    "TrusteeKind",
    "Trusteeship",
]  # fmt: skip
