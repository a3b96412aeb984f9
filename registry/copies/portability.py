"""What goes into the extract of portable data (20 artikla), out of the register items. No database.

Article 20: what the person gave, processed on consent or contract. Both are told by the item, so
that a new one comes along by itself; where the specification (6.6) says otherwise, it is named here
with the reason.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from vuokra.policy.basis import Basis
from vuokra.policy.items import ITEMS, ItemKind, RegisterItem
from vuokra.policy.sources import Source

BASES: Final = frozenset({Basis.CONSENT, Basis.EXPLICIT_CONSENT, Basis.CONTRACT})
"""Consent (6(1)(a), 9(2)(a)) and contract (6(1)(b)): article 20(1)(a)."""

GIVEN: Final = frozenset({Source.APPLICATION, Source.LEASE, Source.PERSON})
"""Sources that are the person: application, lease, the person's own word."""

ADDED: Final = {
    "HK-TALOUSLKM": "the household as the person gave it",
    "HK-TALOUSNIMI": "the household as the person gave it",
    "VS-MAKSU": "payments, observed of what the person did",
}
"""Items that 6.6 names though their bases or sources alone would not tell."""

LEFT_OUT: Final = {
    "PT-RYHMÄ": "what the company concludes of the relations",
    "HK-TALOUSHETU": "codes of others, and why the company recorded them",
    "MU-TURVA": "kept by law, whatever contract there is",
    "KUOLEMA": "of a dead person, who asks for nothing",
    "KUOLINPESÄ": "of a dead person, who asks for nothing",
}
"""Items that bases and sources would take along, and why they are not."""


def goes_along(item: RegisterItem) -> bool:
    """Whether a register item is given by the person and processed on contract or consent.

    Scores, notes of staff and credit results are not given by the person; the selection rests on a
    public task.
    """
    given = not GIVEN.isdisjoint(item.sources)
    return item.kind is ItemKind.COLUMN and given and not BASES.isdisjoint(item.legal_bases)


PORTABLE: Final = (
    frozenset(code for code, item in ITEMS.items() if goes_along(item)) - LEFT_OUT.keys()
    | ADDED.keys()
)
"""Codes of the items of the extract."""


def is_portable(codes: Collection[str], source: str | None) -> bool:
    """Whether a row of these register items goes into the extract: an item of it that the person
    gave. A row without a source is of the company's dealings with the person."""
    return not PORTABLE.isdisjoint(codes) and (source is None or source in GIVEN)
