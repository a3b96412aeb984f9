"""Walking: one request of one role, and everything that may be wrong with the answer."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from registry.persons.purposes import held
from tests.people import system_access
from tests.walk import reading
from tests.walk.canaries import CANARIES, Canary, find
from tests.walk.routes import Route
from tests.walk.visits import Page, Visit
from tests.walk.world import filled
from vuokra.access.codes import Outcome
from vuokra.access.context import Actor
from vuokra.access.models import AccessEvent
from vuokra.accounts.headers import POLICY
from vuokra.accounts.models import User
from vuokra.accounts.queries import actor_for
from vuokra.policy import rights
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
OPENED_ONLY = frozenset(
    {Group.HETU, Group.GUARDIANSHIP, Group.COMMITMENT, Group.PROTECTED_CONTACT, Group.BANK}
)
"""Groups whose values show at no level of rights, only where a visit says they are opened."""

OF_PERSONS = frozenset({"person", "other", "protected"})


@dataclass
class Answer:
    """What came back, read to its end."""

    status: int
    headers: dict[str, str]
    body: bytes
    events: list[AccessEvent] = field(default_factory=list)
    log: str = ""
    typed: str = ""  # what was posted


@dataclass
class Walk:
    """One who walks: a user with a client that is signed in, or nobody."""

    client: Client
    user: User | None
    words: dict[str, str]
    ids: dict[str, int]

    def __post_init__(self) -> None:
        self.heard: set[Group] = set()
        self.cookies = self.client.cookies.output(header="", sep="; ")
        self.actor, self.words = Actor.anonymous(), {**self.words, "purpose": ""}
        if self.user is not None:
            with system_access():
                self.actor = actor_for(User.objects.get(pk=self.user.pk))
            self.words["purpose"] = next((one.value for one in held(self.actor)), "")

    def walk(self, route: Route, page: Page) -> list[str]:
        """Every visit of a page; what is wrong."""
        url = self.url(route, page)
        problems = [f"{canary} in the address" for canary in find(CANARIES, url)]
        alone = page.about if "public_id" in page.kwargs and not page.others else ""
        for visit in page.visits:
            found = self.visit(route, url, visit, alone=alone)
            problems += [f"{self.name_of(visit)} {url}: {text}" for text in found]
        return problems

    def url(self, route: Route, page: Page) -> str:
        if page.path:
            return page.path.format(**self.words)
        return reverse(route.key, kwargs=filled(page.kwargs, self.words))

    def leaks(self, route: Route, page: Page) -> list[str]:
        """The visits of a page made about the protected person: what the ban hides and shows."""
        words = self.words | {"public_id": self.words["protected_id"]}
        url = page.path.format(**words) if page.path else ""
        url = url or reverse(route.key, kwargs=filled(page.kwargs, words))
        named = self.keeps or "public_id" in page.kwargs  # by an address that tells who
        hidden = {Group.PROTECTED_CONTACT} | (set() if named else {Group.PROTECTION})
        problems = []
        for visit in page.visits:
            with undone():
                answer = self.request(url, visit, words)
            problems += [
                f"{self.name_of(visit)} {url}: {problem}"
                for problem in canaries_of(answer, frozenset(Group) - hidden | visit.also)
                if problem.startswith("protected ")
            ]
        return problems

    @property
    def keeps(self) -> bool:
        """Whether the walker keeps bans."""
        return self.actor.level(Group.PROTECTION) >= Level.READ

    def visit(self, route: Route, url: str, visit: Visit, *, alone: str) -> list[str]:
        """One request, undone afterwards. `alone`: whom the page is about, and nobody else."""
        status = self.expected(route, visit)
        with undone():
            try:
                answer = self.request(url, visit)
            except Exception as error:  # the walk goes on and tells all at once
                return [f"{type(error).__name__} raised: {error}"]
        may = status == visit.status and (self.user is not None or visit.anonymous is None)
        content = reading.read(answer.body, answer.headers.get("Content-Type", ""))
        self.heard |= {canary.group for canary in find(CANARIES, content.text)}
        problems = [] if answer.status == status else [f"status {answer.status}, not {status}"]
        problems += headers_of(answer)
        problems += canaries_of(answer, self.allowed(visit if may else None))
        about = alone if answer.status in (200, 302) else ""
        problems += events_of(answer, self.ids, alone=about)
        if status == 403 and self.user is not None:
            outcomes = {event.outcome for event in answer.events}
            if Outcome.DENIED not in outcomes:
                problems.append("a refused attempt left no event")
        return problems

    def expected(self, route: Route, visit: Visit) -> int:
        """The status by the view's own word and the table of rights."""
        spec = route.spec
        assert spec is not None, route.key
        if self.user is None:
            if spec.public:
                return visit.anonymous or visit.status
            return 302
        if spec.public:
            return visit.status
        if not spec.allows(self.actor):
            return 403
        met = all(self.actor.level(group) >= level for group, level in visit.needs)
        return visit.status if met else visit.lacking

    def allowed(self, visit: Visit | None) -> frozenset[Group]:
        """The field groups whose values this walker may see in the answer."""
        seen = frozenset(
            group
            for group in Group
            if rights.level(self.actor.roles, group) >= Level.READ and group not in OPENED_ONLY
        )
        return seen | (visit.also if visit is not None else frozenset())

    def request(self, url: str, visit: Visit, words: dict[str, str] | None = None) -> Answer:
        self.client.cookies = SimpleCookie(self.cookies)
        last = newest_event()
        address = f"{url}?{visit.query}" if visit.query else url
        headers = {"HX-Request": "true"} if visit.htmx else {}
        sent = filled(visit.data or {}, words or self.words)
        with captured_log() as log:
            if visit.data is None:
                response = self.client.get(address, headers=headers)
            else:
                response = self.client.post(address, sent, headers=headers)
            body = body_of(response)
        with system_access():
            events = list(AccessEvent.objects.filter(id__gt=last).order_by("id"))
        return Answer(
            response.status_code,
            {name: str(value) for name, value in response.items()} | cookies_of(response),
            body,
            events,
            "\n".join(log),
            "\n".join(sent.values()),
        )

    @staticmethod
    def name_of(visit: Visit) -> str:
        if visit.data is None:
            return f"GET{' ?' + visit.query if visit.query else ''}"
        return f"POST {', '.join(visit.data)}" if visit.data else "POST"


