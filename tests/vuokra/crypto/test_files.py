"""Encrypted files: what lies on disk, what opens, what damage is noticed."""

from __future__ import annotations

import contextvars
import pickle
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.fields.files import FieldFile
from django.forms import modelform_factory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.prototype.models import PrototypeNote
from tests.vuokra.crypto.conftest import opened, reveals
from vuokra.access.context import AccessContext, Actor, current
from vuokra.access.errors import FunctionDenied, NoAccessContext
from vuokra.crypto import subjects
from vuokra.crypto.errors import KeyDestroyed, PlaintextRefused, SealBroken
from vuokra.crypto.files import CHUNK, TAG

CONTENT = b"lausunto " * 30_000  # a little over four chunks
BOUNDARIES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7]


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    return tmp_path / "media"


def on_disk(note: PrototypeNote) -> Path:
    return Path(storages["default"].path(note.file.name))


def make(content: bytes, person_id: int = 71) -> PrototypeNote:
    note = PrototypeNote(person_id=person_id, text="x")
    note.file.save("Virtanen Matti lausunto.pdf", ContentFile(content))
    return PrototypeNote.objects.get(pk=note.pk)


def content(file: FieldFile) -> bytes:
    with file.open() as opened_file:
        return bytes(opened_file.read())


@pytest.fixture
def note(context: AccessContext) -> PrototypeNote:
    return make(CONTENT)


@pytest.mark.parametrize("size", BOUNDARIES)
def test_content_of_any_size_comes_back(context: AccessContext, size: int) -> None:
    note = make(CONTENT[:size])
    with note.file.open() as file:
        assert file.read() == CONTENT[:size]
    assert note.file.size == size


def test_disk_holds_neither_content_nor_name(note: PrototypeNote, media: Path) -> None:
    stored = on_disk(note).read_bytes()
    assert b"lausunto" not in stored
    names = " ".join(str(path.relative_to(media)) for path in media.rglob("*"))
    assert "Virtanen" not in names
    assert ".pdf" not in names
    assert "Virtanen" not in str(note.__dict__)


def test_the_same_content_is_stored_differently(note: PrototypeNote) -> None:
    assert on_disk(note).read_bytes()[-100:] != on_disk(make(CONTENT)).read_bytes()[-100:]


@given(reads=st.lists(st.tuples(st.integers(0, len(CONTENT) + 10), st.integers(0, 90_000))))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_part_can_be_read(note: PrototypeNote, reads: list[tuple[int, int]]) -> None:
    with note.file.open() as file:
        for position, length in reads:
            file.seek(position)
            assert file.read(length) == CONTENT[position : position + length]


def test_opening_is_recorded_as_a_reveal(note: PrototypeNote) -> None:
    assert not reveals(current())
    content(note.file)
    assert reveals(current()) == [
        {"table": "prototype_note", "kind": "reveal", "columns": ["file"], "rows": [note.pk]}
    ]
    assert current().subjects == {71}


def test_without_a_context_nothing_opens(note: PrototypeNote) -> None:
    with pytest.raises(NoAccessContext):
        contextvars.Context().run(note.file.open)


def test_a_role_without_the_right_does_not_open(db: None) -> None:
    with opened():
        note = make(CONTENT)
    with pytest.raises(FunctionDenied), opened(Actor("user:1", 1, frozenset({"HUO"}))):
        note.file.open()


def test_a_destroyed_key_takes_the_file_with_it(note: PrototypeNote) -> None:
    subjects.destroy(71)
    with pytest.raises(KeyDestroyed):
        note.file.open()


def test_a_file_under_the_ring_outlives_the_persons_key(context: AccessContext) -> None:
    note = PrototypeNote(person_id=71, text="x")
    note.ring_file.save("x", ContentFile(CONTENT))
    subjects.destroy(71)
    assert content(note.ring_file) == CONTENT


@pytest.mark.parametrize(
    "damage",
    [
        lambda b: b[:-1],
        lambda b: b[: -(len(b) % (CHUNK + TAG))],
        lambda b: b[: 2 * (CHUNK + TAG) + 68],  # cut between two chunks
        lambda b: b + b"x",
        lambda b: b[:-5] + bytes((b[-5] ^ 1,)) + b[-4:],
        lambda b: b[:20] + bytes((b[20] ^ 1,)) + b[21:],
        lambda b: b"PK" + b[2:],
        lambda b: b"",
        lambda b: b[:68],
    ],
)
def test_damage_at_the_ends_is_noticed_on_opening(note: PrototypeNote, damage: object) -> None:
    path = on_disk(note)
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(SealBroken):
        note.file.open()


def test_chunks_that_changed_places_are_noticed(note: PrototypeNote) -> None:
    path = on_disk(note)
    stored = path.read_bytes()
    size = CHUNK + TAG
    start = len(stored) % size if len(stored) % size < 100 else 68
    first, second = stored[start : start + size], stored[start + size : start + 2 * size]
    path.write_bytes(stored[:start] + second + first + stored[start + 2 * size :])
    with note.file.open() as file, pytest.raises(SealBroken):
        file.read()


def test_files_that_changed_places_do_not_open(note: PrototypeNote) -> None:
    other = make(b"toinen")
    one, two = on_disk(note), on_disk(other)
    first = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(first)
    for row in (note, other):
        with pytest.raises(SealBroken):
            row.file.open()


def test_a_name_moved_to_another_row_does_not_open(note: PrototypeNote) -> None:
    other = make(b"toinen")
    other.file.name = note.file.name
    with pytest.raises(SealBroken):
        other.file.open()


def test_files_are_reached_through_their_field_only(note: PrototypeNote) -> None:
    storage, name = note.file.storage, note.file.name
    for refused in (
        lambda: storage.open(name),
        lambda: storage.save("x", ContentFile(b"x")),
        lambda: storage.url(name),
        lambda: note.file.open("wb"),
        lambda: pickle.dumps(note.file),
    ):
        with pytest.raises((PlaintextRefused, TypeError)):
            refused()
    with pytest.raises(NotImplementedError):
        storage.path(name)


def test_an_upload_by_a_form_is_encrypted(context: AccessContext, media: Path) -> None:
    form_class = modelform_factory(PrototypeNote, fields=["person_id", "file"])
    upload = SimpleUploadedFile("Virtanen.txt", b"salaista")
    row = PrototypeNote(text="x", person_id=71)
    form = form_class({"person_id": 71}, {"file": upload}, instance=row)
    assert form.is_valid(), form.errors
    saved = form.save()
    assert b"salaista" not in on_disk(saved).read_bytes()
    assert content(PrototypeNote.objects.get(pk=saved.pk).file) == b"salaista"
    assert "Virtanen" not in str(form_class(instance=saved)) + saved.file.name


def test_deleting_removes_the_file(note: PrototypeNote) -> None:
    path = on_disk(note)
    note.file.delete()
    assert not path.exists()
