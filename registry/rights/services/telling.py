"""Telling recipients of a rectification, an erasure or a restriction (6.5, 19 artikla).

The tasks lie in `registry.disclosures`, which knows who was given what; a request is closed when
none of its own is left.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from registry.disclosures.models import NotifyReason
from registry.disclosures.services import notify_recipients
from registry.rights.models import Correction, DataRequest, Target
from vuokra.policy.items import ALL_ITEMS, ItemKind

EVERYTHING: Final = frozenset(
    code
    for item in ALL_ITEMS
    if item.kind is ItemKind.COLUMN
    for code in (item.code, *item.more_codes)
)
CODES: Final[dict[str, frozenset[str]]] = {
    Target.NAME: frozenset({"PT-NIMI"}),
    Target.IDENTITY: frozenset({"PT-HETU", "PT-SYNT"}),
    Target.CONTACT: frozenset({"PT-PUH", "PT-EMAIL"}),
    Target.ADDRESS: frozenset({"PT-OSOITE"}),
    Target.HOUSEHOLD: frozenset({"HK-TALOUSLKM", "HK-TALOUSNIMI", "HK-TALOUSHETU"}),
}
"""Register items of what may be rectified; of anything else, every item that was given."""


def tell_of_correction(correction: Correction, number: str) -> None:
    """Make a task for each recipient who was given the value that was wrong."""
    codes = CODES.get(correction.target, EVERYTHING)
    notify_recipients(correction.person, codes, NotifyReason.RECTIFIED, number)


def tell(row: DataRequest, reason: NotifyReason, codes: Collection[str] = EVERYTHING) -> None:
    """Make a task for each recipient who was given anything of these items of the person."""
    if row.person is not None:
        notify_recipients(row.person, codes, reason, row.number)
