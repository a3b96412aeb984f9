"""A decision is played again from its snapshot, whatever happened to rules and people since."""

from __future__ import annotations

import copy
import hashlib
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from applications.intake.codes import AssetKind, IncomeKind, Part, Residence, Situation
from applications.selection.rules import snapshot
from applications.selection.rules.exceptions import Deviation, waives
from applications.selection.rules.facts import Asset, Facts, Income, Person
from applications.selection.rules.ranking import Policy
from applications.selection.rules.snapshot import (
    AsWritten,
    Compared,
    Written,
    agrees,
    digest,
    freeze,
    intact,
    replay,
)
from leases.homes.models import SpecialGroup
from tests.applications.selection.households import (
    TODAY,
    adult,
    assessed,
    child,
    flat,
    household,
    owning,
    regime,
    savings,
)
from tests.leases.contracts.rows import SEEDS
from vuokra.rules.errors import RuleMissing
from vuokra.rules.queries import RuleValue


def compared(number: int, facts: Facts, **more: object) -> Compared:
    return Compared(f"{number:032x}", assessed(facts), **more)  # type: ignore[arg-type]


SEVERAL = [
    compared(1, household(adult("3400"), situations=[Situation.SHELTER])),
    compared(2, household(adult("1200"), child(4), situations=[Situation.NOTICE])),
    compared(3, household(adult("3900"), situations=[Situation.OUTDOORS])),
    compared(4, household(owning(savings("12000")), situations=[Situation.WISH])),
    compared(5, household(adult(incomes=None), situations=[Situation.NOTICE])),
]


def no_rules(key: str, on: date) -> RuleValue:
    raise AssertionError(f"{key} was looked up")


def test_the_order_is_the_same_from_the_snapshot_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen = freeze(SEEDS, flat(), SEVERAL, Policy(), TODAY)
    through_the_database = json.loads(json.dumps(frozen))
    monkeypatch.setattr("vuokra.rules.queries.rule", no_rules)
    again = replay(through_the_database)
    assert [one.id[-1] for one in again] == ["1", "2", "5", "4", "3"]
    assert agrees(through_the_database)
    assert digest(through_the_database) == digest(frozen)


def test_what_is_kept_is_the_text_that_was_hashed() -> None:
    frozen = freeze(SEEDS, flat(), SEVERAL, Policy(), TODAY)
    kept = json.dumps(Written(frozen), cls=AsWritten)
    assert hashlib.sha256(kept.encode()).hexdigest() == digest(frozen)
    assert json.loads(kept) == frozen
    assert json.dumps({"a": [1, "ä"]}, cls=AsWritten) == json.dumps({"a": [1, "ä"]})


def test_a_snapshot_that_is_not_what_was_hashed_is_told() -> None:
    frozen = freeze(SEEDS, flat(), SEVERAL, Policy(), TODAY)
    kept, through_the_database = digest(frozen), json.loads(json.dumps(frozen))
    assert intact(through_the_database, kept)
    through_the_database["compared"][0]["local"] = True  # replays in the same order
    assert agrees(through_the_database) and not intact(through_the_database, kept)


def test_the_snapshot_keeps_the_values_of_the_rules() -> None:
    frozen = freeze(SEEDS, flat(), SEVERAL, Policy(), TODAY)
    rows = {row["key"]: row for row in frozen["rules"]}
    assert rows["income_limit.first_adult"]["value"] == "3540.00"
    assert rows["income_limit.first_child"]["value"] == "650.00"
    other = copy.deepcopy(frozen)
    for row in other["rules"]:
        if row["key"] == "income_limit.first_adult":
            row["value"] = "4000.00"
    places = {one.id[-1]: one.place for one in replay(other)}
    assert places["3"] == 2, "a higher limit lets the third in, and the replay notices"
    assert not agrees(other)


def test_whatever_is_altered_changes_the_digest_or_the_order() -> None:
    frozen = freeze(SEEDS, flat(), SEVERAL, Policy(), TODAY)
    poorer = copy.deepcopy(frozen)
    poorer["compared"][-1]["income"] = "100"
    assert digest(poorer) != digest(frozen)
    assert not agrees(poorer)


