"""What the walk does at the addresses of selections; two of them, in which the person's application
was passed over, and chosen."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from django.utils import timezone

from applications.credit.models import CreditCheck, Measure, Result
from applications.intake import services as intake
from applications.intake.codes import Part
from applications.intake.models import Application, Member
from applications.orders import services as orders
from applications.orders.models import LeaseOrder
from applications.selection import services
from applications.selection.models import (
    Assessment,
    Compared,
    Decision,
    ExemptionPermit,
    Offer,
    OfferChannel,
    OfferState,
    Round,
    Skip,
    SkipReason,
    WealthLimit,
    WealthTable,
)
from applications.selection.queries import bounds
from applications.selection.queries.comparison import household_of
from applications.selection.rules.judging import Flat as FlatFacts
from applications.selection.rules.regimes import Regime
from applications.selection.rules.snapshot import Compared as Household
from applications.selection.rules.snapshot import digest, freeze
from applications.supervision.models import Authority, Complaint
from applications.supervision.services import make_reports
from leases.homes.models import Flat, Funding, SpecialGroup
from tests.walk.canaries import COMPLAINED, MARKED, PASSED_OVER, REGISTER
from tests.walk.foundation import admin_pages
from tests.walk.visits import Page, get, post
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.queries import rule

AT = {"pk": "{round}"}
APPLICANT = AT | {"number": "{application}"}
DECISION = {"pk": "{decided_round}", "uuid": "{decision}"}
OPENED = {"free_from": "+1", "rent_eur": "-1", "open_to_all_from": "+0"}
LIMITS = {
    "municipality": "Olematon", "valid_from": "1.1.2027", "decision": "Kh 9 §", "limit_1": "30000",
    "step_eur": "10000",
}  # fmt: skip
PERMIT = {
    "authority": "Hillakoski", "decision": "Kh 5 §", "valid_from": "1.1.2027",
    "valid_to": "31.12.2027", "need": "on", "flats": "3", "occupancy": "",
}  # fmt: skip

CHOOSES = ((Group.SELECTION, Level.READ),)
"""The credit check that is planted is one of a choice."""

SELECTIONS: dict[str, Page] = {
    "selection:list": Page(
        (get(), get(query="rajaus=ilman"), get(query="rajaus=tarjotut"),
         get(query="rajaus=hyvaksyttavat"), get(query="rajaus=paattyneet"), get(query="rajaus=x"))
    ),
    "selection:open": Page((get(), post(422, OPENED)), {"flat": "{round_flat}"}),
    "selection:round": Page((get(), get(query="vertaa=H-2026-0001&vertaa=H-2026-0002")), AT),
    "selection:reason": Page((get(404), post(404)), AT),
    "selection:decided": Page((get(302), post(302)), {"uuid": "{decision}"}),
    "selection:cancel": Page((get(), post(422, {"reason": ""})), AT),
    "selection:skip": Page((get(), post(422, {"reason": "", "text": ""})), APPLICANT),
    "selection:take_back": Page((post(302), get(405)), APPLICANT),
    "selection:choose": Page((get(), post(422, {"reason": ""})), APPLICANT),
    "selection:choose_other": Page((get(), post(422, {"number": "tuo"})), AT),
    "selection:reasons": Page((get(), post(422, {"number": "tuo"})), DECISION),
    "selection:decision": Page((get(),), DECISION),
    "selection:order": Page((get(), get(query="sivu=9")), DECISION),
    "selection:approve": Page((post(302), get(405)), DECISION),
    "selection:memorandum": Page((post(302), get(405)), DECISION),
    "selection:offer": Page((get(), post(422)), DECISION),
    "selection:offer_letter": Page((post(404), get(405)), DECISION),
    "selection:accept": Page((get(404), post(404)), DECISION),
    "selection:decline": Page((get(404), post(404)), DECISION),
    "selection:unanswered": Page((post(404), get(405)), DECISION),
    "selection:withdraw": Page((get(404), post(404)), DECISION),
    "orders:draw_up": Page((get(), post(422, {"rent_eur": "-1"})), {"uuid": "{order}"}),
    "credit:of_decision": Page((get(), post(422)), {"uuid": "{decision}"}),
    "credit:of_lease": Page((get(), post(422)), {"pk": "{lease}"}),
    "credit:assess": Page(
        (get(needs=CHOOSES), post(422, needs=CHOOSES)), {"uuid": "{credit_check}"}
    ),
    "credit:noticed": Page(
        (get(needs=CHOOSES), post(422, needs=CHOOSES)), {"uuid": "{credit_check}"}
    ),
    "credit:notice": Page((post(302, needs=CHOOSES), get(405)), {"uuid": "{credit_check}"}),
    "supervision:log": Page((get(), get(query="first=x&last=1.1.2020&site=x"))),
    "supervision:report": Page(
        (get(), get(query="period=x&site=x"), get(query="first=x&last=1.1.2020&site=x"))
    ),
    "supervision:order": Page(
        (post(302, needs=((Group.NEED, Level.READ),), lacking=404), get(405)),
        {"name": "luettelo"},
    ),
    "supervision:export": Page(
        (post(200, {"muoto": "csv"}), post(302, {"muoto": "x"}), get(405))
    ),
    "supervision:reason": Page((get(404), post(404))),
    "supervision:complaints": Page((get(), get(query="sivu=9"))),
    "supervision:about_decision": Page((get(), post(422)), {"uuid": "{decision}"}),
    "supervision:about_application": Page((get(), post(422)), {"number": "{application}"}),
    "supervision:complaint": Page((get(),), {"uuid": "{complaint}"}),
    "supervision:answer": Page((get(), post(422)), {"uuid": "{complaint}"}),
    "supervision:close": Page((get(), post(422)), {"uuid": "{complaint}"}),
    **admin_pages(
        "applications_selection_wealthtable",
        "{wealth_table}",
        {
            "add": (get(), post(200, LIMITS)),
            "change": (get(), post(403, LIMITS)),
        },
    ),
    **admin_pages(
        "applications_selection_exemptionpermit",
        "{permit}",
        {
            "add": (get(), post(302, PERMIT), post(200, PERMIT | {"need": ""})),
            "change": (get(), post(403, PERMIT)),
        },
    ),
}  # fmt: skip


def plant_selection(number: object, today: dt.date) -> dict[str, object]:
    """An open selection in which the application was passed over, one in which it was chosen before
    it was sent back, and one whose flat was accepted."""
    application = intake.admit(Application.objects.get(number=number), today=today)
    services.assess_again([application.pk], today)
    first, second, third = (round_of(flat, today) for flat in Flat.objects.order_by("pk")[:3])
    Skip.objects.create(
        round=first, application=application, reason=SkipReason.NOT_REACHED, text=PASSED_OVER
    )
    table = WealthTable.objects.create(
        municipality="Hillakoski", valid_from=today, step_eur=1, decision="Kh 9 §"
    )
    WealthLimit.objects.create(table=table, persons=1, euros=30_000)
    permit = ExemptionPermit.objects.create(
        authority="Hillakoski", decision="Kh 5 §", valid_from=today, valid_to=today, need=True,
        flats=1,
    )  # fmt: skip
    decided = decision_of(second, application, today)
    ordered = order_of(third, application, today)
    check = check_of(decided, today)
    intake.send_back(application, PASSED_OVER, today=today)  # and so its choice lapses
    make_reports(today)
    return {
        "credit_check": check.uuid,
        "wealth_table": table.pk, "permit": permit.pk,
        "round": first.pk, "round_flat": first.flat_id, "decided_round": second.pk,
        "decision": decided.uuid,
        "order": ordered.uuid,
        "complaint": _complained(application, today).uuid,
    }  # fmt: skip


def round_of(flat: Flat, today: dt.date) -> Round:
    return Round.objects.create(
        flat=flat, free_from=today, rent_eur=Decimal(600), open_to_all_from=today
    )


def order_of(round_: Round, application: Application, today: dt.date) -> LeaseOrder:
    offer = Offer.objects.create(
        decision=decision_of(round_, application, today), round=round_, application=application,
        channel=OfferChannel.PHONE, offered_on=today, answer_by=today,
    )  # fmt: skip
    offer.state, offer.answered_on = OfferState.ACCEPTED, today
    offer.save()
    return orders.place(offer)


def check_of(decision: Decision, today: dt.date) -> CreditCheck:
    """A credit check whose measure tells what the result was."""
    applicant = Member.objects.get(application=decision.application, part=Part.APPLICANT)
    made = CreditCheck.objects.create(
        person_id=applicant.person_id, decision=decision, register=REGISTER, told_on=today,
        asked_on=today, result=Result.MARKS,
    )  # fmt: skip
    made.measure, made.reason, made.assessed_at = Measure.DEPOSIT, MARKED, timezone.now()
    made.save()
    return made


def _complained(application: Application, today: dt.date) -> Complaint:
    return Complaint.objects.create(
        application=application, authority=Authority.MUNICIPALITY, authority_name="Hillakoski",
        received_on=today, answer_by=today, about=COMPLAINED,
    )  # fmt: skip


def decision_of(round_: Round, application: Application, today: dt.date) -> Decision:
    free = Regime(Funding.FREE, SpecialGroup.NONE, need=False, wealth=False, income_limit=False)
    token = uuid.uuid4()
    household = household_of(Assessment.objects.get(application=application), local=False)
    frozen = freeze(
        rule, FlatFacts(free, 2), [Household(str(token), household)], bounds.policy(today), today
    )
    made = Decision.objects.create(
        round=round_, application=application, chosen=token, on=today, place=1, compared_count=1,
        snapshot=frozen, digest=digest(frozen),
    )  # fmt: skip
    Compared.objects.create(decision=made, application=application, token=token)
    return made
