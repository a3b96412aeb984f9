"""Staff who look, staff who watch, and looks at chosen moments."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.utils import timezone
from psycopg2.extensions import connection as Connection

from registry.persons.models import Person, StaffLink, TieKind
from registry.persons.services.standing import record_tie
from registry.watch.models import AlertEvent
from registry.watch.queries import finding
from registry.watch.services import alerts as services
from tests.people import make_user, system_access
from tests.registry.persons.conftest import SignedIn, demo_mode, person, signed_in
from tests.registry.protection.conftest import acting
from vuokra.access.stated import raw_sql
from vuokra.accounts.models import User
from vuokra.policy.roles import Role

__all__ = ["SignedIn", "acting", "demo_mode", "person", "signed_in"]

NOON = dt.datetime(2026, 11, 18, 12, 0)  # noqa: DTZ001  (made aware by `moment`)
"""A Wednesday, in the office's time."""

EVENING = NOON.replace(hour=23)
DAY = NOON.date()


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(Role.SOP, username="sari")


@pytest.fixture
def registrar(db: None) -> User:
    return make_user(Role.REK, username="rekisteri")


@pytest.fixture
def auditor(db: None) -> User:
    return make_user(Role.TAR, username="tarkastaja")


def tie(person: Person, user: User, kind: TieKind) -> StaffLink:
    with system_access():
        return record_tie(person, user.pk, kind, valid_from=dt.date(2024, 1, 1))


def moment(at: dt.datetime) -> dt.datetime:
    """A naive moment of the office as one of the log."""
    return timezone.make_aware(at)


Look = Callable[..., int]
TABLE = """
CREATE SCHEMA IF NOT EXISTS looks;
GRANT USAGE ON SCHEMA looks TO vuokra_app;
CREATE TABLE IF NOT EXISTS looks.event (LIKE public.vuokra_access_event INCLUDING DEFAULTS);
GRANT SELECT, INSERT ON looks.event TO vuokra_app;
"""


@pytest.fixture
def look(db: None, as_superuser: Connection, monkeypatch: pytest.MonkeyPatch) -> Look:
    """Write an access event at a moment of one's choice, and let the review read it; its id.

    The log itself takes no row of another time, from nobody: these lie in a table of the same
    columns, in a schema of its own, and go with the transaction of the test.
    """
    from django.db import connection

    as_superuser.autocommit = True
    with as_superuser.cursor() as cursor:
        cursor.execute(TABLE)
    monkeypatch.setattr(finding, "EVENTS", "looks.event")

    def write(user: User, *persons: Person, at: dt.datetime = NOON, **changes: object) -> int:
        given: dict[str, object] = {
            "action": "view", "surface": "detail", "outcome": "ok", "case_kind": "",
            "detail": [], "alarm": False, "route": "",
        }  # fmt: skip
        given |= changes
        with raw_sql("looks of a test"), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO looks.event (id, at, access_id, kind, actor_id, actor, action, "
                "surface, outcome, case_kind, route, detail, alarm, subjects, subject_count) "
                "VALUES ((SELECT 1 + count(*) FROM looks.event), %s, gen_random_uuid(), 'request', "
                "%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::bigint[], %s) RETURNING id",
                [
                    moment(at), user.pk, f"user:{user.pk}", given["action"], given["surface"],
                    given["outcome"], given["case_kind"], given["route"],
                    json.dumps(given["detail"]), given["alarm"], [one.pk for one in persons],
                    len(persons),
                ],
            )  # fmt: skip
            return int(cursor.fetchone()[0])

    return write


def day(*parts: int) -> dt.datetime:
    """A naive moment of the office; `moment` makes it one of the log."""
    return dt.datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


def go(at: dt.datetime = EVENING) -> int:
    with system_access():
        return services.go_through(moment(at))


def raised() -> dict[str, list[int]]:
    """The events of every alert, by rule."""
    with system_access():
        found: dict[str, list[int]] = {}
        for one in AlertEvent.objects.order_by("event_at", "event_id"):
            found.setdefault(one.rule, []).append(one.event_id)
        return found


def times(hour: int, minutes: int) -> dt.datetime:
    return NOON.replace(hour=hour) + dt.timedelta(minutes=minutes)
