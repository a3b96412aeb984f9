"""How long applications are kept, and what a merge of two records does to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from applications.intake import kept as kept_room
from applications.intake.codes import AttachmentKind, NeededBy, Residence, State
from applications.intake.kept import Judged, tell_judged
from applications.intake.models import (
    Application,
    Attachment,
    Member,
    Need,
    Permit,
    Step,
)
from applications.intake.services import PermitGiven, papers, set_permit
from leases.homes.models import Flat
from registry.duplicates import services as duplicates
from registry.persons.models import Person
from registry.retention.queries import lengths as retention_lengths
from registry.retention.starts import Kept, kept
from tests.applications.intake.conftest import TODAY, row, stepped, system_access
from tests.leases.contracts.conftest import concluded

pytestmark = pytest.mark.django_db
APPLIED, VALID = date(2026, 11, 22), date(2027, 2, 22)


@pytest.fixture
def judged() -> Iterator[dict[int, Judged]]:
    """What the room that chooses tells, by application."""
    found: dict[int, Judged] = {}
    tell_judged(lambda ids: {pk: one for pk, one in found.items() if pk in ids})
    yield found
    kept_room._judges.pop()


def applied(person: Person, valid_until: date = VALID) -> Application:
    made = row(person, received_on=APPLIED)
    Need.objects.create(application=made)
    set_permit(made.members.get(), PermitGiven(kind=Residence.STUDY), today=TODAY)
    papers.ask(made, AttachmentKind.TAX, NeededBy.CONTRACT, today=TODAY)
    stepped(made, State.RECEIVED, valid_until=valid_until)
    return stepped(made, State.EXPIRED)


def told() -> dict[str, Kept]:
    """How each kind of row is kept; one row of each."""
    models = (Application, Member, Need, Step, Permit, Attachment)
    ids = {one._meta.db_table: list(one.objects.values_list("pk", flat=True)) for one in models}
    found = kept(ids, retention_lengths(TODAY), TODAY)
    return {table.removeprefix("applications_intake_"): one for (table, _), one in found.items()}


def test_DP_RT2_never_compared(person: Person) -> None:
    with system_access():
        applied(person)
        known = told()
    assert known["application"] == known["member"] == known["need"] == known["step"]
    assert known["application"] == Kept("R2", date(2029, 2, 22))
    assert known["permit"] == Kept("R2", date(2029, 2, 22)), "R17"
    assert known["attachment"] == Kept("R3", date(2027, 8, 22))


def test_DP_RT3_compared_and_renewed_meanwhile(person: Person, judged: dict[int, Judged]) -> None:
    with system_access():
        made = applied(person, valid_until=date(2027, 5, 22))
        judged[made.pk] = Judged(compared=date(2027, 3, 10))
        assert told()["application"] == Kept("R2", date(2029, 5, 22))
        judged[made.pk] = Judged(compared=date(2027, 6, 10))
        assert told()["application"] == Kept("R2", date(2029, 6, 10))


def test_of_the_chosen_papers_go_first_and_the_rest_with_the_lease(
    person: Person, flat: Flat, judged: dict[int, Judged]
) -> None:
    with system_access():
        made, lease = applied(person), concluded(flat, person)
        judged[made.pk] = Judged(chosen=date(2027, 1, 10), lease=lease)
        known = told()
    assert known["application"] == Kept("R6", None), "while the tenancy goes on"
    assert known["attachment"] == known["permit"] == Kept("R4", date(2029, 1, 10))


def test_of_a_draft_time_runs_from_its_recording(person: Person) -> None:
    with system_access():
        row(person, received_on=APPLIED)
        assert told()["application"] == Kept("R2", date(2029, 2, 22))


def joined(survivor: Person, merged: Person) -> None:
    choices = duplicates.Choices()
    duplicates.merge(survivor, merged, choices, reason="Sama henkilö", now=timezone.now())


def test_applications_follow_a_merge_of_two_records(person: Person, other: Person) -> None:
    with system_access():
        made = row(person, State.WITHDRAWN)
        joined(other, person)
        assert made.members.get().person_id == other.pk


def test_two_open_applications_bar_a_merge_until_settled(person: Person, other: Person) -> None:
    with system_access():
        first = row(person, State.VALID)
        row(other, State.VALID)
        with pytest.raises(ValidationError):
            joined(other, person)
        stepped(first, State.WITHDRAWN)
        joined(other, person)
        assert Member.objects.filter(person=other).count() == 2
