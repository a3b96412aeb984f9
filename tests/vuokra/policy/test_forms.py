"""Forms and exports hold what the roles may write and take out, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vuokra.access.codes import Action, Surface
from vuokra.access.context import AccessContext, Actor, NoAccessContext
from vuokra.policy.catalogue import CatalogueError, Protection, Table
from vuokra.policy.exports import export_fields
from vuokra.policy.fields import classified
from vuokra.policy.forms import PolicyModelForm, extra_fields_posted
from vuokra.policy.rights import Level, level
from vuokra.policy.roles import Purpose, Role

FIELDS = ("surname", "phone", "since", "account", "support", "language")


@pytest.fixture
def form_class(card: type[models.Model]) -> type[PolicyModelForm[Any]]:
    class CardForm(PolicyModelForm[Any]):
        beside = frozenset({"save"})
        confirmed = forms.BooleanField(required=False)
        visit = forms.SplitDateTimeField(required=False)
        paper = forms.FileField(required=False)

        class Meta:
            model = card
            fields = FIELDS

    return CardForm


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> Iterator[AccessContext]:
    """An access context that is open without a database."""
    from vuokra.access import context

    ctx = AccessContext(
        Actor("user:1", roles=frozenset({"SOP"})),
        purpose=Purpose.SOPIMUS,
        action=Action.CHANGE,
        surface=Surface.FORM,
    )
    token = context._current.set(ctx)
    yield ctx
    context._current.reset(token)


def posted(**values: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(values)
    return data


def test_fields_that_the_roles_may_not_write_are_not_there(
    form_class: type[PolicyModelForm[Any]],
) -> None:
    form = form_class(roles=["SOP"])
    assert set(form.fields) == {
        "surname", "phone", "since", "language", "confirmed", "visit", "paper",
    }  # fmt: skip
    assert form.dropped == ["account", "support"]
    assert set(form_class(roles=["TAL"]).fields) == {"account", "confirmed", "visit", "paper"}
    assert set(form_class(roles=["TAL", "SOP"]).fields) > {"account", "surname"}
    assert set(form_class(roles=[]).fields) == {"confirmed", "visit", "paper"}


def test_reading_is_not_enough_to_write(form_class: type[PolicyModelForm[Any]]) -> None:
    assert level(["JOH"], classified(form_class._meta.model, "surname").group) is Level.READ
    assert "surname" not in form_class(roles=["JOH"]).fields


def test_DP_A5_extra_posted_fields_are_ignored_and_noted(
    form_class: type[PolicyModelForm[Any]], card: type[models.Model], noted: AccessContext
) -> None:
    row = card(surname="Lehtovaara", account="FI4250001510000023", support="before")
    data = posted(
        surname="Niemelä",
        language="sv",
        account="FI2112345600000785",
        support="after",
        role="PAA",
        is_admin="1",
        turvakielto="false",
        csrfmiddlewaretoken="x",
        save="1",
    )
    form = form_class(data, instance=row, roles=["SOP"])
    assert form.is_valid(), form.errors
    changed = form.save(commit=False)
    assert (changed.surname, changed.language) == ("Niemelä", "sv")
    assert (changed.account, changed.support) == ("FI4250001510000023", "before")
    assert not hasattr(changed, "role") and not hasattr(changed, "is_admin")
    assert noted.notes["extra_fields"] == ["account", "is_admin", "role", "support", "turvakielto"]
    assert noted.worth_recording


def test_a_form_posted_as_it_is_leaves_no_note(
    form_class: type[PolicyModelForm[Any]], noted: AccessContext
) -> None:
    data = posted(
        surname="Niemelä",
        language="fi",
        confirmed="on",
        visit_0="2.11.2026",
        visit_1="10:00",
        **{"paper-clear": "on"},
    )
    assert form_class(data, roles=["SOP"]).is_valid()
    assert noted.notes == {}


def test_a_form_with_a_prefix_answers_for_its_own_names(
    form_class: type[PolicyModelForm[Any]], noted: AccessContext
) -> None:
    data = posted(**{"a-surname": "Niemelä", "a-language": "fi", "a-role": "PAA", "b-x": "1"})
    assert form_class(data, prefix="a", roles=["SOP"]).is_valid()
    assert noted.notes == {"extra_fields": ["a-role"]}


def test_extra_fields_cannot_go_unrecorded(form_class: type[PolicyModelForm[Any]]) -> None:
    with pytest.raises(NoAccessContext):
        form_class(posted(surname="Niemelä", language="fi", role="PAA"), roles=["SOP"]).is_valid()


def test_the_note_goes_through_a_signal_of_the_policy() -> None:
    assert extra_fields_posted.has_listeners(PolicyModelForm)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(roles=st.sets(st.sampled_from(list(Role)), max_size=4))
def test_what_is_left_of_a_form_or_export_is_what_the_rights_say(
    form_class: type[PolicyModelForm[Any]], card: type[models.Model], roles: set[Role]
) -> None:
    groups = {name: classified(card, name).group for name in FIELDS}
    writable = {name for name in FIELDS if level(roles, groups[name]) >= Level.WRITE}
    assert set(form_class(roles=roles).fields) - {"confirmed", "visit", "paper"} == writable
    readable = [name for name in FIELDS if level(roles, groups[name]) >= Level.READ]
    never = {name for name in FIELDS if classified(card, name).column.protection in ("C", "D")}
    assert never == {"account", "support"}
    assert export_fields(card, FIELDS, roles) == [n for n in readable if n not in never]


def test_an_export_never_holds_sealed_values_or_classes_c_and_d(card: type[models.Model]) -> None:
    everyone = list(Role)
    names = ["hetu", *FIELDS, "made_at"]
    assert export_fields(card, names, everyone) == [
        "surname", "phone", "since", "language", "made_at",
    ]  # fmt: skip
    assert export_fields(card, names, ["MAR"]) == []
    assert export_fields(card, names, []) == []


def test_an_export_of_an_unclassified_column_is_refused(
    card: type[models.Model], tables: dict[str, Table]
) -> None:
    with pytest.raises(FieldDoesNotExist):
        export_fields(card, ["shoe_size"], ["SOP"])
    del tables["test_card"]
    with pytest.raises(CatalogueError):
        export_fields(card, ["surname"], ["SOP"])


def test_what_the_catalogue_says_of_a_field(card: type[models.Model]) -> None:
    known = classified(card, "support")
    assert known.column.code == "MU-ELÄMÄ"
    assert known.column.protection is Protection.D
    assert known.group == "support"
