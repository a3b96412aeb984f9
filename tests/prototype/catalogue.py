"""What the prototype's columns are, as a room would say it."""

from vuokra.policy.catalogue import KEY, describe, item, technical, via
from vuokra.policy.groups import Group

describe(
    "prototype_secret",
    group=Group.HETU,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "uuid": KEY,
        "person_id": KEY,
        "hetu": item("PT-HETU", encrypted=True),
        "hetu_index": item("PT-HETU", identifying=True, encrypted=True),
        "plain": technical("the same amount of text, not encrypted: what opening is compared with"),
    },
)
describe(
    "prototype_note",
    group=Group.SUPPORT,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "uuid": KEY,
        "person_id": KEY,
        "text": item("MU-ELÄMÄ", encrypted=True),
        "file": item("MU-ELÄMÄ", encrypted=True),
        "ring_file": item("MU-ELÄMÄ", encrypted=True),
    },
)
