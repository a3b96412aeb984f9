"""What the walk does at the addresses of leases, and the leases it walks through."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from leases.contracts.models import (
    Component,
    ComponentKind,
    DayOf,
    HouseRules,
    LateDay,
    Lease,
    Notice,
    Party,
    PersonChange,
)
from leases.contracts.rules.changes import Change
from leases.contracts.rules.notice import Document, Method
from leases.contracts.rules.persons import Role
from leases.contracts.rules.rescission import Ground
from leases.homes.models import Flat, Stair
from leases.homes.services.stock import set_address
from registry.persons.models import Person, Source
from tests.walk.canaries import CLAUSES
from tests.walk.foundation import admin_pages
from tests.walk.visits import DAY, Page, get, post
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

LOOKERS = frozenset({Group.STAFF})
WRITE = ((Group.LEASE, Level.WRITE),)
TERMS = {
    "starts_on": "1.1.2027", "term_ends_on": "", "first_notice_on": "", "due_day": "",
    "water": "persons", "smoking": "forbidden", "pets": "allowed", "delivery": "paper",
    "clauses": "",
}  # fmt: skip
NEW = TERMS | {"q": "{other_number}"}
NOTICE = {
    "document": "tenant_notice", "written": "on", "breach": "", "ground": "", "stated_end": "",
    "sent_on": "",
}  # fmt: skip
SUCCESSION = {
    "leaving": "{lease_party}", "q": "{other_number}", "relation": "spouse",
    "resident": "on", "told_on": DAY, "reason": "",
}  # fmt: skip
SINCE = {"effective_on": DAY}
HANDOVER = {
    "told_on": DAY, "effective_on": "1.12.2026", "ends_on": "1.12.2027", "q": "",
    "reason": "Opiskelu",
}  # fmt: skip
HOUSE_RULES = {"valid_from": "1.1.2099", "finnish": "Hiljaa yöllä.", "english": "Quiet at night."}
RESCISSION = {
    "breach": "2", "happened_on": DAY, "significant": "on", "ground": "Luovutettu toiselle",
    "unpaid_eur": "", "stated_end": "", "sent_on": "",
}  # fmt: skip
DRAFT, WAITING, SIGNED = ({"pk": f"{{{name}}}"} for name in ("draft", "unsigned", "lease"))

LEASES: dict[str, Page] = {
    "leases:print_many": Page((post(302), get(405))),
    "leases:print_paper": Page(
        (post(302, {"paper": "lease"}), post(302, {"paper": "outo"}), get(405)), SIGNED
    ),
    "leases:print_notice": Page((post(302), get(405)), SIGNED | {"notice": "{unserved}"}),
    "leases:list": Page((get(), get(query="rajaus=voimassa"), get(query="rajaus=outo&sivu=x"))),
    "leases:new": Page(
        (get(), post(302, NEW), post(422, NEW | {"starts_on": "x"})), {"flat": "{free_flat}"}
    ),
    "leases:imports": Page(
        (
            get(also=LOOKERS, why="the list of imports says who brought which"),
            post(422, also=LOOKERS, why="no file was chosen"),
        )
    ),
    "leases:import_template": Page(kwargs={"form": "xlsx"}),
    "leases:import_run": Page((get(404),), {"pk": "{import_run}"}),
    "leases:confirm_import": Page((post(404), get(405)), {"pk": "{import_run}"}),
    "leases:restart_import": Page((post(404), get(405)), {"pk": "{import_run}"}),
    "leases:discard_import": Page((post(404), get(405)), {"pk": "{import_run}"}),
    "leases:import_report": Page((get(404),), {"pk": "{import_run}"}),
    "leases:lease": Page((get(),), SIGNED),
    "leases:change_terms": Page(
        (get(), post(302, TERMS), post(422, TERMS | {"term_ends_on": "1.1.2020"})), DRAFT
    ),
    "leases:add_party": Page(
        (
            get(),
            post(302, {"q": "{other_number}", "role": "occupant", "valid_from": "",
                       "limit_eur": ""}),
            post(200, {"q": "1234567", "role": "occupant"}),
            post(422, {"q": "", "role": "occupant"}),
        ),
        DRAFT,
    ),
    "leases:drop_party": Page((post(302), get(405)), DRAFT | {"party": "{draft_party}"}),
    "leases:end_party": Page(
        (get(), post(422, {"on": DAY})), SIGNED | {"party": "{lease_party}"}
    ),
    "leases:sign": Page(
        (get(), post(302, {"on": DAY, "reason": "Paperi löytyi"}), post(422, {"on": "+9"})),
        WAITING | {"party": "{unsigned_party}"},
    ),
    "leases:set_component": Page(
        (
            get(),
            post(302, {"kind": "sauna", "price_eur": "12,00", "quantity": "1", "place": ""}),
            post(422, {"kind": "sauna", "price_eur": "-1", "quantity": "1", "place": ""}),
        ),
        DRAFT,
    ),
    "leases:drop_component": Page((post(302), get(405)), DRAFT | {"part": "{draft_part}"}),
    "leases:make_ready": Page((post(302), get(405)), DRAFT),
    "leases:reopen": Page((post(302), get(405)), WAITING),
    "leases:cancel": Page((get(), post(302, {"reason": "Perui"}), post(422)), WAITING),
    "leases:record_notice": Page(
        (get(), post(302, NOTICE), post(422, NOTICE | {"document": ""})), SIGNED
    ),
    "leases:serve": Page(
        (
            get(),
            post(302, {"served_on": DAY, "method": "receipt", "reason": "Paperi löytyi"}),
            post(422, {"served_on": "+9", "method": "receipt"}),
        ),
        SIGNED | {"notice": "{unserved}"},
    ),
    "leases:withdraw": Page(
        (get(), post(302, {"on": DAY}), post(422, {"on": "+9"})),
        SIGNED | {"notice": "{unserved}"},
    ),
    **{
        f"leases:succeed_{change}": Page(
            (get(), post(302, SUCCESSION | day), post(422, SUCCESSION | {"told_on": "+9"})),
            SIGNED,
        )
        for change, day in (("family", SINCE), ("permitted", {}), ("court", SINCE))
    },
    "leases:succeed_death": Page((get(), post(422, SUCCESSION)), SIGNED),  # nobody has died
    "leases:hand_over": Page(
        (get(), post(302, HANDOVER), post(422, HANDOVER | {"ends_on": ""})), SIGNED
    ),
    "leases:answer_change": Page(
        (
            get(),
            post(302, {"answer": "refused", "on": DAY, "effective_on": ""}),
            post(422, {"answer": "granted", "on": DAY, "effective_on": ""}),
        ),
        SIGNED | {"change": "{asked_transfer}"},
    ),
    "leases:record_rescission": Page(
        (get(), post(302, RESCISSION), post(422, RESCISSION | {"significant": ""})), SIGNED
    ),
    "leases:rectify": Page(
        (get(), post(302, {"on": DAY}), post(422, {"on": "+9"})),
        SIGNED | {"notice": "{served_warning}"},
    ),
    "leases:confirm_day": Page((post(302), get(405)), SIGNED | {"late": "{late_day}"}),
    **admin_pages(
        "leases_contracts_houserules",
        "{house_rules}",
        {
            "add": (get(), post(302, HOUSE_RULES), post(200, HOUSE_RULES | {"english": ""})),
            "change": (get(), post(403, HOUSE_RULES)),
        },
    ),
    "leases:agree_end": Page((get(), post(302, {"on": "31.12.2026"}), post(422)), SIGNED),
}  # fmt: skip


def plant_leases(person: Person, stair: Stair) -> dict[str, object]:
    """A draft, a lease that waits for its signature and one in force, all of the person."""
    flats = [_flat(stair, number) for number in (11, 12, 13, 14)]
    now, since = timezone.now(), dt.date(2024, 1, 1)
    rows = [Lease.objects.create(flat=flat, starts_on=since, clauses=CLAUSES) for flat in flats[:3]]
    signed_on = (None, None, dt.date(2023, 12, 1))
    parties, parts = [], []
    for row, day in zip(rows, signed_on, strict=True):
        parties.append(
            Party.objects.create(
                lease=row, person=person, role=Role.TENANT, source=Source.LEASE,
                valid_from=row.starts_on, signed_on=day,
            )
        )  # fmt: skip
        parts.append(
            Component.objects.create(
                lease=row, kind=ComponentKind.RENT, price_eur=Decimal("650.00"), valid_from=since
            )
        )
    for row, day in zip(rows[1:], signed_on[1:], strict=True):
        row.ready_at, row.concluded_on = now, day
        row.save()
    notice = Notice.objects.create(lease=rows[2], document=Document.TENANT_NOTICE)
    warning = Notice.objects.create(
        lease=rows[2], document=Document.WARNING, breach=Ground.UPKEEP, served_on=since,
        method=Method.RECEIPT,
    )  # fmt: skip
    late = LateDay.objects.create(
        lease=rows[2], what=DayOf.SIGNATURE, day=since, entered_on=now.date(), reason=CLAUSES,
        other_law=True,
    )  # fmt: skip
    asked = PersonChange.objects.create(
        lease=rows[2], change=Change.PERMITTED, leaving=parties[2], coming=person, told_on=since
    )
    return {
        "asked_transfer": asked.pk,
        "served_warning": warning.pk, "late_day": late.pk,
        "house_rules": HouseRules.objects.latest("valid_from").pk,
        "draft": rows[0].pk, "unsigned": rows[1].pk, "lease": rows[2].pk,
        "draft_party": parties[0].pk, "unsigned_party": parties[1].pk,
        "lease_party": parties[2].pk, "draft_part": parts[0].pk, "unserved": notice.pk,
        "free_flat": flats[3].pk,
    }  # fmt: skip


def _flat(stair: Stair, number: int) -> Flat:
    flat = Flat(stair=stair, number=number, rooms=2, kitchen="k", area=Decimal(50))
    set_address(flat)
    flat.save()
    return flat
