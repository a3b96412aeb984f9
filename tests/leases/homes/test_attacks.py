"""What was tried against the pages of homes: to learn by a key where a member of staff lives."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from leases.homes import services
from leases.homes.models import Handover, Key
from registry.persons.models import Person, TieKind
from registry.persons.services.standing import record_tie
from tests.leases.homes.conftest import TODAY
from tests.people import make_user, sign_in, system_access
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [TieKind.OWN, TieKind.COLLEAGUE])
def test_DP_A2_a_key_does_not_tell_where_a_colleague_lives_and_ones_own_another_takes_back(
    key: Key, person: Person, kind: TieKind
) -> None:
    clerk = make_user(Role.SOP)
    with system_access():
        services.give_key(key, person, on=TODAY, today=TODAY)
        record_tie(person, clerk.pk, kind, valid_from=date(2024, 1, 1))
    browser, page = sign_in(Client(), clerk), f"/kohteet/huoneistot/{key.flat_id}/"
    shown = browser.get(page).content.decode()
    assert key.serial in shown
    assert "Lehtovaara" not in shown and person.public_id not in shown
    back = f"{page}avain/{key.pk}/palauta/"
    assert back not in shown
    assert browser.get(back).status_code == 403
    assert browser.post(back, {"on": f"{TODAY:%d.%m.%Y}"}).status_code == 403
    with system_access():
        assert Handover.objects.get().returned_on is None
