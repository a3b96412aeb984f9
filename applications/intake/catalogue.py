"""What the columns of the room hold (data-protection 4.2, S5-08 … S5-17, S5-25, S5-26)."""

from __future__ import annotations

from vuokra.policy.catalogue import (
    KEY,
    Protection,
    Subject,
    describe,
    item,
    not_personal,
    technical,
    through,
    via,
)
from vuokra.policy.groups import Group

_MEMBER = "applications_intake_member"
_APPLICATION = "applications_intake_application"
_NEED = "applications_intake_need"
_GROUND = "applications_intake_ground"
_HOME = "applications_intake_presenthome"
_WISH = "applications_intake_wish"
_WORK = "applications_intake_work"
_INCOME = "applications_intake_income"
_ASSET = "applications_intake_asset"
_DEBT = "applications_intake_debt"
_PERMIT = "applications_intake_permit"
_CODE = "applications_intake_membercode"
_ATTACHMENT = "applications_intake_attachment"
_STEP = "applications_intake_step"
MADE_BY = technical("who recorded it")
MADE_AT = technical("when it was recorded")
CORRECTED = technical("whose correction it has met")
SHOWN = technical("whether it was shown")


def _of_application(table: str) -> Subject:
    """Everybody in the household of the application that a row belongs to."""
    joined = f"FROM {table} r JOIN {_MEMBER} m ON m.application_id = r.application_id WHERE"
    return through(
        f"SELECT DISTINCT m.person_id {joined} r.id = ANY(%s)",
        rows=f"SELECT DISTINCT r.id {joined} m.person_id = ANY(%s)",
    )


def _of_member(table: str) -> Subject:
    """The member whose row it is."""
    joined = f"FROM {table} r JOIN {_MEMBER} m ON m.id = r.member_id WHERE"
    return through(
        f"SELECT DISTINCT m.person_id {joined} r.id = ANY(%s)",
        rows=f"SELECT DISTINCT r.id {joined} m.person_id = ANY(%s)",
    )


describe(
    _APPLICATION,
    group=Group.NEED,
    subject=through(
        f"SELECT person_id FROM {_MEMBER} WHERE application_id = ANY(%s)",  # noqa: S608  (no value)
        rows=f"SELECT application_id FROM {_MEMBER} WHERE person_id = ANY(%s)",  # noqa: S608  (no value)
    ),
    columns={
        "id": KEY,
        "number": KEY,
        "kind": item("HK-ARA"),
        "channel": technical("how it arrived"),
        "state": item("HK-ARA"),
        "subsidised": item("HK-ARA"),
        "received_on": item("HK-ARA"),
        "renewed_on": item("HK-ARA"),
        "valid_until": item("HK-ARA"),
        "rule_versions": technical("which rules its validity follows"),
        "complete_by": item("HK-ARA"),
        "assured_on": item("HK-ARA"),
        "signed_on": item("HK-ARA"),
        "merged_into_id": KEY,
        "ended_on": item("HK-ARA"),
        "end_reason": item("HK-ARA"),
        "source": technical("from which system it was brought in"),
        "source_id": KEY,
        "notice_id": technical("which version of the privacy notice held when it arrived"),
        "made_by_id": MADE_BY,
        "made_at": MADE_AT,
    },
)

describe(
    _MEMBER,
    group=Group.HOUSEHOLD,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "application_id": KEY,
        "person_id": KEY,
        "part": item("HK-TALOUSNIMI", "HK-TALOUSLKM"),
        "relation": item("HK-TALOUSNIMI"),
        "residence": item("HK-ARA", group=Group.NEED),
        "income_told": technical("whether all income was told"),
        "wealth_told": technical("whether all wealth was told"),
        "consent_on": item("HK-ARA", group=Group.NEED),
        "is_open": technical("whether its application is open"),
        "corrected": CORRECTED,
    },
)

describe(
    _CODE,
    group=Group.HETU,
    subject=_of_member(_CODE),
    columns={
        "id": KEY,
        "uuid": KEY,
        "member_id": KEY,
        "hetu": item("HK-TALOUSHETU", encrypted=True),
        "recorded_at": MADE_AT,
    },
)

describe(
    _PERMIT,
    group=Group.PERMIT,
    subject=_of_member(_PERMIT),
    columns={
        "id": KEY,
        "uuid": KEY,
        "member_id": KEY,
        "kind": item("HK-OLESK", encrypted=True),
        "granted_from": item("HK-OLESK", encrypted=True),
        "granted_to": item("HK-OLESK", encrypted=True),
        "shown_on": technical("when it was shown"),
        "recorded_at": MADE_AT,
    },
)

describe(
    _NEED,
    group=Group.NEED,
    subject=_of_application(_NEED),
    columns={
        "id": KEY,
        "uuid": KEY,
        "application_id": KEY,
        "wished_on": item("HK-TARVE"),
        "homeless_since": item("HK-TARVE"),
        "must_move_by": item("HK-TARVE"),
        "urgency_note": item("HK-TARVE"),
        "away_reason": item("HK-TARVE"),
        "own_words": item("HK-TARVE", encrypted=True, protection=Protection.D),
        "expected_on": item("HK-TARVE", encrypted=True, protection=Protection.D),
        "expected_proof": item("HK-TARVE", encrypted=True, protection=Protection.D),
        "corrected": CORRECTED,
    },
)

