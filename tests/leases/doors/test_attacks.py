"""What was tried at the door: old answers, one's own home, a ban that came later, rows that lie."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from leases.contracts.models import Lease
from leases.doors import services
from leases.doors.models import Opening, Payer, Question
from leases.doors.queries import openings
from leases.doors.queries.matching import Claim
from leases.doors.rules.letting_in import Answer, Ground, Method
from leases.homes.models import Flat
from registry.disclosures.models import Disclosure, Recipient
from registry.persons.models import Mark, MarkKind, Person, TieKind
from registry.persons.services.standing import record_tie
from registry.watch.models import Duty
from tests.leases.contracts.conftest import refused_by
from tests.leases.doors.conftest import (
    LIST,
    TODAY,
    TYPED,
    always_on_call,
    asked,
    concluded,
    on_duty,
    ordered,
    reported,
)
from tests.people import make_user, sign_in, system_access
from tests.registry.protection.conftest import acting, ban
from vuokra.access.stated import bulk_write, raw_sql
from vuokra.accounts.models import User
from vuokra.policy.roles import Role
from vuokra.policy.sources import Source

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ORDER = {"company": "0", "payer": "resident", "note": ""}


def order_page(question: Question) -> str:
    return f"/ovet/kysymys/{question.pk}/avaus/"


def write(statement: str, *values: object) -> None:
    """A statement of the application's role, past the services."""
    with raw_sql("what was tried"), connection.cursor() as cursor:
        cursor.execute(statement, values)


# -- an answer that holds no more ----------------------------------------------------------------


def test_no_door_opens_on_an_answer_that_holds_no_more(lease: Lease, opener: Recipient) -> None:
    """The tenancy ended in the hours between: nobody lets in by yesterday's answer."""
    clerk, now = make_user(Role.SOP), timezone.now()
    with acting(clerk):
        question = asked(lease.flat, now=now - timedelta(hours=20))
    with system_access():
        lease.last_day = TODAY - DAY
        lease.save()
    assert sign_in(Client(), clerk).get(order_page(question)).status_code == 404
    with acting(clerk), pytest.raises(ValidationError) as refused:
        services.order(question, company=opener, payer=Payer.COMPANY, now=now)
    assert refused.value.code == "stale"
    with system_access():
        assert not Opening.objects.exists() and not Disclosure.objects.exists()


def test_no_door_opens_for_somebody_who_has_died_meanwhile(lease: Lease, person: Person) -> None:
    clerk = make_user(Role.SOP)
    with acting(clerk):
        question = asked(lease.flat)
    with system_access():
        Mark.objects.create(
            person=person, kind=MarkKind.DECEASED, source=Source.PERSON, valid_from=TODAY
        )
    page = sign_in(Client(), clerk).post(order_page(question), ORDER)
    assert page.status_code == 404
    with system_access():
        assert not Opening.objects.exists()


def test_a_ban_that_came_later_is_not_told_by_an_order(
    lease: Lease, person: Person, opener: Recipient
) -> None:
    """Whoever is on call may not know of it: the page is that of any answer that holds no more."""
    user = make_user(Role.HUO)
    with system_access():
        always_on_call()
        on_duty(user)
    with acting(user):
        question = asked(lease.flat)
    with system_access():
        ban(person)
    browser = sign_in(Client(), user)
    assert browser.get(order_page(question)).status_code == 404
    for company in ("0", str(opener.pk)):
        page = browser.post(order_page(question), ORDER | {"company": company})
        assert page.status_code == 404 and "urvakiel" not in page.content.decode()
    with system_access():
        assert not Opening.objects.exists()


