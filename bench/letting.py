"""In a worker: a stock of flats, who rents them, and what is asked of them."""

from __future__ import annotations

import csv
import datetime as dt
import time
from itertools import chain, cycle, product
from pathlib import Path
from random import Random
from typing import Any

from bench.data import SEED, context
from bench.pages import LIST as PEOPLE
from bench.register import AS_HTMX, ROUNDS, SEARCH, SECOND

TODAY = dt.date.today()  # noqa: DTZ011  (the day on which the pages are asked for)
PER_SITE = 120
EMPTY_OF = 50
BATCH = 5000  # flats let in one transaction
WAITING = 300  # leases that wait for signatures, at most
UNSERVED = 100  # papers that wait to be served, at most
ASKED = 60  # different leases, flats and addresses

LEASES, SITES, FLATS = "/sopimukset/", "/kohteet/", "/kohteet/huoneistot/"
LEASE_LISTS = (
    "", "sivu=3", "rajaus=voimassa", "rajaus=voimassa&sivu=4", "rajaus=paattynyt",
    "rajaus=odottaa", "rajaus=luonnos", "rajaus=alkava", "rajaus=paattyva", "rajaus=peruttu",
)  # fmt: skip
DEEP_LISTS = ("sivu=900000", "rajaus=voimassa&sivu=900000", "rajaus=paattynyt&sivu=900000")
FREE_FIRST = ("rajaus=vapaat",)
FREE_LISTS = (
    "rajaus=vapaat&huoneita=2", "rajaus=vapaat&rahoitus=free", "rajaus=vapaat&jarjestys=-ala",
    "rajaus=vapaat&esteettomyys=wheelchair", "rajaus=vapaat&sivu=900000", "rajaus=vapautuvat",
    "rajaus=poissa", "syy=renovation",
)  # fmt: skip
FLAT_LISTS = (
    "", "sivu=7", "sivu=900000", "rajaus=vuokratut", "rajaus=vuokratut&sivu=900000",
    "huoneita=3&rahoitus=arava", "jarjestys=-osoite&sivu=20", "jarjestys=ala", "rajaus=poistetut",
)  # fmt: skip
STEMS = (
    "Aho", "Hilla", "Kaarna", "Kanerva", "Koivu", "Koski", "Lehto", "Lossi", "Mylly", "Niitty",
    "Pihlaja", "Pirtti", "Ranta", "Salo", "Suo", "Tuomi", "Utu", "Varpu", "Vuoma", "Väylä",
)  # fmt: skip
ENDS = (
    "katu", "tie", "kuja", "polku", "raitti", "kaari", "rinne", "penger", "aukio", "vainio",
    "metsä", "portti", "laita", "silta", "mutka", "haka", "perä", "taus", "korva", "pelto",
    "lampi", "niemi",
)  # fmt: skip
FIRST_YEAR = 1990  # imported leases lasted a year, long before the others


