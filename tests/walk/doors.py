"""What the walk does at the door, and the openings it walks through."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from leases.contracts.models import Lease
from leases.doors import services
from leases.doors.models import Outcome, Payer
from leases.doors.queries.matching import Claim
from leases.doors.rules.letting_in import Method
from leases.doors.services import Reported
from registry.persons.models import Person
from tests.walk.canaries import LOCKED_OUT
from tests.walk.visits import Page, get, post
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

LOOKERS = frozenset({Group.STAFF})
WHY = "an opening says who asked, ordered and reported it, the roster who is on call"
OFFICE = ((Group.LEASE, Level.READ),)
ASKED = {
    "flat": "{door_flat}", "name": "Uusikivi Uuno", "born": "1.1.1980", "hetu": "", "number": "",
    "method": "document", "reason": "",
}  # fmt: skip
REPORT = {"outcome": "opened", "day": "{day}", "clock": "{clock}", "payer": "company", "note": ""}
OPEN, DONE = {"pk": "{opening}"}, {"pk": "{opened}"}

DOORS: dict[str, Page] = {
    "doors:ask": Page(
        (
            get(),
            get(query="huoneisto=x"),
            post(200, ASKED),
            post(200, ASKED | {"name": "", "born": "", "number": "{customer_number}"}),
            post(422, ASKED | {"born": ""}),
        )
    ),
    "doors:on_call": Page((get(403), post(403, ASKED))),  # nobody who walks is on duty
    "doors:roster": Page(
        (
            get(also=LOOKERS, why=WHY),
            get(query="viikko=x", also=LOOKERS, why=WHY),
            get(query="viikko=1999-01", also=LOOKERS, why=WHY),
        )
    ),
    "doors:order": Page(
        (
            get(needs=OFFICE),
            post(302, {"company": "0", "payer": "company", "note": ""}, needs=OFFICE),
            post(422, {"company": "", "payer": "company", "note": ""}, needs=OFFICE),
        ),
        {"pk": "{question}"},
    ),
    "doors:list": Page((get(), get(query="rajaus=avattu&avaaja=0"), get(query="rajaus=x&sivu=x"))),
    "doors:opening": Page((get(also=LOOKERS, why=WHY),), DONE),
    "doors:report": Page((get(), post(302, REPORT), post(422, REPORT | {"day": "+9"})), OPEN),
    "doors:correct": Page(
        (get(), post(302, REPORT | {"why": "Väärä kello"}), post(422, REPORT | {"why": ""})), DONE
    ),
}


def plant_doors(pk: object, person: Person) -> dict[str, object]:
    """An answer that allows an opening, one that was ordered, and one that was reported back."""
    flat = Lease.objects.select_related("flat").get(pk=pk).flat
    now = timezone.now()
    ago = now - dt.timedelta(hours=3)
    claim = Claim(number=person.customer_number)
    question, waiting, finished = (
        services.ask(flat, claim, Method.DOCUMENT, now=at) for at in (now, ago, ago)
    )
    opening = services.order(waiting, company=None, payer=Payer.RESIDENT, now=ago)
    opened = services.order(finished, company=None, payer=Payer.RESIDENT, now=ago)
    services.report(opened, Reported(Outcome.OPENED, ago, Payer.RESIDENT, LOCKED_OUT), now=now)
    at = timezone.localtime(now - dt.timedelta(minutes=1))
    return {
        "door_flat": flat.address, "question": question.pk, "opening": opening.pk,
        "opened": opened.pk, "day": f"{at:%d.%m.%Y}", "clock": f"{at:%H.%M}",
    }  # fmt: skip
