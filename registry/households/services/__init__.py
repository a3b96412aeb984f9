"""What staff do to households and relations. The only code that writes the room's tables.

Every function runs in the open access context's transaction and raises ValidationError, in words
for the screen and without personal data, when the change cannot be made.
"""

from registry.households.services.households import (
    Ground,
    Newcomer,
    add_member,
    correct_membership,
    membership_changed,
    move_out,
    register_member,
    remove_membership,
)
from registry.households.services.relations import (
    Other,
    Validity,
    add_commitment,
    add_guardian,
    add_trusteeship,
    end_relation,
    follow_birth_date,
    related_people,
    remove_relation,
)

__all__ = [
    "Ground", "Newcomer", "Other", "Validity", "add_commitment", "add_guardian", "add_member",
    "add_trusteeship", "correct_membership", "end_relation", "follow_birth_date",
    "membership_changed", "move_out", "register_member", "related_people", "remove_membership",
    "remove_relation",
]  # fmt: skip
