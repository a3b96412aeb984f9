"""Migration operation that puts a personal table behind the net.

Row-level security that raises without an access context, also for the owner; a trigger that
refuses a write without an actor; triggers that log every row written. The functions are made by
the first migration of `vuokra.access`.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.migrations.operations import RunSQL

_ROW_LOGS = (
    ("insert", "REFERENCING NEW TABLE AS new_rows"),
    ("update", "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"),
    ("delete", "REFERENCING OLD TABLE AS old_rows"),
)


class ProtectTable(RunSQL):
    """Protect one personal table.

    `subject` is the column with the person's id ('' when it takes a longer path); `loggable` are
    the columns whose values the change log may keep: classes A and B only.
    """

    def __init__(self, table: str, subject: str, loggable: Sequence[str]) -> None:
        self.table, self.subject, self.loggable = table, subject, list(loggable)
        super().__init__(
            protect_sql(table, subject, loggable), reverse_sql=unprotect_sql(table), elidable=False
        )

    def deconstruct(self) -> tuple[str, Sequence[object], dict[str, object]]:
        return (
            type(self).__name__,
            [],
            {"table": self.table, "subject": self.subject, "loggable": self.loggable},
        )

    def describe(self) -> str:
        return f"Protect {self.table}"


def protect_sql(table: str, subject: str, loggable: Sequence[str]) -> str:
    """The statements that protect a table."""
    arguments = f"'{subject}', '{','.join(sorted(loggable))}'"
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY access_context ON {table} FOR ALL "
        "USING ((SELECT vuokra_context_open())) WITH CHECK (true)",
        f"CREATE TRIGGER require_actor BEFORE INSERT OR UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION vuokra_require_actor()",
        f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION vuokra_require_actor()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER require_actor",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER refuse_truncate",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO vuokra_app",
    ]
    for operation, tables in _ROW_LOGS:
        statements += [
            f"CREATE TRIGGER log_{operation} AFTER {operation.upper()} ON {table} {tables} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION vuokra_log_rows({arguments})",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER log_{operation}",
        ]
    return ";\n".join(statements)


def unprotect_sql(table: str) -> str:
    """The statements that undo `protect_sql`."""
    triggers = ["require_actor", "refuse_truncate", *(f"log_{name}" for name, _ in _ROW_LOGS)]
    return ";\n".join(
        [f"DROP TRIGGER {name} ON {table}" for name in triggers]
        + [
            f"DROP POLICY access_context ON {table}",
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ]
    )
