"""The lease as it is signed (vuokrasopimus), and the guarantee (takaussitoumus).

What was made ready to be signed stands in both for good: the database keeps it. Printed anew after
the signatures they say when it was signed, and nothing that came later. The identity codes of those
who sign stand in them (data-protection 8.3): nobody else's, and none in a draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.contracts.models import Lease, Party, in_order
from leases.contracts.papers.annexes import RULES
from leases.contracts.papers.common import (
    NOTHING,
    PREFIX,
    TEMPLATES,
    Data,
    agreed,
    codes_of,
    copy_note,
    flat_facts,
    from_the_start,
    full_name,
    landlord,
    living,
    paragraphs,
    rent_row,
    row_of,
    signer,
    signing_tenants,
    total,
)
from leases.contracts.papers.sections import Place, sections_of
from leases.contracts.rule_rows import DUE_DAY, LONG_AFTER, LONG_MONTHS, SHORT_MONTHS, TENANT_MONTHS
from leases.contracts.rules.persons import Role
from leases.contracts.services.common import numbers_of
from leases.homes.models import Key
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document
from vuokra.documents.registry import Kind
from vuokra.policy.groups import Group
from vuokra.ui import formatting

ANNEXES: Final = (RULES,)
"""What is handed over with every lease (liitteet). Special terms stand in the lease itself."""


def lease_data(document: Document) -> Data:
    """What the lease says; ten statements, nine once it was made ready."""
    row = row_of(document)
    lease = row.lease
    parts = agreed(lease, in_order(lease.components.select_related("place")))
    draft, tenants = lease.ready_at is None, signing_tenants(row)
    return {
        "draft": draft,
        "mark": _("LUONNOS"),
        "copy": copy_note(lease),
        "protected": row.hidden,
        "tenants": _tenants(tenants, coded=not draft),
        "liability": len(tenants) > 1,
        "flat": flat_facts(row, agreed=True) + _keys(lease),
        "term": _term(lease),
        "open_ended": lease.term_ends_on is None,
        "notice": _notice(lease),
        "law": _law(lease),
        "rent": [rent_row(part) for part in parts],
        "total": total(parts),
        "payment": _payment(lease),
        "sections": sections_of(Place.LEASE, lease),
        "residents": [full_name(one.person) for one in living(from_the_start(row))],
        "living": [
            [_("Tupakointi"), str(lease.get_smoking_display())],
            [_("Lemmikit"), str(lease.get_pets_display())],
        ],
        "clauses": paragraphs(lease.clauses),
        "annexes": [str(one.title) for one in ANNEXES],
        "guarantors": [full_name(one.person) for one in row.parties if one.role == Role.GUARANTOR],
        "signers": [] if draft else [landlord(), *(signer(one) for one in tenants)],
    }


def _tenants(tenants: Sequence[Party], *, coded: bool) -> list[list[str]]:
    known = codes_of([one.person for one in tenants]) if coded else {}
    found = []
    for party in tenants:
        found.append([str(party.get_role_display()), full_name(party.person)])
        if party.person_id in known:
            found.append(known[party.person_id])
    return found


def _keys(lease: Lease) -> list[list[str]]:
    if lease.premises is not None:
        count = lease.premises.keys
    else:
        count = Key.objects.filter(flat=lease.flat_id, lost_on__isnull=True).count()
    return [[_("Huoneiston avaimia"), str(count)]] if count else []


def _term(lease: Lease) -> list[list[str]]:
    found = [[_("Alkaa"), formatting.date(lease.starts_on)]]
    if lease.term_ends_on is None:
        found.insert(0, [_("Kesto"), _("Toistaiseksi voimassa oleva")])
    else:
        found.insert(0, [_("Kesto"), _("Määräaikainen")])
        found.append([_("Päättyy"), formatting.date(lease.term_ends_on)])
    if lease.first_notice_on is not None:
        found.append([_("Ensimmäinen irtisanomispäivä"), formatting.date(lease.first_notice_on)])
    return found


def _notice(lease: Lease) -> dict[str, int]:
    """The notice periods of the law by which the lease is, or is about to be, concluded."""
    day = lease.concluded_on or timezone.localdate()
    numbers = numbers_of(day)
    keys = {
        "tenant": TENANT_MONTHS, "short": SHORT_MONTHS, "after": LONG_AFTER, "long": LONG_MONTHS,
    }  # fmt: skip
    return {name: numbers(key, day).integer for name, key in keys.items()}


def _law(lease: Lease) -> dict[str, str]:
    """Which version of the act holds for the lease: the row of the notice period says it."""
    day = lease.concluded_on or timezone.localdate()
    row = numbers_of(day)(LONG_MONTHS, day)
    return {
        "since": formatting.date(row.valid_from),
        "until": formatting.date(row.valid_until) if row.valid_until else "",
    }


def _payment(lease: Lease) -> list[list[str]]:
    day = lease.due_day
    if day is None:
        on = lease.concluded_on or timezone.localdate()
        day = numbers_of(on)(DUE_DAY, on).integer
    return [
        [_("Eräpäivä"), _("kuukauden %(day)s. päivä") % {"day": day}],
        [_("Vesimaksu"), str(lease.get_water_display())],
    ]


# -- the guarantee -----------------------------------------------------------------------------


def guarantee_data(document: Document) -> Data:
    """What a guarantor signs: with the names of the tenants, and nothing else of them. The flat is
    not named under turvakielto: the guarantor lives elsewhere."""
    row = row_of(document)
    mine = [
        one for one in row.parties
        if one.role == Role.GUARANTOR and one.person_id == document.subject_id
    ]  # fmt: skip
    if not mine:
        raise NotMade(Fault.DATA)
    party, lease = mine[0], row.lease
    parts = agreed(lease, lease.components.select_related("place"))
    code = codes_of([party.person]).get(party.person_id, [_("Henkilötunnus"), NOTHING])
    limit = _("ei enimmäismäärää") if party.limit_eur is None else formatting.money(party.limit_eur)
    tenants = ", ".join(full_name(one.person) for one in signing_tenants(row))
    return {
        "copy": copy_note(lease),
        "name": full_name(party.person),
        "code_label": code[0],
        "code": code[1],
        "lease": [
            *flat_facts(row, named=False, agreed=True),
            [_("Vuokralaiset"), tenants],
            [_("Alkaa"), formatting.date(lease.starts_on)],
            [_("Vuokra kuukaudessa"), total(parts)],
        ],
        "limit": limit,
        "signers": [landlord(), signer(party)],
    }


LEASE = Kind(
    key=f"{PREFIX}lease", title=gettext_lazy("Vuokrasopimus"), group=Group.LEASE, item="VS-SOP",
    templates=f"{TEMPLATES}lease.typ", data=lease_data, hetu=True,
)  # fmt: skip
GUARANTEE = Kind(
    key=f"{PREFIX}guarantee", title=gettext_lazy("Takaussitoumus"), group=Group.LEASE,
    item="VS-SOP", templates=f"{TEMPLATES}guarantee.typ", data=guarantee_data, hetu=True,
)  # fmt: skip
