"""The change log sees that an encrypted value changed, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator

import auditlog.diff
import pytest
from auditlog import get_logentry_model
from auditlog.diff import model_instance_diff
from auditlog.registry import auditlog as registry

from tests.prototype.models import PrototypeNote, PrototypeSecret
from tests.vuokra.crypto.conftest import HETU, OTHER_HETU, reveals
from vuokra.access.context import current
from vuokra.crypto import changelog, subjects
from vuokra.crypto.values import MASK


@pytest.fixture(autouse=True)
def logged() -> Iterator[None]:
    for model in (PrototypeSecret, PrototypeNote):
        registry.register(model)
    yield
    for model in (PrototypeSecret, PrototypeNote):
        registry.unregister(model)


def changed(row: PrototypeSecret, hetu: str | None, *, as_json: bool = False) -> dict[str, tuple]:
    before = PrototypeSecret.objects.get(pk=row.pk)
    row.hetu = hetu
    return model_instance_diff(before, row, use_json_for_changes=as_json) or {}


def test_auditlog_still_reads_values_where_we_expect() -> None:
    assert auditlog.diff.get_field_value is changelog.logged_value
    assert "get_field_value" in model_instance_diff.__code__.co_names


@pytest.mark.parametrize("as_json", [False, True])
def test_a_change_is_two_fingerprints(secret: PrototypeSecret, as_json: bool) -> None:
    diff = changed(secret, OTHER_HETU, as_json=as_json)
    assert set(diff) == {"hetu"}
    old, new = diff["hetu"]
    assert old != new
    for text in (old, new):
        mask, fingerprint = text.split(" #")
        assert mask == MASK
        assert len(fingerprint) == 10
    assert HETU not in str(diff)
    assert OTHER_HETU not in str(diff)


def test_the_same_value_again_is_no_change(secret: PrototypeSecret) -> None:
    assert changed(secret, HETU) == {}


def test_removal_shows(secret: PrototypeSecret) -> None:
    assert changed(secret, None)["hetu"][1] == "None"


def test_the_diff_is_no_reveal(secret: PrototypeSecret) -> None:
    changed(secret, OTHER_HETU)
    assert not reveals(current())


def test_a_destroyed_text_can_still_be_compared(secret: PrototypeSecret) -> None:
    note = PrototypeNote.objects.create(person_id=71, text="x")
    subjects.destroy(71)
    old, new = PrototypeNote.objects.get(pk=note.pk), PrototypeNote.objects.get(pk=note.pk)
    assert model_instance_diff(old, new) is None
    assert model_instance_diff(old, None)["text"][0] == f"{MASK} #tuhottu"


def test_what_is_logged_on_saving_holds_no_plaintext(secret: PrototypeSecret) -> None:
    secret.hetu = OTHER_HETU
    secret.plain = "x"
    secret.save()
    entry = get_logentry_model().objects.latest("id")
    assert set(entry.changes) == {"hetu", "plain"}
    for text in (HETU, OTHER_HETU):
        assert text not in str(entry.changes)
        assert text not in str(vars(entry))
