"""Figures of homes and leases: pages, lists, the search of addresses, the work queue, an import.

A flat in fifty stands empty; every other has a lease that runs and one that ended before it. With
200,000 people there are 50,000 flats and 98,000 leases.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.letting import FLATS, LEASES
from bench.measure import Figure, absolute, counted
from bench.pages import AUDITED
from bench.register import p95
from bench.server import Installation
from bench.worker import Worker

PER_FLAT = 4  # people to a flat
IMPORTED = 20_000

# What is asked for: the most that p95 may be, in milliseconds.
REACH = {
    "lease": 80, "list of leases": 80, "list of leases, last pages": 80, "flat": 80,
    "vacancy list, first page": 80, "vacancy list with filters": 80, "list of flats": 80,
    "list of sites": 150, "work queue": 150, "card of a tenant": 80,
}  # fmt: skip
SEARCHED = 60
QUEUED = 100  # ms, the rows of leases in the work queue
BUDGETS = {"lease": 24, "list of leases": 14, "vacancy list": 14, "flat": 22}
PER_ROW = 60 / 50_000  # seconds an imported row may take: as that of people

Paths = dict[str, list[str]]


def figures(place: Installation, size: int, session: str) -> Iterator[Figure]:
    """Everything of this module."""
    with Worker(place, AUDITED) as worker:
        flats = worker.call("bench.letting:stock", count=size // PER_FLAT)
        leases = worker.call("bench.letting:let")
        worker.call("bench.letting:waiting")
        place.settle()
        asked: Paths = worker.call("bench.letting:asked")
    what = f"{flats} flats, {leases} leases"
    with Worker(place, AUDITED) as worker:
        for name, reach in REACH.items():
            took = worker.call("bench.register:visits", session=session, paths=asked[name])
            yield from p95(f"{name} ({what})", took, reach)
        took = worker.call("bench.letting:searches", session=session)
        yield from p95(f"search: address of a flat ({what})", took, SEARCHED)
        yield absolute(
            f"rows of leases in the work queue ({what})", "ms",
            worker.call("bench.letting:queue"), QUEUED,
        )  # fmt: skip
        yield from _statements(worker, session, asked)
    yield _imported(place, size)


def _statements(worker: Worker, session: str, asked: Paths) -> Iterator[Figure]:
    """Each page with much to show against the same page with little."""
    pages = {
        "lease": (asked["crowded lease"][0], asked["lease with a paper"][0]),
        "list of leases": (LEASES, f"{LEASES}?rajaus=odottaa"),
        "vacancy list": (f"{FLATS}?rajaus=vapaat", asked["free flats of a site"][0]),
        "flat": (asked["flat of the crowded lease"][0], asked["let flat"][0]),
    }
    for page, paths in pages.items():
        much, little = (
            worker.call("bench.web:statements", session=session, path=path) for path in paths
        )
        yield counted(f"statements: {page}", "statements", much, little, BUDGETS[page])


def _imported(place: Installation, size: int) -> Figure:
    """A file of leases that ended long ago, beside those that are there."""
    count = min(IMPORTED, size)
    path = str(place.folder / "leases.csv")
    with Worker(place, AUDITED) as worker:
        took = worker.call("bench.letting:import_leases", count=count, path=path)
    return absolute(f"import of {count} leases", "s", [took], count * PER_ROW)
