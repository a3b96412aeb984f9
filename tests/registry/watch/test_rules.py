"""Rules of break-glass and of the samples."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.watch import rules
from registry.watch.rules import Refusal
from vuokra.access.actor import SPECIAL_GROUPS, Actor, Opened
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Role

FREE = {"roles": {"SOP"}, "tie": "", "on_call": False, "unreviewed": False}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, None),
        ({"roles": {"HUO"}}, Refusal.NOT_ON_CALL),
        ({"roles": {"HUO"}, "on_call": True}, None),
        ({"roles": {"HAK"}}, Refusal.NO_NEED),
        ({"roles": {"HAK"}, "tie": "colleague"}, None),
        ({"roles": {"HUO"}, "tie": "household"}, None),
        ({"tie": "own"}, Refusal.OWN),
        ({"tie": "own", "unreviewed": True}, Refusal.OWN),
        ({"unreviewed": True}, Refusal.UNREVIEWED),
        ({"tie": "colleague", "unreviewed": True}, Refusal.UNREVIEWED),
    ],
)
def test_who_may_open_what(changes: dict[str, object], expected: Refusal | None) -> None:
    assert rules.refusal(**(FREE | changes)) is expected  # type: ignore[arg-type]  # a test's keywords


def opened(*, special: bool = False, role: str = "HUO") -> Actor:
    lent = Opened(1, 7, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), rules.LENT, special)
    return Actor(key="user:1", user_id=1, roles=frozenset({role}), opened=lent)


def test_a_break_glass_opens_for_reading_and_no_more() -> None:
    for role in Role:
        actor = opened(role=role)
        levels = {group: actor.level(group) for group in Group}
        assert max(levels.values()) <= Level.READ
        assert all(levels[group] is Level.READ for group in rules.LENT)


def test_class_d_takes_a_second_person() -> None:
    for role in Role:
        assert all(opened(role=role).level(g) is Level.NONE for g in SPECIAL_GROUPS)
        assert all(opened(role=role, special=True).level(g) is Level.MASKED for g in SPECIAL_GROUPS)
    assert not rules.LENT & SPECIAL_GROUPS


@pytest.mark.parametrize(
    ("roles", "own", "may"),
    [
        ({"REK"}, False, True),
        ({"JOH"}, False, True),
        ({"SOP"}, False, False),
        ({"REK"}, True, False),
    ],
)
def test_who_is_the_second_person(roles: set[str], own: bool, may: bool) -> None:
    assert rules.may_approve(roles, own=own) is may


def test_a_week_begins_on_monday() -> None:
    assert rules.week_of(dt.date(2026, 11, 22)) == dt.date(2026, 11, 16)
    assert rules.week_of(dt.date(2026, 11, 16)) == dt.date(2026, 11, 16)


@given(st.sets(st.integers(1, 10**9), max_size=60), st.integers(0, 70), st.text("0123456789abcdef"))
def test_a_draw_repeats_and_takes_each_once(ids: set[int], size: int, seed: str) -> None:
    drawn = rules.draw(seed, ids, size)
    assert drawn == rules.draw(seed, sorted(ids, reverse=True), size)
    assert len(drawn) == len(set(drawn)) == min(size, len(ids))
    assert set(drawn) <= ids


def test_another_seed_draws_others() -> None:
    assert rules.draw("a", range(1000), 20) != rules.draw("b", range(1000), 20)
