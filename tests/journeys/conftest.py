"""Visitors of the demo site in a real browser: whatever the console complains of fails the test."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.plugins.cluster import ROOT
from tests.plugins.site import Site
from vuokra.db.children import start_child

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

# The browser writes every answer of 400–499 to the console; the journeys look at those themselves.
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of 4(03|04|22)")
HETU = re.compile(r"\b\d{6}[-+A-FU-Y]9\d\d[0-9A-Y]\b")


@dataclass
class Visitor:
    """One person's browser on the site."""

    context: BrowserContext
    page: Page
    site: Site
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED.search(message.text):
            self.complaints.append(message.text)

    def open(self, path: str) -> Any:
        return self.page.goto(self.site.base_url + path)

    def sign_in(self, username: str, password: str | None = None) -> Page:
        """Through the door."""
        self.open("/kirjaudu/")
        self.page.get_by_label("Käyttäjätunnus").fill(username)
        self.page.get_by_label("Salasana").fill(password or self.site.password)
        self.page.get_by_role("button", name="Kirjaudu", exact=True).click()
        self.page.wait_for_url(lambda url: "/kirjaudu/" not in url)
        return self.page

    def open_card(self, showing: str | re.Pattern[str] = "") -> str:
        """The first person of the list with a code that can be shown, and this text on the card;
        the card's path."""
        self.open("/henkilot/")
        paths = [
            link.get_attribute("href") for link in self.page.locator("th[scope=row] a").all()[:20]
        ]
        for path in paths:
            self.open(path)
            coded = self.page.get_by_role("button", name="Näytä, henkilötunnus").count()
            if coded and (not showing or self.page.get_by_text(showing).count()):
                return str(path)
        raise AssertionError("nobody on the first page has a code and that text")


Meet = Callable[..., Visitor]


@pytest.fixture
def meet(browser: Browser, site: Site) -> Iterator[Meet]:
    """Start a browser of its own for somebody; `meet(javascript=False)` for one without scripts."""
    met: list[Visitor] = []

    def start(*, javascript: bool = True) -> Visitor:
        context = browser.new_context(
            locale="fi-FI",
            viewport={"width": 1280, "height": 900},
            java_script_enabled=javascript,
        )
        context.set_default_timeout(15_000)
        met.append(Visitor(context, context.new_page(), site))
        return met[-1]

    yield start
    complaints = [text for visitor in met for text in visitor.complaints]
    for visitor in met:
        visitor.context.close()
    assert not complaints, complaints


@pytest.fixture
def visitor(meet: Meet) -> Visitor:
    return meet()


@pytest.fixture(scope="module")
def at_work(site: Site) -> Iterator[None]:
    """The background worker of the site."""
    command = [
        sys.executable, "manage.py", "db_worker", "--queue-name=*", "--no-startup-delay",
        "--interval=0.2",
    ]  # fmt: skip
    with open(os.devnull, "wb") as output:  # noqa: PTH123  (the null device is no path of ours)
        process = start_child(command, env=os.environ | site.environment, cwd=ROOT, output=output)
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
