"""Encrypted columns in forms: nothing is shown, nothing is lost, nothing is remembered (DP-A44)."""

from __future__ import annotations

import pytest
from django.forms import CharField, ModelForm, Textarea, modelform_factory

from tests.prototype.models import PrototypeNote, PrototypeSecret
from tests.vuokra.crypto.conftest import HETU, OTHER_HETU, reveals
from vuokra.access.context import AccessContext, current
from vuokra.crypto.values import MASK

SecretForm: type[ModelForm] = modelform_factory(PrototypeSecret, fields=["hetu", "plain"])
NoteForm: type[ModelForm] = modelform_factory(PrototypeNote, fields=["text"])


def test_DP_A44_the_browser_is_told_not_to_remember(context: AccessContext) -> None:
    page = str(SecretForm()["hetu"]) + str(NoteForm()["text"])
    assert page.count('autocomplete="off"') == 2


def test_an_existing_value_is_not_put_on_the_page(secret: PrototypeSecret) -> None:
    page = str(SecretForm(instance=secret))
    assert HETU not in page
    assert f'value="{MASK}"' not in page
    assert f'placeholder="{MASK}"' in page
    assert not reveals(current())


def test_an_empty_input_keeps_the_value(secret: PrototypeSecret) -> None:
    form = SecretForm({"hetu": "", "plain": "x"}, instance=secret)
    assert form.is_valid(), form.errors
    assert form.changed_data == ["plain"]
    form.save()
    assert PrototypeSecret.objects.get(pk=secret.pk).hetu.reveal() == HETU


def test_a_new_value_takes_its_place_and_its_index(secret: PrototypeSecret) -> None:
    form = SecretForm({"hetu": OTHER_HETU}, instance=secret)
    assert form.is_valid(), form.errors
    assert form.changed_data == ["hetu"]
    saved = form.save()
    found = PrototypeSecret.objects.get(hetu_index=saved.hetu_index)
    assert found.hetu.reveal() == OTHER_HETU


def test_the_length_is_checked_by_the_form(secret: PrototypeSecret) -> None:
    form = SecretForm({"hetu": "x" * 12}, instance=secret)
    assert not form.is_valid()
    assert "x" * 12 not in str(form.errors)


def test_the_dots_are_a_value_like_any_other_if_typed(context: AccessContext) -> None:
    form = SecretForm({"hetu": MASK})
    assert form.is_valid()
    assert form.save(commit=False).hetu.fingerprint()


def test_a_needed_text_is_needed_until_there_is_one(context: AccessContext) -> None:
    form_class = modelform_factory(PrototypeNote, fields=["text"])
    form_class.base_fields["text"].required = True
    assert not form_class({"text": ""}, instance=PrototypeNote(person_id=71)).is_valid()
    row = PrototypeNote.objects.create(person_id=71, text="vanha")
    form = form_class({"text": ""}, instance=row)
    assert form.is_valid()
    assert form.save().text.reveal() == "vanha"


def test_a_revealed_text_is_edited_in_place(context: AccessContext) -> None:
    row = PrototypeNote.objects.create(person_id=71, text="vanha teksti")
    initial = {"text": row.text.reveal()}
    assert "vanha teksti" in str(NoteForm(instance=row, initial=initial))
    form = NoteForm({"text": ""}, instance=row, initial=initial)
    assert form.is_valid()
    assert form.save().text.reveal() == ""


def test_the_form_field_is_a_text_field(context: AccessContext) -> None:
    assert isinstance(SecretForm.base_fields["hetu"], CharField)
    assert isinstance(NoteForm.base_fields["text"].widget, Textarea)


@pytest.mark.parametrize("value", [HETU, " " + HETU + " "])
def test_surrounding_space_is_stripped(context: AccessContext, value: str) -> None:
    form = SecretForm({"hetu": value})
    assert form.is_valid()
    assert form.save(commit=False).hetu.reveal() == HETU
