"""What the columns of the room hold: complaints about choices (HK-ARA)."""

from __future__ import annotations

from vuokra.policy.catalogue import KEY, describe, item, not_personal, technical, through
from vuokra.policy.groups import Group

_TABLE = "applications_supervision_complaint"
_WAY = f"""
FROM {_TABLE} r
LEFT JOIN applications_selection_decision d ON d.id = r.decision_id
JOIN applications_intake_member p ON p.application_id IN (r.application_id, d.application_id)
"""

not_personal("applications_supervision_extract", "periods of papers for the supervisor")
not_personal("applications_supervision_report", "counts of periods, small numbers hidden")

describe(
    _TABLE,
    group=Group.SELECTION,
    subject=through(
        f"SELECT DISTINCT p.person_id {_WAY} WHERE r.id = ANY(%s)",
        rows=f"SELECT DISTINCT r.id {_WAY} WHERE p.person_id = ANY(%s)",
    ),
    columns={
        "id": KEY,
        "uuid": KEY,
        "decision_id": KEY,
        "application_id": KEY,
        "authority": item("HK-ARA"),
        "authority_name": item("HK-ARA"),
        "authority_number": item("HK-ARA"),
        "received_on": item("HK-ARA"),
        "answer_by": item("HK-ARA"),
        "about": item("HK-ARA"),
        "answered_on": item("HK-ARA"),
        "answer": item("HK-ARA"),
        "outcome": item("HK-ARA"),
        "outcome_on": item("HK-ARA"),
        "outcome_text": item("HK-ARA"),
        "recorded_by_id": technical("who recorded it"),
        "recorded_at": technical("when it was recorded"),
    },
)
