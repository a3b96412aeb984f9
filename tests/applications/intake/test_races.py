"""Two clerks at once, in transactions of their own: one open application of a person."""

from __future__ import annotations

import pytest

from applications.intake import services
from applications.intake.codes import Part, State
from applications.intake.models import Application, Member
from applications.intake.services import Applying, Membership, Whole
from registry.persons.models import IdentityKind, Person
from registry.persons.services import Code, Names
from tests.applications.intake.conftest import DAY, TODAY, acting, make_user
from tests.applications.intake.living import DETAILS, begun
from tests.leases.deposits.test_races import at_once
from tests.people import system_access
from tests.registry.persons.conftest import demo_mode, invented
from vuokra.policy.roles import Role
from vuokra.rules import services as rules

pytestmark = pytest.mark.usefixtures("committed_db")
__all__ = ["demo_mode"]


def test_two_applications_by_the_same_person_are_not_both_received() -> None:
    first, second = make_user(Role.HAK), make_user(Role.HAK)
    with system_access():
        rules.seed_rules()
        person = invented()
    with acting(first):
        mine, other = begun(person), begun(person)
    done = at_once(
        (first, lambda: services.receive(mine, today=TODAY)),
        (second, lambda: services.receive(other, today=TODAY)),
    )
    assert sorted(done) == [False, True]
    with system_access():
        assert sorted(Application.objects.values_list("state", flat=True)) == [
            State.DRAFT, State.RECEIVED,
        ]  # fmt: skip
        assert Member.objects.filter(is_open=True).count() == 1


def test_two_replacements_of_one_application_leave_one_open() -> None:
    first, second = make_user(Role.HAK), make_user(Role.HAK)
    with system_access():
        rules.seed_rules()
        person = invented()
    with acting(first):
        old = services.receive(begun(person), today=TODAY)
        mine, other = begun(person), begun(person)
    done = at_once(
        (first, lambda: services.receive(mine, replacing=[old], today=TODAY)),
        (second, lambda: services.receive(other, replacing=[old], today=TODAY)),
    )
    assert sorted(done) == [False, True]
    with system_access():
        assert Member.objects.filter(is_open=True).count() == 1
        assert Application.objects.get(pk=old.pk).state == State.MERGED


def test_two_presses_of_one_form_record_one_application() -> None:
    clerk = make_user(Role.HAK)
    whole = Whole(
        form="a" * 32,
        applicant=Applying(
            person=None, names=Names("Uusikivi", "Uuno"),
            code=Code(IdentityKind.BIRTH_DATE, birth_date=TODAY - 12_000 * DAY),
        ),
        membership=Membership(part=Part.APPLICANT), details=DETAILS,
    )  # fmt: skip
    press = (clerk, lambda: services.record_whole(whole, today=TODAY))
    assert sorted(at_once(press, press)) == [False, True]
    with acting(clerk):
        made = Application.objects.get()
        assert services.recorded_of_form("a" * 32) == made
        assert Person.objects.filter(surname="Uusikivi").count() == 1
    with acting(make_user(Role.HAK)):
        assert services.recorded_of_form("a" * 32) is None, "another's form"
