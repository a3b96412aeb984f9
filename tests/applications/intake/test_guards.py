"""What the database keeps of applications, whoever writes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from applications.intake.codes import (
    AssetKind,
    AttachmentKind,
    AttachmentState,
    DebtKind,
    IncomeKind,
    Part,
    Relation,
    Situation,
    State,
    Tenure,
)
from applications.intake.models import (
    Application,
    Asset,
    Attachment,
    Debt,
    Ground,
    Income,
    Member,
    Need,
    PresentHome,
    Step,
    Wish,
)
from applications.intake.rules.states import TRANSITIONS
from leases.homes.models import Site
from registry.persons.models import Person
from tests.applications.intake.conftest import (
    DAY,
    TODAY,
    ban,
    force,
    refused_by,
    row,
    stepped,
    system_access,
    with_member,
)
from vuokra.access.stated import raw_sql

pytestmark = pytest.mark.django_db


def settle() -> None:
    """What is checked at the end of a transaction is checked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


# -- numbers -------------------------------------------------------------------------------------


def test_numbers_count_up_and_are_never_given_again(person: Person, other: Person) -> None:
    with system_access():
        first = row(person)
        last = int(first.number[-4:])
        first.delete()
        second = row(other)
    assert re.fullmatch(rf"H-{TODAY.year}-\d{{4}}", first.number)
    assert int(second.number[-4:]) == last + 1


def test_a_number_does_not_change(person: Person) -> None:
    with system_access():
        made = row(person)
        with refused_by("intake_application_number"):
            force(Application.objects.filter(pk=made.pk), number="H-2020-0001")


