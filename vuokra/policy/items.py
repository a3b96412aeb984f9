"""Register items (rekisterin tietosisältö) S1 … S10 and SY: the whole register description.

Source: data-protection specification, section 4. The privacy notice, the article 30 record, the
data-subject copy and the retention job are made from these rows and the catalogue.
"""

from __future__ import annotations

from vuokra.policy.register import (
    applications,
    controller,
    other,
    outside,
    persons,
    protection,
    rights,
    system,
    tenancy,
)
from vuokra.policy.register.model import (
    DataSubject,
    ItemKind,
    Protection,
    RegisterItem,
    State,
)

__all__ = [
    "ALL_ITEMS", "BY_ID", "ITEMS", "DataSubject", "ItemKind", "Protection", "RegisterItem", "State",
]  # fmt: skip

ALL_ITEMS: tuple[RegisterItem, ...] = tuple(
    item
    for section in (
        controller, persons, applications, tenancy, other, outside, protection, rights, system
    )
    for item in section.ITEMS
)  # fmt: skip

BY_ID: dict[str, RegisterItem] = {item.id: item for item in ALL_ITEMS}
ITEMS: dict[str, RegisterItem] = {
    code: item for item in ALL_ITEMS for code in (item.code, *item.more_codes)
}
