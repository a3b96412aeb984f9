"""What the columns of the room hold (data-protection SY-04, sections 6.1 to 6.8)."""

from __future__ import annotations

from collections.abc import Mapping

from vuokra.policy.catalogue import (
    KEY,
    Column,
    Protection,
    describe,
    item,
    not_personal,
    technical,
    through,
    via,
)
from vuokra.policy.groups import Group

ASKED = item("SY-04")
SEALED = item("SY-04", encrypted=True, protection=Protection.C)

describe(
    "registry_rights_datarequest",
    group=Group.RIGHTS,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "uuid": KEY,
        "number": KEY,
        "person_id": KEY,
        "representative_id": ASKED,
        "version": technical("how many times it was written"),
        "state": technical("how far the request is"),
        "received_on": ASKED,
        "received_reason": ASKED,
        "recorded_at": technical("when it was recorded"),
        "recorded_by_id": technical("who recorded it"),
        "channel": ASKED,
        "rights": ASKED,
        "wish": ASKED,
        "language": ASKED,
        "known": ASKED,
        "sender": ASKED,
        "sender_contact": SEALED,
        "behalf": ASKED,
        "authority": ASKED,
        "authority_paper": ASKED,
        "authority_at": technical("when the authority was looked at"),
        "authority_by_id": technical("who looked at it"),
        "required_level": technical("how surely the requester must be known"),
        "asked_on": technical("when proof of identity was asked"),
        "reminded_on": technical("when it was asked again"),
        "level": ASKED,
        "method": ASKED,
        "identified_on": technical("when identity was proved"),
        "identified_by_id": technical("who stated it"),
        "second_identifier_id": technical("who stated it too"),
        "target": technical("the day by which we mean to answer"),
        "deadline": technical("the last lawful day"),
        "last_target": technical("the same after an extension"),
        "last_deadline": technical("the same after an extension"),
        "extended_on": technical("when the time was made longer"),
        "extension_ground": technical("why"),
        "extension_reason": ASKED,
        "handler_id": technical("who works on it"),
        "assessment": ASKED,
        "submitted_by_id": technical("who gave the answer to be reviewed"),
        "approver_id": technical("who approved the answer"),
        "approved_at": technical("when it was approved"),
        "closed_on": technical("when it was over"),
    },
)


def _of_request(table: str, columns: Mapping[str, Column]) -> None:
    """A table whose rows belong to a request: they concern the person that it is about."""
    joined = f"FROM {table} o JOIN registry_rights_datarequest r ON r.id = o.request_id"
    describe(
        table,
        group=Group.RIGHTS,
        subject=through(
            f"SELECT r.person_id {joined} WHERE o.id = ANY(%s)",
            rows=f"SELECT o.id {joined} WHERE r.person_id = ANY(%s)",
        ),
        columns={"id": KEY, "request_id": KEY, **columns},
    )


_of_request(
    "registry_rights_step",
    {
        "version": technical("which writing of the request"),
        "act": technical("what was done"),
        "before": technical("the state before"),
        "after": technical("the state after"),
        "about": ASKED,
        "note": ASKED,
        "at": technical("when, by the database's clock"),
        "by_id": technical("who did it"),
    },
)
_of_request(
    "registry_rights_decision",
    {
        "right": ASKED,
        "outcome": ASKED,
        "ground": ASKED,
        "reasons": ASKED,
        "facts": ASKED,
        "tells_supervisor": technical("whether the answer tells of the supervisor"),
        "tells_remedy": technical("whether the answer tells of remedies"),
        "to_supervisor": ASKED,
        "fee": ASKED,
        "decided_by_id": technical("who decided"),
        "decided_at": technical("when it was decided"),
    },
)
_of_request(
    "registry_rights_letter",
    {
        "kind": technical("what the requester was told"),
        "language": technical("in which language"),
        "told_on": technical("when"),
        "way": technical("by which way"),
        "by_id": technical("who told it"),
        "at": technical("when it was recorded"),
    },
)
_of_request(
    "registry_rights_delivery",
    {
        "way": technical("how the answer was given"),
        "delivered_on": technical("when"),
        "receiver": technical("to whom"),
        "confirmed_on": technical("when the address was confirmed"),
        "proof": ASKED,
        "digests": technical("SHA-256 of the copies that were given"),
        "by_id": technical("who gave it"),
        "at": technical("when it was recorded"),
        "missent_at": technical("when a wrong send was noticed"),
        "missent_note": ASKED,
        "missent_by_id": technical("who noticed it"),
    },
)
_of_request(
    "registry_rights_attachment",
    {
        "uuid": KEY,
        "file": item("SY-04", encrypted=True),
        "name": SEALED,
        "mime": technical("kind of file"),
        "size": technical("bytes"),
        "added_by_id": technical("who added it"),
        "added_at": technical("when it was added"),
    },
)
_of_request(
    "registry_rights_erasureline",
    {
        "group": technical("which group of data"),
        "rows": ASKED,
        "ground": ASKED,
        "bar": ASKED,
        "statute": technical("the statute of the bar"),
        "until": ASKED,
        "fate": ASKED,
    },
)

describe(
    "registry_rights_correction",
    group=Group.RIGHTS,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "uuid": KEY,
        "request_id": KEY,
        "person_id": KEY,
        "target": ASKED,
        "present": item("SY-04", encrypted=True, protection=Protection.D),
        "proposed": item("SY-04", encrypted=True, protection=Protection.D),
        "grounds": ASKED,
        "evidence": ASKED,
        "result": ASKED,
        "result_note": ASKED,
        "done_by_id": technical("who settled it"),
        "done_at": technical("when it was settled"),
        "recorded_at": technical("when it was recorded"),
    },
)

not_personal("registry_rights_numbering", "the last number of a request in a year")
not_personal(
    "registry_rights_transition", "from which state a request may go to which", has_model=False
)
