"""The canary: known text sealed with each generation of the ring and kept in the database.

It tells at once that the keys in use are not those that the data were sealed with.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from vuokra.crypto.errors import KeysDoNotFit, SealBroken
from vuokra.crypto.keyring import KeyRing, ring
from vuokra.crypto.models import KeyCanary
from vuokra.crypto.seals import key_id_of, open_with, seal_with

_TEXT = b"Vuokra"


def _about(key_id: int) -> bytes:
    return f"canary.{key_id}".encode()


def plant() -> None:
    """Write the canary of every generation that has none. Raises as `check_planted`."""
    keys = ring()
    planted = check_planted(keys)
    KeyCanary.objects.bulk_create(
        [
            KeyCanary(key_id=n, sealed=seal_with(keys.ciphers[n], n, _TEXT, _about(n)))
            for n in keys.generations
            if n not in planted
        ],
        ignore_conflicts=True,
    )


def verify() -> None:
    """Check that the ring and the database fit together; for start-up checks and `/readyz`.

    Raises KeyRingError when there is no ring, and KeysDoNotFit.
    """
    keys = ring()
    if keys.current not in check_planted(keys):
        raise KeysDoNotFit(
            _("Tietokannassa ei ole avainten tarkistetta. Aja: manage.py keys check")
        )


def check_planted(keys: KeyRing) -> set[int]:
    """The key ids whose canary is in the database. Raises KeysDoNotFit when one does not open."""
    planted = dict(KeyCanary.objects.values_list("key_id", "sealed"))
    for key_id, sealed in planted.items():
        if not _opens(keys, key_id, bytes(sealed)):
            raise KeysDoNotFit(
                _(
                    "Avaimet eivät sovi tietokantaan: avaimella %(id)s salattu tarkiste ei aukea. "
                    "Palauta tämän tietokannan omat avaimet varmuuskopiosta."
                )
                % {"id": key_id}
            )
    return set(planted)


def _opens(keys: KeyRing, key_id: int, sealed: bytes) -> bool:
    if key_id not in keys.generations:
        return False
    try:
        matches = key_id_of(sealed) == key_id
        return matches and open_with(keys.ciphers[key_id], sealed, _about(key_id)) == _TEXT
    except SealBroken:
        return False
