"""Invented staff of the demo company: one user per role, two where four eyes are needed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from vuokra.accounts import services
from vuokra.accounts.models import User
from vuokra.policy.roles import Role

STAFF = {
    "hak": "Helmi Haavikko",
    "val": "Valtteri Valkama",
    "val2": "Vappu Valoranta",
    "sop": "Sohvi Soininvaara",
    "sop2": "Soini Sorjamo",
    "tal": "Taimi Talvela",
    "tal2": "Taneli Talasniemi",
    "per": "Pertti Perhoniemi",
    "huo": "Huugo Huopalainen",
    "asn": "Asta Asikkala",
    "mar": "Marjaana Maristo",
    "rek": "Reetta Rekivaara",
    "rek2": "Reino Rekola",
    "tar": "Tarja Tarkkaranta",
    "joh": "Johannes Johansaari",
    "paa": "Päivikki Pääskysaari",
    "paa2": "Paavali Paarmanen",
}
"""User name → name. The user name is the role's code, with a number for the second one."""

VALID = dt.timedelta(days=3650)


@transaction.atomic
def make_accounts(password: str) -> list[User]:
    """Make the demo staff, all with this password; users that exist get it anew.

    Runs inside an access context of a command or of the system.
    """
    return [_account(username, name, password) for username, name in STAFF.items()]


def _account(username: str, name: str, password: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        user = services.create_account(username=username, full_name=name, by=None)
        role = Role(username.rstrip("2").upper())
        until = timezone.localdate() + VALID
        services.start_role(user, role, valid_to=until, reason="Esittelykäyttö")
    if user.closed_at is None and not user.check_password(password):
        services.set_demo_password(user, password)
    return user