# -- what may be wrong -----------------------------------------------------------------------


def headers_of(answer: Answer) -> Iterator[str]:
    """Missing or weak headers."""
    for name, value in HEADERS.items():
        if answer.headers.get(name) != value:
            yield f"{name} is {answer.headers.get(name)!r}"


def canaries_of(answer: Answer, allowed: Iterable[Group]) -> Iterator[str]:
    """Canaries where none, or not this one, may be."""
    seen = frozenset(allowed)
    content = reading.read(answer.body, answer.headers.get("Content-Type", ""))
    for canary in shown_by(answer, content.text):
        if canary.group not in seen:
            yield f"{canary} on the page"
    places = {
        "a header": "\n".join(answer.headers.values()),
        "the title": content.title,
        "an address on the page": "\n".join(content.addresses),
        "the server's log": answer.log,
        "the events": "\n".join(map(event_text, answer.events)),
    }
    for place, text in places.items():
        for canary in find(CANARIES, text):
            yield f"{canary} in {place}"


def shown_by(answer: Answer, text: str) -> list[Canary]:
    """The canaries on a page, but those that the visitor typed, codes aside: a box may give words
    back, and a person found by them shows more than what was typed."""
    given_back = {c for c in find(CANARIES, answer.typed) if c.group is not Group.HETU}
    return [canary for canary in find(CANARIES, text) if canary not in given_back]


def events_of(answer: Answer, ids: dict[str, int], *, alone: str) -> Iterator[str]:
    """Persons shown but not told in the log, or told though the page was about another."""
    told = {subject for event in answer.events for subject in event.subjects}
    content = reading.read(answer.body, answer.headers.get("Content-Type", ""))
    shown = {canary.owner for canary in shown_by(answer, content.text)} & OF_PERSONS
    for owner in shown:
        if ids[owner] not in told:
            yield f"{owner} is shown, and no event says so"
    if alone and told and told != {ids[alone]}:
        yield f"the events tell of {sorted(told)}, the page is about {ids[alone]} alone"


def event_text(event: AccessEvent) -> str:
    """The parts of an event that are texts; its address and ids are its own."""
    return f"{event.actor} {event.route} {event.case_kind} {event.detail}"


# -- helpers ---------------------------------------------------------------------------------


def body_of(response: HttpResponseBase) -> bytes:
    """The whole answer; a streamed one is followed to its end."""
    if response.streaming:
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return bytes(response.content)  # type: ignore[attr-defined]


def cookies_of(response: Any) -> dict[str, str]:
    return {
        f"Set-Cookie {name}": morsel.OutputString() for name, morsel in response.cookies.items()
    }


def newest_event() -> int:
    with system_access():
        newest = AccessEvent.objects.order_by("-id").values_list("id", flat=True).first()
    return newest or 0


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens to the rows inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def captured_log() -> Iterator[list[str]]:
    """What every logger lets through, formatted with its arguments and traceback."""
    lines: list[str] = []
    formatter = logging.Formatter()

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(formatter.format(record))

    root, handler = logging.getLogger(), Keep(logging.DEBUG)
    named = (logging.getLogger(name) for name in list(logging.root.manager.loggerDict))
    apart = [root, *(logger for logger in named if not logger.propagate)]
    before = root.level
    root.setLevel(logging.DEBUG)
    for logger in apart:
        logger.addHandler(handler)
    try:
        yield lines
    finally:
        for logger in apart:
            logger.removeHandler(handler)
        root.setLevel(before)
