"""What the columns of the room hold: credit data (S5-18), for a case alone."""

from __future__ import annotations

from vuokra.policy.catalogue import KEY, describe, item, technical, via
from vuokra.policy.groups import Group

describe(
    "applications_credit_creditcheck",
    group=Group.CREDIT,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "uuid": KEY,
        "person_id": KEY,
        "decision_id": KEY,
        "lease_id": KEY,
        "register": item("HK-LUOTTO"),
        "told_on": item("HK-LUOTTO"),
        "asked_on": item("HK-LUOTTO"),
        "result": item("HK-LUOTTO"),
        "measure": item("HK-LUOTTO"),
        "reason": item("HK-LUOTTO"),
        "noticed_on": item("HK-LUOTTO"),
        "assessed_at": technical("when it was weighed"),
        "assessed_by_id": technical("who weighed it"),
        "made_at": technical("when it was recorded"),
        "made_by_id": technical("who asked"),
    },
)
