"""What the data-subject copy tells of disclosures: to whom, when, what, and beyond which border."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.copies import blocks
from registry.copies.blocks import RECIPIENTS, TRANSFERS, Told
from registry.copies.collecting import Explained, explain
from registry.disclosures import queries
from registry.disclosures.models import Category, DisclosedPerson, Disclosure
from registry.disclosures.texts import named
from vuokra.ui import formatting


def recipients(ids: Collection[int], day: date) -> Told | None:
    """The actual recipients, by name and date (article 15(1)(c), C-154/21); one statement."""
    rows = [
        [
            formatting.date(one.at.date()), one.recipient.name, named(one.codes),
            str(one.purpose.label), one.law, one.channel,
        ]
        for one in queries.given_of(ids)
        if one.recipient is not None
    ]  # fmt: skip
    head = [
        _("Milloin"), _("Kenelle"), _("Mitkä tiedot"), _("Käyttötarkoitus"), _("Peruste"),
        _("Miten"),
    ]  # fmt: skip
    return Told(head=head, rows=rows) if rows else None


def transfers(ids: Collection[int], day: date) -> Told | None:
    """Recipients outside the EU and EEA, and what protects the data there; one statement."""
    found = {
        (one.recipient.name, one.recipient.country, one.instrument)
        for one in queries.given_of(ids)
        if one.recipient is not None and one.recipient.category == Category.THIRD_COUNTRY
    }
    head = [_("Kenelle"), _("Maa"), _("Siirtoperuste")]
    return Told(head=head, rows=[list(row) for row in sorted(found)]) if found else None


def disclosures(rows: Sequence[DisclosedPerson], ids: Collection[int]) -> Mapping[int, Explained]:
    """Each disclosure in words; one statement."""
    wanted = Disclosure.objects.filter(pk__in={row.disclosure_id for row in rows})
    words = {one.pk: _words(one) for one in wanted.select_related("recipient")}
    return {row.pk: Explained(words[row.disclosure_id], words[row.disclosure_id]) for row in rows}


def _words(row: Disclosure) -> str:
    to = row.recipient.name if row.recipient else _("oma käyttö")
    return f"{formatting.date(row.at.date())}, {to}: {named(row.codes)}"


def items(rows: Sequence[Any], ids: Collection[int]) -> Mapping[int, Explained]:
    """Codes of register items by their names; no statement."""
    return {row.pk: Explained(list(row.codes), named(row.codes)) for row in rows}


def register() -> None:
    """Called from the room's AppConfig."""
    blocks.register("disclosures", RECIPIENTS, gettext_lazy("Luovutukset"), recipients)
    blocks.register("transfers", TRANSFERS, gettext_lazy("Siirrot"), transfers)
    explain("registry_disclosures_disclosedperson", "disclosure", disclosures)
    for table in ("disclosure", "authorityrequest", "notification"):
        explain(f"registry_disclosures_{table}", "codes", items)
