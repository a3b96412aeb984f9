"""Pages of households and relations."""

from registry.households.views.households import (
    add_member,
    edit_membership,
    household,
    reveal_ground,
)
from registry.households.views.relations import (
    add_commitment,
    add_guardian,
    add_trusteeship,
    end_commitment,
    end_guardian,
    end_trusteeship,
    reveal_commitment,
    reveal_guardian,
    reveal_trusteeship,
)

__all__ = [
    "add_commitment", "add_guardian", "add_member", "add_trusteeship", "edit_membership",
    "end_commitment", "end_guardian", "end_trusteeship", "household", "reveal_commitment",
    "reveal_ground", "reveal_guardian", "reveal_trusteeship",
]  # fmt: skip
