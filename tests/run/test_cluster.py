"""The test run itself: whose role the body has, what it may do, and that commits are real."""

from __future__ import annotations

import psycopg2
import pytest
from django.db import connection, connections

from vuokra.access.stated import raw_sql

pytestmark = pytest.mark.smoke


def current_user(alias: str = "default") -> str:
    with raw_sql("who is connected"), connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def test_body_connects_as_the_application_role(db):
    assert current_user() == "vuokra_app"
    assert current_user("keys") == "vuokra_keys"


def test_application_role_creates_nothing(as_role):
    with as_role("vuokra_app").cursor() as cursor:
        for statement in (
            "CREATE TABLE loot (x int)",
            "CREATE TEMP TABLE loot (x int)",
            "CREATE SCHEMA loot",
            "CREATE DATABASE loot",
            "CREATE ROLE loot",
            "SET log_statement = 'all'",
            "SET log_min_messages = 'debug1'",
            "SET session_replication_role = 'replica'",
        ):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(statement)


def test_application_role_owns_nothing(as_superuser):
    with as_superuser.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relowner <> 'vuokra_owner'::regrole"
            " AND relnamespace = 'public'::regnamespace"
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = 'vuokra_owner'::regrole")
        assert cursor.fetchone()[0] > 20


def test_keys_database_admits_its_own_role_only(as_role, cluster):
    from tests.plugins.cluster import keys_name, with_database
    from tests.plugins.postgres import worker
    from vuokra.db import roles

    name = keys_name(cluster.name(worker()))
    for variable, role in roles.URL_VARIABLES.items():
        url = with_database(cluster.urls[variable], name)
        if role == roles.KEYS:
            roles.connect(url).close()
        else:
            with pytest.raises(psycopg2.OperationalError, match="permission denied"):
                roles.connect(url)


def test_committed_database_is_separate(committed_db, as_owner):
    with as_owner.cursor() as cursor:
        cursor.execute("CREATE TABLE note (text text); INSERT INTO note VALUES ('kept')")
    assert connection.settings_dict["NAME"] == committed_db
    with raw_sql("a table of the test"), connection.cursor() as cursor:
        cursor.execute("SELECT text FROM note")
        assert cursor.fetchone() == ("kept",)


def test_committed_database_was_dropped(as_owner):
    with as_owner.cursor() as cursor:
        cursor.execute("SELECT to_regclass('note')")
        assert cursor.fetchone() == (None,)
