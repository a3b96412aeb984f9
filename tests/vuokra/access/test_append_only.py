"""Nobody changes, deletes or truncates a log row: by privilege, and by trigger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import psycopg2
import pytest
from psycopg2.errors import InsufficientPrivilege
from psycopg2.extensions import connection as Connection

from tests.vuokra.access.sealed import SealedLog
from vuokra.access import partitions
from vuokra.access.codes import Action, Surface
from vuokra.access.context import Actor, open_access
from vuokra.access.events import EventNotWritten
from vuokra.db import roles
from vuokra.policy.roles import Purpose

LOGS = (
    "vuokra_access_event", "vuokra_access_change", "vuokra_access_rowchange",
    "vuokra_access_seal", "django_admin_log",
)  # fmt: skip
FILL = {
    "vuokra_access_event": "(access_id, kind, actor, action, outcome) VALUES "
    "(gen_random_uuid(), 'request', 'user:1', 'view', 'ok')",
    "vuokra_access_change": "(access_id, actor, content_type_id, object_pk, object_repr, action) "
    "VALUES (gen_random_uuid(), 'user:1', 1, '1', 'A-1', 1)",
    "vuokra_access_rowchange": "(access_id, actor, table_name, row_id, operation) VALUES "
    "(gen_random_uuid(), 'user:1', 't', 1, 'U')",
    "vuokra_access_seal": "VALUES (1, 'reanchor', 'vuokra.log/x', now(), NULL, '{}', '{}', '{}', "
    "'{}', '{}', '', 0, sha256('a'), sha256('a'), sha256('a'), '', sha512('a'))",
    "django_admin_log": "(action_time, user_id, object_repr, action_flag, change_message) VALUES "
    "(now(), 1, 'x', 1, '')",
}


def month(table: str) -> str:
    """This month's partition, or the table itself."""
    parted = table in LOGS[:3]
    return f"{table}_{datetime.now(UTC):%Y_%m}" if parted else table


@pytest.fixture
def filled(committed_db: str, as_superuser: Connection) -> Connection:
    """The superuser of a database with a row in every log table."""
    with as_superuser.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # accounts are not needed here
        for table in LOGS:
            cursor.execute(f"INSERT INTO {table} {FILL[table]}")
        cursor.execute("RESET session_replication_role")
    return as_superuser


def refused(connection: Connection, statement: str, match: str = "append-only") -> None:
    with connection.cursor() as cursor, pytest.raises(InsufficientPrivilege, match=match):
        cursor.execute(statement)


def statements(table: str) -> list[str]:
    column = {"vuokra_access_seal": "note", "django_admin_log": "object_repr"}.get(table, "actor")
    partition = month(table)
    return [
        f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}", f"TRUNCATE {table}",
        f"UPDATE {partition} SET {column} = 'x'", f"DELETE FROM {partition}",
        f"TRUNCATE {partition}",
    ]  # fmt: skip


@pytest.mark.parametrize("table", LOGS)
@pytest.mark.smoke
def test_triggers_stop_the_superuser_even_in_replica_mode(filled: Connection, table: str) -> None:
    for mode in ("origin", "replica"):
        with filled.cursor() as cursor:
            cursor.execute(f"SET session_replication_role = {mode}")
        for statement in statements(table):
            refused(filled, statement)


@pytest.mark.parametrize("table", LOGS)
@pytest.mark.smoke
def test_triggers_stop_the_owner(filled: Connection, as_owner: Connection, table: str) -> None:
    with as_owner.cursor() as cursor:
        cursor.execute("SELECT set_config('vuokra.access_id', gen_random_uuid()::text, false)")
    refused(as_owner, f"TRUNCATE {table}")
    refused(as_owner, f"TRUNCATE {month(table)}")
    with as_owner.cursor() as cursor:  # row-level security without a write policy: nothing to hit
        if table not in ("vuokra_access_seal", "django_admin_log"):
            cursor.execute(f"DELETE FROM {table}")
            assert cursor.rowcount == 0


