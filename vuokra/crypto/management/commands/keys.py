"""`manage.py keys create|check|add|retire`: the key file (see docs/keys.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from vuokra.crypto import canary, keyring, rotation
from vuokra.crypto.errors import CryptoError
from vuokra.crypto.models import KeyCanary


class Command(BaseCommand):
    help = "Make the key ring, check that it fits the database, add or retire a generation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["create", "check", "add", "retire"])
        parser.add_argument("--new-index", action="store_true", help="add: new blind-index key too")
        parser.add_argument("--id", type=int, help="retire: the generation to remove")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            getattr(self, f"_{action}")(**options)
        except CryptoError as error:
            raise CommandError(str(error)) from None

    def _create(self, **options: Any) -> None:
        path = self._file()
        try:
            keyring.create(path)
        except FileExistsError:
            raise CommandError(_("Tiedosto %(path)s on jo olemassa.") % {"path": path}) from None
        self.stdout.write(_("Avaimet luotiin: %(path)s. Varmuuskopioi ne.") % {"path": path})

    def _check(self, **options: Any) -> None:
        canary.plant()
        canary.verify()
        self.stdout.write(_("Avaimet sopivat tietokantaan."))

    def _add(self, *, new_index: bool, **options: Any) -> None:
        canary.verify()
        ring = keyring.load().next_generation(new_index=new_index)
        keyring.replace(self._file(), ring)
        keyring.reload()
        canary.plant()
        self.stdout.write(
            _("Avain %(id)s otettiin käyttöön. Aja seuraavaksi: manage.py rotate_keys")
            % {"id": ring.current}
        )

    def _retire(self, *, id: int | None, **options: Any) -> None:
        ring = keyring.load()
        if id not in ring.generations:
            raise CommandError(_("Anna poistettava avain: --id"))
        left = ring.without(id)
        if rotation.anything_waits():
            raise CommandError(
                _("Vanhoilla avaimilla on vielä salattua. Aja: manage.py rotate_keys")
            )
        KeyCanary.objects.filter(key_id=id).delete()
        keyring.replace(self._file(), left)
        keyring.reload()
        self.stdout.write(_("Avain %(id)s poistettiin käytöstä.") % {"id": id})

    @staticmethod
    def _file() -> Path:
        if settings.KEYRING:
            raise CommandError(_("Avaimet tulevat ympäristömuuttujasta: muuta ne siellä."))
        return Path(settings.KEYRING_FILE)
