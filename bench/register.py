"""Figures of the person register: searching, the list, the card, and the weight of pages.

Whole requests with their access event, for many different people. With more than FEW people in the
register the same questions are asked first when there are FEW, so that growth is told in one run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from bench.measure import Figure, absolute, percentile, told
from bench.pages import AUDITED, LIST
from bench.server import Installation
from bench.worker import ROOT, Worker

FEW = 20_000
ASKED = 60  # different people per kind of search
ROUNDS = 3  # how many times they are all asked for
KNOWN = 500  # the people who are searched are among the first so many
FIRST_NUMBER = 10_001
SEARCH = "/haku/"
SECOND = 1000  # milliseconds
STYLES = ROOT / "vuokra" / "ui" / "static" / "vuokra"

# What is asked: the most that p95 may be in milliseconds, and the most that the median may grow
# from FEW people on.
REACH: dict[str, tuple[float, float]] = {
    "surname": (60, 1.5),
    "half a surname": (60, 1.5),
    "two letters of a name": (60, 3.0),
    "first name and half a surname": (60, 3.0),
    "halves of two names": (60, 3.0),
    "telephone": (60, 1.5),
    "end of a telephone number": (60, 3.0),
    "e-mail": (60, 3.0),
    "customer number": (60, 1.5),
    "identity code": (60, 1.5),
    "street and number": (150, 3.0),
    "half a street, number, flat": (150, 3.0),
}
FILTERS = (
    "", "alku=K", "alku=M&sivu=3", "kieli=sv", "kieli=en&alku=L", "kieli=fi&sivu=20",
    "puuttuu=puhelin", "puuttuu=osoite&kieli=fi", "asiakkuus=on&sivu=5", "asiakkuus=ei",
    "jarjestys=-nimi", "jarjestys=-asiakas&sivu=40", "jarjestys=-alkoi", "jarjestys=alkoi&sivu=9",
)  # fmt: skip

Medians = dict[str, float]
Rounds = dict[str, list[list[float]]]
AS_HTMX = {"HTTP_HX_REQUEST": "true"}


def typed() -> dict[str, list[str]]:
    """In a worker: what is typed into the box, by kind, about invented people of the register."""
    from bench.data import SEED
    from registry.persons import demo

    people = list(islice(demo.invent(SEED), KNOWN))
    chosen = Random(SEED).sample(list(enumerate(people)), ASKED)  # no secrets are chosen
    found: dict[str, list[str]] = {kind: [] for kind in REACH}
    for place, one in chosen:
        street, number = one.street.split(" ")[:2]
        flat = " ".join(one.street.split(" ")[1:])
        for kind, text in {
            "surname": one.surname,
            "half a surname": one.surname[:5],
            "two letters of a name": one.call_name[:2],
            "first name and half a surname": f"{one.call_name} {one.surname[:4]}",
            "halves of two names": f"{one.surname[:4]} {one.call_name[:3]}",
            "telephone": "0" + one.phone.removeprefix("+358"),
            "end of a telephone number": one.phone[-6:],
            "e-mail": one.email,
            "customer number": str(FIRST_NUMBER + place),
            "identity code": one.code,
            "street and number": f"{street} {number}",
            "half a street, number, flat": f"{street[:5]} {flat}",
        }.items():
            found[kind].append(text)
    return found


def searches(session: str) -> Rounds:
    """In a worker: milliseconds of each search below the box, ROUNDS times; each must find
    somebody."""
    from bench import web

    took: Rounds = {}
    for kind, texts in typed().items():
        web.fetch(session, SEARCH, {"q": texts[0]}, **AS_HTMX)
        took[kind] = [[_found(session, kind, text) for text in texts] for _ in range(ROUNDS)]
    return took


def _found(session: str, kind: str, text: str) -> float:
    from bench import web

    seconds, body = web.fetch(session, SEARCH, {"q": text}, **AS_HTMX)
    if b'role="option"' not in body:
        raise web.WrongPage(f"nobody was found by {kind}")
    return seconds * SECOND


def visits(session: str, paths: list[str]) -> list[list[float]]:
    """In a worker: milliseconds of each page, ROUNDS times."""
    from bench import web

    web.fetch(session, paths[0])
    return [[web.fetch(session, path)[0] * SECOND for path in paths] for _ in range(ROUNDS)]


def weights(session: str, paths: list[str]) -> list[list[int]]:
    """In a worker: bytes of each page as they are sent, and of the static files it asks for."""
    from django.contrib.staticfiles import finders

    from bench import web

    found = []
    for path in paths:
        _seconds, sent = web.fetch(session, path, HTTP_ACCEPT_ENCODING="gzip")
        _seconds, page = web.fetch(session, path)
        asked = set(re.findall(rb'(?:href|src)="/static/([^"]+)"', page))
        files = [Path(str(finders.find(name.decode()))) for name in asked]
        found.append([len(sent), sum(file.stat().st_size for file in files)])
    return found


def before_growth(place: Installation, worker: Worker, session: str, cards: list[str]) -> Medians:
    """The medians while there are FEW people."""
    place.settle()
    return _medians(worker, session, cards)


def _medians(worker: Worker, session: str, cards: list[str]) -> Medians:
    took = worker.call("bench.register:searches", session=session)
    paths = [f"{LIST}{card}/" for card in cards]
    took["card"] = worker.call("bench.register:visits", session=session, paths=paths)
    return {kind: _median(rounds) for kind, rounds in took.items()}


def figures(
    place: Installation, session: str, cards: list[str], few: Medians | None
) -> Iterator[Figure]:
    """Everything of this module."""
    card_paths = [f"{LIST}{card}/" for card in cards]
    list_paths = [f"{LIST}?{filters}" for filters in FILTERS] * 3
    with Worker(place, AUDITED) as worker:
        took: Rounds = worker.call("bench.register:searches", session=session)
        for kind, rounds in took.items():
            yield from p95(f"search: {kind}", rounds, REACH[kind][0])
        card = worker.call("bench.register:visits", session=session, paths=card_paths)
        yield from p95("person card", card, 80)
        shown = worker.call("bench.register:visits", session=session, paths=list_paths)
        yield from p95("list of 50 with filters", shown, 80)
        if few is not None:
            reach = {kind: growth for kind, (_p95, growth) in REACH.items()} | {"card": 1.5}
            for kind, rounds in {**took, "card": card}.items():
                yield _growth(kind, _median(rounds), few[kind], reach[kind])
        yield from _weights(worker, session, [LIST, SEARCH, card_paths[0]])


def p95(name: str, rounds: list[list[float]], reach: float) -> Iterator[Figure]:
    """The quietest round: what else runs on the machine can only make it look worse."""
    p95 = min(percentile(values, 95) for values in rounds)
    yield Figure(f"{name}, p95", p95, "ms", None, None, reach, p95 <= reach)
    yield told(f"{name}, median", "ms", _median(rounds))


def _median(rounds: list[list[float]]) -> float:
    return min(median(values) for values in rounds)


def _growth(kind: str, many: float, few: float, reach: float) -> Figure:
    ratio = many / few
    return Figure(f"growth: {kind}", many, "ms", few, ratio, reach, ratio <= reach)


def _weights(worker: Worker, session: str, paths: list[str]) -> Iterator[Figure]:
    found = worker.call("bench.register:weights", session=session, paths=paths)
    pages: list[Any] = [repeated for repeated, _static in found]
    yield absolute("page weight, repeated (heaviest)", "kB", [max(pages) / 1000], 30)
    first = max(repeated + static for repeated, static in found)
    yield absolute("page weight, first (heaviest)", "kB", [first / 1000], 150)
    for name, reach in (("vuokra.css", 40), ("vuokra.js", 15)):
        size = (STYLES / name).stat().st_size
        yield absolute(name, "kB", [size / 1000], reach)
