"""The demo company has an inspection at each state, and one to be agreed on."""

from __future__ import annotations

from datetime import timedelta

from leases.homes.models import Meter, Stair
from leases.inspections import demo, queries
from leases.inspections.models import Inspection, Reading
from leases.inspections.rules import Kind, State
from registry.persons.models import Person
from tests.leases.inspections.conftest import TODAY, concluded, invented, make_flat
from tests.people import system_access
from vuokra.demo.registry import Scale


def test_the_demo_company_has_inspections(
    stair: Stair, person: Person, other: Person, meter: Meter
) -> None:
    with system_access():
        assert demo.empty()
        third = invented("Suvanto", "Elli", "010190-904U")
        fourth = invented("Harju", "Onni", "010190-905V")
        for number, tenant in enumerate((person, other, third, fourth)):
            lease = concluded(make_flat(stair, 20 + number), tenant)
            if number:
                lease.last_day = TODAY + timedelta(days=20)
                lease.save()
        demo.fill(Scale(persons=4, today=TODAY), lambda done, total: None)
        assert not demo.empty()
        states = {(row.kind, row.state) for row in Inspection.objects.all()}
        assert states == {
            (Kind.MOVE_IN, State.SIGNED), (Kind.MOVE_OUT, State.DONE),
            (Kind.MOVE_OUT, State.AGREED),
        }  # fmt: skip
        waiting = queries.to_agree(today=TODAY)
        assert [one.kind for one in waiting] == [Kind.MOVE_OUT]
        assert Reading.objects.exists()
