"""What the columns of the room hold: how households stand (SY-06), decisions and offers (S5-26)."""

from __future__ import annotations

from vuokra.policy.catalogue import KEY, describe, item, joined, not_personal, technical
from vuokra.policy.groups import Group

_MEMBERS = "JOIN applications_intake_member p ON p.application_id = r.application_id"
_MADE = {
    "made_by_id": technical("who recorded it"),
    "made_at": technical("when it was recorded"),
}

not_personal("applications_selection_wealthtable", "wealth limits of a municipality")
not_personal("applications_selection_wealthlimit", "wealth limits by number of persons")
not_personal("applications_selection_exemptionpermit", "permits of a municipality to deviate")
not_personal("applications_selection_exemptionpermit_sites", "sites that a permit is for")
not_personal("applications_selection_assessmentdue", "that an application is to be worked out")
not_personal("applications_selection_round", "that residents are chosen for a flat")

describe(
    "applications_selection_assessment",
    group=Group.SELECTION,
    subject=joined("applications_selection_assessment", _MEMBERS),
    columns={
        "id": KEY,
        "application_id": KEY,
        "persons": item("SY-06"),
        "adults": item("SY-06"),
        "children": item("SY-06"),
        "income_eur": item("SY-06"),
        "income_missing": item("SY-06"),
        "limit_eur": item("SY-06"),
        "limit_missing": item("SY-06"),
        "wealth_eur": item("SY-06"),
        "wealth_missing": item("SY-06"),
        "urgency": item("SY-06"),
        "situations": item("SY-06"),
        "residence": item("SY-06"),
        "residence_reason": item("SY-06"),
        "age": item("SY-06"),
        "age_reason": item("SY-06"),
        "moved_for_work": item("SY-06"),
        "rule_versions": technical("which rules it follows"),
        "made_on": technical("the day it was worked out for"),
        "good_until": technical("until when nothing of it changes by itself"),
        "made_at": technical("when it was worked out"),
    },
)

describe(
    "applications_selection_skip",
    group=Group.SELECTION,
    subject=joined("applications_selection_skip", _MEMBERS),
    columns={
        "id": KEY,
        "round_id": KEY,
        "application_id": KEY,
        "reason": item("HK-ARA"),
        "text": item("HK-ARA"),
        **_MADE,
        "taken_back_by_id": technical("who took it back"),
        "taken_back_at": technical("when it was taken back"),
    },
)

describe(
    "applications_selection_decision",
    group=Group.SELECTION,
    subject=joined("applications_selection_decision", _MEMBERS),
    columns={
        "id": KEY,
        "uuid": KEY,
        "round_id": KEY,
        "application_id": KEY,
        "chosen": KEY,
        "on": item("HK-ARA"),
        "place": item("SY-06"),
        "compared_count": technical("how many were compared"),
        "out_of_order": item("HK-ARA"),
        "deviation": item("HK-ARA"),
        "permit_id": item("HK-ARA"),
        "reason": item("HK-ARA"),
        "snapshot": technical("what was compared, under random ids"),
        "digest": technical("digest of the snapshot"),
        "decided_by_id": technical("who decided"),
        "decided_at": technical("when it was decided"),
        "needs_approval": technical("whether another approves it"),
        "approved_by_id": technical("who approved it"),
        "approved_at": technical("when it was approved"),
        "household_changed_at": technical("when the household was no longer who was compared"),
        "lapsed_at": technical("when the choice came to nothing"),
    },
)

describe(
    "applications_selection_compared",
    group=Group.SELECTION,
    subject=joined("applications_selection_compared", _MEMBERS),
    columns={
        "id": KEY,
        "decision_id": KEY,
        "application_id": KEY,
        "token": KEY,
    },
)

describe(
    "applications_selection_offer",
    group=Group.SELECTION,
    subject=joined("applications_selection_offer", _MEMBERS),
    columns={
        "id": KEY,
        "decision_id": KEY,
        "round_id": KEY,
        "application_id": KEY,
        "channel": item("HK-ARA"),
        "offered_at": technical("when it was recorded"),
        "offered_on": item("HK-ARA"),
        "answer_by": item("HK-ARA"),
        "state": item("HK-ARA"),
        "answered_on": item("HK-ARA"),
        "refusal": item("HK-ARA"),
        "note": item("HK-ARA"),
        "changed": item("SY-06"),
        "offered_by_id": technical("who offered it"),
        "closed_by_id": technical("who recorded the answer"),
    },
)
