"""Recording and ending a ban, and what the database itself keeps of it."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from registry.persons import services as persons
from registry.persons.models import Address, AddressKind, ContactKind, ContactPoint, Person, Source
from registry.persons.queries import find
from registry.persons.services import Names, PostalAddress
from registry.protection import queries, services
from registry.protection.models import Coverage, DetailKind, FollowUp, ProtectedDetail, TaskKind
from tests.people import make_user, system_access
from tests.registry.persons.conftest import invented
from tests.registry.protection.conftest import FROM, STREET, TOWN, UNTIL, acting, ban, one_person
from vuokra.access.codes import Action, Surface
from vuokra.access.context import Actor, open_access
from vuokra.access.models import ChangeEntry, Payload
from vuokra.access.stated import bulk_write, raw_sql
from vuokra.accounts.models import User
from vuokra.policy.roles import Purpose, Role

TODAY = date(2026, 11, 22)


def payloads() -> str:
    """Everything that the change log still tells."""
    return "\n".join(Payload.objects.values_list("body", flat=True))


def points(person: Person) -> int:
    return ContactPoint.objects.filter(person=person).count()


def test_details_move_to_the_sealed_table_at_once(person: Person) -> None:
    with system_access():
        before = points(person) + Address.objects.filter(person=person).count()
        ban(person)
        person.refresh_from_db()
        assert person.protected
        assert not points(person) and not Address.objects.filter(person=person).exists()
        kept = list(ProtectedDetail.objects.filter(person=person))
        assert len(kept) == before == 3
        home = next(row for row in kept if row.kind == DetailKind.HOME)
        assert STREET in home.content.reveal() and TOWN in home.content.reveal()


def test_old_values_leave_the_change_log(person: Person) -> None:
    number = str(person.customer_number)
    with system_access():
        assert STREET in payloads() and f"asukas{number}@example.fi" in payloads()
        with bulk_write("bulk rows carry values too"):
            Address.objects.filter(person=person).update(town="Bulkkila")
    with system_access():
        assert "Bulkkila" in payloads()
        ban(person)
    with system_access():
        told = payloads()
        assert person.surname in told, "only contact details are erased"
        for value in (STREET, TOWN, "Bulkkila", f"asukas{number}@example.fi", "+35849"):
            assert value not in told
        assert ChangeEntry.objects.filter(subject=person.pk).count() > 3, "the rows stay"


def test_another_persons_history_stays(person: Person, neighbour: Person) -> None:
    with system_access():
        ban(person)
    with system_access():
        assert f"asukas{neighbour.customer_number}@example.fi" in payloads()


def test_the_database_refuses_open_details_of_a_protected_person(protected: Person) -> None:
    with system_access():
        for make in (
            lambda: persons.add_contact_point(
                protected, ContactKind.PHONE, "0491234567", source=Source.PERSON, valid_from=FROM
            ),
            lambda: persons.add_address(
                protected, AddressKind.HOME, PostalAddress("Salakuja 1", "97999", TOWN),
                source=Source.PERSON, valid_from=FROM,
            ),
        ):  # fmt: skip
            with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
                make()
        with pytest.raises(IntegrityError), transaction.atomic():
            ContactPoint(person=protected, kind="phone", value="+358491", valid_from=FROM).save()
        with pytest.raises(IntegrityError), transaction.atomic(), bulk_write("a way round"):
            Address.objects.bulk_create(
                [Address(person=protected, street="S", postal_code="97999", town=TOWN,
                         valid_from=FROM)]
            )  # fmt: skip


def test_a_detail_cannot_be_moved_to_a_protected_person(
    protected: Person, neighbour: Person
) -> None:
    with system_access(), pytest.raises(IntegrityError), transaction.atomic():
        point = ContactPoint.objects.filter(person=neighbour).first()
        assert point is not None
        point.person = protected
        point.save()


def test_DP_T8_a_stale_row_does_not_take_the_mask_away(person: Person) -> None:
    """A form that was opened before the ban saves the person: the database keeps the flag."""
    with system_access():
        stale = Person.objects.get(pk=person.pk)
        ban(person)
        assert not stale.protected
        persons.change_person(
            stale, Names("Uusinimi", "Marjukka"), language=stale.language, customer_since=None
        )
        with bulk_write("flag by hand"):
            Person.objects.filter(pk=person.pk).update(protected=False)
        person.refresh_from_db()
        assert person.protected and person.surname == "Uusinimi"


def test_nobody_is_protected_by_a_word(neighbour: Person) -> None:
    with system_access():
        neighbour.protected = True
        neighbour.save()
        neighbour.refresh_from_db()
        assert not neighbour.protected


def test_DP_T1_search_finds_nothing_but_the_exact_number(protected: Person, clerk: User) -> None:
    number = protected.customer_number
    with acting(clerk):
        for words in ("Lehtovaara", "Lehtov Marj", "Koulukatu", "Koulukatu 5", "0491 2",
                      f"asukas{number}", f"asukas{number}@example.fi", "Hillakoski"):  # fmt: skip
            assert find(words, today=TODAY).persons == [], words
        assert [one.pk for one in find(str(number), today=TODAY).persons] == [protected.pk]
        assert [one.pk for one in find("150685-906N", today=TODAY).persons] == [protected.pk]


def test_DP_A17_number_and_code_find_nothing_without_the_right(protected: Person) -> None:
    """A caller's name and code do not open the record for a role that does not keep bans."""
    ledger = make_user(Role.TAL, username="talous")
    with acting(ledger):
        assert find(str(protected.customer_number), today=TODAY).persons == []
        assert find("150685-906N", today=TODAY).persons == []