def stock(count: int) -> int:
    """Sites with `count` flats together; how many flats."""
    from leases.homes import demo
    from leases.homes.models import Flat

    random = Random(SEED)  # invented homes
    streets = cycle([stem + end for end, stem in product(ENDS, STEMS)])
    sizes = [PER_SITE] * (count // PER_SITE) + [count % PER_SITE] * bool(count % PER_SITE)
    with context():
        for number, flats in enumerate(sizes):
            name = f"Kohde {number}"
            demo.make_site(100 + number, name, next(streets), flats, TODAY, random)
        return Flat.objects.count()


def let() -> int:
    """Let every flat but some, twice over: one lease that ended and one that runs; how many."""
    from leases.contracts import demo
    from leases.contracts.models import Lease
    from leases.homes.models import Flat
    from vuokra.demo.registry import Scale

    with context():
        free = Flat.objects.filter(leases=None)  # papers were made of leases of their own
        flats = [flat for number, flat in enumerate(free) if number % EMPTY_OF]
        people = chain.from_iterable(cycle([list(demo.adults(TODAY))]))
    for start in range(0, len(flats), BATCH):
        chosen = flats[start : start + BATCH]
        with context():
            demo.let_many(chosen, people, Scale(len(chosen), TODAY, SEED + start))
            running = Lease.objects.filter(flat__in=chosen).select_related("flat").order_by("id")
            demo.ended_before(running, people)
    with context():
        return Lease.objects.count()


def waiting() -> None:
    """Leases that wait for signatures in half of the empty flats, some that are repaired, papers
    that wait to be served, and one lease of which much is recorded."""
    from leases.contracts import demo
    from leases.contracts.models import Lease
    from leases.homes.models import Flat, OutReason, Vacancy

    with context():
        empty = list(Flat.objects.filter(leases=None).order_by("id"))
        people = demo.adults(TODAY)
        for flat in empty[: min(len(empty) // 2, WAITING)]:
            demo.draw_up(flat, next(people), TODAY + dt.timedelta(days=10), TODAY)
        Vacancy.objects.bulk_create(
            Vacancy(flat=flat, reason=OutReason.RENOVATION, valid_from=TODAY - dt.timedelta(30))
            for flat in empty[-len(empty) // 4 :]
        )
        running = Lease.objects.filter(last_day=None, concluded_on__isnull=False).order_by("id")
        for lease in running[:UNSERVED]:
            _notice(lease)
        crowded = running.last()
        assert crowded
        _crowd(crowded, people)


def _notice(lease: Any) -> None:
    from leases.contracts.rules.notice import Document
    from leases.contracts.services import NoticeDetails, record_notice

    details = NoticeDetails(document=Document.TENANT_NOTICE, sent_on=TODAY)
    record_notice(lease, details, today=TODAY)


CROWD = 8


def _crowd(lease: Any, people: Any) -> None:
    """Many who live there, and many papers."""
    from leases.contracts.rules.persons import Role
    from leases.contracts.services import add_party

    for _number in range(CROWD):
        add_party(lease, next(people), Role.OCCUPANT, valid_from=TODAY, today=TODAY)
        _notice(lease)


def asked() -> dict[str, list[str]]:
    """The pages that are asked for, by name."""
    from leases.contracts.models import Lease, Party
    from leases.homes.models import Flat

    with context():
        flats = list(Flat.objects.order_by("?").values_list("pk", flat=True)[:ASKED])
        leases = list(Lease.objects.order_by("?").values_list("pk", flat=True)[:ASKED])
        tenants = Party.objects.filter(lease__in=leases)
        people = list(tenants.values_list("person__public_id", flat=True))
        running = Lease.objects.filter(last_day=None, concluded_on__isnull=False)
        crowded, noticed = running.latest("id"), running.exclude(notices=None).earliest("id")
        free = Flat.objects.filter(leases=None, vacancies=None).select_related("stair__building")
        site = free[0].stair.building.site_id
    return {
        "lease": [f"{LEASES}{pk}/" for pk in leases],
        "crowded lease": [f"{LEASES}{crowded.pk}/"],
        "lease with a paper": [f"{LEASES}{noticed.pk}/"],
        "flat of the crowded lease": [f"{FLATS}{crowded.flat_id}/"],
        "let flat": [f"{FLATS}{noticed.flat_id}/"],
        "free flats of a site": [f"{FLATS}?rajaus=vapaat&kohde={site}"],
        "list of leases": [f"{LEASES}?{one}" for one in LEASE_LISTS] * 3,
        "list of leases, last pages": [f"{LEASES}?{one}" for one in DEEP_LISTS] * 8,
        "flat": [f"{FLATS}{pk}/" for pk in flats],
        "vacancy list, first page": [f"{FLATS}?{one}" for one in FREE_FIRST] * 30,
        "vacancy list with filters": [f"{FLATS}?{one}" for one in FREE_LISTS] * 3,
        "list of flats": [f"{FLATS}?{one}" for one in FLAT_LISTS] * 3,
        "list of sites": [SITES] * 20,
        "work queue": ["/"] * 20,
        "card of a tenant": [f"{PEOPLE}{one}/" for one in people],
    }


def searches(session: str) -> list[list[float]]:
    """Milliseconds of each search for a flat by its address, below the box; each must find it."""
    from bench import web
    from leases.homes.models import Flat

    with context():
        typed = list(Flat.objects.order_by("?").values_list("address", flat=True)[:ASKED])
    web.fetch(session, SEARCH, {"q": typed[0]}, **AS_HTMX)
    return [[_found(session, text) for text in typed] for _round in range(ROUNDS)]


def _found(session: str, text: str) -> float:
    from bench import web

    seconds, body = web.fetch(session, SEARCH, {"q": text}, **AS_HTMX)
    if text.encode() not in body.split(b'role="option"', 1)[-1]:
        raise web.WrongPage(f"no flat was found: {text}")
    return seconds * SECOND


def queue() -> list[float]:
    """Milliseconds in which the rows of leases in the work queue are found."""
    from leases.contracts import queries

    took = []
    for _round in range(10):
        with context():
            began = time.perf_counter()
            queries.waiting(today=TODAY)
            took.append((time.perf_counter() - began) * SECOND)
    return took


IMPORTED = (
    "address", "tenant", "starts_on", "concluded_on", "last_day", "rent", "water_person", "persons",
)  # fmt: skip


def import_leases(count: int, path: str) -> float:
    """Import a file of `count` leases that ended long ago: the seconds from opening the file to the
    committed event.

    Raises RuntimeError unless all of them were new.
    """
    from leases.contracts.imports import IMPORTER
    from vuokra.imports import services

    _write_file(count, path)
    with Path(path).open("rb") as file:
        start = time.perf_counter()
        with context():
            run, _result = services.import_now(
                IMPORTER, file, today=TODAY, tell=_silent, dry_run=False
            )
        took = time.perf_counter() - start
    if (run.new, run.errors) != (count, 0):
        raise RuntimeError(f"{run.new} imported, {run.errors} errors")
    return took


def _silent(*progress: object) -> None:
    """Nobody watches."""


def _write_file(count: int, path: str) -> None:
    from leases.contracts import demo
    from leases.contracts.imports.columns import COLUMNS
    from leases.homes.models import Flat

    with context():
        addresses = list(Flat.objects.order_by("sort_key").values_list("address", flat=True))
        people = cycle([one.customer_number for one in demo.adults(TODAY)])
    years = chain.from_iterable([year] * len(addresses) for year in range(FIRST_YEAR, TODAY.year))
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS.title(code) for code in IMPORTED)
        rows = zip(range(count), cycle(addresses), people, years, strict=False)
        for _number, address, person, year in rows:
            writer.writerow(
                [address, person, f"1.1.{year}", f"15.12.{year - 1}", f"31.12.{year}", "612,50",
                 "22,00", "2"]
            )  # fmt: skip
