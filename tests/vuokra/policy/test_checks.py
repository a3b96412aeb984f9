"""The checks find what they are for, each shown on a catalogue that is broken on purpose."""

from __future__ import annotations

import dataclasses
import importlib
import json
from collections.abc import Mapping
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.test.utils import isolate_apps

from vuokra.policy import checks
from vuokra.policy.catalogue import (
    KEY,
    OWN,
    CatalogueError,
    Subject,
    Table,
    TableKind,
    describe,
    item,
    not_personal,
    staff_table,
    tables,
    technical,
    via,
)
from vuokra.policy.checks import Finding, coverage, item_findings, resolves
from vuokra.policy.groups import Group
from vuokra.policy.items import ALL_ITEMS, BY_ID, Protection, State


def table(name: str = "test_person", **changes: Any) -> Table:
    """A whole personal table; `changes` break it."""
    values: dict[str, Any] = {
        "kind": TableKind.PERSONAL,
        "group": Group.PERSON,
        "subject": OWN,
        "columns": {"id": KEY, "surname": item("PT-NIMI"), "made_at": technical("when")},
    }
    return Table(name, **(values | changes))


SCHEMA = {"test_person": {"id", "surname", "made_at"}}


def found(schema: Mapping[str, set[str]], *described: Table) -> list[tuple[str, str]]:
    return [(f.code, f.where) for f in coverage(schema, {t.name: t for t in described})]


# -- tables and columns ------------------------------------------------------------------------


def test_a_whole_catalogue_has_no_findings() -> None:
    assert found(SCHEMA, table()) == []


def test_an_undescribed_table_and_column_are_found() -> None:
    schema = {"test_person": {"id", "surname", "made_at", "phone"}, "test_new": {"id"}}
    assert found(schema, table()) == [
        ("unclassified", "test_new"),
        ("unclassified", "test_person.phone"),
    ]


def test_a_plain_table_needs_no_columns() -> None:
    plain = Table("test_kind", TableKind.PLAIN, note="names of models")
    assert found({"test_kind": {"id", "model"}}, plain) == []


def test_a_described_table_or_column_that_is_not_there_is_found() -> None:
    schema = {"test_person": {"id", "surname"}}
    assert found(schema, table(), table("test_gone"), table("test_database", has_model=False)) == [
        ("missing", "test_gone"),
        ("missing", "test_person.made_at"),
    ]


@pytest.mark.parametrize("subject", [None, Subject(), via("person_id")])
def test_a_personal_table_without_a_way_to_the_person_is_found(subject: Subject | None) -> None:
    assert found(SCHEMA, table(subject=subject)) == [("subject", "test_person")]
    assert found(SCHEMA, table(subject=subject, kind=TableKind.STAFF)) == []


def test_many_to_many_and_inherited_tables_are_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    with isolate_apps("vuokra.policy") as isolated:

        class Person(models.Model):
            phone = models.CharField(max_length=20, db_column="telephone")

            class Meta:
                app_label = "vuokra_policy"

            def __str__(self) -> str:
                return "person"

        class Tenant(Person):
            friends = models.ManyToManyField(Person, related_name="+")

            class Meta:
                app_label = "vuokra_policy"

        class Alias(Person):
            class Meta:
                app_label = "vuokra_policy"
                proxy = True

        monkeypatch.setattr(checks, "apps", isolated)
        schema = checks.model_schema()
    assert schema == {
        "vuokra_policy_person": {"id", "telephone"},
        "vuokra_policy_tenant": {"person_ptr_id"},
        "vuokra_policy_tenant_friends": {"id", "tenant_id", "person_id"},
    }


# -- a new column in the running application ---------------------------------------------------


def test_every_table_and_column_of_the_application_is_classified() -> None:
    assert coverage(checks.model_schema(), checks.described()) == []


def test_third_party_tables_are_walked_too() -> None:
    schema = checks.model_schema()
    assert {"django_session", "django_content_type", "mfa_authenticator"} <= schema.keys()
    assert "auth_group_permissions" in schema  # a many-to-many table


