"""What the columns of the room hold (data-protection 4.2, S5-08 … S5-10, S5-21 … S5-24)."""

from __future__ import annotations

from collections.abc import Mapping

from vuokra.policy.catalogue import (
    KEY,
    Column,
    Protection,
    describe,
    item,
    technical,
    through,
    via,
)
from vuokra.policy.groups import Group

DATED: Mapping[str, Column] = {
    "source": technical("where it came from (S6)"),
    "recorded_at": technical("when it was recorded"),
    "verified_at": technical("when it was last verified"),
    "valid_from": technical("first day it holds"),
    "valid_to": technical("last day it holds"),
}

describe(
    "registry_households_household",
    group=Group.HOUSEHOLD,
    subject=through(
        "SELECT person_id FROM registry_households_membership WHERE household_id = ANY(%s)",
        rows="SELECT household_id FROM registry_households_membership WHERE person_id = ANY(%s)",
    ),
    columns={"id": KEY, "created_at": technical("when the row was made")},
)

# Which household a person belongs to tells how many live together, and who.
describe(
    "registry_households_membership",
    group=Group.HOUSEHOLD,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "household_id": item("HK-TALOUSLKM", "HK-TALOUSNIMI"),
        **DATED,
    },
)

describe(
    "registry_households_hetuground",
    group=Group.HETU,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "uuid": KEY,
        "person_id": KEY,
        "situation": technical("in what connection a code was recorded"),
        "code": technical("why a code was recorded"),
        "text": item("HK-TALOUSHETU", encrypted=True),
        "recorded_at": technical("when it was recorded"),
    },
)


def _relation(*codes: str) -> Mapping[str, Column]:
    """The columns that every relation has. Whoever may know of the other end is told by the group;
    the words about an organisation are sealed."""
    return {
        "id": KEY,
        "uuid": KEY,
        "person_id": KEY,
        "other_id": item(*codes),
        "organisation": item(*codes, encrypted=True, protection=Protection.C),
        "contact": item(*codes, encrypted=True, protection=Protection.C),
        **DATED,
    }


describe(
    "registry_households_guardian",
    group=Group.GUARDIANSHIP,
    subject=via("person_id"),
    columns=_relation("HK-HUOLT"),
)

describe(
    "registry_households_trusteeship",
    group=Group.GUARDIANSHIP,
    subject=via("person_id"),
    columns={
        **_relation("HK-EDUNV"),
        "kind": item("HK-EDUNV"),
        "decision": item("HK-EDUNV", encrypted=True, protection=Protection.D),
        "extent": item("HK-EDUNV", encrypted=True, protection=Protection.D),
    },
)

COMMITMENT_ITEMS = ("HK-TAKAUS", "HK-MAKSUS", "KUOLINPESÄ")

describe(
    "registry_households_commitment",
    group=Group.COMMITMENT,
    subject=via("person_id"),
    columns={**_relation(*COMMITMENT_ITEMS), "kind": item(*COMMITMENT_ITEMS)},
)
