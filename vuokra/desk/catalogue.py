"""What the columns of the desk hold."""

from __future__ import annotations

from vuokra.policy.catalogue import KEY, describe, item, staff_table, technical, via
from vuokra.policy.groups import Group

describe(
    "vuokra_desk_reminder",
    group=Group.WORK,
    subject=via("subject_id"),
    columns={
        "id": KEY,
        "subject_id": KEY,
        "text": item("VS-YHTEYS"),
        "due": technical("when the work should be done"),
        "user_id": KEY,
        "role": technical("the role whose holders it is for"),
        "created_by_id": KEY,
        "created_at": technical("when the row was made"),
        "done_at": technical("when it was done"),
        "done_by_id": KEY,
    },
)
staff_table(
    "vuokra_desk_handling",
    subject=via("taken_by_id"),
    columns={
        "id": KEY,
        "kind": technical("kind of work"),
        "key": KEY,
        "taken_by_id": KEY,
        "put_off_until": technical("the day to which the work was put off"),
        "put_off_reason": technical("why, from a list"),
        "changed_by_id": KEY,
        "changed_at": technical("when the row was last saved"),
    },
)