def test_search_comes_back_when_the_ban_is_over(
    protected: Person, clerk: User, registrar: User
) -> None:
    end(protected, clerk, registrar)
    with acting(clerk):
        assert [one.pk for one in find("Lehtovaara", today=TODAY).persons] == [protected.pk]
        assert find("Koulukatu", today=TODAY).persons == []


def end(person: Person, proposer: User, approver: User) -> None:
    with acting(proposer):
        services.propose_ending(queries.the_ban(person), reason="DVV on poistanut kiellon")
    with acting(approver):
        services.approve_ending(queries.the_ban(person))
        person.refresh_from_db()


def test_DP_T4_ending_does_not_unmask_earlier_details(
    protected: Person, clerk: User, registrar: User
) -> None:
    end(protected, clerk, registrar)
    assert not protected.protected
    with acting(clerk):
        assert not points(protected) and not Address.objects.filter(person=protected).exists()
        persons.add_address(
            protected, AddressKind.HOME, PostalAddress("Uusikatu 1", "97999", TOWN),
            source=Source.PERSON, valid_from=TODAY,
        )  # fmt: skip
        assert Address.objects.get(person=protected).street == "Uusikatu 1"
        assert ProtectedDetail.objects.filter(person=protected).count() == 3


def test_DP_A22_a_day_that_has_passed_ends_nothing(person: Person, clerk: User) -> None:
    with acting(clerk):
        ban(person, valid_from=date(2021, 1, 1), valid_until=date(2025, 12, 31))
    with acting(clerk):
        person.refresh_from_db()
        page = queries.ban_page(person, today=TODAY)
        assert person.protected and page.past
        assert queries.the_ban(person) in list(queries.bans_to_review(TODAY))
        assert find("Lehtovaara", today=TODAY).persons == []


def test_DP_A53_ending_takes_two_people(protected: Person, clerk: User, registrar: User) -> None:
    second = make_user(Role.SOP, username="toinen")
    with acting(registrar):
        with pytest.raises(ValidationError, match="ehdotettu"):
            services.approve_ending(queries.the_ban(protected))
        services.propose_ending(queries.the_ban(protected), reason="Ilmoitus DVV:ltä")
        with pytest.raises(ValidationError, match="Toisen"):
            services.approve_ending(queries.the_ban(protected))
        services.withdraw_ending(queries.the_ban(protected))
    with acting(clerk):
        services.propose_ending(queries.the_ban(protected), reason="Ilmoitus DVV:ltä")
    with acting(second), pytest.raises(ValidationError, match="rekisteriasioiden"):
        services.approve_ending(queries.the_ban(protected))
    with acting(registrar):
        assert queries.the_ban(protected).ended_at is None
        services.approve_ending(queries.the_ban(protected))
    with system_access():
        protected.refresh_from_db()
        assert not protected.protected


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE registry_protection_turvakielto SET ended_at = now(), ended_by_id = %(other)s,"
        " ending_proposed_by_id = %(me)s, ending_proposed_at = now(), ending_reason = 'x'",
        "UPDATE registry_protection_turvakielto SET ending_proposed_by_id = %(other)s,"
        " ending_proposed_at = now(), ending_reason = 'toisen nimissä'",
        "UPDATE registry_protection_turvakielto SET valid_until = '2026-04-01'",
        "UPDATE registry_protection_turvakielto SET person_id = person_id + 1",
        "UPDATE registry_protection_turvakielto SET covers_household = false",
        "UPDATE registry_protection_coverage SET ended_at = now()",
        "DELETE FROM registry_protection_coverage",
        "DELETE FROM registry_protection_turvakielto",
    ],
)
def test_DP_A53_the_database_refuses_short_cuts(
    protected: Person, clerk: User, registrar: User, statement: str
) -> None:
    names = {"me": clerk.pk, "other": registrar.pk}
    with acting(clerk):
        with raw_sql("an attacker's statement"), pytest.raises(DatabaseError), (
            transaction.atomic()
        ), connection.cursor() as cursor:  # fmt: skip
            cursor.execute(statement, names)
            assert cursor.rowcount, "the statement met a row"
        protected.refresh_from_db()
        assert protected.protected


def test_DP_A53_an_approval_in_anothers_name_is_refused(
    protected: Person, clerk: User, registrar: User
) -> None:
    with acting(clerk):
        services.propose_ending(queries.the_ban(protected), reason="Ilmoitus DVV:ltä")
        row = queries.the_ban(protected)
        row.ended_by_id, row.ended_at = registrar.pk, timezone.now()
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save()


