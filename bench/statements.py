"""Statements per page: constant in the number of rows, and within the budget of the page.

The budgets count everything that one request of a signed-in user sends: web session, roles, page,
who has looked, and the access event; the transaction's own BEGIN and COMMIT aside.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from bench.data import EXPORTED, FEW, sizes_of_exports
from bench.measure import Figure, counted
from bench.pages import AUDITED, EXPORT, LIST, Site
from bench.server import Installation

EXPORT_BATCH = 500
SHORT_BATCHES = 2
PER_BATCH = "export, per batch"
FULLEST_OF = 20
BUDGETS = {"list": 12, "card": 22, PER_BATCH: 6}  # former names, marks and ties: one more each


def figures(place: Installation, one: Site, crowded: str) -> Iterator[Figure]:
    """Each page with much to show against the same page with little."""

    def sent(path: str, language: str = "") -> int:
        found: int = one.workers[AUDITED].call(
            "bench.web:statements",
            session=one.session,
            path=path,
            data={"kieli": language} if language else None,
        )
        return found

    yield _figure("list", sent(LIST), sent(f"{LIST}?{_short(place)}"))
    # Who lives alone, or has no tie, is asked one statement less: the fullest of some is compared.
    ordinary = max(sent(next(one.cards)) for _ in range(FULLEST_OF))
    yield _figure("card", sent(f"{LIST}{crowded}/"), ordinary)
    batches = sizes_of_exports(one.size)[0] // EXPORT_BATCH
    if batches > SHORT_BATCHES:
        more = sent(EXPORT, EXPORTED) - sent(EXPORT, FEW)
        # Rounded up: the last batch of the large export is empty and asks for no details.
        yield _figure(PER_BATCH, ceil(more / batches), BUDGETS[PER_BATCH])


def _figure(page: str, many: float, few: float) -> Figure:
    return counted(f"statements: {page}", "statements", many, few, BUDGETS[page])


def _short(place: Installation) -> str:
    """Filters of the list that leave a few people of one initial."""
    found = place.run(
        "SELECT upper(left(surname, 1)), count(*) FROM registry_persons_person "
        "WHERE language = %s AND surname ~ '^[A-Z]' GROUP BY 1 HAVING count(*) < 50 "
        "ORDER BY 2 DESC LIMIT 1",  # one person alone has neither household nor marks: less to ask
        [FEW],
    )
    if not found:
        raise LookupError("Every initial fills a page.")
    initial, _people = found[0]
    return f"kieli={FEW}&alku={initial}"
