"""Questions that must find no answer: about password hashes, and a second count of failures."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.people import make_user, sign_in
from vuokra.accounts import throttle
from vuokra.policy.roles import Role


@pytest.mark.django_db
def test_the_list_of_accounts_is_not_filtered_by_password() -> None:
    client = sign_in(Client(), make_user(Role.PAA))
    address = "/hallinta/vuokra_accounts/user/?password__startswith=argon2"
    assert client.get(address, secure=True).status_code == 400


@pytest.mark.parametrize("spelling", ["SISKO", "ſisko", "sısko", " sisko "])
def test_every_spelling_that_finds_an_account_counts_as_its_name(spelling: str) -> None:
    assert throttle.username_hash(spelling) == throttle.username_hash("sisko")
