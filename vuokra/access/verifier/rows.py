"""The canonical bytes of a log row: what a seal is made over. The sealer uses these forms too."""

from __future__ import annotations

from typing import NamedTuple


def utc(column: str) -> str:
    """SQL: a time as text in UTC with microseconds, whatever the session's settings.

    Times that the text form cannot tell apart (before year 1, infinite) are given as seconds.
    """
    return (
        f"CASE WHEN {column} >= '0001-01-01 00:00:00+00' AND {column} < 'infinity' "
        f"THEN to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') "
        f"ELSE 'epoch ' || extract(epoch FROM {column})::text END"
    )


class Form(NamedTuple):
    """How the rows of a table become bytes: a JSON array of these columns, in this order."""

    time: str
    sql: str


def _form(table: str, version: int, time_column: str, *columns: str) -> Form:
    parts = [f"'{table}'", str(version), "r.id", utc(f"r.{time_column}"), *columns]
    return Form(time_column, f"json_build_array({', '.join(parts)})::text")


_DIGEST = "encode(r.payload_digest, 'hex')"

FORMS: dict[tuple[str, int], Form] = {
    ("vuokra_access_event", 1): _form(
        "vuokra_access_event", 1, "at",
        "r.access_id", "r.kind", "r.actor_id", "r.actor", "r.role", "r.purpose", "r.case_kind",
        "r.case_id", "r.action", "r.surface", "r.route", "r.method", "r.outcome", "r.status",
        "r.address::text", "r.session", "r.subjects::text", "r.subject_count", "r.detail::text",
        "r.alarm", _DIGEST,
    ),
    ("vuokra_access_change", 1): _form(
        "vuokra_access_change", 1, "at",
        "r.access_id", "r.actor_id", "r.actor", "r.content_type_id", "r.object_pk", "r.object_id",
        "r.object_repr", "r.action", "r.cid", "r.subject", _DIGEST,
    ),
    ("vuokra_access_rowchange", 1): _form(
        "vuokra_access_rowchange", 1, "at",
        "r.access_id", "r.actor", "r.table_name", "r.row_id", "r.operation", "r.subject", "r.bulk",
        _DIGEST,
    ),
    ("django_admin_log", 1): _form(
        "django_admin_log", 1, "action_time",
        "r.user_id", "r.content_type_id", "r.object_id", "r.object_repr", "r.action_flag",
        "r.change_message",
    ),
}  # fmt: skip
NEWEST = dict(sorted(FORMS))
SAME_SUBJECT = "p.subject IS NOT DISTINCT FROM r.subject"
WITH_PAYLOAD = {
    "vuokra_access_event": "p.subject IS NULL OR p.subject = ANY (r.subjects)",
    "vuokra_access_change": SAME_SUBJECT,
    "vuokra_access_rowchange": SAME_SUBJECT,
}
"""Tables whose rows have payloads, and what holds between row `r` and payload `p`."""
