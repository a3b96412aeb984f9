"""What staff do to people, and what the database refuses whoever asks."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from registry.persons import queries, services
from registry.persons.checks import nobody_is_real_in_a_demo
from registry.persons.models import (
    Address,
    AddressKind,
    ContactKind,
    ContactPoint,
    FormerCodeReason,
    Identity,
    IdentityKind,
    NameChangeReason,
    Person,
    Source,
)
from registry.persons.services import Code, Names, PostalAddress, RealHetuFound
from tests.people import system_access
from tests.registry.persons.conftest import CODE, SINCE, TODAY, invented
from vuokra.access.context import Actor
from vuokra.access.errors import FunctionDenied
from vuokra.access.models import ChangeEntry
from vuokra.policy.catalogue import lookup

OTHER = "311299-903B"
pytestmark = pytest.mark.django_db


def refused(code: str | None = None) -> Any:
    return pytest.raises(ValidationError, check=lambda e: code is None or e.code == code)


def test_customer_numbers_come_from_a_sequence() -> None:
    with system_access():
        first, second = invented(), invented("Aarnivuori", "Saimi", OTHER)
    assert second.customer_number > first.customer_number >= 10001
    assert str(first) == str(first.customer_number)
    assert first.public_id != second.public_id


def test_people_are_not_pickled(person: Person) -> None:
    with pytest.raises(TypeError):
        pickle.dumps(person)


def test_DP_A58_corrected_code_keeps_the_person_and_both_codes_find_it(person: Person) -> None:
    new = Code(IdentityKind.HETU, "150685Y906N")
    with system_access():
        services.change_identity(person, new, reason=FormerCodeReason.CHANGED, today=TODAY)
        for code in (CODE, "150685Y906N"):
            hits = queries.find_by_hetu(code)
            assert [found.pk for found in hits.persons] == [person.pk]
        assert person.former_codes.get().hetu.reveal() == CODE
        assert Identity.objects.get(person=person).hetu.reveal() == "150685Y906N"


def test_DP_A58_official_former_code_is_refused_to_others(person: Person) -> None:
    new = Code(IdentityKind.HETU, "150685Y906N")
    with system_access():
        services.change_identity(person, new, reason=FormerCodeReason.CHANGED, today=TODAY)
        with refused("persons_identity_code_reserved") as error:
            invented("Petäjäsuo", "Iida", CODE)
    assert "Lehtovaara" not in str(error.value)
    assert CODE not in str(error.value)


def test_DP_A58_code_recorded_by_mistake_is_free_for_its_owner(person: Person) -> None:
    new = Code(IdentityKind.HETU, "150685Y906N")
    with system_access():
        services.change_identity(person, new, reason=FormerCodeReason.MISTAKE, today=TODAY)
        other = invented("Petäjäsuo", "Iida", CODE)
        assert other.identity.hetu.reveal() == CODE


@pytest.mark.smoke
def test_DP_A58_duplicate_code_is_refused(person: Person) -> None:
    with system_access(), refused("persons_identity_unique_code"):
        invented("Petäjäsuo", "Iida", CODE)


def test_refused_person_leaves_nothing_behind(person: Person) -> None:
    with system_access():
        with refused():
            invented("Petäjäsuo", "Iida", CODE)
        assert not Person.objects.filter(surname="Petäjäsuo").exists()


def test_DP_A55_real_code_is_refused_outside_production() -> None:
    digits = "150685"
    from registry.persons.rules import hetu_check_character

    real = f"{digits}-123{hetu_check_character(digits, '123')}"
    with system_access(), refused("real_hetu") as error:
        invented(code=real)
    assert real not in str(error.value)


def test_DP_A55_restored_production_data_are_noticed(person: Person) -> None:
    with system_access():
        services.refuse_real_hetus()
        identity = Identity.objects.get(person=person)
        identity.artificial = False
        identity.save()
        with pytest.raises(RealHetuFound):
            services.refuse_real_hetus()


def test_DP_A55_check_refuses_demo_mode_with_a_real_code(person: Person, settings: Any) -> None:
    assert nobody_is_real_in_a_demo(databases=["default"]) == []
    with system_access():
        identity = Identity.objects.get(person=person)
        identity.artificial = False
        identity.save()
    assert [error.id for error in nobody_is_real_in_a_demo(databases=["default"])] == [
        "registry_persons.E001"
    ]
    settings.DEMO = False
    assert nobody_is_real_in_a_demo(databases=["default"]) == []


def test_artificial_code_is_a_substitute_only_in_production(settings: Any) -> None:
    settings.DEMO = False
    with system_access():
        with refused("artificial"):
            services.check_code(IdentityKind.HETU, CODE, today=TODAY)
        assert services.check_code(IdentityKind.SUBSTITUTE, CODE, today=TODAY).artificial
        with refused("not_artificial"):
            services.check_code(IdentityKind.SUBSTITUTE, "131052-308T", today=TODAY)


@pytest.mark.parametrize("day", [None, date(1849, 12, 31), date(2026, 11, 23)])
def test_birth_date_must_be_possible(day: date | None) -> None:
    with system_access(), refused():
        services.register_person(
            Names("Lehtovaara"), today=TODAY, identity=Code(IdentityKind.BIRTH_DATE, birth_date=day)
        )


@pytest.mark.parametrize("names", [Names(), Names(" ", "\u202e"), Names("A" * 201)])
def test_DP_A24_names_that_are_refused(names: Names) -> None:
    with system_access(), refused():
        services.register_person(names, today=TODAY)


def test_DP_A24_single_name_is_enough() -> None:
    with system_access():
        assert services.register_person(Names("", "Sukarno"), today=TODAY).name == "Sukarno"


def test_moving_ends_the_old_home(person: Person) -> None:
    new = PostalAddress("Rantakatu 1", "97999", "Hillakoski")
    with system_access():
        services.add_address(
            person, AddressKind.HOME, new, source=Source.PERSON, valid_from=date(2026, 11, 1)
        )
        old = Address.objects.get(street="Koulukatu 5 A 2")
        assert old.valid_to == date(2026, 10, 31)


@pytest.mark.smoke
def test_two_homes_at_once_are_refused_by_the_database(person: Person) -> None:
    new = PostalAddress("Rantakatu 1", "97999", "Hillakoski")
    with system_access(), refused("persons_address_one_home"):
        services.add_address(
            person, AddressKind.HOME, new, source=Source.PERSON, valid_from=date(2020, 1, 1)
        )


def test_same_phone_twice_is_refused(person: Person) -> None:
    with system_access():
        held = person.contact_points.get(kind=ContactKind.PHONE)
        with refused("persons_contact_once"):
            services.add_contact_point(
                person, ContactKind.PHONE, held.value, source=Source.PERSON, valid_from=SINCE
            )


@pytest.mark.parametrize("postal_code", ["", "9799", "ABCDE"])
def test_finnish_postal_code_has_five_digits(person: Person, postal_code: str) -> None:
    with system_access(), refused("persons_address_postal_code"):
        services.add_address(
            person, AddressKind.POSTAL, PostalAddress("PL 1", postal_code, "Hillakoski"),
            source=Source.PERSON, valid_from=SINCE,
        )  # fmt: skip


def test_detail_cannot_end_before_it_begins(person: Person) -> None:
    with system_access():
        point = person.contact_points.first()
        with refused("registry_persons_contactpoint_dates"):
            services.end_contact_point(point, last_day=date(2024, 2, 29))


@pytest.mark.parametrize(
    "change",
    [
        {"hetu": None},
        {"kind": IdentityKind.BIRTH_DATE},
        {"kind": IdentityKind.SUBSTITUTE, "artificial": False},
        {"birth_date": date(1800, 1, 1)},
    ],
)
def test_identity_of_two_kinds_is_refused_by_the_database(
    person: Person, change: dict[str, Any]
) -> None:
    with system_access():
        identity = Identity.objects.get(person=person)
        for name, value in change.items():
            setattr(identity, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            identity.save()


@pytest.mark.parametrize("role", ["TAL", "VAL", "HUO", "JOH", "TAR", "PAA"])
def test_services_refuse_roles_that_may_not_write(person: Person, role: str) -> None:
    actor = Actor(key="user:77", user_id=77, roles=frozenset({role}))
    with system_access(actor) as ctx:
        ctx.purpose = None
        for change in (
            lambda: services.change_person(
                person, Names("X"), language=person.language, customer_since=None
            ),
            lambda: services.record_identity(person, Code(IdentityKind.HETU, OTHER), today=TODAY),
            lambda: services.add_contact_point(
                person, ContactKind.PHONE, "0491234567", source=Source.PERSON, valid_from=SINCE
            ),
        ):
            with pytest.raises(FunctionDenied):
                change()


def test_change_log_holds_no_code_and_names_the_person_by_number(person: Person) -> None:
    new = Code(IdentityKind.HETU, "150685Y906N")
    with system_access():
        services.change_identity(person, new, reason=FormerCodeReason.CHANGED, today=TODAY)
        entries = list(ChangeEntry.objects.filter(subject=person.pk))
        assert entries
        for entry in entries:
            assert entry.object_repr == str(person.customer_number)
            assert CODE not in str(entry.changes)
            assert "150685Y906N" not in str(entry.changes)


@pytest.mark.smoke
def test_search_follows_changes_of_names_and_contacts(person: Person) -> None:
    with system_access():
        services.change_person(
            person, Names("Äijänsuo", "Örjan"), language=person.language, customer_since=None,
            reason=NameChangeReason.MISTAKE,
        )  # fmt: skip
        found = {word: len(queries.find(word, today=TODAY).persons) for word in
                 ("lehtovaara", "äijänsuo", "aijansuo", "örjan äij", "orjan")}  # fmt: skip
        assert found == {
            "lehtovaara": 0, "äijänsuo": 1, "aijansuo": 1, "örjan äij": 1, "orjan": 1,
        }  # fmt: skip
        point = person.contact_points.get(kind=ContactKind.EMAIL)
        point.delete()
        assert queries.find("asukas", today=TODAY).persons == []


def test_search_shows_at_most_fifty() -> None:
    with system_access():
        for number in range(52):
            services.register_person(Names("Koskivirta", f"Aino {number}"), today=TODAY)
        hits = queries.find("koskivirta", today=TODAY)
    assert len(hits.persons) == queries.MAX_HITS
    assert hits.more


@pytest.mark.smoke
def test_search_table_is_closed_to_the_application(person: Person) -> None:
    from django.db import connection
    from django.db.utils import ProgrammingError

    from vuokra.access.stated import raw_sql

    with (
        system_access(),
        transaction.atomic(),
        raw_sql("the test tries it"),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute("SELECT word FROM registry_persons_search")


@pytest.mark.parametrize("name", ["person", "identity", "formercode", "contactpoint", "address"])
def test_row_log_keeps_what_the_catalogue_allows(name: str, as_owner: Any) -> None:
    table = lookup(f"registry_persons_{name}")
    assert table is not None
    with as_owner.cursor() as cursor:
        cursor.execute(
            "SELECT tgargs FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = 'log_update'",
            [table.name],
        )
        _subject, kept = bytes(cursor.fetchone()[0]).rstrip(b"\0").split(b"\0")
    assert kept.decode().split(",") == table.loggable


@pytest.mark.smoke
def test_list_is_in_finnish_order() -> None:
    surnames = ["Öhman", "Virtanen", "Åberg", "Wirtanen", "Äijälä", "aalto"]
    with system_access():
        for surname in surnames:
            services.register_person(Names(surname), today=TODAY)
        page = queries.person_list(queries.Filters(), 1, today=TODAY)
    assert [row.person.surname for row in page.object_list] == [
        "aalto", "Virtanen", "Wirtanen", "Åberg", "Äijälä", "Öhman",
    ]  # fmt: skip


def test_list_shows_details_that_hold_today(person: Person) -> None:
    with system_access():
        later = queries.person_list(queries.Filters(), 1, today=date(2024, 2, 29))
        now = queries.person_list(queries.Filters(), 1, today=TODAY)
    assert later.object_list[0].phone is None
    assert isinstance(now.object_list[0].phone, ContactPoint)
