"""Figures of applications and resident selection: ranking, matching, snapshots, an import, pages.

With 20,000 people or more there are 10,000 valid applications, 5,000 flats for which residents are
chosen, and a file of 5,000 applications more.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from bench.choosing import APPLICATIONS
from bench.measure import Figure, absolute, compared, counted, told
from bench.pages import AUDITED
from bench.register import p95
from bench.server import Installation
from bench.worker import Worker

VALID, FLATS, IMPORTED = 10_000, 5_000, 5_000
SECOND = 1000  # milliseconds

# What is asked for: the most that p95 may be, in milliseconds.
REACH = {
    "ranking, first page": 150, "ranking, later pages": 150, "comparison of three": 150,
    "list of applications": 80, "application": 80, "list of selections": 80,
}  # fmt: skip
MATCHED = 100  # ms
QUEUED = 100  # ms, the rows of a room in the work queue
SNAPSHOT = 2.0
BUDGETS = {"ranking": 31, "list of applications": 18}
PER_ROW = 60 / 5_000  # seconds an imported application may take


def figures(place: Installation, size: int, rounds: int) -> Iterator[Figure]:
    """Everything of this module."""
    valid, flats = (min(one, size // 2) for one in (VALID, FLATS))
    path = str(place.folder / "applications.json")
    with Worker(place, AUDITED) as worker:
        session = worker.call("bench.data:sign_in", role="VAL")
        chosen, sites = worker.call("bench.choosing:vacant", count=flats)
        worker.call(
            "bench.applying:import_applications",
            size=size, first=0, count=valid, path=path, sites=sites,
        )  # fmt: skip
        worker.call("bench.applying:admit")
        took, assessed = worker.call("bench.applying:assess")
        yield told(f"assessing {assessed} applications", "s", took)
        place.settle()
        found = {
            name: worker.call("bench.choosing:compared", round_id=one)
            for name, one in chosen.items()
        }
        asked = worker.call("bench.choosing:asked", rounds=chosen)
    if found["all"] != valid:
        raise LookupError(f"{found['all']} of {valid} applications are compared")
    with Worker(place, AUDITED) as worker:
        what = f"{valid} applications"
        for name, reach in REACH.items():
            pages = worker.call("bench.register:visits", session=session, paths=asked[name])
            yield from p95(f"{name} ({what})", pages, reach)
        yield from _statements(worker, session, chosen)
        milliseconds, suited = worker.call("bench.choosing:matching")
        name = f"matching an application to {flats} flats ({suited} suit)"
        yield from p95(name, [milliseconds], MATCHED)
        for name, took in worker.call("bench.choosing:queue").items():
            yield absolute(f"rows of {name} in the work queue ({what})", "ms", took, QUEUED)
        yield from _snapshot(place, worker, chosen["some"], rounds)
        yield from _imported(worker, size, valid, path, sites)


def _statements(worker: Worker, session: str, chosen: dict[str, int]) -> Iterator[Figure]:
    """Each page with much to show against the same page with little."""
    pages = {
        "ranking": tuple(f"/valinta/{chosen[name]}/" for name in ("all", "few")),
        "list of applications": (APPLICATIONS, f"{APPLICATIONS}?rajaus=vanhenevat"),
    }
    for page, paths in pages.items():
        much, little = (
            worker.call("bench.web:statements", session=session, path=path) for path in paths
        )
        yield counted(f"statements: {page}", "statements", much, little, BUDGETS[page])


def _snapshot(place: Installation, worker: Worker, chosen: int, rounds: int) -> Iterator[Figure]:
    """A decision's snapshot against the same rows in tables that nothing protects."""
    url = place.superuser_url
    worker.call("bench.snapshots:prepare", url=url)
    found = [
        worker.call("bench.snapshots:deciding", round_id=chosen, url=url)
        for _round in range(rounds + 1)
    ][1:]  # the first warms up
    took, several = [one for one, _count in found], found[0][1]
    written, bare = ([one[name] for one in took] for name in ("written", "bare"))
    name = f"writing a snapshot of {several} households / bare INSERT"
    yield compared(name, "ms", written, bare, SNAPSHOT, scale=SECOND)
    for name, part in (("comparing", "compared"), ("freezing and hashing", "frozen")):
        milliseconds = median(one[part] for one in took) * SECOND
        yield told(f"{name} {several} households before it", "ms", milliseconds)


def _imported(
    worker: Worker, size: int, first: int, path: str, sites: list[int]
) -> Iterator[Figure]:
    """A file of applications beside those that are there."""
    count = min(IMPORTED, size // 2)
    dry, written = worker.call(
        "bench.applying:import_applications",
        size=size, first=first, count=count, path=path, sites=sites,
    )  # fmt: skip
    yield absolute(f"import of {count} applications", "s", [written], count * PER_ROW)
    yield told("of it, the dry run", "s", dry)
