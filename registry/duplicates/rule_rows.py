"""How long a merge can be undone."""

from __future__ import annotations

from vuokra.policy.text import Bilingual
from vuokra.rules.registry import DAYS, name_room, register_number

UNDO_DAYS = "duplicates.undo_days"


def register_rules() -> None:
    """What `DuplicatesConfig.ready` registers."""
    name_room("duplicates", Bilingual("Kaksoiskappaleet", "Duplicates"))
    register_number(
        UNDO_DAYS,
        Bilingual("yhdistämisen kumoamisaika", "time to undo a merge"),
        30,
        DAYS,
        "Yhtiön valinta",
        note=Bilingual(
            "Yhdistämisen kumoaminen; yhdistämispäivää ei lasketa",
            "Undoing a merge; the day of the merge is not counted",
        ),
        maximum=365,
    )
