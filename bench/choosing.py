"""In a worker: flats for which residents are chosen, and what is asked of their selections."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal
from itertools import cycle
from random import Random
from typing import Any

from bench.applying import TODAY
from bench.data import SEED, context
from bench.letting import ENDS, STEMS
from bench.register import SECOND

PER_SITE = 120
FIRST_SITE = 9_000  # a number whose funding is a long subsidy without a special group
LIMITS = {
    1: Decimal(30_000), 2: Decimal(45_000), 3: Decimal(60_000), 4: Decimal(70_000),
}  # fmt: skip
STEP = Decimal(10_000)
RENT_BASE, RENT_M2 = 210, Decimal("7.60")
RENTS = {"all": 560, "some": 1250, "few": 1500}  # who would pay it: `bench.applying`
ROOMS = 2
ASKED = 60
APPLICATIONS, SELECTIONS = "/hakemukset/", "/valinta/"
LISTS = (
    "", "sivu=40", "rajaus=uudet", "rajaus=voimassa", "rajaus=voimassa&sivu=100",
    "rajaus=vanhenevat", "rajaus=paattyneet", "sivu=900000",
)  # fmt: skip


def vacant(count: int) -> tuple[dict[str, int], list[int]]:
    """Open a selection for each of `count` new flats, with the wealth limits of the municipality:
    the selections for which all, some or few of the applicants would pay the rent, and the numbers
    of the sites."""
    from applications.selection.models import Round
    from leases.homes import demo
    from leases.homes.models import Flat

    random, sites = Random(SEED), list(range(FIRST_SITE, FIRST_SITE + -(-count // PER_SITE)))
    streets = cycle([f"{stem}n{end}" for end in ENDS for stem in STEMS])
    flats: list[Flat] = []
    with context():
        for number in sites:
            several = min(PER_SITE, count - len(flats))
            name = f"Vapaa {number}"
            flats += demo.make_site(number, name, next(streets), several, TODAY, random)
        _limits()
        chosen = dict(zip(RENTS, _alike(flats), strict=False))
        rents = {flat.pk: Decimal(RENTS[name]) for name, flat in chosen.items()}
        rounds = Round.objects.bulk_create(
            Round(
                flat=flat, free_from=TODAY + dt.timedelta(days=30 + number % 60),
                rent_eur=rents.get(flat.pk, RENT_BASE + flat.area * RENT_M2),
                open_to_all_from=TODAY,
            )
            for number, flat in enumerate(flats)
        )  # fmt: skip
    by_flat = {one.flat_id: one.pk for one in rounds}
    return {name: by_flat[flat.pk] for name, flat in chosen.items()}, sites


def _alike(flats: list[Any]) -> list[Any]:
    """Flats of the first site that everybody wishes for, but for the rent."""
    return [one for one in flats[:PER_SITE] if one.rooms == ROOMS][: len(RENTS)]


def _limits() -> None:
    from applications.selection.models import WealthTable
    from applications.selection.services import bounds

    for name in bounds.municipalities():
        table = WealthTable(
            municipality=name, valid_from=dt.date(TODAY.year, 1, 1), step_eur=STEP,
            decision=f"Kunnanhallitus 12.1.{TODAY.year} § 9",
        )  # fmt: skip
        bounds.publish_limits(table, LIMITS, today=TODAY)


def compared(round_id: int) -> int:
    """How many are compared for a selection."""
    from applications.selection.queries.comparison import applicants_of, asked_of
    from applications.selection.queries.page import round_by_id

    with context():
        row = round_by_id(round_id)
        asked = asked_of(row, TODAY)
        assert asked is not None
        return applicants_of(row, asked, TODAY).count()


def asked(rounds: dict[str, int]) -> dict[str, list[str]]:
    """The pages that are asked for, by name."""
    from applications.intake.models import Application

    with context():
        numbers = list(Application.objects.order_by("?").values_list("number", flat=True)[:ASKED])
    first = f"{SELECTIONS}{rounds['all']}/"
    threes = zip(*[iter(numbers)] * 3, strict=False)
    return {
        "ranking, first page": [first] * ASKED,
        "ranking, later pages": [f"{first}?sivu={one}" for one in (2, 10, 100, 900_000)] * 5,
        "comparison of three": [
            f"{first}?vertaa={'&vertaa='.join(three)}" for three in threes
        ],
        "list of applications": [f"{APPLICATIONS}?{one}" for one in LISTS] * 4,
        "application": [f"{APPLICATIONS}{one}/" for one in numbers],
        "list of selections": [SELECTIONS, f"{SELECTIONS}?rajaus=vapaat"] * 10,
    }  # fmt: skip


def matching() -> tuple[list[float], int]:
    """Milliseconds in which the flats are found that suit an application, for different ones; how
    many suit on the average."""
    from applications.intake.models import Application
    from applications.selection.models import Round, RoundState
    from applications.selection.queries.suitable import suiting

    with context():
        chosen = list(Application.objects.order_by("?")[:ASKED])
    took, found = [], 0
    for one in chosen:
        with context():
            began = time.perf_counter()
            open_ = Round.objects.filter(state=RoundState.OPEN)
            found += len(suiting(one, open_, TODAY).values_list("pk", flat=True))
            took.append((time.perf_counter() - began) * SECOND)
    return took, found // len(chosen)


def queue() -> dict[str, list[float]]:
    """Milliseconds in which the rows of the work queue are found: selections, applications."""
    from applications.intake import desk as applications
    from applications.selection import desk as selections
    from vuokra.access.context import current

    took: dict[str, list[float]] = {"selections": [], "applications": []}
    for _round in range(5):
        for name, room in (("selections", selections), ("applications", applications)):
            with context():
                began = time.perf_counter()
                list(room.rows(current().actor, TODAY))
                took[name].append((time.perf_counter() - began) * SECOND)
    return took
