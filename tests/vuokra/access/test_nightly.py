"""The night's jobs: each in its own context, a failing one named and the others done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.people import system_access
from vuokra.access import nightly
from vuokra.access.context import current


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> dict[str, nightly.Job]:
    made: dict[str, nightly.Job] = {}
    monkeypatch.setattr(nightly, "_jobs", made)
    return made


def _fail() -> int:
    raise RuntimeError("no")


@pytest.mark.django_db
def test_a_failing_job_is_named_and_the_others_run(
    jobs: dict[str, nightly.Job], capsys: pytest.CaptureFixture[str]
) -> None:
    actors: list[str] = []
    nightly.register("a", _fail)
    nightly.register("b", lambda: actors.append(current().actor.key) or 3)
    with pytest.raises(CommandError, match="Failed: a"):
        call_command("nightly")
    assert capsys.readouterr().out.splitlines() == ["a: failed", "b: 3"]
    assert actors == ["system:nightly:b"]
    with pytest.raises(ValueError, match="already"):
        nightly.register("b", _fail)


@pytest.mark.django_db
def test_the_products_own_jobs_run(capsys: pytest.CaptureFixture[str]) -> None:
    now = timezone.now()
    with system_access():
        Session.objects.create(session_key="old", session_data="", expire_date=now)
        Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(1))
    call_command("nightly")
    lines = capsys.readouterr().out.splitlines()
    assert {line.split(":")[0] for line in lines} == {
        "applications.assess", "applications.expire", "copies", "desk", "documents left behind",
        "doors", "duplicates", "files of imports", "log_partitions", "orders", "persons-search",
        "sign_in_hindrances", "supervision.reports", "watch", "web_sessions",
    }  # fmt: skip
    assert "web_sessions: 1" in lines
    with system_access():
        assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
