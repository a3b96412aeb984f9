"""The catalogue against the database itself: what no model shows is there too."""

from __future__ import annotations

from psycopg2.extensions import connection as Connection

from vuokra.policy import checks
from vuokra.policy.catalogue import TableKind, tables

COLUMNS = """
    SELECT c.relname, a.attname
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'f', 'm') AND NOT c.relispartition
"""
UNGUARDED = """
    SELECT t.name
    FROM unnest(%s) AS t (name)
    LEFT JOIN pg_class c ON c.oid = to_regclass(t.name)
    WHERE c.oid IS NULL
       OR NOT (c.relrowsecurity AND c.relforcerowsecurity
               AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
      AND EXISTS (SELECT FROM aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
                  WHERE a.grantee <> c.relowner)
"""


def test_every_table_and_column_of_the_database_is_classified(as_owner: Connection) -> None:
    schema: dict[str, set[str]] = {}
    with as_owner.cursor() as cursor:
        cursor.execute(COLUMNS)
        for table, column in cursor:
            schema.setdefault(table, set()).add(column)
    assert {"django_migrations", "registry_persons_person"} <= schema.keys()
    described = checks.described()
    assert [str(finding) for finding in checks.unclassified(schema, described)] == []
    unknown_to_models = {t.name: t for t in tables() if not t.has_model}
    in_database = {name: columns for name, columns in schema.items() if name in unknown_to_models}
    assert in_database.keys() == unknown_to_models.keys()
    for name, columns in in_database.items():
        described_columns = set(unknown_to_models[name].columns)
        assert described_columns <= columns, name


def test_every_personal_table_is_read_only_inside_a_context(as_owner: Connection) -> None:
    """The read record of a built item: its tables stand behind forced row-level security.

    Except a table that nobody but the owner was granted anything on (the search table).
    """
    personal = [table.name for table in tables(TableKind.PERSONAL)]
    assert personal
    with as_owner.cursor() as cursor:
        cursor.execute(UNGUARDED, [personal])
        assert cursor.fetchall() == []


def test_the_check_of_the_net_sees_a_table_without_it(as_owner: Connection) -> None:
    with as_owner.cursor() as cursor:
        cursor.execute("CREATE TABLE test_open (); GRANT SELECT ON test_open TO vuokra_app")
        cursor.execute("CREATE TABLE test_half (); GRANT INSERT ON test_half TO vuokra_app")
        cursor.execute("ALTER TABLE test_half ENABLE ROW LEVEL SECURITY")
        cursor.execute("CREATE TABLE test_granted_to_nobody ()")
        cursor.execute(
            "REVOKE ALL ON test_granted_to_nobody "
            "FROM PUBLIC, vuokra_app, vuokra_sealer, vuokra_auditor, vuokra_retention"
        )
        names = ["test_open", "test_half", "test_granted_to_nobody", "no_such_table"]
        cursor.execute(UNGUARDED, [names])
        assert {name for (name,) in cursor} == {"test_open", "test_half", "no_such_table"}
        cursor.execute("DROP TABLE test_open, test_half, test_granted_to_nobody")
