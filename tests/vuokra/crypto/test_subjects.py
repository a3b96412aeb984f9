"""Subject keys: class D text that dies with its key."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connections

from tests.prototype.models import PrototypeNote
from tests.vuokra.crypto.conftest import opened, reveals
from vuokra.access.context import AccessContext, current
from vuokra.access.errors import NoAccessContext
from vuokra.access.stated import raw_sql
from vuokra.crypto import keyring, subjects
from vuokra.crypto.errors import KeyDestroyed, SealBroken
from vuokra.crypto.models import KeyCanary, SubjectKey
from vuokra.crypto.router import KeysRouter
from vuokra.crypto.values import MASK

TEXT = "Toivoo rauhallista naapuria."


@pytest.fixture
def note(context: AccessContext) -> PrototypeNote:
    row = PrototypeNote.objects.create(person_id=71, text=TEXT)
    return PrototypeNote.objects.get(pk=row.pk)


def test_the_text_comes_back_and_is_recorded(note: PrototypeNote) -> None:
    assert note.text.reveal() == TEXT
    assert reveals(current()) == [
        {"table": "prototype_note", "kind": "reveal", "columns": ["text"], "rows": [note.pk]}
    ]
    assert current().subjects == {71}


def test_the_key_lies_wrapped_in_the_other_database(note: PrototypeNote) -> None:
    key = SubjectKey.objects.get(subject=71)
    assert key._state.db == "keys"
    assert key.key_id == keyring.ring().current
    assert len(bytes(key.wrapped)) == 62


def test_one_key_per_person(note: PrototypeNote) -> None:
    PrototypeNote.objects.create(person_id=71, text="toinen")
    PrototypeNote.objects.create(person_id=72, text="muu")
    assert sorted(SubjectKey.objects.values_list("subject", flat=True)) == [71, 72]


def test_a_destroyed_key_takes_the_text_with_it(note: PrototypeNote) -> None:
    assert not note.text.destroyed
    subjects.destroy(71)
    note.refresh_from_db()
    assert note.text.destroyed
    assert str(note.text) == MASK
    assert note.text.fingerprint() == "tuhottu"
    with pytest.raises(KeyDestroyed):
        note.text.reveal()
    assert SubjectKey.objects.get(subject=71).wrapped is None


def test_no_key_grows_back(note: PrototypeNote) -> None:
    subjects.destroy(71)
    subjects.destroy(99)  # had none
    for person in (71, 99):
        with pytest.raises(KeyDestroyed):
            PrototypeNote(person_id=person, text="uusi")


def test_a_row_of_a_destroyed_key_can_still_be_saved(note: PrototypeNote) -> None:
    subjects.destroy(71)
    note.save()
    with pytest.raises(KeyDestroyed):
        note.text = "uusi"


def test_keys_are_forgotten_with_the_access_context(db: None) -> None:
    with opened():
        row = PrototypeNote.objects.create(person_id=71, text=TEXT)
        first = subjects.cipher_of(71)
        assert subjects.cipher_of(71) is first
    with pytest.raises(NoAccessContext):
        subjects.cipher_of(71)
    with opened():
        assert subjects.cipher_of(71) is not first
        assert PrototypeNote.objects.get(pk=row.pk).text.reveal() == TEXT


def test_a_key_destroyed_elsewhere_is_gone_for_the_next_context(db: None) -> None:
    with opened():
        pk = PrototypeNote.objects.create(person_id=71, text=TEXT).pk
    with opened():
        subjects.destroy(71)
    with opened(), pytest.raises(KeyDestroyed):
        PrototypeNote.objects.get(pk=pk).text.reveal()


def test_text_of_another_person_does_not_open(note: PrototypeNote) -> None:
    PrototypeNote.objects.create(person_id=72, text="muu")
    note.person_id = 72
    with pytest.raises(SealBroken):
        note.text.reveal()


def test_a_wrapped_key_moved_to_another_person_does_not_open(note: PrototypeNote) -> None:
    PrototypeNote.objects.create(person_id=72, text="muu")
    key = SubjectKey.objects.get(subject=71)
    SubjectKey.objects.filter(subject=72).update(wrapped=key.wrapped)
    subjects._cache().clear()
    with pytest.raises(SealBroken):
        subjects.cipher_of(72)


def test_a_key_that_never_was(context: AccessContext) -> None:
    with pytest.raises(SubjectKey.DoesNotExist):
        subjects.cipher_of(5)


def test_the_person_comes_first(context: AccessContext) -> None:
    with pytest.raises(ValueError, match="person"):
        PrototypeNote(person_id=None, text=TEXT)


def test_rewrapping_keeps_the_key(note: PrototypeNote, ring: keyring.KeyRing) -> None:
    with keyring.using(ring.next_generation()):
        key = SubjectKey.objects.get(subject=71)
        subjects.rewrap(key)
        key.save()
        subjects._cache().clear()
        assert key.key_id == 2
        assert note.text.reveal() == TEXT


def test_only_subject_keys_live_in_the_key_database(db: None) -> None:
    router = KeysRouter()
    assert router.db_for_write(SubjectKey) == "keys"
    assert router.db_for_read(KeyCanary) is None
    assert router.allow_migrate("keys", "vuokra_crypto", "subjectkey")
    assert not router.allow_migrate("default", "vuokra_crypto", "subjectkey")
    assert not router.allow_migrate("keys", "vuokra_crypto", "keycanary")
    assert not router.allow_migrate("keys", "vuokra_access")
    assert router.allow_migrate("default", "vuokra_access")
    assert router.allow_relation(SubjectKey(), ContentType()) is False
    for alias, there in (("keys", True), ("default", False)):
        with raw_sql("which tables there are"), connections[alias].cursor() as cursor:
            names = connections[alias].introspection.table_names(cursor)
        assert (SubjectKey._meta.db_table in names) is there
        if alias == "keys":
            assert set(names) == {"django_migrations", SubjectKey._meta.db_table}
