"""What the main user is told before a new interval of the suppression list is saved."""

from __future__ import annotations

from datetime import date

import pytest

from registry.consents import effects, services
from registry.consents.rule_rows import REVIEW
from tests.people import system_access
from tests.registry.consents.conftest import EMAIL_ADS, TODAY
from vuokra.rules.models import RuleVersion
from vuokra.rules.registry import Proposed, rooms, spec

pytestmark = pytest.mark.django_db


def test_what_is_on_the_list_keeps_its_day() -> None:
    new = Proposed(3, date(2027, 1, 1), None, TODAY)
    with system_access():
        first = "1.1.2027 tehty merkintä tarkistettaisiin 1.1.2030."
        assert effects.review_years(new) == [first]
        services.suppress(["yksi@example.fi"], [EMAIL_ADS], today=date(2026, 11, 22))
        assert effects.review_years(new) == [
            first, "Listan 1 merkintä pitää tarkistuspäivänsä 22.11.2031."
        ]  # fmt: skip
        services.suppress(["toinen@example.fi"], [EMAIL_ADS], today=date(2026, 11, 25))
        assert "Listan 2 merkintää" in effects.review_years(new)[1]


def test_the_interval_of_an_entry_is_in_use() -> None:
    with system_access():
        services.suppress(["yksi@example.fi"], [EMAIL_ADS], today=TODAY)
        assert RuleVersion.objects.get(key=REVIEW).used_at is not None


def test_the_rules_have_a_heading_and_tell_their_effect() -> None:
    assert dict(rooms())["consents"] == "Suostumukset ja kiellot"
    assert spec(REVIEW).effect is not None