@pytest.mark.parametrize("role", [roles.APP, roles.SEALER, roles.AUDITOR, roles.RETENTION])
@pytest.mark.parametrize("table", LOGS)
def test_no_role_has_the_privilege(
    filled: Connection, as_role: Callable[[str], Connection], role: str, table: str
) -> None:
    connection = as_role(role)
    for statement in statements(table):
        refused(connection, statement, "permission denied|must be owner")
    refused(connection, f"ALTER TABLE {table} DISABLE TRIGGER ALL", "must be owner")
    refused(connection, "SET session_replication_role = replica", "permission denied")


@pytest.mark.smoke
def test_every_partition_carries_the_triggers(filled: Connection) -> None:
    with filled.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname, array_agg(t.tgname::text ORDER BY t.tgname)
               FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
               LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND t.tgenabled = 'A'
               WHERE i.inhparent::regclass::text = ANY(%s) AND c.relkind = 'r'
               GROUP BY c.relname""",
            [list(LOGS)],
        )
        found = dict(cursor.fetchall())
    assert len(found) == 3 * (1 + 13)  # default, this month and twelve ahead
    assert all(names == ["vuokra_no_change", "vuokra_no_truncate"] for names in found.values())


@pytest.mark.smoke
def test_a_payload_is_erased_by_the_retention_role_alone(
    log: SealedLog, as_role: Callable[[str], Connection], as_owner: Connection
) -> None:
    log.write(2, values=True)
    payload = "vuokra_access_payload"
    for statement in (f"UPDATE {payload} SET body = '{{}}'", f"TRUNCATE {payload}"):
        refused(log.superuser, statement)
        refused(log.app, statement, "permission denied")
        refused(as_role(roles.RETENTION), statement, "permission denied")
    refused(log.superuser, f"DELETE FROM {payload}", "retention role")
    refused(log.app, f"DELETE FROM {payload}", "permission denied")
    with as_role(roles.RETENTION).cursor() as cursor:
        cursor.execute(f"DELETE FROM {payload} WHERE subject = 0")
        assert cursor.rowcount == 1


def test_erased_payloads_are_counted_and_no_alarm(
    log: SealedLog, as_role: Callable[[str], Connection]
) -> None:
    log.write(3, values=True)
    log.seal()
    assert log.verify().payloads == {"checked": 3, "erased": 0}

    with as_role(roles.RETENTION).cursor() as cursor:
        cursor.execute("DELETE FROM vuokra_access_payload WHERE subject = 1")

    report = log.verify()
    assert report.finding_count == 0
    assert report.payloads == {"checked": 2, "erased": 1}


def test_an_altered_payload_names_the_row_it_belongs_to(log: SealedLog) -> None:
    ids = log.write(3, values=True)
    log.seal()
    log.tamper(
        "UPDATE vuokra_access_payload SET body = '{}' WHERE subject = 2",
        table="vuokra_access_payload",
    )

    first = log.verify().first

    assert first and first[:4] == (
        "payload_altered", "vuokra_access_event", ids[2], log.time_of(ids[2]),
    )  # fmt: skip


def test_a_payload_given_to_somebody_else_names_its_row(log: SealedLog) -> None:
    """Else an erasure of that person would take it along."""
    ids = log.write(3, values=True)
    log.seal()
    log.tamper(
        "UPDATE vuokra_access_payload SET subject = 77 WHERE subject = 2",
        table="vuokra_access_payload",
    )

    report = log.verify()

    assert report.finding_count == 1
    assert report.first and report.first[:4] == (
        "payload_owner", "vuokra_access_event", ids[2], log.time_of(ids[2]),
    )  # fmt: skip


@pytest.mark.smoke
def test_the_log_is_read_only_inside_a_context(
    log: SealedLog, as_owner: Connection, as_role: Callable[[str], Connection]
) -> None:
    log.write(1, values=True)
    with log.superuser.cursor() as cursor:
        for table in LOGS[1:3]:
            cursor.execute(f"INSERT INTO {table} {FILL[table]}")
    for table in (*LOGS[:3], "vuokra_access_payload"):
        refused(as_role(roles.APP), f"SELECT * FROM {table}", "no access context")
        if table != "vuokra_access_event":  # which the owner's functions for the views read
            refused(as_owner, f"SELECT * FROM {table}", "no access context")
        with as_role(roles.AUDITOR).cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] == 1
    refused(as_role(roles.APP), f"SELECT * FROM {month('vuokra_access_event')}", "permission")


def test_the_application_cannot_forge_row_changes_seals_or_the_queue(log: SealedLog) -> None:
    for table in ("vuokra_access_rowchange", "vuokra_access_seal"):
        refused(log.app, f"INSERT INTO {table} {FILL[table]}", "permission denied")
    refused(log.app, "DELETE FROM vuokra_access_seal_queue", "permission denied")
    with log.app.cursor() as cursor, pytest.raises(psycopg2.errors.GeneratedAlways):
        cursor.execute(
            "INSERT INTO vuokra_access_event (id, access_id, kind, actor, action, outcome) VALUES "
            "(5, gen_random_uuid(), 'request', 'user:1', 'view', 'ok')"
        )


def test_DP_A39_a_log_that_cannot_be_written_stops_the_read(log: SealedLog) -> None:
    """The database side: the event's insert fails, and with it the transaction that read."""
    log.app.autocommit = False
    with log.app.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
    with pytest.raises(psycopg2.errors.ReadOnlySqlTransaction):
        log.write(1)
    log.app.rollback()
    with log.superuser.cursor() as cursor:
        cursor.execute("REVOKE INSERT ON vuokra_access_event FROM vuokra_app")
    with pytest.raises(InsufficientPrivilege):
        log.write(1)
    log.app.rollback()


