"""Start-up refuses settings that read past the access log, except for the bench's databases."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from tests.plugins.cluster import ROOT
from vuokra.db import checks

PLAIN = "django.db.backends.postgresql"
OTHER = "bench.baseline.NoEventMiddleware"


def databases(engine: str, *names: str) -> dict[str, dict[str, str]]:
    return {f"alias{n}": {"ENGINE": engine, "NAME": name} for n, name in enumerate(names)}


def replaced() -> list[str]:
    return [OTHER if name == checks.MIDDLEWARE else name for name in settings.MIDDLEWARE]


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set settings that Django warns of changing; the connections are not touched."""

    def configure(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setattr(settings, name, value)

    return configure


def test_the_product_is_guarded() -> None:
    assert checks.unguarded() == []
    checks.require_guarded()


def test_another_backend_is_refused(configured: Any) -> None:
    configured(DATABASES=databases(PLAIN, "vuokra"))
    assert PLAIN in checks.unguarded()[0]
    with pytest.raises(ImproperlyConfigured, match="alias0"):
        checks.require_guarded()


def test_one_other_backend_among_several_is_named(configured: Any) -> None:
    configured(
        DATABASES={"default": {"ENGINE": "vuokra.db", "NAME": "vuokra"}}
        | databases(PLAIN, "bench_copy")
    )
    assert len(checks.unguarded()) == 1


@pytest.mark.parametrize("names", [("xbench_a",), ("BENCH_a",), ("bench_a", "vuokra_keys")])
def test_a_name_that_only_looks_like_the_bench_is_refused(
    configured: Any, names: tuple[str, ...]
) -> None:
    configured(DATABASES=databases(PLAIN, *names))
    assert len(checks.unguarded()) == len(names)


def test_another_middleware_is_refused(configured: Any) -> None:
    configured(MIDDLEWARE=replaced())
    assert checks.MIDDLEWARE in checks.unguarded()[0]


def test_the_middleware_must_stand_before_the_web_session(configured: Any) -> None:
    others = [name for name in settings.MIDDLEWARE if name != checks.MIDDLEWARE]
    configured(MIDDLEWARE=[*others, checks.MIDDLEWARE])
    assert len(checks.unguarded()) == 1


def test_the_bench_may_do_without(configured: Any) -> None:
    configured(DATABASES=databases("bench.plain", "bench_a", "bench_a_keys"), MIDDLEWARE=replaced())
    assert checks.unguarded() == []


def test_it_is_a_system_check(configured: Any) -> None:
    configured(MIDDLEWARE=replaced())
    assert "vuokra_db.E001" in [message.id for message in run_checks()]


def test_the_web_does_not_start_on_the_settings_of_the_bench() -> None:
    """The baseline's settings with a database that is not the bench's."""
    started = subprocess.run(
        [sys.executable, "-c", "import vuokra.wsgi"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "bench.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode != 0
    assert "uses bench.plain" in started.stderr
