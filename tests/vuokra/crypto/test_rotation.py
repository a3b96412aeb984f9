"""Rotation of keys: everything moves, a cut run goes on, a locked row waits its turn."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from psycopg2.extensions import connection as Connection

from tests.prototype.models import PrototypeNote, PrototypeSecret
from tests.vuokra.crypto.conftest import opened, sql
from vuokra.access.stated import bulk_write
from vuokra.crypto import keyring, rotation
from vuokra.crypto.blind import blind
from vuokra.crypto.errors import SealBroken
from vuokra.crypto.models import KeyCanary, SubjectKey
from vuokra.crypto.values import reveal_many

ROWS = 25


def table() -> rotation.SealedTable:
    return next(t for t in rotation.sealed_tables() if t.model is PrototypeSecret)


def quiet(place: str, rows: int) -> None:
    """No progress is printed."""


def hetu(number: int) -> str:
    return f"0102{number:02d}A9{number:02d}X"


def make_rows() -> None:
    with opened(), bulk_write("making rows for a test"):
        PrototypeSecret.objects.bulk_create(
            [PrototypeSecret(person_id=n, hetu=hetu(n) if n else None) for n in range(ROWS)]
        )


def key_ids() -> list[int]:
    with opened():
        values = PrototypeSecret.objects.order_by("id").values_list("hetu", flat=True)
        return [value[1] for value in values if value is not None]


@pytest.fixture
def rows(key_file: Path, db: None) -> None:
    KeyCanary.objects.all().delete()
    make_rows()


def test_every_encrypted_column_is_found() -> None:
    found = {t.name for t in rotation.sealed_tables()}
    assert {"prototype_secret", "registry_persons_identity"} <= found


def test_rotation_moves_every_row_and_changes_no_content(rows: None) -> None:
    with keyring.using(keyring.ring().next_generation()):
        assert rotation.stale_rows(table()) == ROWS - 1
        assert rotation.rotate_table(table(), quiet, batch=7) == ROWS - 1
        assert rotation.stale_rows(table()) == 0
        assert set(key_ids()) == {2}
        with opened():
            loaded = list(PrototypeSecret.objects.order_by("person_id"))
            assert reveal_many(loaded, "hetu") == [None, *map(hetu, range(1, ROWS))]
            for row in loaded[1:]:
                found = PrototypeSecret.objects.get(hetu_index=blind("hetu", hetu(row.person_id)))
                assert found == row


def test_a_cut_run_goes_on_where_it_stopped(rows: None) -> None:
    def cut(place: str, done: int) -> None:
        if done >= 14:
            raise KeyboardInterrupt

    with keyring.using(keyring.ring().next_generation()):
        with pytest.raises(KeyboardInterrupt):
            rotation.rotate_table(table(), cut, batch=7)
        assert sorted(key_ids()) == [1] * 10 + [2] * 14
        assert rotation.rotate_table(table(), quiet, batch=7) == 10


def test_a_new_index_key_is_put_to_use(rows: None) -> None:
    ring = keyring.ring().next_generation(new_index=True)
    with keyring.using(ring):
        rotation.rotate_table(table(), quiet)
        with opened():
            row = PrototypeSecret.objects.get(person_id=3)
            assert row.hetu_index == blind("hetu", hetu(3)).digests[0]
    with keyring.using(ring.without(1)), opened():
        assert PrototypeSecret.objects.get(hetu_index=blind("hetu", hetu(3))).person_id == 3


def test_a_damaged_value_stops_the_run_and_loses_nothing(rows: None) -> None:
    with opened(), sql() as cursor:
        cursor.execute(
            "UPDATE prototype_secret SET hetu = set_byte(hetu, 20, get_byte(hetu, 20) # 1)"
            " WHERE person_id = 20 RETURNING hetu"
        )
        damaged = bytes(cursor.fetchone()[0])
    with keyring.using(keyring.ring().next_generation()):
        with pytest.raises(SealBroken):
            rotation.rotate_table(table(), quiet, batch=10)
        with opened():
            kept = PrototypeSecret.objects.values_list("hetu", flat=True).get(person_id=20)
            assert bytes(kept) == damaged


def test_rows_being_saved_are_met_later(
    key_file: Path, committed_db: str, as_owner: Connection
) -> None:
    """A row locked by another transaction is skipped, and found on the next round."""
    make_rows()
    as_owner.autocommit = False
    with as_owner.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('vuokra.access_id', gen_random_uuid()::text, true),"
            " set_config('vuokra.actor', 'system:test', true)"
        )
        cursor.execute("SELECT id FROM prototype_secret WHERE person_id = 3 FOR UPDATE")
        with keyring.using(keyring.ring().next_generation()):
            seen: list[int] = []

            def release(place: str, done: int) -> None:
                seen.append(done)
                if done == ROWS - 2:
                    as_owner.rollback()

            assert rotation.rotate_table(table(), release, batch=10) == ROWS - 1
            assert seen == [10, 20, 23, 24]
            assert set(key_ids()) == {2}


def test_each_batch_leaves_an_event(rows: None) -> None:
    from vuokra.access.models import AccessEvent

    with keyring.using(keyring.ring().next_generation()):
        rotation.rotate_table(table(), quiet, batch=10)
    with opened():
        events = AccessEvent.objects.filter(actor="system:rotate_keys")
        written = [e for e in events if any(d["kind"] == "raw" for d in e.detail)]
        assert len(written) >= 3
        assert hetu(3) not in str(list(events.values()))


def test_the_commands_from_a_new_key_to_the_retired_old_one(
    rows: None, settings: object, tmp_path: Path
) -> None:
    with opened():
        PrototypeNote.objects.create(person_id=71, text="muistiinpano")
    call_command("keys", "check", verbosity=0)
    call_command("keys", "add")
    assert keyring.ring().current == 2
    with pytest.raises(CommandError, match="rotate_keys"):
        call_command("keys", "retire", "--id", "1")

    counted = io.StringIO()
    call_command("rotate_keys", "--dry-run", stdout=counted)
    assert f"prototype_secret: {ROWS - 1}" in counted.getvalue()
    assert "vuokra_crypto_subject_key: 1" in counted.getvalue()
    assert set(key_ids()) == {1}

    done = io.StringIO()
    call_command("rotate_keys", stdout=done)
    assert f"prototype_secret: {ROWS - 1}" in done.getvalue()
    assert set(key_ids()) == {2}
    assert SubjectKey.objects.get(subject=71).key_id == 2

    with pytest.raises(CommandError):
        call_command("keys", "retire", "--id", "2")
    call_command("keys", "retire", "--id", "1")
    assert list(keyring.load().generations) == [2]
    assert list(KeyCanary.objects.values_list("key_id", flat=True)) == [2]
    with opened():
        assert PrototypeNote.objects.get().text.reveal() == "muistiinpano"


def test_files_of_the_ring_are_wrapped_anew(
    db: None, ring_file: Callable[[bytes], PrototypeNote]
) -> None:
    with opened():
        row = ring_file(b"sisalto" * 20_000)
        old = row.ring_file.name
    with keyring.using(keyring.ring().next_generation()):
        assert sum(rotation.rewrap_files(f, quiet) for f in rotation.ring_files()) == 1
        assert sum(rotation.rewrap_files(f, quiet) for f in rotation.ring_files()) == 0
        with opened():
            row.refresh_from_db()
            assert row.ring_file.name != old
            assert row.ring_file.storage.key_id(row.ring_file.name) == 2
            with row.ring_file.open() as file:
                assert file.read() == b"sisalto" * 20_000


@pytest.fixture
def ring_file(settings: object, tmp_path: Path) -> Callable[[bytes], PrototypeNote]:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]

    def make(content: bytes) -> PrototypeNote:
        row = PrototypeNote(person_id=71, text="x")
        row.ring_file.save("lausunto.pdf", ContentFile(content))
        return row

    return make