def test_a_month_without_a_partition_does_not_stop_the_log(
    committed_db: str, as_superuser: Connection
) -> None:
    with as_superuser.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vuokra_access_event (at, access_id, kind, actor, action, outcome) "
            "SELECT now() + interval '14 months', gen_random_uuid(), 'task', 'x', 'run', 'ok'"
        )
    assert partitions.months_ahead() == 12

    made = dict(partitions.make_partitions(14))

    assert sorted(made.values()) == ["created"] * 5 + ["rows in default"]
    assert partitions.months_ahead() == 13
    assert set(dict(partitions.make_partitions(14)).values()) == {"rows in default"}


@pytest.mark.smoke
def test_new_partitions_are_closed_like_the_first(committed_db: str, as_superuser) -> None:
    made = [name for name, state in partitions.make_partitions(13) if state == "created"]
    assert len(made) == 3
    for name in made:
        refused(as_superuser, f"TRUNCATE {name}")


def test_the_application_adds_months_and_nothing_else(log: SealedLog) -> None:
    with log.app.cursor() as cursor, pytest.raises(psycopg2.errors.InvalidParameterValue):
        cursor.execute("SELECT * FROM vuokra_log_partitions(400)")
    refused(log.app, "SELECT vuokra_log_close('vuokra_access_event')", "permission denied")
    refused(log.app, "SELECT vuokra_log_protect('vuokra_access_event', true)", "permission")


@pytest.mark.parametrize("table", LOGS[:2])
@pytest.mark.parametrize("when", ["2026-01-01", "infinity", "now() + interval '1 hour'"])
def test_the_application_does_not_choose_the_time_of_a_row(
    committed_db: str, as_role: Callable[[str], Connection], table: str, when: str
) -> None:
    time = when if when.startswith("now") else f"'{when}'"
    columns, values = FILL[table].split(" VALUES ", 1)
    statement = (
        f"INSERT INTO {table} {columns.rstrip(')')}, at) VALUES {values.strip()[:-1]}, {time})"
    )
    refused(as_role(roles.APP), statement, match="at its own time")


def test_a_swallowed_event_is_no_event(committed_db: str, filled: Connection) -> None:
    """A trigger that silently drops the row of the event must stop the answer."""
    with filled.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NULL; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER swallow BEFORE INSERT ON vuokra_access_event "
            "FOR EACH ROW EXECUTE FUNCTION swallow()"
        )
    with (
        pytest.raises(EventNotWritten),
        open_access(
            Actor.system("test"),
            purpose=Purpose.VALVONTA,
            action=Action.EXPORT,
            surface=Surface.JOB,
        ),
    ):
        pass
