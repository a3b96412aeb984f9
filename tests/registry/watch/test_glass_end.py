"""A break-glass that its user ended before its time: it lends nothing more, the review tells."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registry.persons.models import Person
from registry.watch import rules
from registry.watch.models import BreakGlass, GlassApproval, GlassEnd
from registry.watch.queries import glass as queries
from registry.watch.rules import Ended, EndedBy
from registry.watch.services import glass as services
from tests.people import sign_in, system_access
from tests.registry.watch.conftest import acting
from tests.registry.watch.test_glass import (
    OPEN,
    browser,
    card,
    colleague,
    hidden,
    open_glass,
    way,
)
from vuokra.access.errors import FunctionDenied
from vuokra.accounts.models import User, WebSession
from vuokra.accounts.sessions import over_since
from vuokra.rules.services import add_version
from vuokra.ui import formatting

__all__ = ["browser", "colleague", "hidden"]


@pytest.mark.parametrize("leaving", ["watch:close", "account_logout"])
def test_it_is_ended_by_the_user_too_and_the_review_tells_the_real_end(
    browser: Client, clerk: User, colleague: Person, registrar: User, leaving: str
) -> None:
    browser.post(way(colleague), OPEN)
    browser.post(reverse(leaving))
    assert browser.get(card(colleague)).status_code in (302, 403)
    with system_access():
        glass = BreakGlass.objects.get()
        end = GlassEnd.objects.get(glass=glass)
        assert glass.opened_at < end.ended_at < glass.ends_at
    with acting(clerk):
        assert queries.opened(glass.pk, timezone.now()) is None, "in no other web session either"
        assert services.end_glass(glass, now=timezone.now()) is None  # once
    watcher = sign_in(Client(), registrar)
    page = watcher.get(reverse("watch:glass", args=[glass.pk])).content.decode()
    assert "käyttäjä lopetti" in page
    assert f"–{formatting.time(end.ended_at, word=False)}" in page


def test_what_was_ended_is_approved_no_more_and_nobody_ends_anothers(
    clerk: User, hidden: Person, registrar: User
) -> None:
    glass = open_glass(hidden, clerk, special=True)
    with acting(registrar), pytest.raises(FunctionDenied):
        services.end_glass(glass, now=timezone.now())
    with acting(registrar), pytest.raises(DatabaseError), transaction.atomic():
        GlassEnd.objects.create(glass=glass)
    with acting(clerk):
        services.end_glass(glass, now=timezone.now())
    with acting(registrar):
        assert queries.waiting_for_approval(timezone.now()) == []
        with pytest.raises(ValidationError, match="ei enää odota"):
            services.approve(glass, now=timezone.now())
        with pytest.raises(DatabaseError), transaction.atomic():
            GlassApproval.objects.create(glass=glass, approver=registrar)


# -- the web session in which it opens the record --------------------------------------------------

HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)
PLANNED = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("by_user", "session_over", "told"),
    [
        (None, None, Ended(PLANNED, EndedBy.TIME)),
        (PLANNED - 5 * MINUTE, None, Ended(PLANNED - 5 * MINUTE, EndedBy.USER)),
        (None, PLANNED - 2 * MINUTE, Ended(PLANNED - 2 * MINUTE, EndedBy.SESSION)),
        (None, PLANNED + HOUR, Ended(PLANNED, EndedBy.TIME)),
        (PLANNED - 5 * MINUTE, PLANNED - 6 * MINUTE, Ended(PLANNED - 5 * MINUTE, EndedBy.USER)),
    ],
)
def test_its_user_ends_it_or_its_web_session_or_its_time(
    by_user: dt.datetime | None, session_over: dt.datetime | None, told: Ended
) -> None:
    assert rules.ended(PLANNED, by_user=by_user, session_over=session_over) == told


def left(seen: dt.datetime, **changes: object) -> None:
    """The one web session as if it was used last at that moment."""
    WebSession.objects.update(last_seen_at=seen, started_at=seen - HOUR, **changes)


def shown(glass: BreakGlass, registrar: User) -> str:
    watcher = sign_in(Client(), registrar)
    return watcher.get(reverse("watch:glass", args=[glass.pk])).content.decode()


@pytest.fixture
def long_glass(browser: Client, hidden: Person) -> BreakGlass:
    """One of two hours, so that its web session is over before its time."""
    with system_access():
        add_version("watch.glass_minutes", 120, timezone.localdate(), source="testi")
    browser.post(way(hidden), OPEN | {"wants_special": "on"})
    with system_access():
        return BreakGlass.objects.get()


@pytest.mark.parametrize("comes_back", [False, True])
def test_it_ends_when_its_web_session_goes_idle(
    browser: Client, hidden: Person, registrar: User, long_glass: BreakGlass, comes_back: bool
) -> None:
    """The last use and the idle limit, whether or not a later request has noted that it is over."""
    seen = timezone.now() - 70 * MINUTE
    left(seen)
    if comes_back:
        assert browser.get(card(hidden)).status_code == 302
        assert WebSession.objects.exclude(ended_at=None).get().end_reason == "idle"
    page = shown(long_glass, registrar)
    assert "käyttäjän istunto päättyi" in page
    assert f"–{formatting.time(seen + 30 * MINUTE, word=False)}" in page
    with acting(registrar):
        assert queries.waiting_for_approval(timezone.now()) == []
        with pytest.raises(ValidationError, match="ei enää odota"):
            services.approve(long_glass, now=timezone.now())


def test_it_ends_when_its_web_session_is_ended_from_elsewhere(
    long_glass: BreakGlass, registrar: User
) -> None:
    ended = timezone.now() - 7 * MINUTE
    left(ended - 20 * MINUTE, ended_at=ended, end_reason=WebSession.End.CLOSED)
    page = shown(long_glass, registrar)
    assert "käyttäjän istunto päättyi" in page
    assert f"–{formatting.time(ended, word=False)}" in page


def test_while_its_web_session_lasts_its_planned_end_is_shown(
    long_glass: BreakGlass, registrar: User
) -> None:
    left(timezone.now() - 5 * MINUTE)
    page = shown(long_glass, registrar)
    assert "istunto päättyi" not in page
    assert f"–{formatting.time(long_glass.ends_at, word=False)}" in page
    with acting(registrar):
        assert queries.waiting_for_approval(timezone.now()) == [long_glass]


def test_a_changed_password_is_no_end_and_an_unknown_session_says_nothing(
    long_glass: BreakGlass, clerk: User
) -> None:
    """The session at hand goes on under a new key; of one without a mark nothing is known."""
    ended = timezone.now() - MINUTE
    left(ended, ended_at=ended, end_reason=WebSession.End.REPLACED)
    assert len(long_glass.session) == 16
    for mark in (long_glass.session, "", "0" * 16):
        assert over_since(mark, clerk.pk, timezone.now()) is None
