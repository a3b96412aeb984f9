"""What the columns of the room hold (SY-03; data-protection 9.3).

That somebody's data were given out stands in the link rows, each about its own person. The row of
the disclosure itself is about a person only when it has one: a list that held hundreds must not
tell the log that all of them are looked at whenever its recipient is.
"""

from __future__ import annotations

from vuokra.policy.catalogue import KEY, describe, item, not_personal, technical, through, via
from vuokra.policy.groups import Group

not_personal("registry_disclosures_recipient", "companies and offices that may be given data")
not_personal("registry_disclosures_disclosurebasis", "agreements, notes and statutes of recipients")
not_personal("registry_disclosures_disclosedcopy", "digests of files that left")

_LOGGED = item("SY-03")

describe(
    "registry_disclosures_disclosure",
    group=Group.DISCLOSURE,
    subject=through(
        "SELECT p.person_id FROM registry_disclosures_disclosedperson p"
        " JOIN registry_disclosures_disclosure d ON d.id = p.disclosure_id"
        " WHERE d.id = ANY (%s) AND d.person_count = 1",
        rows="SELECT d.id FROM registry_disclosures_disclosedperson p"
        " JOIN registry_disclosures_disclosure d ON d.id = p.disclosure_id"
        " WHERE p.person_id = ANY (%s) AND d.person_count = 1",
    ),
    columns={
        "id": KEY,
        "at": _LOGGED,
        "recorded_at": technical("when it was recorded"),
        "recipient_id": _LOGGED,
        "basis_id": _LOGGED,
        "statute": _LOGGED,
        "section": _LOGGED,
        "purpose": _LOGGED,
        "codes": _LOGGED,
        "person_count": _LOGGED,
        "channel": _LOGGED,
        "by_id": technical("who gave the data"),
        "approved_by_id": technical("who approved it"),
        "asked_by": _LOGGED,
        "call_back": _LOGGED,
        "reference": _LOGGED,
        "note": _LOGGED,
        "irregular": _LOGGED,
        "as_protected": _LOGGED,
        "restriction": _LOGGED,
        "corrects_id": technical("the row that this one corrects"),
        "void": _LOGGED,
        "origin": technical("what recorded it"),
    },
)

describe(
    "registry_disclosures_disclosedperson",
    group=Group.DISCLOSURE,
    subject=via("person_id"),
    columns={"id": KEY, "person_id": KEY, "disclosure_id": _LOGGED},
)

describe(
    "registry_disclosures_exportrequest",
    group=Group.DISCLOSURE,
    subject=through(
        "SELECT p.id FROM registry_persons_person p"
        " JOIN registry_disclosures_exportrequest r ON p.id = ANY (r.persons)"
        " WHERE r.id = ANY (%s) AND r.person_count = 1",
        rows="SELECT r.id FROM registry_disclosures_exportrequest r, unnest(%s::bigint[]) AS p"
        " WHERE r.person_count = 1 AND p = ANY (r.persons)",
    ),
    columns={
        "id": KEY,
        "origin": technical("what is taken out"),
        "form": technical("kind of file"),
        "recipient_id": technical("for whom it is taken out"),
        "purpose": technical("for what purpose"),
        "reason": technical("why, in the clerk's words"),
        "reference": technical("the matter"),
        "statute": technical("the statute by which an authority gets it"),
        "section": technical("its section"),
        "codes": technical("which register items the file holds"),
        "persons": KEY,
        "person_count": technical("how many are in it"),
        "asked_by_id": technical("who asked"),
        "asked_at": technical("when it was asked"),
        "state": technical("waiting, approved, refused, taken out"),
        "decided_by_id": technical("who decided"),
        "decided_at": technical("when it was decided"),
        "decision_note": technical("why, in the words of who decided"),
        "expires_at": technical("until when it may be taken out"),
        "disclosure_id": technical("the disclosure it became"),
    },
)

describe(
    "registry_disclosures_correction",
    group=Group.DISCLOSURE,
    subject=through(
        "SELECT p.person_id FROM registry_disclosures_correction c"
        " JOIN registry_disclosures_disclosure d ON d.id = c.wrong_id AND d.person_count = 1"
        " JOIN registry_disclosures_disclosedperson p ON p.disclosure_id = d.id"
        " WHERE c.id = ANY (%s)",
        rows="SELECT c.id FROM registry_disclosures_correction c"
        " JOIN registry_disclosures_disclosure d ON d.id = c.wrong_id AND d.person_count = 1"
        " JOIN registry_disclosures_disclosedperson p ON p.disclosure_id = d.id"
        " WHERE p.person_id = ANY (%s)",
    ),
    columns={
        "id": KEY,
        "wrong_id": technical("the row that it would correct"),
        "at": _LOGGED,
        "codes": _LOGGED,
        "purpose": _LOGGED,
        "channel": _LOGGED,
        "asked_by": _LOGGED,
        "call_back": _LOGGED,
        "reference": _LOGGED,
        "note": _LOGGED,
        "void": _LOGGED,
        "proposed_by_id": technical("who proposed it"),
        "proposed_at": technical("when it was proposed"),
        "state": technical("waiting, approved, refused"),
        "decided_by_id": technical("who decided"),
        "decided_at": technical("when it was decided"),
        "decision_note": technical("why, in the words of who decided"),
    },
)

describe(
    "registry_disclosures_authorityrequest",
    group=Group.DISCLOSURE,
    subject=through(
        "SELECT person_id FROM registry_disclosures_askedperson WHERE request_id = ANY (%s)",
        rows="SELECT request_id FROM registry_disclosures_askedperson WHERE person_id = ANY (%s)",
    ),
    columns={
        "id": KEY,
        "authority": _LOGGED,
        "caller": _LOGGED,
        "channel": _LOGGED,
        "asked": _LOGGED,
        "their_reference": _LOGGED,
        "statute": _LOGGED,
        "section": _LOGGED,
        "received_at": technical("when it came"),
        "received_by_id": technical("who took it"),
        "state": technical("where it stands"),
        "verification": _LOGGED,
        "switchboard": _LOGGED,
        "verified_note": _LOGGED,
        "verified_by_id": technical("who verified it"),
        "verified_at": technical("when it was verified"),
        "recipient_id": _LOGGED,
        "codes": _LOGGED,
        "decision_reason": _LOGGED,
        "decided_by_id": technical("who decided"),
        "decided_at": technical("when it was decided"),
        "approved_by_id": technical("who approved"),
        "approved_at": technical("when it was approved"),
        "disclosure_id": technical("the disclosure it became"),
    },
)

describe(
    "registry_disclosures_askedperson",
    group=Group.DISCLOSURE,
    subject=via("person_id"),
    columns={"id": KEY, "person_id": KEY, "request_id": _LOGGED},
)

describe(
    "registry_disclosures_notification",
    group=Group.DISCLOSURE,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "recipient_id": _LOGGED,
        "reason": _LOGGED,
        "codes": _LOGGED,
        "reference": _LOGGED,
        "made_at": technical("when the task was made"),
        "state": _LOGGED,
        "note": _LOGGED,
        "done_at": technical("when it was done"),
        "done_by_id": technical("who did it"),
    },
)
