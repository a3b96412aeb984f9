"""In a worker: applications as a web form delivers them, imported, admitted and worked out."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from bench.data import SEED, context

TODAY = dt.date.today()  # noqa: DTZ011  (the day on which the pages are asked for)
BEYOND = 60_000  # who applies comes after the people of the register and of its import
GROWN = 20  # years
CHILD_DAYS = 5800  # the children were born on so many different days
BATCH = 2000
SCHEMA, SOURCE = "vuokra-applications/1", "mittaus"

GROUNDS = ("B6", "A8", "C1", "B5", "A1", "B2", "C1", "A4", "B7", "C1")
EMPLOYMENTS = (
    ("permanent", "wage"), ("temporary", "wage"), ("student", "study_grant"),
    ("unemployed", "unemployment"), ("pensioner", "pension"), ("part_time", "wage"),
)  # fmt: skip
CHILDREN = (0, 1, 2, 0, 1, 3, 0, 2)  # by turns
PARTNER_OF = 3  # one applicant in so many has a spouse

# Who would pay how much: everybody pays the ordinary rent, one in 20 a high one, one in 100 any.
ORDINARY_EUR = (700, 800, 900, 1000, 1100)
HIGH_EUR, HIGH_OF = 1300, 20
ANY_OF = 100


class Told:
    """How often the progress of an import was told."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, *progress: object) -> None:
        self.times += 1


def import_applications(
    size: int, first: int, count: int, path: str, sites: list[int]
) -> tuple[float, float]:
    """Import a file of `count` applications from the `first` on, everybody in them new to the
    register: seconds of the dry run, and from opening the file to the committed event. `sites` are
    those that are wished for by number, the first by everybody who names any.

    Raises RuntimeError unless all of them were new.
    """
    from applications.intake.imports import IMPORTER
    from vuokra.imports import services

    _write_file(size, first, count, path, sites)
    took = []
    for dry_run in (True, False):
        told = Told()
        with Path(path).open("rb") as file:
            start = time.perf_counter()
            with context():
                run, _result = services.import_now(
                    IMPORTER, file, today=TODAY, tell=told, dry_run=dry_run
                )
            took.append(time.perf_counter() - start)
        if (run.new, run.errors) != (count, 0):
            raise RuntimeError(f"{run.new} imported, {run.errors} errors")
        if told.times < 2:
            raise RuntimeError("nothing was told of the progress")
    return took[0], took[1]


def admit() -> int:
    """Take everything that was received into the selection, in bulk; how many are valid."""
    from applications.intake.codes import State
    from applications.intake.models import Application, Step
    from vuokra.access.stated import bulk_write
    from vuokra.db.bulk import insert_many, update_many

    with context():
        received = list(Application.objects.filter(state=State.RECEIVED).order_by("pk"))
    for start in range(0, len(received), BATCH):
        rows = received[start : start + BATCH]
        with context(), bulk_write("applications admitted in bulk"):
            insert_many(
                [
                    Step(application=row, before=row.state, after=State.VALID, on=TODAY)
                    for row in rows
                ]
            )
            for row in rows:
                row.state = State.VALID
            update_many(rows, ["state"])
    with context():
        return Application.objects.filter(state=State.VALID).count()


def assess() -> tuple[float, int]:
    """Work out what all of them come to, as the worker does after an import: seconds, how many."""
    from applications.selection import services

    start = time.perf_counter()
    with context():
        found = services.assess_due(TODAY)
    return time.perf_counter() - start, found


def _write_file(size: int, first: int, count: int, path: str, sites: list[int]) -> None:
    from registry.persons import demo

    invented = islice(demo.invent(SEED), size + BEYOND, None)
    grown = (one for one in invented if one.born.year < TODAY.year - GROWN)
    made = islice(_applications(grown, sites), first, first + count)
    content = {"schema": SCHEMA, "source": SOURCE, "applications": list(made)}
    Path(path).write_text(json.dumps(content), encoding="utf-8")


def _applications(people: Iterator[Any], sites: list[int]) -> Iterator[dict[str, Any]]:
    """Applications without end, the same every time."""
    children = _children()
    for number, person in enumerate(people):
        members = [_member(person, number) | {"part": "applicant"}]
        if number % PARTNER_OF == 1:
            as_spouse = {"part": "co_applicant", "relation": "spouse"}
            members.append(_member(next(people), number + 1) | as_spouse)
        members += [
            next(children) | {"surname": person.surname, "given_names": next(people).given_names}
            for _ in range(CHILDREN[number % len(CHILDREN)])
        ]
        yield _whole(number, len(members), sites) | {"members": members}


def _whole(number: int, persons: int, sites: list[int]) -> dict[str, Any]:
    day = TODAY - dt.timedelta(days=1 + number % 85)
    return {
        "source_id": f"M-{number}",
        "received_on": day.isoformat(),
        "assured_on": day.isoformat(),
        "grounds": [{"situation": GROUNDS[number % len(GROUNDS)]}],
        "need": {
            "wished_on": (day + dt.timedelta(days=90)).isoformat(),
            "own_words": "Nykyinen asunto on meille liian pieni.",
        },
        "home": {
            "tenure": "rented", "municipality": "Hillakoski" if number % 4 else "Suvanto",
            "rooms": 1 + number % 3, "area_m2": 30 + number % 40, "residents": persons,
            "cost_eur": 400 + number % 300, "condition": "fair", "conveniences": "full",
        },
        "wish": _wish(number, sites),
    }  # fmt: skip


def _wish(number: int, sites: list[int]) -> dict[str, Any]:
    """A wish that two rooms of the first site meet, and others by turns."""
    wish: dict[str, Any] = {"rooms_from": 1 + number % 2, "rooms_to": 2 + number % 3}
    if number % 3:
        wish["sites"] = [str(sites[0]), str(sites[1 + number % (len(sites) - 1)])]
    if number % 2:
        wish["area_from"] = 25 + number % 15
    if number % 5 == 0:
        wish["equipment"] = ["washer"]
    if number % HIGH_OF == 0:
        return wish if number % ANY_OF == 0 else wish | {"rent_most_eur": HIGH_EUR}
    return wish | {"rent_most_eur": ORDINARY_EUR[number % len(ORDINARY_EUR)]}


def _member(one: Any, number: int) -> dict[str, Any]:
    employment, income = EMPLOYMENTS[number % len(EMPLOYMENTS)]
    return {
        "surname": one.surname, "given_names": one.given_names, "call_name": one.call_name,
        "hetu": one.code, "phone": one.phone, "email": one.email, "street": one.street,
        "postal_code": "97999", "town": "Hillakoski", "residence": "citizen",
        "employment": employment,
        "incomes": [{"kind": income, "euros": 300 + number * 7 % 3000, "period": "month"}],
        "income_told": True,
        "assets": [{"kind": "savings", "euros": number * 13 % 60_000}] if number % 3 else [],
        "wealth_told": number % 11 != 5,
    }  # fmt: skip


def _children() -> Iterator[dict[str, Any]]:
    """Children without their names, each with an identity code that nobody can have."""
    from registry.persons import rules

    number = 0
    while True:
        born = TODAY - dt.timedelta(days=30 + number % CHILD_DAYS)
        digits, individual = born.strftime("%d%m%y"), f"{900 + number // CHILD_DAYS % 100}"
        check = rules.hetu_check_character(digits, individual)
        number += 1
        yield {
            "part": "resident", "relation": "child", "hetu": f"{digits}A{individual}{check}",
            "residence": "citizen", "income_told": True, "wealth_told": True,
        }  # fmt: skip
