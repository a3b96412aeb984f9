"""What the columns of the room hold."""

from __future__ import annotations

from vuokra.policy.catalogue import KEY, describe, item, technical, through
from vuokra.policy.groups import Group

describe(
    "registry_duplicates_candidate",
    group=Group.PERSON,
    subject=through(
        "SELECT unnest(ARRAY[first_id, second_id]) FROM registry_duplicates_candidate"
        " WHERE id = ANY (%s)",
        rows="SELECT c.id FROM registry_duplicates_candidate c, unnest(%s::bigint[]) AS p"
        " WHERE p IN (c.first_id, c.second_id)",
    ),
    columns={
        "id": KEY,
        "first_id": KEY,
        "second_id": KEY,
        "origin": technical("how the pair came to be looked at"),
        "grounds": technical("codes of why two records look alike"),
        "state": technical("open, not the same, merged"),
        "found_at": technical("when the pair was found"),
        "decided_at": technical("when it was decided"),
        "decided_by_id": technical("who decided"),
        "reason": technical("why, in the clerk's words"),
    },
)

describe(
    "registry_duplicates_merge",
    group=Group.PERSON,
    subject=through(
        "SELECT unnest(ARRAY[survivor_id, merged_id]) FROM registry_duplicates_merge"
        " WHERE id = ANY (%s)",
        rows="SELECT m.id FROM registry_duplicates_merge m, unnest(%s::bigint[]) AS p"
        " WHERE p IN (m.survivor_id, m.merged_id)",
    ),
    columns={
        "id": KEY,
        "survivor_id": KEY,
        "merged_id": KEY,
        "at": technical("when the records were merged"),
        "by_id": technical("who merged them"),
        "reason": technical("why, in the clerk's words"),
        "undone_at": technical("when the merge was undone"),
        "undone_by_id": technical("who undid it"),
        "undo_reason": technical("why it was undone, in the clerk's words"),
    },
)

describe(
    "registry_duplicates_step",
    group=Group.PERSON,
    subject=through(
        "SELECT unnest(ARRAY[m.survivor_id, m.merged_id]) FROM registry_duplicates_step s"
        " JOIN registry_duplicates_merge m ON m.id = s.merge_id WHERE s.id = ANY (%s)",
        rows="SELECT s.id FROM registry_duplicates_step s JOIN registry_duplicates_merge m"
        " ON m.id = s.merge_id, unnest(%s::bigint[]) AS p WHERE p IN (m.survivor_id, m.merged_id)",
    ),
    columns={
        "id": KEY,
        "merge_id": KEY,
        "kind": technical("what was done to the row"),
        "model": technical("whose row"),
        "row": technical("which row"),
        "field": technical("which column of it"),
        "before": item("PT-NIMI"),
        "after": item("PT-NIMI"),
    },
)
