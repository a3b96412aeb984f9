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
    shares_a_home,
    stays_with,
    summary,
)
from registry.households.queries.relations import KIND as RELATIONS_KIND
from registry.households.queries.relations import (
    Commitments,
    Representatives,
    TrusteeName,
    commitment_events,
    commitments,
    guarantors_and_payers,
    guardians_of,
    guardianship_events,
    linked,
    principals_of,
    relation_of,
    representatives,
    sealed_relation_of,
    trustee_name,
    trusteeships_of,
    wards_of,
)

__all__ = [
    "KIND",
    "RELATIONS_KIND",
    "Commitments",
    "HouseholdPage",
    "Member",
    "Representatives",
    "Summary",
    "TrusteeName",
    "commitment_events",
    "commitments",
    "events",
    "guarantors_and_payers",
    "guardians_of",
    "guardianship_events",
    "household_page",
    "linked",
    "lives_with_any",
    "living_with",
    "membership_of",
    "nobody_lives_anywhere",
    "principals_of",
    "relation_of",
    "representatives",
    "sealed_relation_of",
    "shares_a_home",
    "stays_with",
    "summary",
    "trustee_name",
    "trusteeships_of",
    "wards_of",
]  # fmt: skip