def _add_phone(monkeypatch: pytest.MonkeyPatch) -> str:
    """A developer adds a telephone number to a model of a room, and no catalogue row."""
    schema = checks.model_schema()
    name = next(t.name for t in tables(TableKind.PERSONAL) if t.has_model)
    widened = {**schema, name: schema[name] | {"second_phone"}}
    monkeypatch.setattr(checks, "model_schema", lambda: widened)
    return f"{name}.second_phone"


def test_DP_A40_a_column_without_a_catalogue_row_stops_start_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = _add_phone(monkeypatch)
    errors = checks.check_catalogue()
    assert [error.id for error in errors] == ["vuokra_policy.unclassified"]
    assert place in errors[0].msg
    assert errors[0].is_serious()
    with pytest.raises(CommandError, match=r"second_phone"):
        call_command("check", "--tag", "catalogue", stdout=StringIO(), stderr=StringIO())


def test_DP_A40_a_column_without_a_catalogue_row_stops_the_web_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("django.setup", lambda **options: None)  # it is set up already
    from vuokra import wsgi

    importlib.reload(wsgi)
    place = _add_phone(monkeypatch)
    with pytest.raises(CatalogueError, match=place):
        importlib.reload(wsgi)


def test_DP_A40_a_column_without_a_catalogue_row_fails_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = _add_phone(monkeypatch)
    output = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("catalogue", "--check", stdout=output)
    assert error.value.returncode == 1
    assert f"{place}: the column is not described [unclassified]" in output.getvalue()


def test_DP_A40_the_check_of_the_catalogue_is_registered() -> None:
    from django.core.checks.registry import registry

    assert checks.check_catalogue in registry.registered_checks
    assert registry.tag_exists("catalogue")


# -- register items ----------------------------------------------------------------------------

NAME = BY_ID["S5-01"]
WHOLE = {"test_person": table()}


def item_codes(*items: Any, held: Mapping[str, Table] = WHOLE) -> list[str]:
    return [finding.code for finding in item_findings(items, held)]


def test_a_built_item_that_has_all_is_no_finding() -> None:
    assert item_codes(NAME) == []


def test_a_built_item_without_a_column_is_found() -> None:
    assert item_codes(NAME, held={}) == ["column"]


def test_a_built_item_without_retention_is_found() -> None:
    assert item_codes(dataclasses.replace(NAME, retention=())) == ["retention"]
    assert item_codes(dataclasses.replace(NAME, retention=("R99",))) == ["retention"]


def test_a_built_item_in_a_foreign_field_group_is_found() -> None:
    assert item_codes(NAME, held={"t": table(group=Group.LEASE)}) == ["group"]


def test_a_built_item_that_no_role_may_see_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "RIGHTS", {})
    assert item_codes(NAME) == ["right"]


def test_a_built_item_whose_reads_leave_no_record_is_found() -> None:
    assert item_codes(NAME, held={"t": table(kind=TableKind.PLAIN)}) == ["read"]


def test_a_column_of_a_laxer_class_is_found() -> None:
    columns = {"id": KEY, "hetu": item("PT-HETU", protection=Protection.B)}
    hetu = {"t": table(group=Group.HETU, columns=columns)}
    assert item_codes(BY_ID["S5-02"], held=hetu) == ["class"]
    columns["hetu"] = item("PT-HETU", protection=Protection.D)
    assert item_codes(BY_ID["S5-02"], held=hetu) == []


def test_a_planned_item_that_is_held_already_is_found() -> None:
    planned = dataclasses.replace(NAME, state=State.PLANNED)
    assert item_codes(planned) == ["planned"]
    assert item_codes(planned, held={}) == []


def test_an_item_held_beside_another_in_one_column_is_known() -> None:
    columns = {"id": KEY, "value": item("PT-PUH", "PT-EMAIL")}
    held = {"t": table(group=Group.CONTACT, columns=columns)}
    assert item_codes(BY_ID["S5-04"], BY_ID["S5-05"], held=held) == []


