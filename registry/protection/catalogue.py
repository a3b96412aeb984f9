"""What the columns of the room hold (data-protection 4.1, 4.4 and 7.2)."""

from __future__ import annotations

from collections.abc import Mapping

from vuokra.policy.catalogue import KEY, Column, describe, item, technical, via
from vuokra.policy.groups import Group
from vuokra.policy.items import Protection

# Whoever may open the card must know that a ban holds, and until when (ui 6: the banner).
_KNOWN = item("MU-TURVA", group=Group.PERSON)

describe(
    "registry_protection_turvakielto",
    group=Group.PROTECTION,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "valid_from": _KNOWN,
        "valid_until": _KNOWN,
        "review_at": _KNOWN,
        "source": item("MU-TURVA"),
        "covers_household": item("MU-TURVA"),
        "ending_reason": item("MU-TURVA"),
        "noted_by_id": technical("who recorded it"),
        "noted_at": technical("when it was recorded"),
        "ending_proposed_by_id": technical("who proposed that it ends"),
        "ending_proposed_at": technical("when its end was proposed"),
        "ended_by_id": technical("who approved its end"),
        "ended_at": technical("when it ended"),
    },
)

describe(
    "registry_protection_coverage",
    group=Group.PROTECTION,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "ban_id": KEY,
        "began_at": technical("when the cover began"),
        "ended_at": technical("when the cover ended"),
    },
)

_DATED: Mapping[str, Column] = {
    "source": technical("where the detail came from (S6)"),
    "recorded_at": technical("when it was recorded"),
    "verified_at": technical("when it was last verified"),
    "valid_from": technical("first day it holds"),
    "valid_to": technical("last day it holds"),
}

describe(
    "registry_protection_protecteddetail",
    group=Group.PROTECTED_CONTACT,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "uuid": KEY,
        "person_id": KEY,
        "kind": technical("telephone, e-mail or which address"),
        "content": item("PT-OSOITE", "PT-PUH", "PT-EMAIL", encrypted=True, protection=Protection.D),
        **_DATED,
    },
)

describe(
    "registry_protection_contactaddress",
    group=Group.CONTACT,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "street": item("PT-OSOITE", identifying=True),
        "postal_code": item("PT-OSOITE", identifying=True),
        "town": item("PT-OSOITE"),
        **_DATED,
    },
)

describe(
    "registry_protection_followup",
    group=Group.PROTECTION,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "ban_id": KEY,
        "kind": technical("what must be checked"),
        "event_id": technical("the access event of an export"),
        "event_at": technical("when the export was made"),
        "event_by": technical("who made the export"),
        "made_at": technical("when the task was made"),
        "done_at": technical("when it was done"),
        "done_by_id": technical("who did it"),
    },
)