def test_a_ban_is_recorded_in_ones_own_name(person: Person, clerk: User, registrar: User) -> None:
    with acting(clerk), pytest.raises(DatabaseError), transaction.atomic():
        row = queries.Turvakielto(
            person=person, valid_from=FROM, source="SRC-DVV", review_at=UNTIL,
            noted_by_id=registrar.pk,
        )  # fmt: skip
        row.save()


def test_one_ban_at_a_time_and_it_only_grows(protected: Person) -> None:
    with system_access():
        with pytest.raises(ValidationError, match="voimassa oleva"):
            ban(protected)
        row = queries.the_ban(protected)
        with pytest.raises(ValidationError, match="lyhennetä"):
            services.renew_ban(row, valid_until=date(2029, 1, 1))
        row.refresh_from_db()
        services.renew_ban(row, valid_until=date(2033, 3, 14))
        services.renew_ban(row, valid_until=None)
        assert queries.the_ban(protected).valid_until is None


def test_DP_T5_recording_makes_the_tasks(person: Person, clerk: User) -> None:
    with open_access(
        Actor.system("export"), purpose=Purpose.SOPIMUS, action=Action.EXPORT,
        surface=Surface.EXPORT,
    ):  # fmt: skip
        Person.objects.get(pk=person.pk)
    with acting(clerk):
        ban(person)
    with acting(clerk):
        page = queries.ban_page(person, today=TODAY)
        kinds = [task.row.kind for task in page.tasks]
        assert sorted(kinds) == sorted(TaskKind.values)
        assert page.open_tasks == 4
        services.finish_task(page.tasks[0].row)
        assert queries.ban_page(person, today=TODAY).open_tasks == 3
        assert FollowUp.objects.get(kind=TaskKind.EXPORT).event_id


def test_details_of_a_protected_person_are_added_sealed(protected: Person, clerk: User) -> None:
    with acting(clerk):
        services.add_point(
            protected, DetailKind.PHONE, "049 555 1234", source=Source.PERSON, valid_from=TODAY
        )
        services.add_address(
            protected, DetailKind.HOME, PostalAddress("Salakuja 7", "97998", "Piilola"),
            source=Source.PERSON, valid_from=TODAY,
        )  # fmt: skip
        for odd, told in (
            (PostalAddress("PL 1", "9", "X"), "postinumerossa"),
            (PostalAddress("PL 1", "9", "X", "F1"), "kahdella kirjaimella"),
        ):
            with pytest.raises(ValidationError, match=told):
                services.add_address(
                    protected, DetailKind.POSTAL, odd, source=Source.PERSON, valid_from=TODAY
                )
    with system_access():
        told = payloads()
        assert "5551234" not in told and "Salakuja" not in told and "Piilola" not in told
        homes = ProtectedDetail.objects.filter(person=protected, kind=DetailKind.HOME)
        assert [row.valid_to is None for row in homes.order_by("valid_from")] == [False, True]


def test_a_role_without_the_right_cannot_open_or_list(protected: Person) -> None:
    from vuokra.access.errors import FunctionDenied

    ledger = make_user(Role.TAL, username="talous")
    with system_access():
        uuid = str(ProtectedDetail.objects.filter(person=protected)[0].uuid)
    with acting(ledger):
        assert queries.details_of(protected, today=TODAY).current == []
    with acting(ledger), pytest.raises(FunctionDenied):
        queries.detail_of(protected, uuid)


def test_the_cover_outlives_a_deleted_row_of_the_search_table(protected: Person) -> None:
    with system_access():
        assert Coverage.objects.filter(person=protected, ended_at__isnull=True).count() == 1


def test_a_detail_written_while_a_ban_is_recorded_is_refused(committed_db: str) -> None:
    """Two transactions: whichever comes second waits for the first and meets what it did."""
    with system_access():
        person = invented()
    failed: list[BaseException] = []

    def add() -> None:
        try:
            with system_access():
                persons.add_contact_point(
                    Person.objects.get(pk=person.pk), ContactKind.PHONE, "0491112223",
                    source=Source.PERSON, valid_from=FROM,
                )  # fmt: skip
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    with system_access():
        ban(person)
        writer = threading.Thread(target=add)
        writer.start()
        writer.join(1.0)
        assert writer.is_alive(), "it waits for the ban"
    writer.join(20)
    assert len(failed) == 1 and isinstance(failed[0], ValidationError)
    with system_access():
        assert not points(person)


def test_DP_A53_two_accounts_of_one_person_do_not_end_a_ban(
    protected: Person, clerk: User, registrar: User
) -> None:
    one_person(clerk, registrar)
    with acting(clerk):
        services.propose_ending(queries.the_ban(protected), reason="Ilmoitus DVV:ltä")
    with acting(registrar), pytest.raises(ValidationError, match="Toisen"):
        services.approve_ending(queries.the_ban(protected))