def test_a_snapshot_names_nobody() -> None:
    frozen = freeze(SEEDS, flat(), SEVERAL, Policy(), TODAY)
    assert set(frozen["compared"][0]) == {
        "id", "place", "findings", "persons", "adults", "children", "income", "income_missing",
        "limit", "wealth", "wealth_missing", "wealth_limit", "urgency", "situations", "residence",
        "age", "moved_for_work", "local", "waived", "group_proven", "assessed_by", "passed",
    }  # fmt: skip


def test_an_exception_is_played_again() -> None:
    waiver = waives(SEEDS, Deviation.NOBODY, TODAY)
    over = compared(7, household(adult("3740"), situations=[Situation.WISH]), waiver=waiver)
    frozen = freeze(SEEDS, flat(), [over], Policy(), TODAY)
    assert frozen["compared"][0]["findings"]["income"] == ["waived", "ENIMMAISTULO"]
    assert agrees(json.loads(json.dumps(frozen)))


def test_what_was_shown_of_a_special_group_is_played_again() -> None:
    home = flat(regime=regime(group=SpecialGroup.OLD))
    facts = household(adult("1000"), situations=[Situation.WISH])
    shown = [compared(at, facts, in_group=one) for at, one in enumerate((True, None, False), 1)]
    frozen = json.loads(json.dumps(freeze(SEEDS, home, shown, Policy(), TODAY)))
    assert agrees(frozen)
    assert {one.id[-1]: one.judgement.eligible for one in replay(frozen)} == {
        "1": True, "2": None, "3": False,
    }  # fmt: skip
    assert [one.id[-1] for one in replay(frozen)][-1] == "3"
    assert [one.get("group_denied") for one in frozen["compared"]].count(True) == 1


def test_nobody_compared_is_a_snapshot_too_SEL_T34() -> None:
    frozen = freeze(SEEDS, flat(), [], Policy(), TODAY)
    assert (frozen["compared"], replay(frozen)) == ([], [])
    assert len(digest(frozen)) == 64


def test_an_unknown_form_is_refused() -> None:
    frozen = freeze(SEEDS, flat(), [], Policy(), TODAY) | {"form": 2}
    with pytest.raises(snapshot.Unreadable):
        replay(frozen)


def test_a_row_that_was_not_kept_is_missing() -> None:
    frozen = freeze(SEEDS, flat(), SEVERAL, Policy(), TODAY)
    frozen["rules"] = []
    with pytest.raises(RuleMissing):
        replay(frozen)


SUMS = st.decimals(0, 9_000, places=2)
PEOPLE = st.builds(
    Person,
    part=st.just(Part.CO_APPLICANT),
    born_on=st.none() | st.dates(date(1940, 1, 1), date(2026, 1, 1)),
    residence=st.none() | st.sampled_from([Residence.CITIZEN, Residence.SEEKER]),
    incomes=st.none()
    | st.lists(
        st.builds(
            Income,
            st.sampled_from([IncomeKind.WAGE, IncomeKind.STUDY_GRANT, IncomeKind.CHILD_BENEFIT]),
            SUMS,
        ),
        max_size=2,
    ),
    assets=st.none() | st.lists(st.builds(Asset, st.just(AssetKind.SAVINGS), SUMS), max_size=2),
)
HOUSEHOLDS = st.builds(
    Facts,
    applied_on=st.just(TODAY),
    people=st.lists(PEOPLE, min_size=1, max_size=4),
    situations=st.lists(st.sampled_from(Situation), max_size=2),
    unborn=st.integers(0, 1),
    local=st.booleans(),
)


@settings(max_examples=60)
@given(
    st.lists(HOUSEHOLDS, max_size=5),
    st.sampled_from([Policy(), Policy("wealth_income", local_first=True)]),
    st.integers(1, 5),
    st.booleans(),
)
def test_every_comparison_replays(
    households: list[Facts], policy: Policy, rooms: int, table: bool
) -> None:
    home = flat(rooms) if table else replace(flat(rooms), wealth_table=None)
    several = [compared(number, facts) for number, facts in enumerate(households)]
    frozen = freeze(SEEDS, home, several, policy, TODAY)
    kept = json.loads(json.dumps(frozen))
    assert agrees(kept)
    assert [one["id"] for one in kept["compared"]] == [one.id for one in replay(kept)]


def test_sums_keep_their_cents() -> None:
    frozen = freeze(SEEDS, flat(), [compared(1, household(adult("1000.10")))], Policy(), TODAY)
    assert Decimal(frozen["compared"][0]["income"]) == Decimal("1000.10")
