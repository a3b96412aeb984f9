"""Rules of paper: who knows of what, when it goes, and what bars it."""

from __future__ import annotations

from datetime import date

import pytest

from registry.archive import rules
from registry.archive.models import PaperKind
from registry.archive.rule_rows import scanned
from registry.archive.rules import Bar
from vuokra.access.context import Actor
from vuokra.policy.groups import Group
from vuokra.policy.items import BY_ID
from vuokra.policy.retention import RETENTION
from vuokra.policy.rights import Level, level
from vuokra.policy.roles import Role
from vuokra.rules.registry import spec

LAST = date(2029, 2, 22)
FREE = {
    "keep_until": LAST, "after_scan": "", "held": False, "on_loan": False, "gone": False,
    "scan_is_enough": True,
}  # fmt: skip

EARLY_SCAN = {"ground": "scanned", "after_scan": "destroyed", "destroyed_on": LAST}


def test_every_kind_has_its_items_readers_and_retention() -> None:
    assert rules.KINDS.keys() == set(PaperKind.values)
    for papers in rules.KINDS.values():
        assert papers.retention in RETENTION
        assert any(papers.group in BY_ID[code].groups for code in papers.items), papers
        readers = [r for r in Role if level([r], papers.group) >= Level.READ]
        assert any(level([r], Group.ARCHIVE) >= Level.WRITE for r in readers), papers


@pytest.mark.parametrize(
    ("role", "seen", "unseen"),
    [
        (Role.HAK, "application", "support"),
        (Role.SOP, "lease", "application"),
        (Role.ASN, "support", "lease"),
        (Role.TAL, "vouchers", "support"),
        (Role.REK, "request", "refused_papers"),
    ],
)
def test_S8_03_papers_are_known_to_those_who_see_their_like(
    role: Role, seen: str, unseen: str
) -> None:
    kinds = rules.kinds_open_to(Actor(key="user:1", user_id=1, roles=frozenset({role})))
    assert seen in kinds
    assert unseen not in kinds


@pytest.mark.parametrize(("day", "over"), [(LAST, False), (date(2029, 2, 23), True)])
def test_the_last_day_of_retention_is_kept(day: date, over: bool) -> None:
    """RT2: R2 of an application of 22.11.2026 ends on 22.2.2029."""
    assert rules.is_over(LAST, day) is over
    for enough in (True, False):
        expected = "retention" if over else ""
        assert rules.to_destroy(LAST, "", day, scan_is_enough=enough) == expected


def test_without_a_last_day_nothing_is_over() -> None:
    assert not rules.is_over(None, LAST)
    assert rules.to_destroy(None, "archived", LAST, scan_is_enough=True) == ""


def test_S8_02_scanned_paper_that_is_not_kept_goes_at_once() -> None:
    assert rules.to_destroy(None, "destroyed", LAST, scan_is_enough=True) == "scanned"
    assert rules.to_destroy(None, "destroyed", LAST, scan_is_enough=False) == ""


def test_paper_that_a_law_wants_kept_is_kept_though_it_was_scanned() -> None:
    """Bookkeeping and open receivables; where the company chose the length, the scan is enough."""
    kept = {kind for kind in rules.KINDS if not spec(scanned(kind)).seeds[0].value}
    assert kept == {"vouchers", "collection"}


@pytest.mark.parametrize(
    ("changes", "bar"),
    [
        ({}, None),
        ({"destroyed_on": LAST}, Bar.EARLY),
        ({"keep_until": None}, Bar.EARLY),
        ({"held": True}, Bar.HELD),
        ({"on_loan": True}, Bar.ON_LOAN),
        ({"gone": True}, Bar.GONE),
        ({"ground": "scanned"}, Bar.NOT_SCANNED),
        ({"ground": "scanned", "after_scan": "destroyed", "keep_until": None}, None),
        ({"ground": "scanned", "after_scan": "destroyed", "held": True}, Bar.HELD),
        (EARLY_SCAN, None),
        (EARLY_SCAN | {"scan_is_enough": False}, Bar.EARLY),
        (EARLY_SCAN | {"scan_is_enough": False, "keep_until": None}, Bar.EARLY),
        (EARLY_SCAN | {"scan_is_enough": False, "destroyed_on": date(2029, 2, 23)}, None),
    ],
)
def test_what_bars_destruction(changes: dict[str, object], bar: Bar | None) -> None:
    given = {"ground": "retention", "destroyed_on": date(2029, 2, 23), **FREE} | changes
    assert rules.bar_to_destruction(**given) is bar  # type: ignore[arg-type]  # a test's keywords
