"""Runs of imports: the queue, the sealed file, a worker that is killed, the command, the pages."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from registry.persons.imports import IMPORTER, write
from registry.persons.models import Person
from tests.people import make_user, system_access
from tests.plugins.cluster import ROOT
from tests.registry.persons.conftest import SignedIn
from tests.registry.persons.test_imports import MERI, ONNI, VARPU, csv_file
from vuokra.access.codes import Action, Surface
from vuokra.access.context import open_access
from vuokra.access.errors import FunctionDenied
from vuokra.access.models import AccessEvent
from vuokra.accounts.models import RoleGrant, User
from vuokra.accounts.queries import actor_for
from vuokra.crypto.errors import PlaintextRefused
from vuokra.imports import services
from vuokra.imports.models import ImportRun, Progress, State
from vuokra.imports.rule_rows import FILE_DAYS
from vuokra.imports.tasks import work
from vuokra.policy.roles import Purpose, Role
from vuokra.rules.services import add_version


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def brought(*rows: tuple[str, ...], user: User | None = None) -> ImportRun:
    """A file brought by a clerk, in the queue."""
    clerk = user or make_user(Role.SOP)
    with open_access(
        actor_for(clerk), purpose=Purpose.SOPIMUS, action=Action.IMPORT, surface=Surface.FORM
    ):
        return services.start(IMPORTER, csv_file(*rows))


def confirmed(run: ImportRun) -> None:
    with system_access():
        services.confirm(ImportRun.objects.get(pk=run.pk))


def state(run: ImportRun) -> str:
    with system_access():
        return ImportRun.objects.get(pk=run.pk).state


def run_task(run: ImportRun) -> None:
    work.func(run.pk)


@pytest.mark.django_db
def test_a_file_is_checked_confirmed_and_imported_in_the_name_of_the_clerk(media: Path) -> None:
    user = make_user(Role.SOP)
    run = brought(MERI, ONNI, user=user)
    (sealed,) = files(media)
    assert b"Mallikas" not in sealed.read_bytes()
    assert "csv" not in sealed.name
    run_task(run)
    assert state(run) == State.READY
    with system_access():
        assert not Person.objects.exists()
    confirmed(run)
    run_task(run)
    assert state(run) == State.DONE
    assert not files(media)
    with system_access():
        events = AccessEvent.objects.filter(action=Action.IMPORT, actor=f"user:{user.pk}")
        event = events.latest("id")
        assert event.subject_count == 2
        assert (event.kind, event.purpose, event.role) == ("task", "P3", "SOP")
        assert run.digest in str(event.detail)
        assert not ImportRun.objects.get(pk=run.pk).file


@pytest.mark.django_db
def test_the_queue_knows_nothing_but_the_number_of_the_run() -> None:
    run = brought(MERI)
    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs == {"args": [run.pk], "kwargs": {}}


@pytest.mark.django_db
def test_a_second_worker_finds_nothing_to_do() -> None:
    run = brought(MERI)
    run_task(run)
    run_task(run)
    assert state(run) == State.READY
    confirmed(run)
    run_task(run)
    run_task(run)
    with system_access():
        assert Person.objects.count() == 1


@pytest.mark.django_db
def test_a_file_with_errors_is_removed_at_once(media: Path) -> None:
    run = brought(("A-1", "Mallikas", "Meri", "150685-906P", *[""] * 7))
    run_task(run)
    assert state(run) == State.REFUSED
    assert not files(media)


@pytest.mark.django_db
def test_what_the_register_got_meanwhile_is_checked_again() -> None:
    first, second = brought(MERI), brought(("Z", "Toinen", "Tea", "150685-906N", *[""] * 7))
    for run in (first, second):
        run_task(run)
        assert state(run) == State.READY
        confirmed(run)
    run_task(first)
    run_task(second)
    assert (state(first), state(second)) == (State.DONE, State.REFUSED)
    with system_access():
        assert Person.objects.count() == 1


@pytest.mark.django_db
def test_a_fault_in_the_middle_saves_nothing_and_can_be_started_again(
    monkeypatch: pytest.MonkeyPatch, media: Path
) -> None:
    run = brought(MERI, ONNI, VARPU)
    run_task(run)
    confirmed(run)
    with monkeypatch.context() as patched:
        patched.setattr(write, "BATCH", 1)
        real = write.insert_people
        batches = iter([1, 1])

        def breaks(people: Any) -> list[int]:
            if next(batches, None) is None:
                raise DatabaseError
            return real(people)

        patched.setattr(write, "insert_people", breaks)
        with pytest.raises(DatabaseError):
            run_task(run)
    assert state(run) == State.FAILED
    assert files(media)
    with system_access():
        assert not Person.objects.exists()
        services.restart(ImportRun.objects.get(pk=run.pk))
    run_task(run)
    assert state(run) == State.DONE
    with system_access():
        assert Person.objects.count() == 3


@pytest.mark.django_db
def test_rights_are_asked_again_when_the_work_is_done() -> None:
    user = make_user(Role.SOP)
    run = brought(MERI, user=user)
    with system_access():
        RoleGrant.objects.filter(user=user).update(
            revoked_at=timezone.now(), revoked_by=user, revoke_reason="testi"
        )
    with pytest.raises(FunctionDenied):
        run_task(run)
    assert state(run) == State.FAILED
    with system_access():
        assert AccessEvent.objects.filter(action=Action.IMPORT, outcome="denied").exists()


@pytest.mark.django_db
def test_files_that_nobody_confirms_are_removed(media: Path) -> None:
    run = brought(MERI)
    run_task(run)
    with system_access():
        assert services.remove_old_files() == 0
        old = timezone.now() - timedelta(days=8)
        ImportRun.objects.filter(pk=run.pk).update(created_at=old)
        add_version(FILE_DAYS, 14, timezone.localdate(), source="Yhtiön päätös")
        assert services.remove_old_files() == 0
        ImportRun.objects.filter(pk=run.pk).update(created_at=old - timedelta(days=7))
        assert services.remove_old_files() == 1
    assert state(run) == State.DISCARDED
    assert not files(media)


def test_a_killed_worker_leaves_a_run_that_is_started_again(
    committed_db: str, as_owner: Any, tmp_path: Path
) -> None:
    """The worker is killed while it writes; others see its progress, and nothing of its work."""
    run = brought(MERI, ONNI, VARPU)
    run_task(run)
    confirmed(run)
    DBTaskResult.objects.exclude(pk=DBTaskResult.objects.latest("enqueued_at").pk).delete()
    lock = as_owner.cursor()
    lock.execute("BEGIN; LOCK TABLE registry_persons_person IN SHARE MODE")
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "db_worker", "--queue-name=*", "--no-startup-delay"],
        cwd=ROOT,
        env=os.environ | {"VUOKRA_DEMO": "1", "VUOKRA_EMBEDDED": "1", "VUOKRA_PROCESS": "app",
                          "VUOKRA_VAR": str(tmp_path)},
    )  # fmt: skip
    try:
        wait_for(lambda: Progress.objects.filter(run=run, stage="write").exists())
        assert not interrupted(run)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        lock.execute("ROLLBACK")
    wait_for(lambda: interrupted(run))
    with system_access():
        assert not Person.objects.exists()
        services.restart(ImportRun.objects.get(pk=run.pk))
    run_task(run)
    assert state(run) == State.DONE
    with system_access():
        assert Person.objects.count() == 3


def interrupted(run: ImportRun) -> bool:
    with system_access():
        return services.is_interrupted(ImportRun.objects.get(pk=run.pk))


def wait_for(happened: Any, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.1)


# -- the command -----------------------------------------------------------------------------


def command(tmp_path: Path, *rows: tuple[str, ...], options: tuple[str, ...] = ()) -> str:
    path, out = tmp_path / "people.csv", io.StringIO()
    path.write_bytes(csv_file(*rows).getvalue())
    call_command("import_persons", str(path), *options, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_imports_tells_how_far_it_is_and_says_what_it_did(tmp_path: Path) -> None:
    assert "2 uutta tuotaisiin" in command(tmp_path, MERI, ONNI, options=("--dry-run",))
    said = command(tmp_path, MERI, ONNI)
    assert "100 %" in said
    assert "2 uutta tuotiin, 0 oli jo" in said
    assert "0 uutta tuotiin, 2 oli jo rekisterissä, 0 muuttui" in command(tmp_path, MERI, ONNI)
    with system_access():
        event = AccessEvent.objects.filter(action=Action.IMPORT, subject_count=2).first()
        assert event is not None
        assert event.actor.startswith("command:import_persons:")


@pytest.mark.django_db
def test_the_command_writes_a_report_and_fails(tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    with pytest.raises(CommandError, match="1 virhettä"):
        command(tmp_path, ("A-1", "=Mallikas", "", "150685-906P", *[""] * 7),
                options=("--report", str(report)))  # fmt: skip
    rows = list(csv.reader(report.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[1][:3] == ["2", "Henkilötunnus", "virhe"]
    assert "Mallikas" not in report.read_text("utf-8")


# -- the pages -------------------------------------------------------------------------------


def upload(client: Client, content: bytes, name: str = "Mallikas Meri.csv") -> Any:
    return client.post("/henkilot/tuonti/", {"file": SimpleUploadedFile(name, content)})


@pytest.mark.django_db
def test_upload_and_confirmation_page_by_page(signed_in: SignedIn, media: Path) -> None:
    client = signed_in("SOP")
    answer = upload(client, csv_file(MERI, ONNI).getvalue())
    assert answer.status_code == 302
    assert "Mallikas" not in answer["Location"]
    run = ImportRun.objects.get()
    assert "Odottaa vuoroaan" in client.get(answer["Location"]).content.decode()
    run_task(run)
    page = client.get(answer["Location"]).content.decode()
    assert "Tuo 2 henkilöä" in page
    assert "Mallikas" not in page
    assert client.post(f"{answer['Location']}tuo/").status_code == 302
    assert client.post(f"{answer['Location']}tuo/").status_code == 404
    run_task(run)
    assert "2 henkilöä tuotiin." in client.get(answer["Location"]).content.decode()
    assert run.digest[:8] in client.get("/henkilot/tuonti/").content.decode()


@pytest.mark.django_db
def test_a_file_that_is_none_is_refused_at_its_field(signed_in: SignedIn, media: Path) -> None:
    client = signed_in("HAK")
    for content in (b"", b"\0\1\2", b"Hattu;Turvakielto\nx;y\n"):
        answer = upload(client, content)
        assert answer.status_code == 422
        assert "field invalid" in answer.content.decode()
    assert not ImportRun.objects.exists()
    assert not files(media)


@pytest.mark.django_db
def test_a_file_beyond_the_limit_is_told_as_such(signed_in: SignedIn, settings: Any) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = upload(signed_in("SOP"), b"Sukunimi\n" + b"x\n" * 14_000_000)
    assert answer.status_code == 422
    assert "liian suuri" in answer.content.decode()


@pytest.mark.django_db
def test_a_waiting_file_is_discarded(
    signed_in: SignedIn, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    client = signed_in("SOP")
    upload(client, csv_file(MERI).getvalue())
    run = ImportRun.objects.get()
    run_task(run)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/henkilot/tuonti/{run.pk}/hylkaa/").status_code == 302
    assert state(run) == State.DISCARDED
    assert not files(media)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["VAL", "TAL", "HUO", "TAR", "PAA", "JOH"])
def test_without_the_right_to_write_there_is_no_import(signed_in: SignedIn, role: str) -> None:
    client = signed_in(role)
    assert client.get("/henkilot/tuonti/").status_code == 403
    assert upload(client, csv_file(MERI).getvalue()).status_code == 403
    assert "/henkilot/tuonti/" not in client.get("/ohje/").content.decode()


@pytest.mark.django_db
def test_the_empty_templates_are_read_as_files_without_rows(signed_in: SignedIn) -> None:
    client = signed_in("SOP")
    for form in ("xlsx", "csv"):
        content = client.get(f"/henkilot/tuonti/pohja.{form}").content
        assert upload(client, content).status_code == 302
        run = ImportRun.objects.first()
        assert run is not None
        run_task(run)
        assert state(run) == State.REFUSED
        with system_access():
            assert "ei yhtään riviä" in run.findings.get().text


@pytest.mark.django_db
def test_the_storage_gives_no_address(media: Path) -> None:
    run = brought(MERI)
    assert storages["default"].exists(str(run.file.name))
    with pytest.raises(PlaintextRefused):
        _ = run.file.url
