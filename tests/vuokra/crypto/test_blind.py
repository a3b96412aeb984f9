"""Blind index: equality, its canonical form, and two keys at once."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.prototype.models import PrototypeSecret
from tests.vuokra.crypto.conftest import HETU, OTHER_HETU
from vuokra.access.context import AccessContext, current
from vuokra.crypto import keyring
from vuokra.crypto.blind import blind, canonical
from vuokra.crypto.errors import PlaintextRefused


def find(value: str) -> list[PrototypeSecret]:
    return list(PrototypeSecret.objects.filter(hetu_index=blind("hetu", value)))


def test_the_index_is_an_hmac_under_a_key_of_its_own() -> None:
    key = keyring.ring().index_keys[0]
    expected = hmac.new(key, b"hetu\0" + HETU.encode(), hashlib.sha256).digest()
    assert blind("hetu", HETU).digests == (expected,)
    assert key != keyring.ring().generations[keyring.ring().current].data


def test_a_row_is_found_by_its_exact_value(secret: PrototypeSecret) -> None:
    assert find(HETU) == find(f"  {HETU.lower()}\n") == [secret]
    assert find(HETU[:-1]) == []


def test_DP_A14_another_separator_is_another_person(context: AccessContext) -> None:
    one = PrototypeSecret.objects.create(person_id=1, hetu="150685-906N")
    other = PrototypeSecret.objects.create(person_id=2, hetu="150685Y906N")
    assert find("150685-906N") == [one]
    assert find("150685Y906N") == [other]


def test_looking_up_is_recorded_as_a_probe_without_the_value(secret: PrototypeSecret) -> None:
    find(OTHER_HETU)
    probes = [entry for entry in current().detail() if entry["kind"] == "probe"]
    assert probes == [{"table": "prototype_secret", "kind": "probe", "columns": ["hetu_index"]}]


def test_the_database_refuses_the_same_value_twice(secret: PrototypeSecret) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PrototypeSecret.objects.create(person_id=72, hetu=HETU.lower())


def test_the_label_parts_kinds_of_values() -> None:
    assert blind("hetu", HETU) != blind("iban", HETU)


@given(st.text(), st.text())
def test_equal_canonical_forms_and_only_they_meet(one: str, other: str) -> None:
    assert (blind("x", one) == blind("x", other)) == (canonical(one) == canonical(other))


@given(st.text())
def test_canonical_is_stable(text: str) -> None:
    assert "".join(canonical(text).split()) == canonical(text)


def test_several_are_looked_for_at_once(secret: PrototypeSecret) -> None:
    wanted = [blind("hetu", HETU), blind("hetu", OTHER_HETU)]
    assert PrototypeSecret.objects.filter(hetu_index__in=wanted).get() == secret
    assert not PrototypeSecret.objects.filter(hetu_index__in=[]).exists()
    assert PrototypeSecret.objects.filter(hetu_index__isnull=False).get() == secret


@pytest.mark.parametrize("value", [HETU, HETU.encode(), 5])
def test_plaintext_is_not_compared(context: AccessContext, value: object) -> None:
    with pytest.raises(PlaintextRefused) as caught:
        PrototypeSecret.objects.filter(hetu_index=value).exists()
    assert HETU not in str(caught.value)
    with pytest.raises(PlaintextRefused):
        PrototypeSecret(person_id=1, hetu_index=HETU)


@pytest.mark.parametrize("lookup", ["contains", "startswith", "gt", "regex"])
def test_equality_is_the_only_question(context: AccessContext, lookup: str) -> None:
    with pytest.raises(FieldError):
        PrototypeSecret.objects.filter(**{f"hetu_index__{lookup}": b"x" * 32})


def test_the_stored_index_finds_its_twins(secret: PrototypeSecret) -> None:
    assert PrototypeSecret.objects.get(hetu_index=secret.hetu_index) == secret


def test_while_the_key_changes_both_are_tried(
    secret: PrototypeSecret, ring: keyring.KeyRing
) -> None:
    with keyring.using(ring.next_generation(new_index=True)):
        newer = PrototypeSecret.objects.create(person_id=72, hetu=OTHER_HETU)
        assert len(blind("hetu", HETU).digests) == 2
        assert find(HETU) == [secret]
        assert find(OTHER_HETU) == [newer]
        both = [blind("hetu", HETU), blind("hetu", OTHER_HETU)]
        assert PrototypeSecret.objects.filter(hetu_index__in=both).count() == 2
    assert find(OTHER_HETU) == []
