"""Versions: what is stored, what differs, and what the database keeps."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from registry.description import queries, services
from registry.description.models import DescriptionVersion
from registry.description.rules import (
    Block,
    Line,
    Part,
    Section,
    Style,
    differences,
    digest,
    restored,
    stored,
)
from tests.people import system_access
from tests.registry.persons.conftest import TODAY
from vuokra.access.stated import raw_sql
from vuokra.company.models import Company, NoticeVersion
from vuokra.policy.text import Bilingual
from vuokra.rules.services import add_version


def publish(code: str = "2", summary: str = "Uusi") -> DescriptionVersion:
    return services.publish(code=code, valid_from=TODAY, summary=summary, today=TODAY)


@pytest.mark.usefixtures("company")
class TestPublishing:
    def test_a_version_holds_what_was_generated(self) -> None:
        with system_access() as ctx:
            version = publish()
            assert ctx.notes["description"] == ["1"]
            assert queries.published("1").content == queries.draft(TODAY).content
        assert version.number == 1
        assert version.digest == digest(DescriptionVersion.objects.get().content)
        assert NoticeVersion.objects.get(code="2") == version.notice

    def test_the_same_is_not_published_twice(self) -> None:
        with system_access():
            publish()
            with pytest.raises(ValidationError, match="Mikään ei ole muuttunut"):
                publish("3")
        assert not NoticeVersion.objects.filter(code="3").exists()

    def test_a_code_that_is_taken_is_refused_at_the_field(self) -> None:
        with system_access(), pytest.raises(ValidationError) as refused:
            publish("1")
        assert list(refused.value.message_dict) == ["code"]
        assert not DescriptionVersion.objects.exists()

    def test_a_change_of_a_rule_is_a_change_of_the_description(self) -> None:
        with system_access():
            publish()
            add_version("retention.R9", 4, dt.date(2020, 1, 1), source="Hallitus")
            found = queries.changes(queries.draft(TODAY))
            second = publish("3")
            assert queries.changes(queries.published("viimeisin")) == found
        assert second.number == 2
        assert {(change.part, change.section, change.kind) for change in found} == {
            (Part.NOTICE, "10", "changed"), (Part.RECORD, "G", "changed"),
        }  # fmt: skip
        assert "3 vuotta" in found[0].before.fi and "4 years" in found[0].after.en

    def test_an_old_version_stays_as_it_was(self, company: Company) -> None:
        with system_access():
            publish()
            company.name = "Uusi Nimi Oy"
            company.save()
            old, new = queries.published("1"), queries.draft(TODAY)
        assert "Uusi Nimi" not in str(old.content)
        assert "Uusi Nimi" in str(new.content)

    def test_the_database_keeps_versions(self) -> None:
        with system_access():
            publish()
        for change in ("UPDATE {} SET digest = digest", "DELETE FROM {}", "TRUNCATE {}"):
            with (
                pytest.raises(DatabaseError),
                transaction.atomic(),
                raw_sql("test of a trigger"),
                connection.cursor() as cursor,
            ):
                cursor.execute(change.format("registry_description_descriptionversion"))


def test_without_the_company_nothing_is_published(db: None) -> None:
    with system_access(), pytest.raises(ValidationError, match="Rekisterinpitäjän tiedot"):
        publish()


# -- pure --------------------------------------------------------------------------------------

TEXTS = st.builds(Bilingual, st.text(max_size=8), st.text(max_size=8))
LINES = st.builds(Line, st.text(min_size=1, max_size=3), st.lists(TEXTS, min_size=1).map(tuple))
BLOCKS = st.builds(
    Block,
    st.sampled_from(Style),
    st.lists(LINES, max_size=3, unique_by=lambda line: line.key).map(tuple),
)
SECTIONS = st.builds(
    Section, st.sampled_from(["1", "2.1"]), TEXTS, st.lists(BLOCKS, max_size=2).map(tuple)
)
CONTENTS = st.fixed_dictionaries(
    {part: st.lists(SECTIONS, max_size=2, unique_by=lambda s: s.code).map(tuple) for part in Part}
)


@given(CONTENTS)
def test_what_is_stored_comes_back(content: dict[Part, tuple[Section, ...]]) -> None:
    form = stored(content)
    assert restored(form) == content
    assert digest(stored(restored(form))) == digest(form)
    assert differences(content, content) == []


def section(*lines: tuple[str, str], code: str = "1") -> dict[Part, tuple[Section, ...]]:
    made = tuple(Line(key, (Bilingual(words, words),)) for key, words in lines)
    title = Bilingual("Otsikko", "Title")
    return {Part.NOTICE: (Section(code, title, (Block(Style.LIST, made),)),)}


def test_differences_tell_new_changed_and_gone() -> None:
    old = section(("a", "yksi"), ("b", "kaksi"))
    new = section(("b", "kolme"), ("c", "neljä"))
    found = [(c.kind, c.before.fi, c.after.fi) for c in differences(old, new)]
    assert found == [
        ("changed", "kaksi", "kolme"), ("added", "", "neljä"), ("removed", "yksi", ""),
    ]  # fmt: skip


def test_order_alone_is_no_difference() -> None:
    one, other = section(("a", "x"), ("b", "y")), section(("b", "y"), ("a", "x"))
    assert differences(one, other) == []
    assert digest(stored(one | {Part.RECORD: ()})) != digest(stored(other | {Part.RECORD: ()}))
