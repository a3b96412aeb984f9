"""What may be charged, which rooms a flat has, how two records compare."""

from __future__ import annotations

from decimal import Decimal

import pytest

from leases.inspections.rules import (
    Cause,
    Condition,
    Remark,
    State,
    charge,
    chargeable,
    compare,
    default_rooms,
    state,
)
from tests.leases.inspections.conftest import TODAY


def remark(room: str, part: str, cause: Cause, euros: str | None = None, **more: object) -> Remark:
    given = Decimal(euros) if euros else None
    return Remark(room, part, more.get("condition", Condition.BROKEN), cause, given)  # type: ignore[arg-type]  # a test's keywords


def test_AHVL_25_ordinary_wear_is_not_charged() -> None:
    assert [chargeable(cause) for cause in Cause] == [False, True, False]
    found = charge(
        [
            remark("Keittiö", "Hana", Cause.TENANT, "80.50"),
            remark("Keittiö", "Seinät", Cause.WEAR, "500.00"),
            remark("Eteinen", "Ovi", Cause.LANDLORD, "90.00"),
            remark("Eteinen", "Lattia", Cause.TENANT),
            remark("Eteinen", "Peili", Cause.TENANT, "20.00"),
        ]
    )
    assert found == Decimal("100.50")
    assert charge([]) == 0


@pytest.mark.parametrize(
    ("rooms", "bedrooms"),
    [(1, []), (2, ["Makuuhuone"]), (4, ["Makuuhuone 1", "Makuuhuone 2", "Makuuhuone 3"])],
)
def test_rooms_follow_from_the_type_of_the_flat(rooms: int, bedrooms: list[str]) -> None:
    plain = default_rooms(rooms, sauna=False, balcony=False, store=False)
    assert plain == ["Eteinen", "Keittiö", "Olohuone", *bedrooms, "Kylpyhuone"]
    whole = default_rooms(rooms, sauna=True, balcony=True, store=True)
    assert whole == [*plain, "Sauna", "Parveke", "Varasto"]


def test_the_record_of_moving_out_is_read_beside_that_of_moving_in() -> None:
    before = [
        remark("Keittiö", "Lattia", Cause.WEAR, condition=Condition.WORN),
        remark("Sauna", "Kiuas", Cause.LANDLORD),
    ]
    after = [
        remark("Eteinen", "Ovi", Cause.TENANT, "50"),
        remark("keittiö ", "lattia", Cause.TENANT, "70"),
    ]
    pairs = compare(before, after)
    assert [(one.room, one.part) for one in pairs] == [
        ("Eteinen", "Ovi"), ("keittiö ", "lattia"), ("Sauna", "Kiuas"),
    ]  # fmt: skip
    assert [one.disputable for one in pairs] == [False, True, False]
    assert [len(one.before) for one in pairs] == [0, 1, 1]


def test_a_good_part_of_before_makes_nothing_disputable() -> None:
    before = [remark("Eteinen", "Ovi", Cause.WEAR, condition=Condition.GOOD)]
    (pair,) = compare(before, [remark("Eteinen", "Ovi", Cause.TENANT, "50")])
    assert not pair.disputable


def test_the_state_follows_from_the_days() -> None:
    none = {"done_on": None, "signed_on": None, "cancelled_on": None}
    assert state(**none) is State.AGREED
    assert state(**none | {"done_on": TODAY}) is State.DONE
    assert state(**none | {"done_on": TODAY, "signed_on": TODAY}) is State.SIGNED
    assert state(**none | {"cancelled_on": TODAY}) is State.CANCELLED
