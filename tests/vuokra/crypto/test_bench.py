"""The micro-benchmarks run, and measure what they say on a small table."""

from __future__ import annotations

import pytest

from bench import crypto
from tests.prototype.models import PrototypeSecret
from tests.vuokra.crypto.conftest import opened
from vuokra.access.stated import bulk_write
from vuokra.crypto.values import reveal_many


@pytest.fixture
def rows(db: None) -> None:
    with opened(), bulk_write("making rows for a test"):
        PrototypeSecret.objects.bulk_create(
            [PrototypeSecret(person_id=n, hetu=f"{n:011}", plain=f"{n:011}") for n in range(50)]
        )


def test_a_round_of_opening(rows: None) -> None:
    assert all(seconds > 0 for seconds in crypto.opening(PrototypeSecret, "hetu", "plain", rows=50))


def test_a_round_of_rotation_leaves_everything_as_it_was(rows: None) -> None:
    assert all(seconds > 0 for seconds in crypto.rotating(PrototypeSecret))
    with opened():
        loaded = list(PrototypeSecret.objects.order_by("person_id"))
        assert {row.__dict__["hetu"][1] for row in loaded} == {1}
        assert reveal_many(loaded, "hetu") == [f"{n:011}" for n in range(50)]
