"""The demo company shows what can stand of a person."""

from __future__ import annotations

from itertools import islice

import pytest
from django.utils import timezone

from registry.households import demo as homes
from registry.households.models import Commitment, CommitmentKind
from registry.persons import demo, demo_standing
from registry.persons.models import FormerName, Mark, MarkKind, NoticeDuty, Person, StaffLink
from registry.persons.queries import find, notices
from tests.people import make_user, system_access
from vuokra.demo.registry import Scale
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db


def ignore(done: int, total: int) -> None:
    """Progress that nobody reads."""


def test_the_demo_company_has_something_of_everything() -> None:
    for name, role in (("sop", Role.SOP), ("hak", Role.HAK), ("val", Role.VAL)):
        make_user(role, username=name)
    today = timezone.localdate()
    scale = Scale(60, today)
    with system_access():
        people = demo.make_persons(list(islice(demo.invent(seed=3), 60)))
        assert demo_standing.empty() and homes.no_estates()
        demo_standing.fill(scale, ignore)
        homes.fill_estates(scale, ignore)
        assert not demo_standing.empty() and not homes.no_estates()
        assert {mark.kind for mark in Mark.objects.all()} == set(MarkKind)
        assert set(StaffLink.objects.values_list("kind", flat=True)) == {
            "own", "household", "conflict"
        }  # fmt: skip
        estate = Commitment.objects.get(kind=CommitmentKind.ESTATE)
        assert estate.person.marks.filter(kind=MarkKind.DECEASED).exists()
        waiting = notices.waiting()
        assert [due < today for _duty, due in waiting].count(True) == 1
        assert len(waiting) == NoticeDuty.objects.count() == len(demo_standing.WAITING)
        for former in FormerName.objects.all():
            assert former.used_until and former.surname != former.person.surname
            found = find(former.surname, today=today).persons
            assert former.person in found
        usual = Person.objects.filter(marks=None, staff_links=None, former_names=None)
        assert usual.filter(pk__in=[one.pk for one in people[:40]]).count() == 40


def test_a_small_demo_stays_as_it_is() -> None:
    with system_access():
        demo.make_persons(list(islice(demo.invent(seed=3), 6)))
        demo_standing.fill(Scale(6, timezone.localdate()), ignore)
        assert demo_standing.empty()
