"""`manage.py subject_copy`: the copy without screens."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from registry.persons.models import Person
from tests.people import system_access
from tests.registry.copies.test_services import opened
from vuokra.access.models import AccessEvent


def command(person: Person, out: Path, **options: str) -> str:
    text = io.StringIO()
    arguments = {"purpose": "P14", "reason": "Pyyntö TP-2026-7, näyttö on rikki"} | options
    call_command(
        "subject_copy", str(person.customer_number), out=str(out), stdout=text,
        **arguments,
    )  # fmt: skip
    return text.getvalue()


def test_the_command_writes_a_package_without_other_people(person: Person, tmp_path: Path) -> None:
    out = tmp_path / "ulos"
    out.mkdir()
    path, password = command(person, out).split()
    files = opened(Path(path).read_bytes(), password)
    assert "Kaarina" not in files["tiedot.json"].decode()
    assert "ehtovaara" not in Path(path).name and Path(path).stat().st_mode & 0o077 == 0
    with system_access():
        event = AccessEvent.objects.filter(actor__startswith="command:subject_copy").latest("id")
    assert event.action == "export" and person.pk in event.subjects


def test_the_command_demands_a_reason_a_folder_and_a_person(person: Person, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="reason"):
        command(person, tmp_path, reason="lyhyt")
    with pytest.raises(CommandError, match="no folder"):
        command(person, tmp_path / "ei")
    stranger = Person(customer_number=999_999)
    with pytest.raises(CommandError, match="nobody"):
        command(stranger, tmp_path)
