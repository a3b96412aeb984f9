"""What staff do about duplicates. The only code that writes the room's tables."""

from registry.duplicates.services.candidates import (
    choose_pair,
    clash_of,
    find_likely,
    find_tonight,
    mark_not_same,
)
from registry.duplicates.services.codes import swap_identities
from registry.duplicates.services.merging import NEEDS, VALUE_FIELDS, Choices, merge
from registry.duplicates.services.undoing import Left, left_alone, refuse_undo, undo, undo_until

__all__ = [
    "NEEDS", "VALUE_FIELDS", "Choices", "Left", "choose_pair", "clash_of", "find_likely",
    "find_tonight", "left_alone", "mark_not_same", "merge", "refuse_undo", "swap_identities",
    "undo", "undo_until",
]  # fmt: skip
