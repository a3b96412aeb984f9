"""A selection that is over, and applicants that were not worked out yet."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from applications.selection import services
from applications.selection.services import Choice
from leases.homes.models import Flat
from tests.applications.selection.conftest import (
    TODAY,
    asking,
    flat,
    make_user,
    site,
    somebody,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing
from tests.people import sign_in
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["flat", "site", "stair"]


def test_a_selection_that_is_over_ranks_nobody(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        poor, _rich = applicants("1000", "2000")
    client, path = sign_in(Client(), make_user(Role.VAL)), f"/valinta/{round_.pk}/"
    assert poor.number in client.get(path).content.decode()
    with system_access():
        services.cancel_round(round_, "Asunto remontoidaan.", today=TODAY)
    found = re.sub(r"\s+", " ", client.get(f"{path}?vertaa={poor.number}").content.decode())
    assert poor.number not in found and "Järjestys:" not in found
    assert "Valinta on päättynyt" in found and "Asunto remontoidaan." in found


def test_whoever_was_not_worked_out_yet_is_not_chosen(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        applicants("1000")
        new = asking(somebody(50), wages="900")
        with pytest.raises(ValidationError, match="arvioidaan uudelleen"):
            services.decide(round_, new, Choice(), today=TODAY)