def test_no_company_is_told_the_home_of_somebody_under_turvakielto(
    flat: Flat, person: Person, other: Person, opener: Recipient
) -> None:
    """Nor by the name of somebody else who lives there."""
    clerk, now = make_user(Role.SOP), timezone.now()
    with system_access():
        concluded(flat, person, other)
        ban(person, covers_household=False)
    with acting(clerk):
        question = services.ask(
            flat, Claim(number=other.customer_number), Method.DOCUMENT, now=now,
            reason="Passi nähty ovella",
        )  # fmt: skip
        assert question.answer == Answer.YES
        with pytest.raises(ValidationError) as refused:
            services.order(question, company=opener, payer=Payer.COMPANY, now=now)
        assert set(refused.value.error_dict) == {"company"}
        services.order(question, company=None, payer=Payer.COMPANY, now=now)
    with system_access():
        assert not Disclosure.objects.exists()


# -- one's own (A2) ------------------------------------------------------------------------------


def own(user: User, person: Person, kind: TieKind = TieKind.OWN) -> None:
    record_tie(person, user.pk, kind, valid_from=TODAY - 30 * DAY)


@pytest.mark.parametrize("kind", [TieKind.OWN, TieKind.COLLEAGUE])
def test_DP_A2_nobody_orders_on_what_a_colleague_asked_of_him(
    lease: Lease, person: Person, kind: TieKind
) -> None:
    clerk = make_user(Role.SOP)
    with system_access():
        question = asked(lease.flat)
        own(clerk, person, kind)
    browser = sign_in(Client(), clerk)
    assert browser.get(order_page(question)).status_code == 404
    assert browser.post(order_page(question), ORDER).status_code == 404
    with system_access():
        assert not Opening.objects.exists()


def test_DP_A2_the_door_of_ones_own_home_another_opens(
    flat: Flat, person: Person, other: Person
) -> None:
    """Also on the word of somebody else who lives there by the same lease."""
    clerk = make_user(Role.SOP)
    with system_access():
        concluded(flat, person, other)
        question = asked(flat, number=other.customer_number)
        row = ordered(flat)
        own(clerk, other)
    browser = sign_in(Client(), clerk)
    with acting(clerk):
        assert asked(flat).answer == Answer.UNKNOWN
        assert openings.opening_list(openings.Filters(), 1, today=TODAY).paginator.count == 0
    assert "Ei voida vahvistaa" in browser.post("/ovet/", TYPED).content.decode()
    assert browser.get(order_page(question)).status_code == 404
    for page in ("", "tulos/"):
        assert browser.get(f"{LIST}{row.pk}/{page}").status_code == 403, page


# -- rows that lie -------------------------------------------------------------------------------


def test_an_answer_is_not_made_up(lease: Lease, other: Person) -> None:
    """Yes is of somebody who has a part in the lease."""
    with system_access(), refused_by("doors_question_part"):
        Question.objects.create(
            flat=lease.flat, lease=lease, person=other, answer=Answer.YES, ground=Ground.TENANT,
            method=Method.DOCUMENT,
        )  # fmt: skip


def test_an_answer_does_not_become_that_of_another(lease: Lease, other: Person) -> None:
    with system_access():
        row = asked(lease.flat)
        with refused_by("doors_question_part"):
            write("UPDATE leases_doors_question SET person_id = %s WHERE id = %s", other.pk, row.pk)
            write("SET CONSTRAINTS ALL IMMEDIATE")


def test_staff_do_not_remove_what_happened_at_the_door(lease: Lease) -> None:
    with system_access():
        row = reported(ordered(lease.flat))
        said = services.Reported(row.outcome, row.ordered_at, Payer.COMPANY)  # type: ignore[arg-type]
        services.correct(row, said, "Väärä maksaja", now=timezone.now())
    with acting(make_user(Role.SOP)):
        for table in ("correction", "opening", "question"):
            with refused_by("doors_stays"):
                write(f"DELETE FROM leases_doors_{table}")


