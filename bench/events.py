"""A year of access events, made by the superuser in one statement."""

from __future__ import annotations

from bench.server import Installation

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
        SELECT 1 + mod(hashint8extended(n, 7) & 4611686018427387903, %(persons)s) + m
        FROM generate_series(0, CASE WHEN n %% 10 = 0 THEN 49 ELSE 0 END) m) AS subjects) s
"""
INDEX = "CREATE INDEX access_event_subjects ON vuokra_access_event USING gin (subjects)"


def fill(place: Installation, total: int, persons: int) -> None:
    """Fill the access log. The index on persons is made over all but the last rows, as an index
    that has been in use for a year: the last ones come in one by one and wait in its list."""
    first_id = place.run("SELECT min(id) - 1 FROM registry_persons_person")[0][0]
    place.run("DROP INDEX access_event_subjects")
    newest = max(total // 50, 1)
    values = {"total": total, "persons": persons - 60}
    statement = EVENTS.replace("SELECT 1 + mod", f"SELECT {first_id} + 1 + mod")
    place.run(statement, values | {"first": 1, "last": total - newest})
    place.run(INDEX)
    place.run(statement, values | {"first": total - newest + 1, "last": total})
