"""The invented company's selections: whoever is offered a home has an offer, and none else."""

from __future__ import annotations

import pytest

from applications.intake import demo as intake
from applications.intake.codes import State
from applications.intake.models import Application
from applications.selection import demo
from applications.selection.models import Offer, OfferState
from leases.homes import demo as stock
from registry.persons.demo import invent, make_persons
from tests.applications.selection.conftest import TODAY, demo_mode, system_access
from vuokra.demo.registry import Scale

pytestmark = pytest.mark.django_db
__all__ = ["demo_mode"]


def test_an_application_is_offered_a_home_by_an_offer() -> None:
    people = [one for _, one in zip(range(220), invent(7), strict=False)]
    scale = Scale(persons=220, seed=7, today=TODAY)
    with system_access():
        stock.fill(scale, lambda done, of: None)
        make_persons(people)
        for part in (intake, demo):
            part.fill(scale, lambda done, of: None)
        for state, of in ((State.OFFERED, OfferState.OPEN), (State.ACCEPTED, OfferState.ACCEPTED)):
            those = set(Application.objects.filter(state=state).values_list("pk", flat=True))
            offered = Offer.objects.filter(state=of).values_list("application_id", flat=True)
            assert those and those == set(offered)
        assert not Application.objects.filter(state=State.HOUSED).exists()
