"""Second factors move to the key in use, and an old key does not go before they have moved."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from tests.people import make_user, system_access
from vuokra.accounts import secrets
from vuokra.crypto import keyring, rotation
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db


def test_rotation_moves_second_factors(monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user(Role.SOP)
    with system_access():
        made = Authenticator.objects.create(
            user=user, type=Authenticator.Type.TOTP, data={"secret": secrets.encrypt("JBSWY3DP")}
        )
        assert secrets.waiting() == 0
        newer = keyring.ring().next_generation()
        monkeypatch.setattr("vuokra.crypto.seals.ring", lambda: newer)
        monkeypatch.setattr("vuokra.crypto.seals.ring_with", lambda _: newer)
        monkeypatch.setattr("vuokra.accounts.secrets.ring", lambda: newer)
        assert secrets.waiting() == 1
        assert secrets.reseal() == 1
        assert secrets.waiting() == 0
        made.refresh_from_db()
        assert secrets.decrypt(made.data["secret"]) == "JBSWY3DP"


def test_rotate_keys_and_retire_know_of_second_factors() -> None:
    (resealer,) = [r for r in rotation.resealers() if r.place == "mfa_authenticator.data"]
    assert resealer.waiting == secrets.waiting
    assert resealer.move == secrets.reseal
