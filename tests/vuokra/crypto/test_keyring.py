"""The key ring: its file, its generations, and what it never shows."""

from __future__ import annotations

import base64
import json
import pickle
from pathlib import Path

import pytest

from vuokra.crypto import keyring
from vuokra.crypto.errors import KeyRingError, UnknownKey
from vuokra.crypto.seals import seal, unseal


def test_a_new_ring_is_written_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    made = keyring.create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert keyring.parse(path.read_text()).generations == made.generations


def test_keys_are_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    keyring.create(path)
    before = path.read_text()
    with pytest.raises(FileExistsError):
        keyring.create(path)
    assert path.read_text() == before


def test_the_keys_of_a_generation_differ() -> None:
    ring = keyring.generate()
    keys = ring.generations[1]
    assert len({keys.data, keys.index, keys.wrapping, ring.fingerprint_key}) == 4


def test_old_and_new_keys_are_both_usable(ring: keyring.KeyRing) -> None:
    old = seal(b"vanha", b"here")
    with keyring.using(ring.next_generation()) as both:
        new = seal(b"uusi", b"here")
        assert (old[1], new[1]) == (ring.current, both.current)
        assert (unseal(old, b"here"), unseal(new, b"here")) == (b"vanha", b"uusi")


def test_a_generation_carries_the_index_key_unless_told_otherwise() -> None:
    ring = keyring.generate()
    assert ring.next_generation().index_keys == ring.index_keys
    changed = ring.next_generation(new_index=True).index_keys
    assert len(changed) == 2
    assert changed[1] == ring.index_keys[0]


def test_the_generation_in_use_is_not_retired() -> None:
    with pytest.raises(KeyRingError):
        keyring.generate().without(1)


def test_a_key_added_by_another_process_is_found(key_file: Path) -> None:
    grown = keyring.ring().next_generation()
    with keyring.using(grown):
        sealed = seal(b"text", b"here")
    keyring.replace(key_file, grown)
    assert unseal(sealed, b"here") == b"text"


def test_a_key_in_no_ring_is_named_by_its_number(key_file: Path) -> None:
    with keyring.using(keyring.ring().next_generation()):
        sealed = seal(b"text", b"here")
    with pytest.raises(UnknownKey, match="2"):
        unseal(sealed, b"here")


@pytest.mark.parametrize(
    "damage",
    [
        lambda c: "",
        lambda c: "{}",
        lambda c: json.dumps(c | {"current": 9}),
        lambda c: json.dumps(c | {"fingerprint": base64.b64encode(b"short").decode()}),
        lambda c: json.dumps(c | {"generations": {"256": c["generations"]["1"]}, "current": 256}),
        lambda c: json.dumps(c | {"generations": {"1": {"data": "not base64!"}}}),
    ],
)
def test_a_damaged_ring_is_refused_without_quoting_it(damage: object) -> None:
    text = damage(json.loads(keyring.generate().to_json()))  # type: ignore[operator]
    with pytest.raises(KeyRingError) as caught:
        keyring.parse(text)
    assert caught.value.__cause__ is None
    assert "not base64" not in str(caught.value)


def test_a_missing_key_file_is_named(settings: object, tmp_path: Path) -> None:
    settings.KEYRING, settings.KEYRING_FILE = "", str(tmp_path / "gone.json")  # type: ignore[attr-defined]
    with pytest.raises(KeyRingError, match=r"gone\.json"):
        keyring.load()


def test_the_environment_wins_over_the_file(settings: object, key_file: Path) -> None:
    other = keyring.generate()
    settings.KEYRING = other.to_json()  # type: ignore[attr-defined]
    assert keyring.load().generations == other.generations


def test_a_ring_shows_no_key() -> None:
    ring = keyring.generate()
    shown = repr(ring) + repr(ring.generations)
    for key in (ring.generations[1].data, ring.generations[1].index, ring.fingerprint_key):
        assert repr(key) not in shown
        assert base64.b64encode(key).decode() not in shown
    with pytest.raises(TypeError):
        pickle.dumps(ring)
