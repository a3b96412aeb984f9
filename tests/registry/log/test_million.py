"""The viewer over a million events: every filter reads an index, however rare what it asks for."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from registry.log.queries import Wanted
from tests.people import system_access
from vuokra.access.log_queries import Segment

pytestmark = pytest.mark.full
LONGEST = 0.1
"""Seconds for one page; measured 1–11 ms on a desk machine, so that a slow one passes too."""

EVENTS = """
INSERT INTO vuokra_access_event (at, access_id, kind, actor_id, actor, role, purpose, action,
    surface, route, outcome, subjects, subject_count, detail, alarm)
SELECT now() - interval '25 days' * random(), gen_random_uuid(), 'request',
    1 + (random() * 30)::int, 'user:1',
    CASE WHEN random() < .0005 THEN 'TAR' WHEN random() < .2 THEN 'HAK+SOP' ELSE 'SOP' END, 'P3',
    CASE WHEN random() < .001 THEN 'export' WHEN random() < .05 THEN 'change' ELSE 'view' END,
    'detail', 'persons:card', CASE WHEN random() < .0005 THEN 'denied' ELSE 'ok' END,
    ARRAY[(random() * 20000)::bigint], 1, '[]', random() < .0002
FROM generate_series(1, 1000000)
"""
ASKED: dict[str, dict[str, Any]] = {
    "all": {},
    **{segment.value: {"segment": segment} for segment in Segment},
    **{f"role {role}": {"role": role} for role in ("SOP", "TAR", "JOH")},
    "user": {"actor_id": 5},
    "user that does not exist": {"actor_id": 999},
    "user, denied": {"actor_id": 5, "segment": Segment.DENIED},
    "own": {"actor_id": 5, "quiet_for": 5},
    "person": {"subject": 77},
    "alarms": {"alarms": True},
}


def test_every_page_of_a_million_events_is_quick(committed_db: str, as_superuser: Any) -> None:
    as_superuser.autocommit = True
    with as_superuser.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no seals of invented events
        cursor.execute(EVENTS)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE vuokra_access_event")
    first = timezone.localdate() - timedelta(days=30)
    deep = (timezone.now() - timedelta(days=20), 5)
    slow = {}
    with system_access():
        for name, asked in ASKED.items():
            for place, onward in ((None, False), (deep, False), (deep, True)):
                took = min(
                    _seconds(Wanted(first=first, **asked), place, onward) for _again in range(3)
                )
                if took > LONGEST:
                    slow[name, place is None, onward] = round(took, 3)
    assert not slow


def _seconds(wanted: Wanted, place: Any, onward: bool) -> float:
    began = time.perf_counter()
    wanted.rows(place=place, onward=onward, limit=51)
    return time.perf_counter() - began
