"""Monthly partitions of the log.

The nightly run calls this with the application's role: the function in the database belongs to the
owner (SECURITY DEFINER), knows the three tables by name and can do nothing but add months. So no
process that runs every day holds the owner's role. A month that is missing all the same goes to
the default partition, and logging never stops.
"""

from __future__ import annotations

from vuokra.access.logcursor import log_cursor

MONTHS_AHEAD = 12
FEWEST_AHEAD = 2
"""With fewer months ahead than this a person must look: what makes them has long failed."""


def make_partitions(months: int = MONTHS_AHEAD) -> list[tuple[str, str]]:
    """Make what is missing up to `months` ahead (0–36): (partition, what was done).

    What was done is `created`, `busy` (tried again the next night) or `rows in default`.
    """
    with log_cursor() as cursor:
        cursor.execute("SELECT partition, state FROM public.vuokra_log_partitions(%s)", [months])
        return list(cursor.fetchall())


def keep_ahead() -> int:
    """The night's job: make what is missing, and the number of partitions dealt with.

    Raises RuntimeError when too few months are ahead all the same: the night is told as failed.
    """
    dealt_with = len(make_partitions())
    if (ahead := months_ahead()) < FEWEST_AHEAD:
        raise RuntimeError(f"The log has partitions for {ahead} coming months only.")
    return dealt_with


def months_ahead() -> int:
    """How many of the coming months have a partition in every log table."""
    with log_cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM generate_series(1, 36) AS ahead
               WHERE (SELECT bool_and(to_regclass('public.' || parent || to_char(
                          now() AT TIME ZONE 'UTC' + make_interval(months => ahead), '_YYYY_MM')
                      ) IS NOT NULL)
                      FROM unnest(ARRAY['vuokra_access_event', 'vuokra_access_change',
                                        'vuokra_access_rowchange']) AS parent)"""
        )
        return int(cursor.fetchone()[0])
