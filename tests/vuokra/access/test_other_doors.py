"""Doors besides the web page: shell, psql, dump, background work, mail."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage, get_connection
from django.core.management import CommandError, call_command
from django_tasks import task

from registry.persons.models import Person
from tests.people import system_access
from vuokra.access.errors import NoAccessContext
from vuokra.access.mail import MailRefused
from vuokra.access.models import AccessEvent
from vuokra.access.tasks import accessing
from vuokra.policy.roles import Purpose

ROOT = Path(__file__).resolve().parents[3]
READ = (
    "from registry.persons.models import Person; print([p.surname for p in Person.objects.all()])"
)


@task()
def careless() -> list[str]:
    return [p.surname for p in Person.objects.all()]


def events(**filters: Any) -> list[AccessEvent]:
    with system_access():
        return list(AccessEvent.objects.filter(**filters).order_by("id"))


@pytest.mark.django_db
def test_the_shell_demands_a_purpose_and_a_reason(people: list[Person]) -> None:
    with pytest.raises(CommandError, match="--purpose"):
        call_command("shell", command=READ)
    with pytest.raises(CommandError, match="--reason"):
        call_command("shell", "--purpose=P15", command=READ)
    with pytest.raises(CommandError, match="at least"):
        call_command("shell", "--purpose=P15", "--reason=x", command=READ)
    assert events(surface="shell") == []


@pytest.mark.django_db
def test_what_a_shell_reads_is_recorded(
    people: list[Person], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("shell", "--purpose=P15", "--reason=vian selvitys 12", command=READ)
    assert "Aarnivuori" in capsys.readouterr().out
    opening, reading = events(surface="shell")
    assert opening.subjects == []
    assert reading.subjects == sorted(person.pk for person in people)
    assert reading.actor.startswith("command:shell:")
    assert reading.payload_digest is not None


@pytest.mark.django_db
def test_a_database_shell_is_recorded_before_it_opens(
    people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []

    def runshell(self: Any, parameters: Any) -> None:
        started.append(os.environ["PGOPTIONS"])
        assert len(events(surface="shell", purpose="P15")) == 2

    monkeypatch.setattr("django.db.backends.postgresql.client.DatabaseClient.runshell", runshell)
    monkeypatch.setenv("PGOPTIONS", "")
    with pytest.raises(CommandError, match="--purpose"):
        call_command("dbshell")
    assert started == []
    call_command("dbshell", "--purpose=P15", "--reason=vian selvitys 12")
    assert str(events(surface="shell")[-1].access_id) in started[0]


@pytest.mark.django_db
def test_dumpdata_is_refused(people: list[Person]) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError, match="refused"):
        call_command("dumpdata", "registry_persons", stdout=out)
    assert out.getvalue() == ""


@pytest.mark.django_db
def test_background_work_has_a_context_of_its_own(people: list[Person]) -> None:
    @accessing(purpose=Purpose.VALVONTA)
    def count_names(prefix: str) -> int:
        return len([p for p in Person.objects.all() if p.surname.startswith(prefix)])

    assert count_names("L") == 1
    (event,) = events(kind="task")
    assert event.actor == "system:count_names"
    assert event.subjects == sorted(person.pk for person in people)


@pytest.mark.django_db
def test_background_work_without_a_context_reads_nothing(people: list[Person]) -> None:
    with pytest.raises(NoAccessContext):
        careless.func()


@pytest.mark.django_db
def test_mail_leaves_only_inside_a_context_and_without_identity_codes(settings: Any) -> None:
    settings.VUOKRA_MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    backend = get_connection("vuokra.access.mail.RecordingBackend")
    good = EmailMessage("Avain", "Avaimen voi noutaa.", "a@example.fi", ["b@example.fi"])
    with pytest.raises(NoAccessContext):
        backend.send_messages([good])
    with system_access() as ctx:
        assert backend.send_messages([good]) == 1
        assert ctx.notes["mail"] == ["1"]
    for bad in (
        EmailMessage("Asia", "Tunnus on 150685-906N.", "a@example.fi", ["b@example.fi"]),
        EmailMessage("Tunnus 150685y906n", "Hei", "a@example.fi", ["b@example.fi"]),
    ):
        with pytest.raises(MailRefused) as caught, system_access():
            backend.send_messages([bad])
        assert "906" not in str(caught.value)


def test_importing_the_verifier_needs_no_django() -> None:
    code = (
        "import sys, vuokra.access.verifier; "
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
