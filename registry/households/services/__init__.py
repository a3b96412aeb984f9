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

__all__ = [
    "Ground", "Newcomer", "add_member", "correct_membership", "membership_changed", "move_out",
    "register_member", "remove_membership",
]  # fmt: skip
