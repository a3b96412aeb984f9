"""What the columns of saved views hold."""

from __future__ import annotations

from vuokra.policy.catalogue import KEY, staff_table, technical, via

staff_table(
    "vuokra_search_savedview",
    subject=via("user_id"),
    columns={
        "id": KEY,
        "user_id": KEY,
        "page": technical("which list it is of"),
        "name": technical("what its maker calls it"),
        "query": technical("filters and order, as codes"),
        "saved_at": technical("when it was saved"),
    },
)
