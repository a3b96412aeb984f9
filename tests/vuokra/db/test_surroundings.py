"""What surrounds the tables: views, functions, privileges, settings of every connection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vuokra.policy.catalogue import TableKind, lookup, tables

pytestmark = pytest.mark.django_db

# SECURITY DEFINER functions that the application may call and that touch guarded tables without
# asking for a context: they write the log or make its partitions, and give nothing back.
ALLOWED_DEFINERS = {
    "vuokra_log_queue",
    "vuokra_log_queue_admin",
    "vuokra_log_rows",
    "vuokra_log_partitions",
    "registry_rights_newest",  # a moment, and nothing of anybody
}


def rows(connection: Any, sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def guarded_names() -> set[str]:
    return {t.name for t in tables() if t.kind in (TableKind.PERSONAL, TableKind.LOG)}


@pytest.mark.smoke
def test_no_view_shows_a_guarded_table_past_its_policy(as_owner: Any) -> None:
    found = rows(
        as_owner,
        """
        SELECT DISTINCT v.relname, t.relname, v.relkind, coalesce(v.reloptions::text, '')
        FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
        JOIN pg_class v ON v.oid = r.ev_class JOIN pg_class t ON t.oid = d.refobjid
        WHERE d.classid = 'pg_rewrite'::regclass AND v.relkind IN ('v', 'm') AND t.oid <> v.oid
          AND v.relnamespace = 'public'::regnamespace""",
    )
    for view, table, kind, options in found:
        if table not in guarded_names():
            continue
        assert kind == "v", f"materialised view {view} copies {table}"
        assert "security_invoker=true" in options, f"view {view} shows {table} past its policy"
        assert lookup(view) is not None, f"view {view} is not in the catalogue"


@pytest.mark.smoke
def test_functions_that_run_with_the_owners_rights_are_known(as_owner: Any) -> None:
    found = rows(
        as_owner,
        """
        SELECT p.proname, p.prosrc, coalesce(p.proconfig::text, ''),
               has_function_privilege('vuokra_app', p.oid, 'EXECUTE')
        FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace""",
    )
    for name, source, config, callable_by_app in found:
        assert "search_path" in config, f"{name} leaves its search path open"
        touches = {table for table in guarded_names() if table in source}
        if touches and callable_by_app and name not in ALLOWED_DEFINERS:
            assert "vuokra_context_open" in source, f"{name} reads {touches} without a context"


@pytest.mark.smoke
def test_every_personal_table_is_behind_the_net(as_owner: Any) -> None:
    secured = {
        name: (on, forced)
        for name, on, forced in rows(
            as_owner,
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')",
        )
    }
    triggers = {
        (table, trigger)
        for table, trigger in rows(
            as_owner,
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger "
            "WHERE NOT tgisinternal AND tgenabled = 'A'",
        )
    }
    for table in tables(TableKind.PERSONAL):
        if not table.has_model:
            continue  # granted to nobody: the next test
        assert secured[table.name] == (True, True), table.name
        for trigger in ("require_actor", "log_insert", "log_update", "log_delete"):
            assert (table.name, trigger) in triggers, f"{table.name} lacks {trigger}"


def test_search_tables_are_granted_to_nobody(as_owner: Any) -> None:
    for table in tables(TableKind.PERSONAL):
        if not table.has_model:
            assert (
                rows(
                    as_owner,
                    "SELECT grantee FROM information_schema.role_table_grants "
                    f"WHERE table_name = '{table.name}' AND grantee <> 'vuokra_owner'",
                )
                == []
            )


def test_the_application_role_owns_and_creates_nothing(as_role: Callable[[str], Any]) -> None:
    app = as_role("vuokra_app")
    assert rows(
        app,
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles "
        "WHERE rolname = current_user",
    ) == [(False, False, False, False)]
    assert rows(app, "SELECT has_schema_privilege('public', 'CREATE')") == [(False,)]
    assert (
        rows(app, "SELECT relname FROM pg_class WHERE relowner = current_user::regrole LIMIT 1")
        == []
    )


@pytest.mark.smoke
def test_log_tables_take_inserts_only(as_owner: Any) -> None:
    for table in tables(TableKind.LOG):
        if not table.name.startswith("vuokra_access_"):
            continue
        granted = {
            privilege
            for (privilege,) in rows(
                as_owner,
                "SELECT privilege_type FROM information_schema.role_table_grants "
                f"WHERE grantee = 'vuokra_app' AND table_name = '{table.name}'",
            )
        }
        assert granted <= {"SELECT", "INSERT"}, f"{table.name}: {granted}"


def test_statements_are_not_written_to_the_servers_log(as_owner: Any) -> None:
    wanted = {
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_statement": "none",
        "log_min_duration_statement": "-1",
    }
    found = dict(rows(as_owner, "SELECT name, setting FROM pg_settings"))
    assert {name: found[name] for name in wanted} == wanted