def test_what_happens_at_the_door_is_in_ones_own_name(lease: Lease, opener: Recipient) -> None:
    clerk, another = make_user(Role.SOP), make_user(Role.SOP)
    with acting(clerk):
        row = ordered(lease.flat)
        question = asked(lease.flat)
    with acting(another):
        with refused_by("doors_own_name"):
            Opening.objects.create(question=question, payer=Payer.COMPANY, ordered_by=clerk)
        with refused_by("doors_own_name"):
            Question.objects.create(
                flat=lease.flat, answer=Answer.UNKNOWN, ground=Ground.NONE, method=Method.OFFICE,
                asked_by=clerk,
            )  # fmt: skip
        with refused_by("doors_own_name"):
            write(
                "UPDATE leases_doors_opening SET done_at = ordered_at, outcome = 'opened',"
                " reported_by_id = %s WHERE id = %s", clerk.pk, row.pk,
            )  # fmt: skip


def test_an_opening_begins_as_an_order_of_its_own_day(lease: Lease) -> None:
    now = timezone.now()
    with system_access():
        question = asked(lease.flat)
        for changes in (
            {"done_at": now, "outcome": "opened"},
            {"ordered_at": now - 2 * DAY},
            {"ordered_at": now + 2 * DAY},
        ):
            with refused_by("doors_opening_allowed"):
                Opening.objects.create(question=question, payer=Payer.COMPANY, **changes)


def test_no_company_opens_without_the_disclosure_of_what_it_was_told(
    lease: Lease, opener: Recipient, flat: Flat
) -> None:
    with system_access():
        row = ordered(lease.flat, opener)
        question = asked(lease.flat)
        with refused_by("doors_opening_told"):
            Opening.objects.create(question=question, payer=Payer.COMPANY, company=opener)
            write("SET CONSTRAINTS ALL IMMEDIATE")
        with refused_by("doors_opening_told"):
            made = Opening.objects.create(
                question=question, payer=Payer.COMPANY, company=opener, ordered_at=row.ordered_at
            )
            made.disclosure = row.disclosure  # that of another order
            made.save()
            write("SET CONSTRAINTS ALL IMMEDIATE")


# -- the roster ----------------------------------------------------------------------------------


def test_nobody_puts_himself_on_call_for_the_same_day(lease: Lease) -> None:
    """Who is on call now was known before: another enters a duty of today."""
    user, other = make_user(Role.HUO), make_user(Role.HUO)
    now = timezone.localtime()
    soon = now + timedelta(minutes=2)
    typed = {
        "staff": str(user.pk), "first": f"{soon:%d.%m.%Y}", "first_clock": f"{soon:%H.%M}",
        "last": "+2", "last_clock": "7.00",
    }  # fmt: skip
    mine = sign_in(Client(), user)
    page = mine.post("/valvonta/paivystys/", typed)
    assert page.status_code == 422 and "Toinen kirjaa" in page.content.decode()
    assert sign_in(Client(), other).post("/valvonta/paivystys/", typed).status_code == 302
    with system_access():
        Duty.objects.all().delete()
    with acting(user), refused_by("watch_duty_own"):
        Duty.objects.create(
            staff=user, recorded_by=user, starts_at=soon, ends_at=soon + timedelta(hours=1)
        )


def test_no_duty_lasts_for_ever(lease: Lease) -> None:
    user = make_user(Role.HUO)
    typed = {
        "staff": str(user.pk), "first": "+1", "first_clock": "15.30", "last": "+400",
        "last_clock": "7.00",
    }  # fmt: skip
    page = sign_in(Client(), user).post("/valvonta/paivystys/", typed)
    assert page.status_code == 422 and "enintään" in page.content.decode()
    begins = timezone.now() + 2 * DAY
    with system_access(), refused_by("watch_duty_length"):
        Duty.objects.create(
            staff=user, recorded_by=user, starts_at=begins, ends_at=begins + 30 * DAY
        )


def test_bulk_writes_keep_what_was_said(lease: Lease) -> None:
    with system_access(), bulk_write("what was tried"):
        row = reported(ordered(lease.flat))
        with refused_by("doors_opening_fixed"):
            Opening.objects.filter(pk=row.pk).update(outcome="not_opened")
        with refused_by("doors_question_fixed"):
            Question.objects.filter(pk=row.question_id).update(answer="no")
