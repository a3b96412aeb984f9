"""Tables of households and of relations between people. Each table holds one field group."""

from registry.households.models.households import (
    GROUND_LENGTH,
    GroundCode,
    HetuGround,
    Household,
    Membership,
)

__all__ = ["GROUND_LENGTH", "GroundCode", "HetuGround", "Household", "Membership"]
