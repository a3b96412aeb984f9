"""A break-glass that its user ended before its time: it lends nothing more, the review tells."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registry.persons.models import Person
from registry.watch.models import BreakGlass, GlassApproval, GlassEnd
from registry.watch.queries import glass as queries
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
from vuokra.accounts.models import User
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
        assert not queries.waiting_for_approval(timezone.now()).exists()
        with pytest.raises(ValidationError, match="ei enää odota"):
            services.approve(glass, now=timezone.now())
        with pytest.raises(DatabaseError), transaction.atomic():
            GlassApproval.objects.create(glass=glass, approver=registrar)
