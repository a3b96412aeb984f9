"""Changes of person: transfers, continuing after a death, the flat handed over for a time."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from leases.contracts import queries, services
from leases.contracts.models import Answer, Lease, Party, PersonChange
from leases.contracts.rules.changes import Change
from leases.contracts.rules.persons import Relation, Role
from leases.contracts.services import Succession
from leases.homes.models import Flat
from registry.persons.models import Mark, MarkKind, Person, Source
from tests.leases.contracts.conftest import BEGAN, DAY, TODAY, SignedIn, concluded, refused_by
from tests.people import system_access
from tests.registry.persons.conftest import invented

pytestmark = pytest.mark.django_db


def html(
    browser: Client, address: str, posted: dict[str, str] | None = None, code: int = 200
) -> str:
    answer = browser.post(address, posted) if posted else browser.get(address)
    assert answer.status_code == code
    return answer.content.decode()


def succession(leaving: Party, coming: Person, **more: object) -> Succession:
    """Of a spouse who lives there, told a week ago and effective today, unless said otherwise."""
    usual = {
        "leaving": leaving, "coming": coming, "relation": Relation.SPOUSE, "resident": True,
        "told_on": TODAY - 7 * DAY, "effective_on": TODAY,
    }  # fmt: skip
    return Succession(**usual | more)  # type: ignore[arg-type]  # a test's keywords


def roles(lease: Lease) -> set[tuple[int, str, date | None, date | None]]:
    """Who is in the lease, as what and until when; the first day of those who came later."""
    return {
        (one.person_id, one.role, one.valid_from if one.valid_from != BEGAN else None, one.valid_to)
        for one in lease.parties.all()
    }


def test_a_transfer_in_the_family_holds_from_its_day(
    flat: Flat, person: Person, other: Person
) -> None:
    """AHVL 45 §: the spouse who lived there as one liable becomes the tenant."""
    with system_access():
        lease = concluded(flat, person)
        services.add_party(lease, other, Role.SPOUSE, today=TODAY)
        given = succession(lease.parties.get(person=person), other, told_on=date(2026, 11, 19))
        made = services.transfer(lease, Change.FAMILY, given, today=TODAY)
        yesterday = TODAY - DAY
        assert roles(lease) == {
            (person.pk, "tenant", None, yesterday),
            (other.pk, "spouse_liable", None, yesterday),
            (other.pk, "tenant", TODAY, None),
        }
        page = queries.lease_page(queries.lease_by_id(lease.pk, today=TODAY))
        [shown] = page.changes
        assert shown.change == made
        assert shown.act_by is not None and shown.act_by.counted == date(2026, 12, 19)
        assert [one.person for one in page.joint] == [other]
        assert [one.person for one in page.row.tenants] == [other]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"relation": Relation.OTHER}, "relation"),
        ({"relation": Relation.SPOUSE, "resident": False}, "relation"),
        ({"told_on": TODAY + DAY}, "told_on"),
        ({"effective_on": None}, "effective_on"),
        ({"effective_on": BEGAN}, "effective_on"),
    ],
)
def test_a_transfer_that_cannot_be_is_told_at_its_field(
    flat: Flat, person: Person, other: Person, facts: dict[str, object], field: str
) -> None:
    with system_access():
        lease = concluded(flat, person)
        given = succession(lease.parties.get(), other, **facts)
        with pytest.raises(ValidationError) as refused:
            services.transfer(lease, Change.FAMILY, given, today=TODAY)
        assert set(refused.value.error_dict) == {field}
        assert not PersonChange.objects.exists() and lease.parties.get().valid_to is None


def test_a_stranger_comes_with_the_companys_permission(
    flat: Flat, person: Person, other: Person
) -> None:
    """AHVL 44 §."""
    with system_access():
        lease = concluded(flat, person)
        leaving = lease.parties.get()
        given = succession(leaving, other, relation=Relation.OTHER, effective_on=None)
        asked = services.transfer(lease, Change.PERMITTED, given, today=TODAY)
        assert lease.parties.count() == 1, "nothing holds before the answer"
        assert [one.change for one in queries.unanswered(today=TODAY)] == [asked]
        services.answer(asked, Answer.REFUSED, on=TODAY, effective_on=None, today=TODAY)
        with pytest.raises(ValidationError, match="jo vastattu"):
            services.answer(asked, Answer.GRANTED, on=TODAY, effective_on=TODAY, today=TODAY)
        again = services.transfer(lease, Change.PERMITTED, given, today=TODAY)
        with pytest.raises(ValidationError):
            services.answer(again, Answer.GRANTED, on=TODAY, effective_on=None, today=TODAY)
        services.answer(again, Answer.GRANTED, on=TODAY, effective_on=TODAY + DAY, today=TODAY)
        assert roles(lease) == {
            (person.pk, "tenant", None, TODAY), (other.pk, "tenant", TODAY + DAY, None),
        }  # fmt: skip
        assert not queries.unanswered(today=TODAY)


def dead(person: Person, on: date) -> None:
    Mark.objects.create(person=person, kind=MarkKind.DECEASED, source=Source.PERSON, valid_from=on)


@pytest.mark.parametrize(
    ("told_on", "late"), [(date(2026, 12, 10), False), (date(2026, 12, 11), True)]
)
def test_a_resident_spouse_continues_in_time(
    flat: Flat, person: Person, other: Person, told_on: date, late: bool
) -> None:
    """TEN-K32 through the register: the death on 10.9.2026, the notice by 10.12.2026."""
    today = date(2026, 12, 14)
    with system_access():
        lease = concluded(flat, person)
        services.add_party(lease, other, Role.OCCUPANT, today=TODAY)
        leaving = lease.parties.get(person=person)
        given = succession(leaving, other, told_on=told_on, effective_on=None)
        with pytest.raises(ValidationError) as refused:
            services.continue_after_death(lease, given, today=today)
        assert set(refused.value.error_dict) == {"leaving"}, "nobody has died"
        dead(person, date(2026, 9, 10))
        given = succession(
            Party.objects.get(pk=leaving.pk), other, told_on=told_on, effective_on=None
        )
        if late:
            with pytest.raises(ValidationError, match=r"10\.12\.2026"):
                services.continue_after_death(lease, given, today=today)
            return
        services.continue_after_death(lease, given, today=today)
        assert roles(lease) == {
            (person.pk, "tenant", None, told_on),
            (other.pk, "occupant", None, told_on),
            (other.pk, "tenant", told_on + DAY, None),
        }
        page = queries.lease_page(queries.lease_by_id(lease.pk, today=today))
        assert page.changes[0].act_by is not None
        assert page.changes[0].act_by.moved == date(2027, 1, 11), "10.1.2027 is a Sunday"


def test_a_co_tenant_stays_one_when_the_other_dies(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        lease = concluded(flat, person, other)
        dead(person, TODAY - 9 * DAY)
        given = succession(
            lease.parties.get(person=person), other, relation=Relation.CO_TENANT, resident=False
        )
        services.continue_after_death(lease, given, today=TODAY)
        assert roles(lease) == {
            (person.pk, "tenant", None, given.told_on), (other.pk, "co_tenant", None, None),
        }  # fmt: skip


@pytest.mark.parametrize(
    ("days", "reason", "field"),
    [
        ((40, 400), "Opiskelu ulkomailla", None),
        ((10, 400), "Opiskelu ulkomailla", "effective_on"),
        ((40, None), "Opiskelu ulkomailla", "ends_on"),
        ((40, 900), "Opiskelu ulkomailla", "ends_on"),
        ((40, 400), " ", "reason"),
    ],
)
def test_a_whole_flat_is_handed_over_for_a_time(
    flat: Flat, person: Person, days: tuple[int, int | None], reason: str, field: str | None
) -> None:
    """AHVL 18 §: a month before, two years at most, with a reason."""
    first, last = TODAY + days[0] * DAY, days[1]
    with system_access():
        lease = concluded(flat, person)

        def record() -> PersonChange:
            return services.hand_over(
                lease, told_on=TODAY, starts_on=first,
                ends_on=TODAY + last * DAY if last else None, reason=reason, coming=None,
                today=TODAY,
            )  # fmt: skip

        if field is None:
            record()
            assert lease.parties.get().valid_to is None
            return
        with pytest.raises(ValidationError) as refused:
            record()
        assert set(refused.value.error_dict) == {field}


def test_what_was_recorded_stays_and_nobody_comes_without_it(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        third = invented("Salmela", "Eeva Maria", "010190-904U")
        lease = concluded(flat, person)
        made = services.transfer(
            lease, Change.FAMILY, succession(lease.parties.get(), other), today=TODAY
        )
        with refused_by("contracts_part_kept"):
            Party.objects.create(
                lease=lease, person=third, role=Role.TENANT, source=Source.LEASE, valid_from=TODAY
            )
        double = PersonChange(
            lease=lease, change=Change.COURT, leaving=made.leaving, coming=third, told_on=TODAY,
            effective_on=TODAY,
        )  # fmt: skip
        with refused_by("contracts_change_one"):
            double.save()
        made.effective_on = TODAY - DAY
        with refused_by("contracts_change_kept"):
            made.save()
        with refused_by("contracts_change_kept"):
            PersonChange.objects.get(pk=made.pk).delete()


def test_the_pages_of_changes(
    signed_in: SignedIn, flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        lease = concluded(flat, person)
        leaving = lease.parties.get().pk
    browser, page = signed_in("SOP"), f"/sopimukset/{lease.pk}/"
    given = {
        "leaving": str(leaving), "q": str(other.customer_number), "relation": "other",
        "told_on": "1.10.2026", "effective_on": "1.12.2026", "reason": "",
    }  # fmt: skip
    assert "Ilman lupaa" in html(browser, f"{page}vaihdos/perheenjasen/", given, 422)
    asked = browser.post(f"{page}vaihdos/lupa/", given)
    assert asked["Location"] == page
    shown = html(browser, page)
    assert "Vastaa pyyntöön" in shown and "2.11.2026" in shown and "Miksi?" in shown
    with system_access():
        change = PersonChange.objects.get().pk
    assert "Vastaa siirtopyyntöön" in html(browser, "/")
    address = f"{page}vaihdos/{change}/vastaus/"
    refused = {"answer": "granted", "on": "20.11.2026", "effective_on": ""}
    assert "Anna päivä" in html(browser, address, refused, 422)
    browser.post(address, refused | {"effective_on": "1.12.2026"})
    with system_access():
        assert lease.parties.get(person=other).valid_from == date(2026, 12, 1)
    late = {"told_on": "20.11.2026", "effective_on": "1.12.2026", "ends_on": "1.6.2027",
            "q": "", "reason": "Opiskelu"}  # fmt: skip
    assert "liian myöhään" in html(browser, f"{page}vaihdos/luovutus/", late, 422)
    assert html(browser, f"{page}vaihdos/kuolema/").count("<select") >= 2


def test_one_place_goes_to_one_person_though_two_clerks_act(
    flat: Flat, person: Person, other: Person
) -> None:
    """Both saw the tenant in place; and a request is granted after the place has gone."""
    with system_access():
        third = invented("Salmela", "Eeva Maria", "010190-904U")
        lease = concluded(flat, person)
        seen = [lease.parties.get(), lease.parties.get()]  # as each clerk's page read it
        asked = services.transfer(
            lease, Change.PERMITTED,
            succession(seen[0], third, relation=Relation.OTHER, effective_on=None), today=TODAY,
        )  # fmt: skip
        services.transfer(lease, Change.FAMILY, succession(seen[0], other), today=TODAY)
        with pytest.raises(ValidationError) as refused:
            services.transfer(lease, Change.FAMILY, succession(seen[1], third), today=TODAY)
        assert set(refused.value.error_dict) == {"leaving"}
        with pytest.raises(ValidationError, match="ei ole enää"):
            services.answer(asked, Answer.GRANTED, on=TODAY, effective_on=TODAY + DAY, today=TODAY)
        assert [one.person for one in lease.parties.filter(valid_to=None)] == [other]
        asked.refresh_from_db()
        assert asked.answered_on is None, "nothing is half saved"
