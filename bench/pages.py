"""Figures of whole pages: with the read audit, without it, and with a signal per object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle
from statistics import median

from bench.data import EXPORTED, FEW, sizes_of_exports
from bench.measure import Figure, Variant, alternate, compared, told
from bench.server import Installation
from bench.worker import Worker

AUDITED, PLAIN, SIGNALS = "vuokra.settings", "bench.settings", "bench.accessed_settings"
LIST = "/henkilot/"
EXPORT = "/henkilot/vienti/"
PER_ROUND = 4  # pages of a kind that make one measurement
PAGE = 50
CARD_ROWS = 17
MILLISECONDS = 1000
SLOW_ROUNDS = 2  # of what takes a minute a round


@dataclass
class Site:
    """The three variants, one process each, and what there is to ask them for."""

    workers: dict[str, Worker]
    session: str
    cards: Iterator[str]
    lists: Iterator[str]
    size: int

    def pages(self, settings: str, paths: list[str]) -> float:
        """Seconds per page."""
        took: float = self.workers[settings].call(
            "bench.web:seconds", session=self.session, paths=paths
        )
        return took / len(paths)

    def export(self, settings: str, language: str, rows: int) -> float:
        """Seconds of an export that must have this many rows and its header."""
        took: float = self.workers[settings].call(
            "bench.web:seconds",
            session=self.session,
            paths=[EXPORT],
            data={"kieli": language},
            lines=rows + 1,
        )
        return took


@contextmanager
def site(place: Installation, session: str, cards: list[str], size: int) -> Iterator[Site]:
    """Start the three processes; `cards` are the public ids of the people shown."""
    lists = [f"{LIST}?sivu={1 + number}" for number in range(min(200, size // PAGE))]
    with ExitStack() as stack:
        workers = {
            settings: stack.enter_context(Worker(place, settings))
            for settings in (AUDITED, PLAIN, SIGNALS)
        }
        yield Site(workers, session, cycle(f"{LIST}{card}/" for card in cards), cycle(lists), size)


def figures(one: Site, rounds: int) -> Iterator[Figure]:
    """Person page, list and export, each against the two others."""
    yield from _pages(one, f"person page ({CARD_ROWS} rows)", one.cards, rounds, (1.35, 0.5))
    yield from _pages(one, f"list of {PAGE}", one.lists, rounds, (1.35, 0.2))
    yield from _exports(one, rounds)


def _pages(
    one: Site, name: str, paths: Iterator[str], rounds: int, reach: tuple[float, float]
) -> Iterator[Figure]:
    """Every variant shows the same pages in a round."""
    chosen = [[next(paths) for _ in range(PER_ROUND)] for _ in range(rounds + 1)]

    def shown_by(settings: str) -> Variant:
        return lambda number: one.pages(settings, chosen[number])

    found = alternate({settings: shown_by(settings) for settings in one.workers}, rounds)
    yield from _against(name, found, reach, (AUDITED, PLAIN, SIGNALS))
    yield _logged(one, name, chosen[0][0])


def _logged(one: Site, name: str, path: str) -> Figure:
    """What is compared logs the same: a signal for every row that the event tells of."""
    entries, rows = (
        one.workers[settings].call(function, session=one.session, path=path)
        for settings, function in ((SIGNALS, "bench.accessed:entries"), (AUDITED, "bench.web:rows"))
    )
    return Figure(
        f"{name}: entries of the signals / rows of the event", entries, "entries", rows,
        entries / rows, 1.0, entries == rows,
    )  # fmt: skip


def _exports(one: Site, rounds: int) -> Iterator[Figure]:
    """The large export against none, and, in few rounds, against the signal, which takes most of a
    minute for it; and a small one, in which the fixed cost of a request weighs against the audit.
    """
    large, small = sizes_of_exports(one.size)

    def exported_by(settings: str, language: str, rows: int) -> Variant:
        return lambda number: one.export(settings, language, rows)

    found = alternate(
        {settings: exported_by(settings, EXPORTED, large) for settings in (AUDITED, PLAIN)}, rounds
    )
    yield compared(
        f"export of {large}", "ms", found[AUDITED], found[PLAIN], 1.40, scale=MILLISECONDS
    )
    found = alternate(
        {settings: exported_by(settings, EXPORTED, large) for settings in (AUDITED, SIGNALS)},
        SLOW_ROUNDS,
    )
    yield compared(
        f"export of {large} / accessed signal per object", "ms", found[AUDITED], found[SIGNALS],
        0.06, scale=MILLISECONDS,
    )  # fmt: skip
    found = alternate(
        {settings: exported_by(settings, FEW, small) for settings in (AUDITED, SIGNALS)}, rounds
    )
    yield told(
        f"export of {small} / accessed signal per object", "x",
        median(found[AUDITED]) / median(found[SIGNALS]),
    )  # fmt: skip


def _against(
    name: str,
    found: Mapping[str, list[float]],
    reach: tuple[float, float],
    settings: tuple[str, str, str],
) -> Iterator[Figure]:
    audited, plain, signals = (found[one] for one in settings)
    yield compared(name, "ms", audited, plain, reach[0], scale=MILLISECONDS)
    yield compared(
        f"{name} / accessed signal per object", "ms", audited, signals, reach[1],
        scale=MILLISECONDS,
    )  # fmt: skip
    own = (median(audited) - median(plain)) / (median(signals) - median(plain))
    yield told(f"{name}: what the event adds / what signals add", "x", own)


def mixed(one: Site) -> Iterator[str]:
    """Pages as an office asks for them: three cards to a list."""
    while True:
        yield next(one.lists)
        for _ in range(3):
            yield next(one.cards)
