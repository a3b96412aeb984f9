"""`{% personal %}` and `{% may %}`: what a role may not see is not on the page."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import models
from django.template import Context, Template
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vuokra.policy.conftest import request_of
from vuokra.access.context import NoAccessContext
from vuokra.policy.catalogue import CatalogueError, Table, not_personal
from vuokra.policy.rights import Level, level
from vuokra.policy.roles import Role

SEALED = b"\x01sealed-canary"


def show(row: models.Model | None, arguments: str, *roles: str, **values: Any) -> str:
    template = Template("{% load policy %}{% personal row " + arguments + " %}")
    context = {"row": row, "request": request_of(*roles), **values}
    return template.render(Context(context)).strip()


@pytest.fixture
def row(card: type[models.Model]) -> models.Model:
    return card(
        id=1,
        surname="<b>Lehtovaara</b>",
        phone="+358401234567",
        hetu=SEALED,
        since=dt.date(2026, 11, 2),
        account="FI4250001510000023",
        support="canary-support",
    )


def test_a_reader_sees_the_value_escaped(row: models.Model) -> None:
    assert show(row, '"surname"', "SOP") == "&lt;b&gt;Lehtovaara&lt;/b&gt;"


def test_values_have_their_finnish_forms(row: models.Model) -> None:
    assert show(row, '"since"', "SOP") == "2.11.2026"
    assert show(row, '"language"', "SOP") == "suomi"
    assert show(row, '"phone" form="puh"', "SOP").replace("\xa0", " ") == "040 123 4567"


def test_masked_is_dots_for_the_eye_and_a_word_for_the_ear(row: models.Model) -> None:
    shown = show(row, '"account"', "SOP")
    assert "FI42" not in shown and "0023" not in shown
    assert 'aria-hidden="true"' in shown and "••••" in shown and "peitetty" in shown


def test_who_may_send_only_sees_dots_in_place_of_the_name(row: models.Model) -> None:
    assert "Lehtovaara" not in show(row, '"surname"', "MAR")
    assert "peitetty" in show(row, '"surname"', "MAR")


@pytest.mark.parametrize("role", ["HAK", "SOP", "TAL", "PER", "REK"])
def test_an_encrypted_value_is_masked_whatever_the_level(row: models.Model, role: str) -> None:
    shown = show(row, '"hetu" mask=mask', role, mask="1986 ••••••")
    assert "canary" not in shown and "1986 ••••••" in shown and "peitetty" in shown


def test_no_right_says_so_with_a_lock_and_never_a_mask(row: models.Model) -> None:
    shown = show(row, '"hetu" mask=mask', "HUO", mask="1986 ••••••")
    assert "oikeutta" in shown and "<svg" in shown
    assert "1986" not in shown and "canary" not in shown and "peitetty" not in shown


def test_an_empty_value_is_empty(card: type[models.Model]) -> None:
    empty = card(id=1, surname="")
    assert show(empty, '"surname"', "SOP") == ""
    assert show(empty, '"hetu"', "SOP") == ""
    assert show(None, '"surname"', "SOP") == ""


def test_what_may_not_be_shown_is_not_read_from_the_row(card: type[models.Model]) -> None:
    class Guarded(card):  # type: ignore[misc, valid-type]  # the model is made by the fixture
        class Meta:
            proxy = True
            app_label = "vuokra_policy"

        def __getattribute__(self, name: str) -> Any:
            assert name not in {"support", "account"}, "read without a right"
            return super().__getattribute__(name)

    guarded = Guarded.__new__(Guarded)
    assert "oikeutta" in show(guarded, '"support"', "SOP")
    assert "peitetty" in show(guarded, '"account"', "SOP")
    with pytest.raises(AssertionError, match="read without"):
        show(guarded, '"account"', "TAL")


def test_nobody_signed_in_sees_nothing(row: models.Model) -> None:
    assert "oikeutta" in show(row, '"surname"')


def test_without_a_request_the_open_context_decides(row: models.Model) -> None:
    template = Template('{% load policy %}{% personal row "surname" %}')
    with pytest.raises(NoAccessContext):
        template.render(Context({"row": row}))


def test_a_field_that_nobody_classified_is_not_shown(
    row: models.Model, tables: dict[str, Table]
) -> None:
    del tables["test_card"]
    with pytest.raises(CatalogueError):
        show(row, '"surname"', "SOP")
    not_personal("test_card", "not people")
    with pytest.raises(CatalogueError):
        show(row, '"surname"', "SOP")


ROLES = st.sets(st.sampled_from([role.value for role in Role]), max_size=3)
CANARIES = {"account": "FI4250001510000023", "support": "canary-support", "surname": "Lehtovaara"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(roles=ROLES, name=st.sampled_from(sorted(CANARIES)))
def test_a_value_is_on_the_page_exactly_when_a_role_may_read_it(
    row: models.Model, roles: set[str], name: str
) -> None:
    from vuokra.policy.fields import classified

    shown = CANARIES[name] in show(row, f'"{name}"', *roles)
    assert shown == (level(roles, classified(type(row), name).group) >= Level.READ)


def test_may_asks_the_same_rights() -> None:
    template = Template('{% load policy %}{% may "bank" lvl as x %}{{ x }}')

    def may(role: str, wanted: str) -> str:
        return template.render(Context({"request": request_of(role), "lvl": wanted}))

    assert may("TAL", "write") == "True"
    assert may("SOP", "masked") == "True"
    assert may("SOP", "read") == "False"
    assert may("HUO", "masked") == "False"
    with pytest.raises(KeyError):
        may("SOP", "everything")
