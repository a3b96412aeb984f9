"""What the walk does at the addresses of applications, and the application it walks through."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

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
from tests.walk.visits import DAY, Page, Visit, get, post
from vuokra.policy.groups import Group

WHY_OPENED = "it is opened here, for a recorded reason"
AT = {"number": "{application}"}
OF = AT | {"pk": "{application_member}"}
PAPER = AT | {"uuid": "{paper_asked}"}
WHOSE = {"whose": "clerk"}
DETAILS = {
    "channel": "paper", "received_on": DAY, "kind": "new", "subsidised": "on", "assured_on": "",
    "signed_on": "",
}  # fmt: skip
NEW = DETAILS | {
    "q": "", "searched": "", "chosen": "", "surname": "Uusikivi", "given_names": "Uuno",
    "birth_date": "1.2.1980", "hetu": "",
}  # fmt: skip
WHOLE = {f"applicant-{name}": told for name, told in NEW.items()} | {
    "income": "1", "income-1-of": "applicant", "income-1-kind": "wage", "income-1-euros": "2 000",
    "income-1-period": "month", "income-1-proof": "told", "need-expected_proof": "told",
    "wish-access": "none", "home-tenure": "own",
}  # fmt: skip
MEMBER = {
    "q": "", "searched": "", "chosen": "", "surname": "Uusikivi", "given_names": "Unna",
    "birth_date": "1.2.2015", "part": "resident", "relation": "child", "residence": "", "hetu": "",
    "ground": "", "ground_text": "", **WHOSE,
}  # fmt: skip
INCOME = {
    "kind": "pension", "euros": "1 000,00", "period": "month", "since": "", "until": "",
    "proof": "told", **WHOSE,
}  # fmt: skip
ASKED = {"kind": "tax", "member": "", "needed_by": "offer", "due_on": "", "reason": ""}


def _opened(*groups: Group) -> tuple[Visit, ...]:
    also = frozenset(groups)
    return (post(200, also=also, why=WHY_OPENED), get(405))


LOOKERS = frozenset({Group.STAFF})
RUN = {"pk": "{import_run}"}
APPLICATIONS: dict[str, Page] = {
    "applications:list": Page(
        (get(), get(query="rajaus=uudet"), get(query="rajaus=vanhenevat"), get(query="rajaus=x"))
    ),
    "applications:new": Page(
        (get(), post(302, NEW), post(422, NEW | {"received_on": "+9"}))
    ),
    "applications:whole": Page(
        (
            get(), post(200, WHOLE | {"add": "income"}), post(302, WHOLE),
            post(422, WHOLE | {"applicant-received_on": "+9"}),
        )
    ),
    "applications:find": Page(
        (post(302, {"number": "{application}"}), post(422, {"number": "x"}), get(405))
    ),
    "applications:bulk": Page(
        (
            post(200, {"do": "renew", "chosen": "{application}"}),
            post(302, {"do": "expire"}),
            get(405),
        )
    ),
    "applications:imports": Page(
        (
            get(also=LOOKERS, why="the list of imports says who brought which"),
            post(422, also=LOOKERS, why="no file was chosen"),
        )
    ),
    "applications:import_template": Page(kwargs={"form": "xlsx"}),
    "applications:import_run": Page((get(404),), RUN),
    "applications:confirm_import": Page((post(404), get(405)), RUN),
    "applications:restart_import": Page((post(404), get(405)), RUN),
    "applications:discard_import": Page((post(404), get(405)), RUN),
    "applications:import_report": Page((get(404),), RUN),
    "applications:application": Page((get(),), AT),
    "applications:purpose": Page((get(302), post(302)), AT),
    "applications:review": Page((get(), get(query="rajaus=uudet"), get(query="rajaus=x")), AT),
    "applications:change_details": Page(
        (get(), post(302, DETAILS | WHOSE | {"received_on": "+0"}), post(422, DETAILS)), AT
    ),
    "applications:change_need": Page((get(), post(302, WHOSE), post(422)), AT),
    "applications:change_home": Page(
        (get(), post(302, {"tenure": "own", **WHOSE}), post(422, WHOSE)), AT
    ),
    "applications:change_wish": Page(
        (get(), post(302, {"access": "none", **WHOSE}), post(422, {"access": "x", **WHOSE})), AT
    ),
    "applications:add_ground": Page(
        (get(), post(302, {"situation": "C1", "proof": "told", **WHOSE}), post(422)), AT
    ),
    "applications:drop_ground": Page(
        (get(), post(302, WHOSE), post(422)), AT | {"pk": "{need_ground}"}
    ),
    "applications:add_member": Page(
        (get(), post(302, MEMBER), post(422, MEMBER | {"birth_date": ""})), AT
    ),
    "applications:change_member": Page((get(), post(302, WHOSE), post(422)), OF),
    "applications:drop_member": Page((get(), post(422, WHOSE), post(422)), OF),
    "applications:change_permit": Page(
        (get(), post(302, {"kind": "", **WHOSE}), post(422, {"kind": "permit", **WHOSE})), OF
    ),
    "applications:change_told": Page((get(), post(302, WHOSE), post(422)), OF),
    "applications:add_part": Page(
        (get(), post(302, INCOME), post(422, INCOME | {"euros": "-1"})), OF | {"kind": "tulo"}
    ),
    "applications:change_part": Page(
        (get(), post(302, INCOME), post(422, INCOME | {"euros": "x"})),
        AT | {"kind": "tulo", "pk": "{told_income}"},
    ),
    "applications:drop_part": Page(
        (get(), post(302, WHOSE), post(422)), AT | {"kind": "tulo", "pk": "{told_income}"}
    ),
    "applications:reveal": Page(_opened(Group.NEED), AT | {"name": "sanat"}),
    "applications:reveal_of": Page(_opened(Group.PERMIT), OF | {"name": "lupa-alkaen"}),
    "applications:receive": Page((get(), post(422)), AT),
    "applications:ask_to_complete": Page(
        (get(), post(302, {"due_on": "+9", "reason": ""}), post(422, {"due_on": "1.1.2020"})), AT
    ),
    "applications:complete": Page((post(302), get(405)), AT),
    "applications:admit": Page((post(302), get(405)), AT),
    "applications:send_back": Page((get(), post(422, {"reason": ""})), AT),
    "applications:renew": Page((post(302), get(405)), AT),
    "applications:withdraw": Page((get(), post(302, {"why": "elsewhere"}), post(422)), AT),
    "applications:discard": Page((get(), post(422)), AT),
    "applications:ask_paper": Page((get(), post(302, ASKED), post(422)), AT),
    "applications:add_original": Page((get(), post(302, {"on": DAY}), post(422)), AT),
    "applications:paper_arrives": Page((get(), post(302, {"on": DAY}), post(422)), PAPER),
    "applications:see_paper": Page((post(302), get(405)), PAPER),
    "applications:drop_paper": Page((get(), post(302, {"reason": "Ei"}), post(422)), PAPER),
    "applications:order_letter": Page(
        (post(302), get(405), ), AT | {"kind": "vahvistus"}
    ),
    "applications:reason": Page((get(404), post(404)), AT),
    "applications:remove_file": Page((get(), post(422, {"reason": "Väärä"}), post(422)), PAPER),
    "applications:paper_file": Page((get(),), AT | {"uuid": "{paper_file}"}),
    "applications:paper_picture": Page(
        (get(404),), AT | {"uuid": "{paper_file}"}
    ),
}  # fmt: skip


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
    file = SimpleUploadedFile("palkka.txt", b"Palkka")
    kept = papers.add(row, AttachmentKind.PENSION, on=today, file=file, today=today)
    paper = papers.ask(row, AttachmentKind.WAGE, NeededBy.CONTRACT, member=member, today=today)
    return {
        "application": row.number, "application_member": member.pk, "paper_asked": paper.uuid,
        "paper_file": kept.uuid, "need_ground": row.grounds.get().pk,
        "told_income": member.incomes.get().pk,
    }  # fmt: skip
