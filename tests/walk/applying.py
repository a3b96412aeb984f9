"""What the walk does at the addresses of applications, and the application it walks through."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from applications.intake import services
from applications.intake.codes import (
    AttachmentKind,
    Channel,
    Corrected,
    IncomeKind,
    NeededBy,
    Residence,
    Situation,
    Tenure,
)
from applications.intake.models import Ground, Income, Work
from applications.intake.services import Details, HomeGiven, NeedGiven, PermitGiven, papers
from registry.persons.models import Person
from tests.walk.canaries import EMPLOYER, GRANTED, LANDLORD, OWN_WORDS, URGENCY
from tests.walk.visits import Page

APPLICATIONS: dict[str, Page] = {}


def plant_application(person: Person, today: dt.date) -> dict[str, object]:
    """An application of the person that waits to be looked at."""
    row = services.begin(person, Details(channel=Channel.PAPER, received_on=today), today=today)
    services.receive(row, today=today)
    services.set_need(
        row, NeedGiven(urgency_note=URGENCY, own_words=OWN_WORDS), whose=Corrected.CLERK,
        today=today,
    )  # fmt: skip
    services.set_home(
        row, HomeGiven(tenure=Tenure.RENTED, landlord=LANDLORD), whose=Corrected.CLERK,
        today=today,
    )  # fmt: skip
    member = row.members.get()
    permit = PermitGiven(kind=Residence.PERMIT, granted_from=GRANTED)
    services.set_permit(member, permit, whose=Corrected.CLERK, today=today)
    for part in (
        Ground(application=row, situation=Situation.SHARED),
        Work(member=member, employment="permanent", employer=EMPLOYER),
        Income(member=member, kind=IncomeKind.WAGE, euros=Decimal("2177.77")),
    ):
        services.put(part, whose=Corrected.CLERK, today=today)
    paper = papers.ask(row, AttachmentKind.WAGE, NeededBy.CONTRACT, member=member, today=today)
    return {"application": row.number, "application_member": member.pk, "paper_asked": paper.uuid}
