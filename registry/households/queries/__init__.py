"""What staff look at of households and relations.

Each function runs a fixed number of statements, and fetches only the field groups that the actor
of the open access context may read.
"""

from registry.households.queries.households import (
    KIND,
    HouseholdPage,
    Member,
    Summary,
    events,
    household_page,
    lives_with_any,
    living_with,
    membership_of,
    nobody_lives_anywhere,
    summary,
)

__all__ = [
    "KIND", "HouseholdPage", "Member", "Summary", "events", "household_page", "lives_with_any",
    "living_with", "membership_of", "nobody_lives_anywhere", "summary",
]  # fmt: skip
