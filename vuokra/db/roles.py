"""Database roles, the two databases and who may do what: the SQL, idempotent, for any server.

The embedded server runs it at every start; production runs what `manage.py database_roles`
prints. Tables get their privileges here by default; migrations take away what a log table does
not allow and give the sealer, the auditor and the retention role what they need.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import encrypt_password

OWNER = "vuokra_owner"
APP = "vuokra_app"
SEALER = "vuokra_sealer"
AUDITOR = "vuokra_auditor"
RETENTION = "vuokra_retention"
KEYS = "vuokra_keys"
READERS = (APP, SEALER, AUDITOR, RETENTION)
ROLES = (OWNER, *READERS, KEYS)

DATABASE = "vuokra"
KEYS_DATABASE = "vuokra_keys"

URL_VARIABLES = {
    "DATABASE_URL": APP,
    "DATABASE_OWNER_URL": OWNER,
    "DATABASE_SEALER_URL": SEALER,
    "DATABASE_AUDITOR_URL": AUDITOR,
    "DATABASE_RETENTION_URL": RETENTION,
    "KEYS_DATABASE_URL": KEYS,
}


def role_statements() -> list[str]:
    """Create the roles and keep them without any attribute but LOGIN."""
    statements = []
    for role in ROLES:
        statements.append(
            f"DO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        )
        statements.append(
            f"ALTER ROLE {role} WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
            " NOBYPASSRLS"
        )
    return statements


def database_statements(database: str) -> list[str]:
    """Who may connect to the register's database. To be run in it, by its owner or above."""
    return [
        f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC',
        f'GRANT CONNECT ON DATABASE "{database}" TO {", ".join(READERS)}',
    ]


def schema_statements() -> list[str]:
    """What the roles may do inside the register's database."""
    readers = ", ".join(READERS)
    default = f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER}"
    return [
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {readers}",
        f"{default} IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}",
        f"{default} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {APP}",
        f"{default} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
        f"{default} GRANT EXECUTE ON FUNCTIONS TO {readers}",
    ]


def keys_statements(database: str) -> list[str]:
    """The subject keys' database belongs to its own role and admits nobody else."""
    return [
        f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC',
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    ]


def script(database: str = DATABASE, keys_database: str = KEYS_DATABASE) -> str:
    """The whole as a psql script for a superuser of any PostgreSQL from 15 on."""
    lines = [
        "-- Roles and databases of Vuokra. Run as a superuser: psql -f <this file>; repeatable.",
        "\\set ON_ERROR_STOP on",
        *(f"{statement};" for statement in role_statements()),
    ]
    for name, owner in ((database, OWNER), (keys_database, KEYS)):
        create = f'CREATE DATABASE "{name}" OWNER {owner} TEMPLATE template0 ENCODING UTF8'
        missing = f"NOT EXISTS (SELECT FROM pg_database WHERE datname = '{name}')"
        lines.append(f"SELECT '{create}' WHERE {missing} \\gexec")
    lines.append(f"\\connect {database}")
    lines += [f"{statement};" for statement in database_statements(database) + schema_statements()]
    lines.append(f"\\connect {keys_database}")
    lines += [f"{statement};" for statement in keys_statements(keys_database)]
    lines.append("-- Passwords, asked for and hashed on this side:")
    lines += [f"\\password {role}" for role in ROLES]
    return "\n".join(lines) + "\n"


def run(connection: Connection, statements: Iterable[str]) -> None:
    """Run the statements one by one on an autocommit connection."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def set_passwords(connection: Connection, passwords: Mapping[str, str]) -> None:
    """Give roles their passwords; they are hashed here, the server never sees them."""
    with connection.cursor() as cursor:
        for role, password in passwords.items():
            verifier = encrypt_password(password, role, connection, "scram-sha-256")
            cursor.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                    sql.Identifier(role), sql.Literal(verifier)
                )
            )


def create_database(
    connection: Connection, name: str, owner: str, template: str = "template1"
) -> bool:
    """Create a database unless it exists; true when it was created."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is not None:
            return False
        cursor.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(owner), sql.Identifier(template)
            )
        )
        return True


def connect(url: str) -> Connection:
    """An autocommit connection. Raises psycopg2.OperationalError."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    return connection
