"""What every model of personal data shares: the words of a choice."""

from __future__ import annotations

import datetime as dt

from django.utils import translation

from registry.persons.models import ContactPoint


def test_the_words_of_a_choice_follow_the_language() -> None:
    point = ContactPoint(kind="phone", value="", valid_from=dt.date(2026, 1, 1))
    assert point.get_kind_display() == "Puhelin"
    with translation.override("en"):
        assert point.get_kind_display() != "Puhelin"


def test_a_value_that_is_no_choice_shows_as_it_is() -> None:
    assert ContactPoint(kind="pigeon").get_kind_display() == "pigeon"
    assert ContactPoint(kind=None).get_kind_display() is None