def test_the_counter_is_not_for_the_application_to_set(person: Person) -> None:
    with (
        system_access(),
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        raw_sql("a test of the database"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE applications_intake_counter SET last = 1")


# -- states --------------------------------------------------------------------------------------


def test_an_application_begins_as_a_draft(person: Person) -> None:
    with system_access(), refused_by("intake_application_begins"):
        Application.objects.create(
            channel="paper", state="valid", received_on=TODAY, valid_until=TODAY
        )


def test_the_database_knows_the_same_changes_of_state() -> None:
    with raw_sql("a table without people"), connection.cursor() as cursor:
        cursor.execute("SELECT before, after FROM applications_intake_transition")
        kept = set(cursor.fetchall())
    assert kept == {(b.value, a.value) for b, afters in TRANSITIONS.items() for a in afters}


@pytest.mark.parametrize("after", [State.OFFERED, State.HOUSED, State.EXPIRED])
def test_a_draft_does_not_leap(person: Person, after: State) -> None:
    with system_access():
        made = row(person)
        with refused_by("intake_application_transition"):
            force(
                Application.objects.filter(pk=made.pk), state=after, valid_until=TODAY,
                ended_on=TODAY if after != State.OFFERED else None,
                end_reason=after if after != State.OFFERED else "",
            )  # fmt: skip


def test_a_state_without_its_step_is_refused(person: Person) -> None:
    with system_access():
        made = row(person, State.RECEIVED)
        with refused_by("intake_step_missing"):
            force(Application.objects.filter(pk=made.pk), state="valid")
            settle()


def test_a_step_without_its_state_is_refused(person: Person) -> None:
    with system_access():
        made = row(person, State.RECEIVED)
        with refused_by("intake_step_missing"):
            Step.objects.create(application=made, before="received", after="valid", on=TODAY)
            settle()


def test_steps_make_a_chain(person: Person) -> None:
    with system_access():
        made = row(person, State.RECEIVED)
        with refused_by("intake_step_chain"):
            Step.objects.create(application=made, before="valid", after="offered", on=TODAY)


def test_steps_are_only_added(person: Person) -> None:
    with system_access():
        made = row(person, State.RECEIVED)
        with refused_by("intake_step_kept"):
            force(made.steps.all(), reason="toinen syy")
        settle()
        with refused_by("intake_step_kept"):
            made.steps.get().delete()
            settle()


def test_what_ended_does_not_change(person: Person) -> None:
    with system_access():
        made = row(person, State.RECEIVED)
        Need.objects.create(application=made, wished_on=TODAY)
        Ground.objects.create(application=made, situation=Situation.WISH)
        stepped(made, State.WITHDRAWN)
        with refused_by("intake_application_over"):
            force(Application.objects.filter(pk=made.pk), signed_on=TODAY)
        with refused_by("intake_application_over"):
            force(Need.objects.filter(application=made), wished_on=TODAY + DAY)
        with refused_by("intake_application_over"):
            force(Ground.objects.filter(application=made), since=TODAY)
        with refused_by("intake_application_over"):
            Ground.objects.create(application=made, situation=Situation.COSTLY)
        with refused_by("intake_application_over"):
            made.grounds.get().delete()
            settle()


def test_what_ended_may_go_as_a_whole(person: Person) -> None:
    with system_access():
        made = row(person, State.WITHDRAWN)
        made.delete()
        settle()
        assert not Application.objects.exists()


def test_an_open_application_is_not_deleted(person: Person) -> None:
    with system_access():
        made = row(person, State.VALID)
        with refused_by("intake_application_kept"):
            made.delete()


def test_a_received_application_has_its_days(person: Person) -> None:
    with system_access():
        made = row(person, State.RECEIVED)
        rows = Application.objects.filter(pk=made.pk)
        with refused_by("intake_application_received"):
            force(rows, valid_until=None)
        with refused_by("intake_application_days"):
            force(rows, valid_until=TODAY - DAY)
        with refused_by("intake_application_days"):
            force(rows, renewed_on=TODAY - DAY)
        with refused_by("intake_application_completed"):
            force(rows, complete_by=TODAY)
        with refused_by("intake_application_ended"):
            force(rows, ended_on=TODAY)


# -- the household -------------------------------------------------------------------------------


def test_a_household_of_nobody_is_refused() -> None:
    with system_access(), refused_by("intake_household_empty"):
        Application.objects.create(channel="paper", received_on=TODAY)
        settle()


def test_the_applicant_is_not_taken_out(person: Person, other: Person) -> None:
    with system_access():
        made = row(person)
        with_member(made, other)
        with refused_by("intake_household_empty"):
            Member.objects.get(part=Part.APPLICANT).delete()
            settle()
        with refused_by("intake_household_empty"):
            force(
                Member.objects.filter(part=Part.APPLICANT), part=Part.RESIDENT,
                relation=Relation.OTHER,
            )  # fmt: skip
            settle()


def test_there_is_one_applicant_and_each_person_once(person: Person, other: Person) -> None:
    with system_access():
        made = row(person)
        with refused_by("intake_member_applicant"):
            Member.objects.create(application=made, person=other, part=Part.APPLICANT)
        with refused_by("intake_member_once"):
            with_member(made, person, Part.RESIDENT, Relation.OTHER)


def test_only_a_child_lives_elsewhere(person: Person, other: Person) -> None:
    with system_access():
        made = row(person)
        with refused_by("intake_member_away"):
            with_member(made, other, Part.AWAY, Relation.SPOUSE)


def test_a_person_is_in_one_open_application(person: Person, other: Person) -> None:
    with system_access():
        row(person, State.VALID)
        second = row(other)
        with_member(second, person)
        with refused_by("intake_member_open_once"):
            stepped(second, State.RECEIVED)


def test_a_draft_and_an_ended_application_do_not_bar_another(person: Person) -> None:
    with system_access():
        row(person, State.WITHDRAWN)
        row(person)
        open_one = row(person, State.VALID)
        assert Member.objects.get(is_open=True).application == open_one
        stepped(open_one, State.EXPIRED)
        assert not Member.objects.filter(is_open=True).exists()


def test_a_child_who_lives_elsewhere_is_counted_in_both_homes(
    person: Person, other: Person
) -> None:
    with system_access():
        mother = row(person)
        child = _child()
        with_member(mother, child, Part.RESIDENT, Relation.CHILD)
        stepped(mother, State.RECEIVED)
        father = row(other)
        with_member(father, child, Part.AWAY, Relation.CHILD)
        stepped(father, State.RECEIVED)
        assert Member.objects.filter(person=child, is_open=True).count() == 2


def _child() -> Person:
    return Person.objects.create(surname="Lehtovaara", given_names="Nea")


def test_a_member_does_not_become_another_person(person: Person, other: Person) -> None:
    with system_access():
        made = row(person)
        with refused_by("intake_member_person"):
            force(made.members.all(), person=other)
            settle()


# -- parts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "model, given, name",
    [
        (Income, {"kind": IncomeKind.WAGE, "euros": Decimal(-1)}, "intake_income_euros"),
        (Asset, {"kind": AssetKind.SAVINGS, "euros": Decimal(-1)}, "intake_asset_euros"),
        (Debt, {"kind": DebtKind.OTHER, "euros": Decimal(-1)}, "intake_debt_euros"),
        (
            Asset,
            {"kind": AssetKind.SAVINGS, "euros": Decimal(1), "share": Decimal("100.01")},
            "intake_asset_share",
        ),
        (Asset, {"kind": AssetKind.GIVEN_UP, "euros": Decimal(1)}, "intake_asset_given_up"),
        (
            Asset,
            {"kind": AssetKind.SAVINGS, "euros": Decimal(1), "left_out": "small"},
            "intake_asset_left_out",
        ),
        (
            Income,
            {"kind": IncomeKind.WAGE, "euros": Decimal(1), "since": TODAY, "until": TODAY - DAY},
            "intake_income_days",
        ),
    ],
)
def test_sums_and_days_hold(person: Person, model: Any, given: dict[str, Any], name: str) -> None:
    with system_access():
        member = row(person).members.get()
        with refused_by(name):
            model.objects.create(member=member, **given)


def test_a_debt_is_of_an_asset_in_the_same_application(person: Person, other: Person) -> None:
    with system_access():
        member = row(person).members.get()
        strange = Asset.objects.create(
            member=row(other).members.get(), kind=AssetKind.DWELLING, euros=Decimal(1)
        )
        with refused_by("intake_part_strange"):
            Debt.objects.create(
                member=member, kind=DebtKind.MORTGAGE, euros=Decimal(1), asset=strange
            )


def test_an_attachment_is_of_a_member_of_the_application(person: Person, other: Person) -> None:
    with system_access():
        made, strange = row(person), row(other).members.get()
        with refused_by("intake_part_strange"):
            Attachment.objects.create(
                application=made, member=strange, kind=AttachmentKind.TAX, asked_on=TODAY
            )


def test_a_part_stays_with_its_application(person: Person, other: Person) -> None:
    with system_access():
        made, strange = row(person), row(other)
        Need.objects.create(application=made)
        with refused_by("intake_part_moved"):
            force(Need.objects.filter(application=made), application=strange)


def test_an_attachment_has_the_days_of_its_state(person: Person) -> None:
    with system_access():
        made = row(person)
        given = {"application": made, "kind": AttachmentKind.WAGE}
        with refused_by("intake_attachment_state"):
            Attachment.objects.create(**given, state=AttachmentState.SEEN)
        with refused_by("intake_attachment_state"):
            Attachment.objects.create(**given, state=AttachmentState.DROPPED)


def test_no_copy_of_a_permit_is_kept(person: Person) -> None:
    with system_access(), refused_by("intake_attachment_file"):
        Attachment.objects.create(
            application=row(person), kind=AttachmentKind.RESIDENCE, arrived_on=TODAY,
            state=AttachmentState.ARRIVED, file="aa/bb", mime="application/pdf", size=10,
        )  # fmt: skip


def test_where_a_protected_person_lives_is_not_told_in_the_open(person: Person) -> None:
    with system_access():
        made = row(person)
        PresentHome.objects.create(application=made, tenure=Tenure.RENTED)
        ban(person)
        with refused_by("intake_home_hidden"):
            force(PresentHome.objects.filter(application=made), municipality="Hillakoski")


def test_sites_wished_for_are_of_the_stock(person: Person, site: Site) -> None:
    with system_access():
        made = row(person)
        with refused_by("intake_wish_sites"):
            Wish.objects.create(application=made, sites=[site.pk, site.pk + 1000])
        Wish.objects.create(application=made, sites=[site.pk])


def test_a_wish_holds_together(person: Person) -> None:
    with system_access():
        made = row(person)
        with refused_by("intake_wish_rooms"):
            Wish.objects.create(application=made, rooms_from=3, rooms_to=2)
        with refused_by("intake_wish_known"):
            Wish.objects.create(application=made, equipment=["pool"])
        with pytest.raises(IntegrityError), transaction.atomic():
            Wish.objects.create(application=made, area_from=Decimal(0))
