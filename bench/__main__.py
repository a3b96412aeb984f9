"""`make bench`: every figure against its baseline of the same run.

    SIZE=20000 python -m bench

SIZE is the number of people. For a trial EVENTS (1,000,000), PAGES (1,000), ROUNDS (30) and RESULTS
may be given. With more than a million EVENTS the log is grown to them at the end, and asked once
more who has seen a person. ONLY=leases measures homes and leases alone,
ONLY=applications applications and selection alone.
Exit status 1 when a figure is missed.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench import applications, events, leases, measure, memory, pages, register, seals, statements
from bench.measure import ROUNDS, Figure
from bench.server import Installation, installation
from bench.worker import Worker, background

RESULTS = Path(__file__).resolve().parent / "results.json"
SECOND = 1000  # milliseconds
ROTATED = 1000
CARDS = 40
IMPORTED = 50_000
RECIPIENTS = 10_000
LEASES = 500
SEALED_EVERY = 10  # seconds: several turns of the sealer fall into the time
LEASES_ALONE, APPLICATIONS_ALONE = "leases", "applications"
FULL = 20_000  # people from which on a run is more than a trial


@dataclass
class Bench:
    """One run."""

    size: int
    events: int
    rounds: int
    pages: int
    results: Path
    only: str = ""
    few: register.Medians | None = None
    began: float = field(default_factory=time.monotonic)

    def run(self) -> int:
        """Measure everything; the status for the shell."""
        found = []
        self.say(f"{self.size} people, {self.events} access events, {self.rounds} rounds")
        with installation() as place:
            print(measure.HEADER)
            for figure in self.chosen(place):
                print(measure.line(figure), flush=True)
                found.append(figure)
        measure.write(found, self.results)
        missed = [figure.name for figure in found if not figure.met]
        self.say(f"{len(found)} figures, {len(missed)} missed; written to {self.results}")
        return 1 if missed else 0

    def chosen(self, place: Installation) -> Iterator[Figure]:
        """What is asked for: everything, or one part."""
        return self.alone(place) if self.only else self.figures(place)

    def say(self, text: str) -> None:
        """Tell how far it is; not a result."""
        print(f"[{time.monotonic() - self.began:4.0f} s] {text}", file=sys.stderr, flush=True)

    def figures(self, place: Installation) -> Iterator[Figure]:
        """All figures, on one set of data."""
        places = seals.Places.of(place)
        with Worker(place, pages.AUDITED) as worker:
            session, cards, crowded = self.fill(place, places, worker)
            self.say("the register")
            yield from register.figures(place, session, cards, self.few)
            with pages.site(place, session, cards, self.size) as site:
                yield from pages.figures(site, self.rounds)
                yield from statements.figures(place, site, crowded)
                paths = pages.mixed(site)
                self.say("memory")
                yield measure.absolute(
                    f"web process after {self.pages} pages",
                    "MiB",
                    [memory.after_pages(place, session, paths, self.pages)],
                    180,
                )
            self.say("the copy of one's data")
            yield from self.copies(places, worker)
            self.say("papers")
            yield from self.papers(place, places, worker)
            self.say("questions")  # the last here: rotation leaves hetus under a key of the worker
            yield from self.questions(place, worker)
        self.say("the log")
        yield from self.log(places)
        if self.events > events.SEALED:
            yield from self.grown(place)
        self.say("homes and leases")
        yield from leases.figures(place, self.size, session)
        self.say("applications")
        yield from applications.figures(place, self.size, self.rounds)
        self.say("an import")
        yield self.imported(place)

    def alone(self, place: Installation) -> Iterator[Figure]:
        """The figures of one part, on no more than they ask of."""
        with Worker(place, pages.AUDITED) as worker:
            worker.call("bench.data:company")
            self.say("people")
            worker.call("bench.data:people", size=self.size)
            session = worker.call("bench.data:sign_in")
        self.say(self.only)
        if self.only == LEASES_ALONE:
            yield from leases.figures(place, self.size, session)
        else:
            yield from applications.figures(place, self.size, self.rounds)

    def fill(
        self, place: Installation, places: seals.Places, worker: Worker
    ) -> tuple[str, list[str], str]:
        """People, staff and a sealed year of events; a web session, people with an ordinary card,
        and one with a crowded one."""
        worker.call("bench.data:company")
        self.say("people")
        few = min(self.size, register.FEW)
        worker.call("bench.data:people", size=self.size, last=few)
        session = worker.call("bench.data:sign_in")
        worker.call("bench.data:free_exports")
        crowded = worker.call("bench.data:crowded_card")
        cards = worker.call("bench.data:full_cards", count=CARDS)
        if few < self.size:
            self.say("the register while it is small")
            worker.call("bench.data:households")
            self.few = register.before_growth(place, worker, session, cards)
            self.say("the rest of the people")
            worker.call("bench.data:people", size=self.size, first=few)
        self.say("households")
        worker.call("bench.data:households", first=few if self.few else 0)
        self.say("consents")
        worker.call("bench.data:decisions", size=self.size)
        self.say("access events")
        events.fill(place, self.events, self.size)
        self.say("seals")
        seals.seal_all(places, max(min(self.events, events.SEALED) // 40, 100))
        place.settle()
        return session, cards, crowded

    def questions(self, place: Installation, worker: Worker) -> Iterator[Figure]:
        """Who has seen a person, lookups, opening and rotation."""
        yield from self.seen(place, worker, min(self.events, events.SEALED), 10)
        yield from self.consents(worker)
        known = min(10_000, self.size)
        batch = min(ROTATED, (self.size - 1) // (self.rounds + 1))
        for name, function, arguments, reach in (
            ("hetu lookup / lookup by key", "lookups", {}, 2.0),
            (f"opening {known} hetus / plain column", "opening", {"rows": known}, 1.6),
            (f"rotating {batch} hetus / plain UPDATE", "rotating", {"batch": batch}, 3.0),
        ):
            rounds = [
                worker.call(f"bench.questions:{function}", number=number, **arguments)
                for number in range(self.rounds + 1)
            ][1:]  # the first warms up
            plain, measured = zip(*rounds, strict=True)
            yield measure.compared(name, "ms", measured, plain, reach, scale=SECOND)

    def seen(
        self, place: Installation, worker: Worker, count: int, reach: float
    ) -> Iterator[Figure]:
        """Who has seen a person, asked of so many events."""
        persons = place.run(
            "SELECT id FROM registry_persons_person ORDER BY md5(public_id) LIMIT %s",
            [max(self.rounds, 100)],
        )
        took = worker.call("bench.questions:who_has_seen", persons=[one for (one,) in persons])
        took = [seconds * SECOND for seconds in took]
        name = f"who has seen this person ({count} events)"
        yield measure.absolute(name, "ms", took, reach)
        yield measure.told(f"{name}, p95", "ms", measure.percentile(took, 95))

    def grown(self, place: Installation) -> Iterator[Figure]:
        """The same question when the log has grown."""
        self.say(f"{self.events - events.SEALED} more events")
        events.grow(place, self.events - events.SEALED, self.size)
        place.settle()
        self.say("who has seen a person")
        with Worker(place, pages.AUDITED) as worker:
            yield from self.seen(place, worker, self.events, 50)

    def consents(self, worker: Worker) -> Iterator[Figure]:
        """Whether something may be sent to many people, and that it asks no more than for a few."""
        asked = [
            worker.call("bench.questions:may_send", recipients=RECIPIENTS)
            for _round in range(self.rounds + 1)
        ][1:]  # the first warms up
        _took, few, _people = worker.call("bench.questions:may_send", recipients=10)
        seconds, statements, people = zip(*asked, strict=True)
        yield measure.absolute(f"consent question for {people[0]} recipients", "s", seconds, 1)
        name = f"consent question for {people[0]} recipients / for 10"
        yield measure.counted(name, "statements", statements[0], few, 10)

    def copies(self, places: seals.Places, worker: Worker) -> Iterator[Figure]:
        """The copy of a person's data through the task, and proofs of single log rows."""
        person = worker.call("bench.copies:busy_person", number=self.size + IMPORTED)
        seals.seal_all(places)
        collected, built = worker.call("bench.copies:copied", person=person)
        what = "300 notes, 500 changes, 2,000 looks"
        yield measure.absolute(f"copy of a person ({what})", "s", [collected + built], 5)
        yield measure.told("of it, the package", "s", built)
        took = [seconds * SECOND for seconds in worker.call("bench.copies:proving", count=50)]
        yield measure.absolute(
            f"inclusion proof ({min(self.events, events.SEALED)} sealed events)", "ms", took, 50
        )

    def papers(self, place: Installation, places: seals.Places, worker: Worker) -> Iterator[Figure]:
        """Leases as PDF: one, against WeasyPrint, and many through the worker while it seals."""
        count = worker.call("bench.papers:leases", count=min(LEASES, self.size // 2))
        took = [
            worker.call("bench.papers:one_lease", number=number % count) * SECOND
            for number in range(self.rounds + 1)
        ][1:]  # the first warms up
        yield measure.absolute("lease PDF", "ms", took, 120)
        if why := worker.call("bench.papers:missing"):
            self.say(f"WeasyPrint is not measured: {why}")
        else:
            both = [
                worker.call("bench.papers:against_weasyprint", number=number % count)
                for number in range(self.rounds + 1)
            ][1:]
            plain, typst = zip(*both, strict=True)
            name = "typesetting a lease / WeasyPrint"
            yield measure.compared(name, "ms", typst, plain, 0.6, scale=SECOND)
        seals.seal_all(places)
        with seals.kept(places, SEALED_EVERY) as waited, background(place):
            began = time.monotonic()
            batch = worker.call("bench.papers:order", count=count)
            ordered = time.monotonic() - began
            made = worker.call("bench.papers:waited_for", batch=batch, seconds=600)
        yield measure.absolute(f"{count} leases through the worker", "s", [ordered + made], 60)
        yield measure.told("of it, ordering them", "s", ordered)
        name = f"oldest unsealed event meanwhile (sealed every {SEALED_EVERY} s)"
        yield measure.absolute(name, "s", [max(waited)], 60)

    def log(self, places: seals.Places) -> Iterator[Figure]:
        """Verifying, and writing beside the sealer."""
        seals.seal_all(places)
        baselines, checks = seals.verifying(places, self.rounds)
        rows = min(self.events, events.SEALED)
        yield measure.compared(
            f"verifying {rows} log rows / plain SHA-256, per round", "ms",
            checks, baselines, 3.0, scale=SECOND,
        )  # fmt: skip
        alone, sealed = seals.logging(places, self.rounds)
        yield measure.compared_rate(
            f"{seals.WRITERS} writers with the sealer / without", "events/s", sealed, alone, 0.85
        )

    def imported(self, place: Installation) -> Figure:
        """A file of people beside those that are there: read, checked, written, logged. Last of
        all, since it leaves a log of its own."""
        count = IMPORTED if self.size >= FULL else self.size
        path = str(place.folder / "people.csv")
        with Worker(place, pages.AUDITED) as worker:
            took = worker.call("bench.data:import_people", size=self.size, count=count, path=path)
        return measure.absolute(f"import of {count} rows", "s", [took], 60)


def main() -> int:
    """Read the environment and run."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    env = os.environ
    bench = Bench(
        size=int(env.get("SIZE", "20000")),
        events=int(env.get("EVENTS", "1000000")),
        rounds=int(env.get("ROUNDS", str(ROUNDS))),
        pages=int(env.get("PAGES", str(memory.PAGES))),
        results=Path(env.get("RESULTS", str(RESULTS))),
        only=env.get("ONLY", ""),
    )
    if bench.only not in ("", LEASES_ALONE, APPLICATIONS_ALONE):
        print(f"ONLY can be {LEASES_ALONE} or {APPLICATIONS_ALONE}.", file=sys.stderr)
        return 2
    if bench.size < 500:
        print("SIZE must be at least 500.", file=sys.stderr)
        return 2
    return bench.run()


if __name__ == "__main__":
    sys.exit(main())
