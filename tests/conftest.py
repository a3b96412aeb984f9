"""Databases, roles and rules of every test.

The test body connects as the application role, in databases cloned for its worker:

    db / @pytest.mark.django_db   one transaction, rolled back (all databases)
    committed_db                  freshly cloned databases of its own; commits are real
    as_role(role)                 a psycopg2 connection of another role, autocommit
    as_owner, as_superuser        the same for the owner and the server's superuser
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from psycopg2.extensions import connection as Connection

from tests.plugins.cluster import Cluster
from tests.plugins.postgres import worker
from vuokra.db import roles

ROOT = Path(__file__).resolve().parent.parent
REQUIRE_ALL = os.environ.get("VUOKRA_REQUIRE_ALL") == "1"


class UndefinedVariable:
    """`string_if_invalid` that raises when one of our own templates names what is not there."""

    def __contains__(self, item: str) -> bool:
        return item == "%s"

    def __mod__(self, variable: Any) -> str:
        context = sys._getframe(1).f_locals["context"]
        template = context.render_context.template or context.template
        origin = str(template.origin.name)
        if origin.startswith(str(ROOT)) and "site-packages" not in origin:
            raise AssertionError(f"{origin}: {variable} is not defined")
        return ""


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable()
    # How long an example takes tells of the machine, not of the rule.
    hypothesis.settings.register_profile(
        "vuokra", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("vuokra")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test with the database gets all databases, unless it names its own."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        options = dict(marker.kwargs) if marker else {}
        if marker or "db" in getattr(item, "fixturenames", ()):
            item.add_marker(
                pytest.mark.django_db(**{"databases": "__all__", **options}), append=False
            )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """With VUOKRA_REQUIRE_ALL=1 nothing may be skipped."""
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but VUOKRA_REQUIRE_ALL is set: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """The database server of this run."""
    return Cluster.current()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, cluster: Cluster, django_db_blocker: Any) -> Any:
    """The databases of this worker, cloned from the migrated template."""
    with cluster.cloned(worker()):
        yield
        with django_db_blocker.unblock():
            _close_connections()


@pytest.fixture
def committed_db(
    django_db_setup: None,
    cluster: Cluster,
    django_db_blocker: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    """Freshly cloned databases, dropped afterwards; gives their name.

    Connections, threads and subprocesses (by the environment) all use them. Not to be combined
    with `db`.
    """
    with cluster.cloned(f"{worker()}_own") as name, django_db_blocker.unblock():
        for variable, url in cluster.environment(name).items():
            monkeypatch.setenv(variable, url)
        before = _use_databases({"default": name, "keys": f"{name}_keys"})
        try:
            yield name
        finally:
            _use_databases(before)


def _use_databases(names: dict[str, str]) -> dict[str, str]:
    """Point the aliases at other databases; the names they had."""
    from django.db import connections

    _close_connections()
    before = {}
    for alias, name in names.items():
        settings = connections.settings[alias]  # shared by the connections of all threads
        before[alias] = settings["NAME"]
        settings["NAME"] = connections[alias].settings_dict["NAME"] = name
    return before


def _close_connections() -> None:
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()


@pytest.fixture
def as_role(request: pytest.FixtureRequest) -> Iterator[Callable[[str], Connection]]:
    """Connect as another role to the database of the test (committed_db when it has one).

    `as_role("vuokra_owner")`; it sees what is committed only.
    """
    needed = "committed_db" if "committed_db" in request.fixturenames else "django_db_setup"
    request.getfixturevalue(needed)
    variables = {role: variable for variable, role in roles.URL_VARIABLES.items()}
    opened: list[Connection] = []

    def connect(role: str) -> Connection:
        opened.append(roles.connect(os.environ[variables[role]]))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture
def as_owner(as_role: Callable[[str], Connection]) -> Connection:
    """An autocommit psycopg2 connection of the owner of the tables."""
    return as_role(roles.OWNER)


@pytest.fixture
def as_superuser(request: pytest.FixtureRequest, cluster: Cluster) -> Iterator[Connection]:
    """An autocommit psycopg2 connection of the server's superuser: the tamperer."""
    needed = "committed_db" if "committed_db" in request.fixturenames else "django_db_setup"
    name = request.getfixturevalue(needed) or cluster.name(worker())
    connection = cluster.connect(name)
    yield connection
    connection.close()
