"""In a worker: rounds of questions to the database, each as (baseline seconds, seconds)."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import crypto
from bench.crypto import context
from registry.persons.models import Identity, Person
from vuokra.access import log_queries
from vuokra.access.stated import bulk_write, raw_sql
from vuokra.crypto import keyring, rotation
from vuokra.crypto.blind import blind
from vuokra.crypto.values import reveal_many

LOOKUPS = 25
TODAY = dt.date(2026, 11, 22)


@cache
def _known(count: int) -> list[tuple[int, str]]:
    """Keys and codes of some people, spread over all of them."""
    with context():
        keys = Identity.objects.order_by("uuid").values_list("pk", flat=True)[:count]
        rows = list(Identity.objects.filter(pk__in=list(keys)).only("uuid", "person_id", "hetu"))
        codes = reveal_many(rows, "hetu")
    return [(row.pk, str(code)) for row, code in zip(rows, codes, strict=True)]


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def lookups(number: int) -> tuple[float, float]:
    """Finding people by their key, and by their identity code through the blind index."""
    known = _known(1000)
    first = number * LOOKUPS % len(known)
    chosen = (known * 2)[first : first + LOOKUPS]

    def by_key() -> None:
        for key, _code in chosen:
            Identity.objects.get(pk=key)

    def by_code() -> None:
        for _key, code in chosen:
            Identity.objects.get(hetu_index=blind("hetu", code), active=True)

    with context():
        variants = (by_key, by_code) if number % 2 else (by_code, by_key)
        took = {variant: _timed(variant) for variant in variants}
    return took[by_key] / LOOKUPS, took[by_code] / LOOKUPS


def opening(number: int, rows: int) -> tuple[float, float]:
    """Reading a plain column of people, and reading and opening their identity code."""
    return crypto.opening(Identity, "hetu", "kind", rows=rows, turn=number)


def who_has_seen(persons: list[int]) -> list[float]:
    """Seconds to ask who has seen each of these persons: the last 50 events.

    Raises LookupError when nobody has seen most of them: that would be no question.
    """
    took, found = [], 0
    for person in persons:
        with context():
            rows: list[Any] = []
            took.append(_timed(lambda p=person, r=rows: r.extend(log_queries.events(subject=p))))
            found += bool(rows)
    if found < len(persons) / 2:
        raise LookupError("Hardly anybody has seen a person of the bench.")
    return took


def may_send(recipients: int) -> tuple[float, int, int]:
    """Whether a campaign by e-mail may go to so many people: seconds, statements, and how many
    people of the register were asked about."""
    from registry.consents.codes import Channel, Use
    from registry.consents.queries import may_send as ask

    with context():
        persons = list(Person.objects.order_by("public_id").values_list("pk", flat=True))
    chosen = persons[:recipients]
    with context(), CaptureQueriesContext(connection) as captured:
        took = _timed(
            lambda: ask(chosen, purpose=Use.MARKETING, channel=Channel.EMAIL, today=TODAY)
        )
    return took, len(captured), len(chosen)


class Rotation:
    """Moving the identity codes to another generation of keys, a batch at a time.

    Each batch is first written by a plain UPDATE. When all have moved, they move on to the next.
    """

    def __init__(self) -> None:
        self.table = next(t for t in rotation.sealed_tables() if t.model is Identity)
        self.ring = keyring.ring()
        self.after = -1
        self.grown = self.ring.next_generation()

    def round(self, batch: int, *, plain_first: bool) -> tuple[float, float]:
        """The same rows by a plain UPDATE, and by rotation."""
        first, last = self._bounds(batch)
        works = [lambda: self._plain(first, last), lambda: self._rotate(batch)]
        took = {}
        for turn in (0, 1) if plain_first else (1, 0):
            took[turn] = _timed(works[turn])
        self.after = last
        return took[0], took[1]

    def _bounds(self, batch: int) -> tuple[int, int]:
        with context():
            keys = Identity.objects.filter(pk__gt=self.after).order_by("pk")
            rows = list(keys.values_list("pk", flat=True)[:batch])
        return rows[0], rows[-1]

    def _rotate(self, batch: int) -> None:
        with keyring.using(self.grown), rotation.access():
            _last, moved = rotation._rotate_batch(self.table, self.after, batch)
        if moved != batch:
            raise LookupError(f"{moved} rows moved instead of {batch}")

    def _plain(self, first: int, last: int) -> None:
        reason = "the same rows, plainly"
        with context(), raw_sql(reason), bulk_write(reason), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE registry_persons_identity SET hetu = hetu || ''::bytea "
                "WHERE id BETWEEN %s AND %s",
                [first, last],
            )


_rotation = cache(Rotation)


def rotating(number: int, batch: int) -> tuple[float, float]:
    """The next round of the rotation."""
    return _rotation().round(batch, plain_first=bool(number % 2))
