"""The canary tells whether keys and data fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from vuokra.crypto import canary, keyring
from vuokra.crypto.errors import KeysDoNotFit
from vuokra.crypto.models import KeyCanary

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(key_file: Path, db: None) -> None:
    KeyCanary.objects.all().delete()
    canary.plant()


def problems() -> list[str]:
    return [e.id for e in run_checks(databases=["default"]) if "vuokra.crypto" in str(e.id)]


def test_own_keys_fit() -> None:
    canary.verify()
    assert not problems()


def test_other_keys_do_not_fit() -> None:
    with keyring.using(keyring.generate()):
        for use in (canary.verify, canary.plant):
            with pytest.raises(KeysDoNotFit, match="Avaimet eivät sovi"):
                use()
        assert problems() == ["vuokra.crypto.E010"]


def test_a_lost_generation_is_noticed() -> None:
    grown = keyring.ring().next_generation()
    with keyring.using(grown):
        canary.plant()
    with pytest.raises(KeysDoNotFit):
        canary.verify()


@pytest.mark.parametrize("position", [0, 1, 5, -1])
def test_an_altered_canary_is_noticed(position: int) -> None:
    row = KeyCanary.objects.get()
    changed = bytearray(bytes(row.sealed))
    changed[position] ^= 1
    row.sealed = bytes(changed)
    row.save()
    with pytest.raises(KeysDoNotFit):
        canary.verify()


def test_without_a_canary_the_start_is_not_ready() -> None:
    KeyCanary.objects.all().delete()
    with pytest.raises(KeysDoNotFit, match="keys check"):
        canary.verify()
    call_command("keys", "check", verbosity=0)
    canary.verify()


def test_missing_keys_are_an_error_of_the_check(settings: object, tmp_path: Path) -> None:
    settings.KEYRING_FILE = str(tmp_path / "gone.json")  # type: ignore[attr-defined]
    keyring._loaded = None
    assert problems() == ["vuokra.crypto.E010"]


def test_planting_again_changes_nothing() -> None:
    before = list(KeyCanary.objects.values_list("key_id", "created_at"))
    canary.plant()
    assert list(KeyCanary.objects.values_list("key_id", "created_at")) == before


def test_create_refuses_to_overwrite(key_file: Path) -> None:
    with pytest.raises(CommandError, match=r"keys\.json"):
        call_command("keys", "create")


def test_keys_of_the_environment_are_changed_there(settings: object) -> None:
    settings.KEYRING = keyring.ring().to_json()  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="ympäristömuuttuja"):
        call_command("keys", "add")
