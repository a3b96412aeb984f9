"""What the columns of the room hold: who asked to be let in, and doors that were opened (S5-32)."""

from __future__ import annotations

from vuokra.policy.catalogue import KEY, describe, item, joined, technical, via
from vuokra.policy.groups import Group

_QUESTION = "leases_doors_question"
_OPENING = "leases_doors_opening"
_CORRECTION = "leases_doors_correction"
_REPORT = {
    "done_at": item("VS-TOIMI"),
    "outcome": item("VS-TOIMI"),
    "payer": item("VS-TOIMI"),
    "fee_eur": item("VS-TOIMI"),
    "note": item("VS-TOIMI"),
}


describe(
    _QUESTION,
    group=Group.MAINTENANCE,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "flat_id": item("VS-SOP"),
        "lease_id": KEY,
        "person_id": KEY,
        "answer": item("VS-TOIMI"),
        "ground": item("VS-TOIMI"),
        "method": item("VS-TOIMI"),
        "on_call": technical("whether it was asked in the on-call view"),
        "asked_by_id": technical("who asked on behalf of the company"),
        "asked_at": item("VS-TOIMI"),
    },
)
describe(
    _OPENING,
    group=Group.MAINTENANCE,
    subject=joined(_OPENING, f"JOIN {_QUESTION} q ON q.id = r.question_id", person="q.person_id"),
    columns={
        "id": KEY,
        "question_id": KEY,
        "company_id": item("VS-TOIMI"),
        "disclosure_id": KEY,
        "ordered_by_id": technical("who ordered it"),
        "ordered_at": item("VS-TOIMI"),
        "reported_by_id": technical("who reported how it went"),
        **_REPORT,
    },
)
describe(
    _CORRECTION,
    group=Group.MAINTENANCE,
    subject=joined(
        _CORRECTION,
        f"JOIN {_OPENING} o ON o.id = r.opening_id",
        f"JOIN {_QUESTION} q ON q.id = o.question_id",
        person="q.person_id",
    ),
    columns={
        "id": KEY,
        "opening_id": KEY,
        "why": item("VS-TOIMI"),
        "made_by_id": technical("who corrected it"),
        "made_at": technical("when it was corrected"),
        **_REPORT,
    },
)
