"""What every model of personal data shares: the words of a choice, and bytes."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.utils import translation

from registry.persons.models import ContactPoint
from vuokra.access.stated import raw_sql


def test_the_words_of_a_choice_follow_the_language() -> None:
    point = ContactPoint(kind="phone", value="", valid_from=dt.date(2026, 1, 1))
    assert point.get_kind_display() == "Puhelin"
    with translation.override("en"):
        assert point.get_kind_display() != "Puhelin"


def test_a_value_that_is_no_choice_shows_as_it_is() -> None:
    assert ContactPoint(kind="pigeon").get_kind_display() == "pigeon"
    assert ContactPoint(kind=None).get_kind_display() is None


def test_bytes_come_as_bytes_in_either_form_the_server_writes(db: None) -> None:
    with raw_sql("a test of types"), connection.cursor() as cursor:
        for form in ("hex", "escape"):
            cursor.execute("SELECT set_config('bytea_output', %s, true)", [form])
            cursor.execute(r"SELECT '\x005cff'::bytea, ''::bytea, NULL::bytea")
            row = cursor.fetchone()
            assert row == (b"\x00\\\xff", b"", None)
            assert type(row[0]) is bytes
