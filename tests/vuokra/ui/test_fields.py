"""Fields that take what people type as they write it in Finnish."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from vuokra.ui.fields import WRONG_EUROS, DayField, EurosField, NumberField


@pytest.mark.parametrize(
    "typed", ["1234,50", "1 234,50", "1\u00a0234,50\u00a0€", "1\u202f234,5", " 1 234,50 € "]
)
def test_euros_are_taken_as_the_pages_show_them(typed: str) -> None:
    assert EurosField().clean(typed) == Decimal("1234.50")


@pytest.mark.parametrize("typed", ["abc", "12 e", "1,2,3", "€"])
def test_what_is_no_amount_is_told_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        EurosField().clean(typed)
    assert refused.value.messages in ([str(WRONG_EUROS)], ["Tämä kenttä vaaditaan."])


@pytest.mark.parametrize("typed", ["-1", "\u22121,00", "1 234,505"])
def test_an_amount_is_not_negative_and_has_two_decimals(typed: str) -> None:
    with pytest.raises(ValidationError):
        EurosField().clean(typed)


def test_a_number_may_have_its_thousands_apart() -> None:
    assert NumberField(decimal_places=3).clean("12 345,678") == Decimal("12345.678")


def test_a_day_is_shown_as_it_is_written() -> None:
    widget = DayField().widget
    assert 'value="1.2.2027"' in widget.render("day", date(2027, 2, 1))
