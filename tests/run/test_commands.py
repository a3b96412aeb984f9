"""`manage.py` in a terminal: which commands start a server, and for whom."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugins.cluster import ROOT, VARIABLE, Cluster, keys_name, with_database
from vuokra.commands import PROCESS_OF, URL_OF, WITHOUT_DATABASE
from vuokra.db import roles
from vuokra.db.binaries import package_dir
from vuokra.db.instance import Instance


def command(var: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py as in a fresh terminal, with its own `var`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in (*roles.URL_VARIABLES, VARIABLE) and not name.startswith("VUOKRA_")
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | {"VUOKRA_VAR": str(var)} | env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_process_has_its_own_role():
    assert URL_OF.keys() == {"app", "owner", "sealer", "auditor", "retention"}
    assert set(PROCESS_OF.values()) <= URL_OF.keys()
    assert set(URL_OF.values()) <= roles.URL_VARIABLES.keys()
    assert PROCESS_OF["migrate"] == "owner"
    assert PROCESS_OF["sealer"] == "sealer"
    assert PROCESS_OF["verify_log"] == "auditor"


@pytest.mark.parametrize("arguments", [["help"], ["migrate", "--help"], ["database_roles"]])
def test_commands_without_database_start_none(var, arguments):
    assert arguments[0] in WITHOUT_DATABASE or "--help" in arguments
    done = command(var, *arguments)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert not var.exists()


def test_given_addresses_start_no_server(committed_db, var, cluster):
    done = command(
        var,
        "migrate_all",
        **cluster.environment(committed_db),
        VUOKRA_SECRET_KEY="x" * 50,
        VUOKRA_KEYRING_FILE=os.environ["VUOKRA_KEYRING_FILE"],
    )
    assert done.returncode == 0, done.stderr
    assert not var.exists()


@pytest.mark.full
def test_command_starts_the_server_for_itself_and_stops_it(var):
    done = command(var, "migrate_all", "--verbosity=0")
    assert done.returncode == 0, done.stderr
    shown = command(var, "showmigrations", "--plan")
    assert shown.returncode == 0, shown.stderr
    assert "[X]" in shown.stdout
    assert "[ ]" not in shown.stdout
    instance = Instance.open(var)
    assert instance.keyring.exists()
    assert not (instance.data / "postmaster.pid").exists()
    assert not (var / "server.json").exists()


def test_failing_command_keeps_its_status_and_stops_the_server(var):
    done = command(var, "sqlmigrate", "no_such_app", "0001")
    assert done.returncode == 1
    assert "no_such_app" in done.stderr
    assert not (Instance.open(var).data / "postmaster.pid").exists()


def test_command_without_the_keys_says_so(var):
    assert command(var, "showmigrations").returncode == 0
    instance = Instance.open(var)
    instance.keyring.unlink()
    done = command(var, "showmigrations")
    assert done.returncode == 1
    assert "keys.json missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_printed_roles_run_on_a_plain_server_twice(cluster: Cluster, var):
    """The production script, on the server of the tests with databases of another name."""
    name = cluster.name("printed")
    done = command(
        var, "database_roles", f"--database={name}", f"--keys-database={keys_name(name)}"
    )
    asked, script = [], []
    for line in done.stdout.splitlines():
        (asked if line.startswith("\\password") else script).append(line)
    assert asked == [f"\\password {role}" for role in roles.ROLES]
    try:
        for _repetition in range(2):
            run = subprocess.run(
                [package_dir() / "bin" / "psql", "--no-psqlrc", cluster.admin],
                input="\n".join(script),
                capture_output=True,
                text=True,
                check=False,
            )
            assert run.returncode == 0, run.stderr
        app = roles.connect(with_database(cluster.urls["DATABASE_URL"], name))
        app.close()
        with pytest.raises(roles.psycopg2.OperationalError, match="permission denied"):
            roles.connect(with_database(cluster.urls["DATABASE_URL"], keys_name(name)))
    finally:
        cluster.drop(name)