def test_a_built_duty_needs_a_proof_that_exists() -> None:
    duty = BY_ID["S8-06"]
    assert item_codes(duty) == []
    assert item_codes(dataclasses.replace(duty, proof=())) == ["proof"]
    gone = dataclasses.replace(duty, proof=("vuokra.policy.rights.GONE",))
    assert [str(f) for f in item_findings([gone], {})] == [
        "S8-06 S8-06: the proof vuokra.policy.rights.GONE does not exist [proof]"
    ]


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("vuokra.policy", True),
        ("vuokra.policy.rights.RIGHTS", True),
        ("vuokra.policy.roles.Purpose.HAKEMUS", True),
        ("vuokra.policy.roles.Purpose.GONE", False),
        ("vuokra.gone.module.thing", False),
        ("gone", False),
        ("settings.LANGUAGE_CODE", True),
        ("settings.GONE", False),
    ],
)
def test_what_a_proof_names_must_exist(name: str, there: bool) -> None:
    assert resolves(name) is there


def test_a_module_that_cannot_import_its_own_needs_is_not_taken_for_absent(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken_proof.py").write_text("import no_such_library_anywhere\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError):
        resolves("broken_proof.thing")


def test_nothing_is_amiss_in_the_register() -> None:
    """The same as `manage.py catalogue --check`: every built item has all it needs."""
    product = {
        name: described
        for name, described in checks.described().items()
        if not name.startswith("prototype_")  # the tests' own app holds items of later issues
    }
    assert [str(finding) for finding in item_findings(ALL_ITEMS, product)] == []
    assert coverage(checks.model_schema(), checks.described()) == []


# -- the command -------------------------------------------------------------------------------


def printed(*arguments: str) -> str:
    output = StringIO()
    call_command("catalogue", *arguments, stdout=output)
    return output.getvalue()


def test_the_table_has_a_line_for_every_item() -> None:
    lines = printed().splitlines()
    assert len(lines) == len(ALL_ITEMS) + 1
    hetu = next(line for line in lines if line.startswith("S5-02 "))
    assert "PT-HETU" in hetu and "built" in hetu and "henkilötunnus" in hetu


def test_json_tells_all_that_the_notice_is_made_from() -> None:
    rows = {row["id"]: row for row in json.loads(printed("--json"))}
    assert rows.keys() == BY_ID.keys()
    name = rows["S5-01"]
    assert name["title"] == {"fi": BY_ID["S5-01"].title.fi, "en": BY_ID["S5-01"].title.en}
    assert name["class"] == "A" and name["retention"] == ["R2", "R6", "R18"]
    person = "registry_persons_person"
    assert {f"{person}.surname", f"{person}.given_names"} <= set(name["columns"])
    assert not {f"{person}.created_at", f"{person}.customer_since"} & set(name["columns"])
    assert rows["S5-36"]["stricter_class"] is None


def test_the_check_says_when_all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "findings", list)
    assert f"{len(ALL_ITEMS)} register items" in printed("--check")
    monkeypatch.setattr(checks, "findings", lambda: [Finding("column", "S5-01", "is not held")])
    with pytest.raises(CommandError, match="Findings: 1"):
        printed("--check")


# -- the catalogue itself ----------------------------------------------------------------------


def test_a_table_is_described_once(tables: dict[str, Table]) -> None:
    not_personal("test_twice", "nothing")
    with pytest.raises(CatalogueError, match="twice"):
        staff_table("test_twice", columns={})


def test_an_item_that_the_register_lacks_cannot_be_named() -> None:
    with pytest.raises(CatalogueError, match="PT-KENGÄT"):
        item("PT-KENGÄT")
    with pytest.raises(CatalogueError, match="PT-KENGÄT"):
        item("PT-NIMI", "PT-KENGÄT")


def test_values_of_classes_c_and_d_are_never_loggable(tables: dict[str, Table]) -> None:
    describe(
        "test_loggable",
        group=Group.PERSON,
        subject=OWN,
        columns={
            "id": KEY,
            "name": item("PT-NIMI"),
            "income": item("HK-TULO"),
            "hetu": item("PT-HETU"),
            "life": item("MU-ELÄMÄ"),
            "sealed": item("PT-NIMI", encrypted=True),
            "protected": item("PT-OSOITE", protection=Protection.D),
        },
    )
    assert tables["test_loggable"].loggable == ["id", "income", "name"]


def test_content_types_and_migrations_are_described() -> None:
    described = checks.described()
    assert described["django_content_type"].kind is TableKind.PLAIN
    assert not described["django_migrations"].has_model
    assert apps.get_model("django_tasks_database", "DBTaskResult")._meta.db_table in described
