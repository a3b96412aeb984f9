"""The raw-SQL guard: SQL that the ORM did not compile is refused unless the code states a reason.

Text can name a table in ways no pattern finds (quoting, `DO` blocks, functions), so the rule is
turned round: all raw SQL needs a reason, and the few statements that Django's own transaction
handling sends are let through by their exact form.
"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings

from vuokra.access.context import needs_context, peek
from vuokra.access.errors import NoAccessContext, RawSqlRefused
from vuokra.access.stated import raw_reason
from vuokra.policy.catalogue import TableKind, tables

_HOUSEKEEPING = re.compile(
    r'(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT) "?\w+"?'
    r"|SET CONSTRAINTS ALL (IMMEDIATE|DEFERRED)|SELECT 1|SELECT set_config\('TimeZone', %s, false\)"
)
_WORDS = re.compile(r"\w+")


def personal_tables_in(sql: str) -> list[str]:
    """The described tables with personal data or log rows that the text names."""
    words = set(_WORDS.findall(sql.lower()))
    return [t.name for t in tables() if t.kind is not TableKind.PLAIN and t.name in words]


def check(sql: Any, connection: Any) -> None:
    """Refuse raw SQL without a reason, and on personal tables without a context; else record it.

    Raises RawSqlRefused or NoAccessContext.
    """
    text = sql if isinstance(sql, str) else sql.as_string(connection.connection)
    if _HOUSEKEEPING.fullmatch(text.strip()) or settings.PROCESS == "owner":
        return
    reason = raw_reason()
    if not reason:
        raise RawSqlRefused("Raw SQL needs raw_sql(reason).")
    named = personal_tables_in(text)
    ctx = peek()
    if ctx is not None:
        ctx.note_raw(named or ["?"], reason)
    elif any(needs_context(t) for t in tables() if t.name in named):
        raise NoAccessContext("Raw SQL on personal tables needs an access context.")
