"""Encrypted columns: round trips, what a value is bound to, and what the ORM may do with them."""

from __future__ import annotations

import contextvars
import uuid

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Value
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from tests.prototype.models import PrototypeNote, PrototypeSecret
from tests.vuokra.crypto.conftest import HETU, OTHER_HETU, opened, reveals, sql
from vuokra.access.context import AccessContext, Actor, current
from vuokra.access.errors import FunctionDenied, NoAccessContext
from vuokra.access.stated import bulk_write
from vuokra.crypto import keyring
from vuokra.crypto.errors import PlaintextRefused, SealBroken
from vuokra.crypto.fields import BlindIndexField, EncryptedTextField, SubjectEncryptedTextField
from vuokra.crypto.seals import seal, unseal
from vuokra.crypto.values import Masked, Sealed, reveal_many

abouts = st.binary(min_size=1, max_size=60)


def stored(row: models.Model, column: str = "hetu") -> bytes:
    with sql() as cursor:
        cursor.execute(f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s", [row.pk])
        return bytes(cursor.fetchone()[0])


@given(st.text(), abouts)
def test_every_text_comes_back(text: str, about: bytes) -> None:
    assert (
        unseal(seal(text.encode("utf8", "surrogatepass"), about), about).decode(
            "utf8", "surrogatepass"
        )
        == text
    )


@given(st.binary(), abouts, abouts)
def test_a_value_opens_in_its_own_place_only(plain: bytes, here: bytes, there: bytes) -> None:
    sealed = seal(plain, here)
    if here != there:
        with pytest.raises(SealBroken):
            unseal(sealed, there)


@given(st.binary(max_size=40), abouts, st.data())
def test_one_flipped_bit_anywhere_is_noticed(
    plain: bytes, about: bytes, data: st.DataObject
) -> None:
    sealed = bytearray(seal(plain, about))
    bit = data.draw(st.integers(16, len(sealed) * 8 - 1))  # the nonce and all that follows it
    sealed[bit // 8] ^= 1 << (bit % 8)
    with pytest.raises(SealBroken):
        unseal(bytes(sealed), about)


@given(st.binary(max_size=40), abouts)
def test_the_key_id_is_authenticated(plain: bytes, about: bytes) -> None:
    ring = keyring.ring()
    same_key = keyring.Generation(2, *_keys(ring.generations[ring.current]))
    with keyring.using(keyring.KeyRing(ring.generations | {2: same_key}, 1, bytes(32))):
        sealed = bytearray(seal(plain, about))
        sealed[1] = 2
        with pytest.raises(SealBroken):
            unseal(bytes(sealed), about)


def _keys(generation: keyring.Generation) -> tuple[bytes, bytes, bytes]:
    return generation.data, generation.index, generation.wrapping


@given(st.binary(max_size=29))
def test_other_bytes_are_no_sealed_value(garbage: bytes) -> None:
    with pytest.raises(SealBroken):
        unseal(garbage, b"x")


def test_sealing_twice_gives_different_bytes() -> None:
    assert seal(b"same", b"x") != seal(b"same", b"x")


@pytest.mark.smoke
def test_a_saved_value_comes_back_and_the_column_holds_ciphertext(secret: PrototypeSecret) -> None:
    assert secret.hetu.reveal() == HETU
    assert HETU.encode() not in stored(secret)
    assert len(stored(secret)) == 41


@pytest.mark.parametrize("text", ["Åke Öljy", "emoji 🏠", "'; DROP", "\u202eabc", "x" * 11])
def test_text_is_stored_literally(context: AccessContext, text: str) -> None:
    row = PrototypeSecret.objects.create(person_id=1, hetu=text)
    assert PrototypeSecret.objects.get(pk=row.pk).hetu.reveal() == text


@pytest.mark.smoke
def test_a_value_copied_to_another_row_does_not_open(secret: PrototypeSecret) -> None:
    thief = PrototypeSecret.objects.create(person_id=72)
    with sql() as cursor:
        cursor.execute(
            "UPDATE prototype_secret SET hetu = (SELECT hetu FROM prototype_secret"
            " WHERE id = %s) WHERE id = %s",
            [secret.pk, thief.pk],
        )
    thief.refresh_from_db()
    with pytest.raises(SealBroken):
        thief.hetu.reveal()
    with pytest.raises(SealBroken):
        reveal_many([thief], "hetu")


def test_a_masked_value_is_not_moved_to_another_row(secret: PrototypeSecret) -> None:
    with pytest.raises(PlaintextRefused):
        PrototypeSecret(person_id=72, hetu=secret.hetu)


def test_a_row_whose_uuid_changed_is_not_saved(secret: PrototypeSecret) -> None:
    copy = PrototypeSecret(person_id=72, hetu=OTHER_HETU)
    copy.uuid = uuid.uuid4()
    with pytest.raises(SealBroken):
        copy.save()


@pytest.mark.smoke
def test_revealing_records_row_column_and_person(secret: PrototypeSecret) -> None:
    context = current()
    assert not reveals(context)
    secret.hetu.reveal()
    assert reveals(context) == [
        {"table": "prototype_secret", "kind": "reveal", "columns": ["hetu"], "rows": [secret.pk]}
    ]
    assert context.subjects == {71}


def test_showing_the_mask_records_no_reveal(secret: PrototypeSecret) -> None:
    assert f"{secret.hetu} {secret.hetu!r} {secret.hetu.fingerprint()}"
    assert not reveals(current())


def test_without_a_context_nothing_opens(secret: PrototypeSecret) -> None:
    masked = secret.hetu
    outside = contextvars.Context()  # an empty one: as in a new thread
    for opening in (masked.reveal, lambda: reveal_many([secret], "hetu")):
        with pytest.raises(NoAccessContext):
            outside.run(opening)


def test_a_role_without_the_right_does_not_open(db: None) -> None:
    with opened():
        key = PrototypeSecret.objects.create(person_id=71, hetu=HETU).pk
    with pytest.raises(FunctionDenied), opened(Actor("user:1", 1, frozenset({"HUO"}))):
        PrototypeSecret.objects.only("id", "uuid", "person_id").get(pk=key)
        row = PrototypeSecret(pk=key, person_id=71, hetu=HETU)
        row.hetu.reveal()


def test_many_are_opened_at_once_in_order(context: AccessContext) -> None:
    hetus = [HETU, None, OTHER_HETU, "010203C911D"]
    for number, hetu in enumerate(hetus):
        PrototypeSecret.objects.create(person_id=number, hetu=hetu)
    rows = list(PrototypeSecret.objects.order_by("id"))
    assert reveal_many(rows, "hetu") == hetus
    assert reveals(context) == [
        {
            "table": "prototype_secret",
            "kind": "reveal",
            "columns": ["hetu"],
            "rows": [rows[0].pk, rows[2].pk, rows[3].pk],
        }
    ]
    assert context.subjects >= {0, 2, 3}
    assert reveal_many([], "hetu") == []


def test_an_empty_value_is_null_and_takes_its_index_along(secret: PrototypeSecret) -> None:
    secret.hetu = ""
    secret.save()
    secret.refresh_from_db()
    assert secret.hetu is None
    assert secret.hetu_index is None


def test_deferred_and_refreshed_values(secret: PrototypeSecret) -> None:
    assert PrototypeSecret.objects.only("id").get(pk=secret.pk).hetu.reveal() == HETU
    assert PrototypeSecret.objects.only("hetu").get(pk=secret.pk).hetu.reveal() == HETU
    assert PrototypeSecret.objects.defer("hetu").get(pk=secret.pk).hetu.reveal() == HETU
    secret.hetu = OTHER_HETU
    secret.refresh_from_db(fields=["hetu"])
    assert secret.hetu.reveal() == HETU


def test_saving_an_unchanged_row_keeps_the_ciphertext(secret: PrototypeSecret) -> None:
    before = stored(secret)
    secret.plain = "x"
    secret.save()
    assert stored(secret) == before


def test_bulk_create_seals(context: AccessContext) -> None:
    with bulk_write("making rows for a test"):
        PrototypeSecret.objects.bulk_create([PrototypeSecret(person_id=1, hetu=HETU)])
    row = PrototypeSecret.objects.get()
    assert row.hetu.reveal() == HETU
    assert row.hetu_index is not None


def test_a_bulk_update_does_not_leave_the_index_behind(secret: PrototypeSecret) -> None:
    secret.hetu = OTHER_HETU
    with bulk_write("changing rows for a test"), pytest.raises(PlaintextRefused):
        PrototypeSecret.objects.bulk_update([secret], ["hetu"])


@pytest.mark.parametrize("fields", [["hetu"], ["hetu", "plain"]])
def test_an_update_of_named_fields_names_the_index_too(
    secret: PrototypeSecret, fields: list[str]
) -> None:
    secret.hetu = OTHER_HETU
    with pytest.raises(ValueError, match="hetu_index"):
        secret.save(update_fields=fields)
    secret.save(update_fields=[*fields, "hetu_index"])


def test_a_row_read_without_its_index_is_not_saved_half(secret: PrototypeSecret) -> None:
    part = PrototypeSecret.objects.only("uuid", "hetu").get(pk=secret.pk)
    part.hetu = OTHER_HETU
    with pytest.raises(ValueError, match="hetu_index"):
        part.save()


@pytest.mark.parametrize(
    "condition",
    [
        {"hetu": HETU},
        {"hetu__contains": "0102"},
        {"hetu__in": [HETU]},
        {"hetu__startswith": "0"},
        {"hetu__gt": HETU},
        {"hetu__regex": "."},
    ],
)
def test_a_filter_on_an_encrypted_column_is_refused(
    context: AccessContext, condition: dict[str, object]
) -> None:
    with pytest.raises(FieldError) as caught:
        PrototypeSecret.objects.filter(**condition)
    assert HETU not in str(caught.value)


def test_isnull_is_the_one_filter(secret: PrototypeSecret) -> None:
    assert PrototypeSecret.objects.filter(hetu__isnull=False).get() == secret


@pytest.mark.parametrize("value", [HETU, HETU.encode(), 7])
def test_plaintext_does_not_reach_sql(context: AccessContext, value: object) -> None:
    def refused(statement: object) -> None:
        with pytest.raises(PlaintextRefused) as caught:
            statement()  # type: ignore[operator]
        assert HETU not in str(caught.value)

    with bulk_write("a test of refusal"):
        refused(lambda: PrototypeSecret.objects.update(hetu=value))
    column = PrototypeSecret._meta.get_field("hetu")
    refused(lambda: list(PrototypeSecret.objects.annotate(x=Value(value, output_field=column))))


@pytest.mark.parametrize("value", [HETU.encode(), memoryview(HETU.encode()), 7, ["x"]])
def test_only_text_is_assigned(value: object) -> None:
    with pytest.raises(PlaintextRefused) as caught:
        PrototypeSecret(person_id=1, hetu=value)
    assert HETU not in str(caught.value)


def test_values_give_ciphertext(secret: PrototypeSecret) -> None:
    for value in (
        PrototypeSecret.objects.values("hetu").get()["hetu"],
        PrototypeSecret.objects.values_list("hetu", flat=True).get(),
    ):
        assert isinstance(value, Sealed)
        assert repr(value) == str(value) == "<Sealed>"


def test_a_text_too_long_is_refused_without_quoting_it() -> None:
    with pytest.raises(ValueError, match="11") as caught:
        PrototypeSecret(person_id=1, hetu=HETU + "X")
    assert HETU not in str(caught.value)


def test_validators_see_a_newly_assigned_text() -> None:
    column = PrototypeSecret._meta.get_field("hetu")
    row = PrototypeSecret(person_id=1, hetu="ABC")
    validator = RegexValidator(r"^\d")
    column.validators.append(validator)
    try:
        with pytest.raises(ValidationError):
            row.clean_fields()
        row.hetu = HETU
        row.clean_fields()
    finally:
        column.validators.remove(validator)


def test_full_clean_finds_a_hetu_that_is_in_use(secret: PrototypeSecret) -> None:
    with pytest.raises(ValidationError) as caught:
        PrototypeSecret(person_id=72, hetu=HETU.lower()).full_clean()
    assert "hetu_index" in caught.value.error_dict
    assert HETU not in str(caught.value)


def test_equality_is_of_ciphertext(secret: PrototypeSecret) -> None:
    again = PrototypeSecret.objects.get(pk=secret.pk)
    assert secret.hetu == again.hetu
    assert hash(secret.hetu) == hash(again.hetu)
    assert secret.hetu != HETU
    assert secret.hetu != PrototypeSecret(person_id=1, hetu=HETU).hetu


def test_the_fingerprint_follows_the_content_of_one_row(secret: PrototypeSecret) -> None:
    before = secret.hetu.fingerprint()
    secret.hetu = HETU
    assert secret.hetu.fingerprint() == before
    secret.hetu = OTHER_HETU
    assert secret.hetu.fingerprint() != before
    assert PrototypeSecret(person_id=1, hetu=HETU).hetu.fingerprint() != before


def test_the_fingerprint_survives_rotation(secret: PrototypeSecret, ring: keyring.KeyRing) -> None:
    before = secret.hetu.fingerprint()
    with keyring.using(ring.next_generation()):
        secret.hetu = HETU
        assert secret.hetu.fingerprint() == before


@isolate_apps("tests.prototype")
def test_checks_ask_for_what_the_seal_needs() -> None:
    class Bare(models.Model):
        text = EncryptedTextField(unique=True)
        note = SubjectEncryptedTextField(subject="person_id")
        uuid = models.UUIDField(default=uuid.uuid4)

        class Meta:
            app_label = "prototype"

        def __str__(self) -> str:
            return "row"

    errors = [error.id for error in Bare.check()]
    assert errors.count("vuokra.crypto.E001") == 3  # uuid twice, person_id
    assert errors.count("vuokra.crypto.E002") == 1
    assert not PrototypeSecret.check() + PrototypeNote.check()


@isolate_apps("tests.prototype")
def test_checks_find_an_index_that_no_field_names() -> None:
    class Lonely(models.Model):
        index = BlindIndexField(null=True)

        class Meta:
            app_label = "prototype"

        def __str__(self) -> str:
            return "row"

    assert "vuokra.crypto.E004" in [error.id for error in Lonely.check()]


def test_migrations_can_rebuild_the_fields() -> None:
    for model in (PrototypeSecret, PrototypeNote):
        for field in model._meta.local_fields:
            _name, _path, args, kwargs = field.deconstruct()
            assert type(field)(*args, **kwargs).deconstruct()[1:] == field.deconstruct()[1:]


def test_masked_is_what_an_instance_gives(secret: PrototypeSecret) -> None:
    assert isinstance(secret.hetu, Masked)
