"""A year of access events, made by the superuser, and a log of ten years' size.

The events lie in partitions of their months, as those of a register that has been in use. Up to
SEALED are sealed and verified; what comes beyond is there for the question who has seen a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from bench.server import Installation

SEALED = 1_000_000

MONTHS = """
    SET ROLE vuokra_owner;
    DO $$
    DECLARE
        first_day timestamptz;
        partition text;
    BEGIN
        FOR ago IN 1..12 LOOP
            first_day := date_trunc('month', now()) - make_interval(months => ago);
            partition := 'vuokra_access_event' || to_char(first_day, '_YYYY_MM');
            EXECUTE format('CREATE TABLE public.%I PARTITION OF public.vuokra_access_event
                FOR VALUES FROM (%L) TO (%L)',
                partition, first_day, first_day + interval '1 month');
            PERFORM public.vuokra_log_close(('public.' || quote_ident(partition))::regclass);
        END LOOP;
    END $$;
    RESET ROLE
"""

# Nine of ten events are about one person, one is a list of 50. Spread over a year up to now.
EVENTS = """
    INSERT INTO vuokra_access_event
        (at, access_id, kind, actor_id, actor, role, purpose, action, surface, route, method,
         outcome, status, address, session, subjects, subject_count, detail)
    SELECT now() - (%(total)s - n) * (interval '365 days' / %(total)s), gen_random_uuid(),
        'request', n %% 40, 'user:' || n %% 40, 'SOP', 'P3',
        CASE WHEN n %% 10 = 0 THEN 'list' ELSE 'view' END,
        CASE WHEN n %% 10 = 0 THEN 'list' ELSE 'detail' END,
        CASE WHEN n %% 10 = 0 THEN 'persons:list' ELSE 'persons:card' END, 'GET', 'ok', 200,
        '192.0.2.1', '0123456789abcdef', subjects, cardinality(subjects),
        '[{"table":"registry_persons_person","kind":"row","columns":["call_name","given_names",'
        '"surname"]},{"table":"registry_persons_contactpoint","kind":"row","columns":["value"],'
        '"rows":[17,18]}]'
    FROM generate_series(%(first)s, %(last)s) n
    CROSS JOIN LATERAL (SELECT ARRAY(
        SELECT %(person)s + m
            + mod(hashint8extended(n, %(seed)s) & 4611686018427387903, %(persons)s)
        FROM generate_series(0, CASE WHEN n %% 10 = 0 THEN 49 ELSE 0 END) m) AS subjects) s
"""
SUBJECTS = "access_event_subjects"
INDEXES = """
    SELECT indexname, replace(indexdef, ' ON ONLY ', ' ON ') FROM pg_indexes
    WHERE tablename = 'vuokra_access_event' AND indexname NOT LIKE '%%pkey' AND indexname LIKE %s
"""
QUEUE = "ALTER TABLE vuokra_access_event {} TRIGGER vuokra_queue"
QUICKLY = "SET synchronous_commit = off; SET maintenance_work_mem = '1GB'"


def fill(place: Installation, total: int, persons: int) -> None:
    """Fill the access log with at most SEALED events, which wait for the sealer."""
    with _connected(place) as cursor:
        cursor.execute(MONTHS)
        _insert(cursor, min(total, SEALED), persons, seed=7, without=SUBJECTS)


def grow(place: Installation, more: int, persons: int) -> None:
    """Add events that no seal waits for."""
    with _connected(place) as cursor:
        cursor.execute(QUEUE.format("DISABLE"))
        _insert(cursor, more, persons, seed=11, without="%")
        cursor.execute(QUEUE.format("ENABLE ALWAYS"))


@contextmanager
def _connected(place: Installation) -> Iterator[Any]:
    with closing(place.superuser()) as connection, connection.cursor() as cursor:
        cursor.execute(QUICKLY)
        yield cursor


def _insert(cursor: Any, total: int, persons: int, *, seed: int, without: str) -> None:
    """Indexes whose names are like `without` are made over all but the last rows, as indexes that
    have been in use for a year: the last ones come in one by one, and those of the index on persons
    wait in its list."""
    cursor.execute("SELECT min(id) FROM registry_persons_person")
    values = {
        "total": total, "persons": persons - 60, "seed": seed, "person": cursor.fetchone()[0],
    }  # fmt: skip
    newest = max(total // 50, 1)
    cursor.execute(INDEXES, [without])
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    cursor.execute(EVENTS, values | {"first": 1, "last": total - newest})
    for _name, definition in indexes:
        cursor.execute(definition)
    cursor.execute(EVENTS, values | {"first": total - newest + 1, "last": total})