describe(
    _GROUND,
    group=Group.NEED,
    subject=_of_application(_GROUND),
    columns={
        "id": KEY,
        "application_id": KEY,
        "situation": item("HK-TARVE"),
        "since": item("HK-TARVE"),
        "proof": SHOWN,
        "corrected": CORRECTED,
    },
)

describe(
    _HOME,
    group=Group.NEED,
    subject=_of_application(_HOME),
    columns={
        "id": KEY,
        "uuid": KEY,
        "application_id": KEY,
        "tenure": item("HK-NYKYAS"),
        "municipality": item("HK-NYKYAS", protection=Protection.C),
        "landlord": item("HK-NYKYAS", protection=Protection.C),
        "place": item("HK-NYKYAS", encrypted=True, protection=Protection.D),
        "moved_in": item("HK-NYKYAS"),
        "rooms": item("HK-NYKYAS"),
        "area_m2": item("HK-NYKYAS"),
        "residents": item("HK-NYKYAS"),
        "cost_eur": item("HK-NYKYAS"),
        "condition": item("HK-NYKYAS"),
        "conveniences": item("HK-NYKYAS"),
        "corrected": CORRECTED,
    },
)

describe(
    _WISH,
    group=Group.NEED,
    subject=_of_application(_WISH),
    columns={
        "id": KEY,
        "application_id": KEY,
        "sites": item("HK-ARA"),
        "group": item("HK-ARA"),
        "rooms_from": item("HK-ARA"),
        "rooms_to": item("HK-ARA"),
        "area_from": item("HK-ARA"),
        "area_to": item("HK-ARA"),
        "rent_most_eur": item("HK-ARA"),
        "floor_from": item("HK-ARA"),
        "floor_to": item("HK-ARA"),
        "lift": item("HK-ARA"),
        "equipment": item("HK-ARA"),
        "access": item("HK-TARVE"),
        "pets": item("HK-ARA"),
        "smoke_free": item("HK-ARA"),
        "corrected": CORRECTED,
    },
)

describe(
    _WORK,
    group=Group.ECONOMY,
    subject=_of_member(_WORK),
    columns={
        "id": KEY,
        "member_id": KEY,
        "employment": item("HK-TYÖLAATU"),
        "occupation": item("HK-TYÖ"),
        "employer": item("HK-TYÖ"),
        "place": item("HK-TYÖ", protection=Protection.C),
        "since": item("HK-TYÖKESTO"),
        "until": item("HK-TYÖKESTO"),
        "corrected": CORRECTED,
    },
)

describe(
    _INCOME,
    group=Group.ECONOMY,
    subject=_of_member(_INCOME),
    columns={
        "id": KEY,
        "member_id": KEY,
        "kind": item("HK-TULO"),
        "euros": item("HK-TULO"),
        "period": item("HK-TULO"),
        "since": item("HK-TULO"),
        "until": item("HK-TULO"),
        "proof": SHOWN,
        "corrected": CORRECTED,
    },
)

describe(
    _ASSET,
    group=Group.ECONOMY,
    subject=_of_member(_ASSET),
    columns={
        "id": KEY,
        "member_id": KEY,
        "kind": item("HK-VARAT"),
        "euros": item("HK-VARAT"),
        "share": item("HK-VARAT"),
        "place": item("HK-VARAT"),
        "given_up_on": item("HK-VARAT"),
        "left_out": item("HK-VARAT"),
        "left_out_reason": item("HK-VARAT"),
        "proof": SHOWN,
        "corrected": CORRECTED,
    },
)

describe(
    _DEBT,
    group=Group.ECONOMY,
    subject=_of_member(_DEBT),
    columns={
        "id": KEY,
        "member_id": KEY,
        "kind": item("HK-VARAT"),
        "euros": item("HK-VARAT"),
        "asset_id": KEY,
        "proof": SHOWN,
        "corrected": CORRECTED,
    },
)

describe(
    _ATTACHMENT,
    group=Group.NEED,
    subject=_of_application(_ATTACHMENT),
    columns={
        "id": KEY,
        "uuid": KEY,
        "application_id": KEY,
        "member_id": KEY,
        "kind": item("HK-ARA"),
        "needed_by": technical("at which step it is needed"),
        "state": item("HK-ARA"),
        "reason": item("HK-ARA"),
        "asked_on": item("HK-ARA"),
        "due_on": item("HK-ARA"),
        "arrived_on": item("HK-ARA"),
        "seen_on": item("HK-ARA"),
        "seen_by_id": technical("who has seen it"),
        "denies": item("HK-ARA"),
        "file": item("HK-TARVE", encrypted=True, protection=Protection.D),
        "mime": technical("what kind of file it is"),
        "size": technical("bytes"),
        "recorded_by_id": MADE_BY,
        "recorded_at": MADE_AT,
    },
)

describe(
    _STEP,
    group=Group.NEED,
    subject=_of_application(_STEP),
    columns={
        "id": KEY,
        "application_id": KEY,
        "before": item("HK-ARA"),
        "after": item("HK-ARA"),
        "on": item("HK-ARA"),
        "reason": item("HK-ARA"),
        "made_by_id": MADE_BY,
        "made_at": MADE_AT,
    },
)

not_personal(
    "applications_intake_transition", "from which state an application may go to which",
    has_model=False,
)  # fmt: skip
not_personal(
    "applications_intake_counter", "the last application number of each year", has_model=False
)
