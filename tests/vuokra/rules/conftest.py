"""Rules that only these tests know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.vuokra.accounts.conftest import (
    acting_as,
    fresh_rate_limits,
    light_hashes,
    make_user,
    paa,
)
from vuokra.access.context import AccessContext
from vuokra.policy.text import Bilingual
from vuokra.rules import registry, services
from vuokra.rules.registry import MONTHS, PERCENT, Kind, Seed, Spec

__all__ = ["fresh_rate_limits", "light_hashes", "make_user", "paa"]

LAW = dt.date(2018, 5, 25)
ANSWER = Spec(
    key="sample.answer_months",
    title=Bilingual("vastausaika", "time to answer"),
    kind=Kind.INTEGER,
    unit=MONTHS,
    minimum=1,
    maximum=12,
    note=Bilingual("Määräajat", "Deadlines"),
    seeds=[Seed(LAW, 1, source="(EU) 2016/679 12 artikla 3", evidence="V")],
)
REMINDER = Spec(
    key="sample.reminder_days",
    title=Bilingual("muistutus", "reminder"),
    kind=Kind.INTEGER,
    seeds=[Seed(LAW, 7, source="Yhtiön valinta")],
)
RATE = Spec(
    key="sample.rate",
    title=Bilingual("viitekorko", "reference rate"),
    kind=Kind.DECIMAL,
    unit=PERCENT,
    seeds=[
        Seed(
            dt.date(2026, 1, 1),
            Decimal("2.5"),
            source="Suomen Pankki",
            evidence="K",
            valid_until=dt.date(2026, 6, 30),
        )
    ],
)
BARE = Spec(key="sample.bare", title=Bilingual("tyhjä", "bare"), kind=Kind.DATE)
YES = Spec(key="other.yes", title=Bilingual("kyllä vai ei", "yes or no"), kind=Kind.BOOLEAN)
CHOSEN = Spec(
    key="other.chosen",
    title=Bilingual("tapa", "way"),
    kind=Kind.CHOICE,
    choices={"a": Bilingual("alku", "start"), "b": Bilingual("loppu", "end")},
)
SAMPLES = [ANSWER, REMINDER, RATE, BARE, YES, CHOSEN]


@pytest.fixture
def samples(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample rules are registered and seeded."""
    for spec in SAMPLES:
        monkeypatch.setitem(registry._specs, spec.key, spec)
    services.seed_rules()


@pytest.fixture
def ctx(db: None) -> Iterator[AccessContext]:
    """A context of the system, in which services may act."""
    with acting_as(None) as context:
        yield context
