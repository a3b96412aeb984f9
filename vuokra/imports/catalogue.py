"""What the tables of imports hold: who brought which file when, and what was wrong with its rows.

A finding names a row and a column of a file that is removed, never what stood there.
"""

from __future__ import annotations

from vuokra.policy.catalogue import KEY, item, not_personal, staff_table, technical, via
from vuokra.policy.groups import Group

WHEN = technical("when it happened")
NUMBER = technical("a number of rows")

staff_table(
    "vuokra_imports_run",
    subject=via("user_id"),
    columns={
        "id": KEY,
        "uuid": KEY,
        "kind": technical("which import"),
        "user_id": KEY,
        "actor": item("KÄYTTÄJÄ"),
        "purpose": technical("purpose stated for the import"),
        "language": technical("language of the report"),
        "state": technical("how far the import is"),
        "file": item("PT-HETU", encrypted=True, group=Group.HETU),
        "digest": technical("SHA-256 of the file"),
        "size": technical("bytes of the file"),
        "created_at": WHEN,
        "confirmed_at": WHEN,
        "ended_at": WHEN,
        "rows": NUMBER,
        "new": NUMBER,
        "known": NUMBER,
        "errors": NUMBER,
        "warnings": NUMBER,
    },
)
not_personal("vuokra_imports_finding", "row, column and fault of a file, without its values")
not_personal("vuokra_imports_progress", "how far an import is")
