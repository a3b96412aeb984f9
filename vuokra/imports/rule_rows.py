"""The number of imports (tuonti), the company's to choose."""

from __future__ import annotations

from vuokra.policy.text import Bilingual
from vuokra.rules.registry import DAYS, name_room, register_number

FILE_DAYS = "imports.file_days"


def register_rules() -> None:
    """What `ImportsConfig.ready` registers."""
    name_room("imports", Bilingual("Tuonti", "Imports"))
    register_number(
        FILE_DAYS,
        Bilingual("vahvistamattoman tiedoston säilytys", "how long an unconfirmed file is kept"),
        7, DAYS, "(EU) 2016/679 5 artikla 1 e, yhtiön valinta", maximum=30,
        note=Bilingual("Tuodun tiedoston poistaminen", "Removing the file of an import"),
    )  # fmt: skip
