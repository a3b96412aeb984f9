"""Annexes of a lease (liitteet): residents and rent as they are now, special terms, house rules."""

from __future__ import annotations

import re

from django.utils import timezone
from django.utils.translation import gettext_lazy

from leases.contracts.models import HouseRules, in_order
from leases.contracts.papers.common import (
    PREFIX,
    TEMPLATES,
    Data,
    flat_facts,
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
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document
from vuokra.documents.registry import Kind
from vuokra.policy.groups import Group
from vuokra.ui import formatting


def household_data(document: Document) -> Data:
    """Residents and rent as they are today, or on the first day of a lease to come: what has
    changed since the lease was signed stands here. Six statements."""
    row = row_of(document)
    lease = row.lease
    day = max(timezone.localdate(), lease.starts_on)
    if lease.ends_on is not None:
        day = min(day, lease.ends_on)
    parts = [
        part for part in in_order(lease.components.select_related("place"))
        if part.valid_from <= day and (part.valid_to is None or day <= part.valid_to)
    ]  # fmt: skip
    return {
        "number": str(lease.number),
        "day": formatting.date(day),
        "flat": flat_facts(row)[1:],
        "residents": [
            [full_name(one.person), str(one.get_role_display()), formatting.date(one.valid_from)]
            for one in living(row.parties, day)
        ],
        "rent": [rent_row(part, dated=True) for part in parts],
        "total": total(parts),
    }


def clauses_data(document: Document) -> Data:
    """The special terms of the lease, to be signed beside it. Raises NotMade without any."""
    row = row_of(document)
    clauses = paragraphs(row.lease.clauses)
    if not clauses:
        raise NotMade(Fault.DATA)
    ready = row.lease.ready_at is not None
    return {
        "number": str(row.lease.number),
        "clauses": clauses,
        "signers": [landlord(), *(signer(one) for one in signing_tenants(row))] if ready else [],
    }


def rules_data(document: Document) -> Data:
    """The house rules of the company: of a lease those that held when it was made ready to be
    signed, of a draft today's. They say nothing of anybody. Raises NotMade when none held."""
    ready = row_of(document).lease.ready_at
    day = timezone.localdate(ready) if ready is not None else timezone.localdate()
    held = HouseRules.objects.filter(valid_from__lte=day).first()
    if held is None:
        raise NotMade(Fault.DATA)
    return {"parts": parts_of(held.text(document.language))}


def parts_of(text: str) -> list[Data]:
    """A text as headings, each with its paragraphs: a heading is a line that begins with #, an
    empty line stands between paragraphs."""
    found: list[Data] = [{"title": "", "paragraphs": []}]
    for block in re.split(r"\n\s*\n", text.replace("\r", "")):
        title, lines = "", block.strip()
        if lines.startswith("#"):
            title, _newline, lines = lines.partition("\n")
            found.append({"title": title.lstrip("# "), "paragraphs": []})
        if words := " ".join(lines.split()):
            found[-1]["paragraphs"].append(words)
    return [one for one in found if one["title"] or one["paragraphs"]]


HOUSEHOLD = Kind(
    key=f"{PREFIX}household", title=gettext_lazy("Liite: asukkaat ja vuokra"), group=Group.LEASE,
    item="VS-SOP", templates=f"{TEMPLATES}household.typ", data=household_data,
)  # fmt: skip
CLAUSES = Kind(
    key=f"{PREFIX}clauses", title=gettext_lazy("Liite: erityisehdot"), group=Group.LEASE,
    item="VS-SOP", templates=f"{TEMPLATES}clauses.typ", data=clauses_data,
)  # fmt: skip
RULES = Kind(
    key=f"{PREFIX}rules", title=gettext_lazy("Järjestyssäännöt"), group=Group.LEASE,
    item="VS-SOP", templates=f"{TEMPLATES}rules.typ", data=rules_data,
)  # fmt: skip
