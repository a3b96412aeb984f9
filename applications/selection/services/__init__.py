"""What is done in resident selection; the only writers of the room."""

from applications.selection.services.assessing import (
    assess_again,
    assess_due,
    assess_due_today,
    assess_of_person,
)

__all__ = ["assess_again", "assess_due", "assess_due_today", "assess_of_person"]
