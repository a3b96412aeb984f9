"""The invented company's applications: every state that needs no offer, households that look
real."""

from __future__ import annotations

from collections import Counter

import pytest

from applications.intake import demo
from applications.intake.codes import AttachmentKind, AttachmentState, Part, State
from applications.intake.demo import PLAN
from applications.intake.models import Application, Attachment, Income, Member, Permit, Wish
from leases.homes import demo as stock
from leases.homes.models import SpecialGroup
from registry.persons.demo import invent, make_persons
from registry.persons.models import Person
from tests.applications.intake.conftest import TODAY, ban, system_access
from vuokra.demo.registry import Scale

pytestmark = pytest.mark.django_db


def test_applications_of_every_state_are_made(settings: pytest.FixtureRequest) -> None:
    people = [one for _, one in zip(range(220), invent(7), strict=False)]
    scale = Scale(persons=220, seed=7, today=TODAY)
    with system_access():
        assert demo.empty()
        stock.fill(scale, lambda done, of: None)
        make_persons(people)
        for person in Person.objects.order_by("-id")[:40:20]:
            ban(person)
        demo.fill(scale, lambda done, of: None)
        states = Counter(Application.objects.values_list("state", flat=True))
        planned = dict(PLAN)
        by_offers = {State.OFFERED, State.ACCEPTED, State.HOUSED}  # come by selections and leases
        assert set(states) == set(State) - by_offers
        assert states[State.RECEIVED] == planned[State.RECEIVED] + planned[State.MERGED]
        applicants = Member.objects.filter(part=Part.APPLICANT)
        assert applicants.filter(person__protected=True).count() == demo.HIDDEN
        assert len(set(applicants.values_list("person", flat=True))) > 55
        assert Member.objects.filter(part=Part.AWAY).exists()
        assert Permit.objects.exists()
        assert Income.objects.count() > 60
        assert not demo.empty()
        assert Wish.objects.filter(group=SpecialGroup.OLD).exists()
        proofs = Attachment.objects.filter(kind=AttachmentKind.GROUP)
        assert {one.state for one in proofs} == {AttachmentState.ASKED, AttachmentState.SEEN}
