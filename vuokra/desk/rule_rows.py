"""Numbers of the work queue (työjono), which the company chooses (user interface 5.1)."""

from __future__ import annotations

from vuokra.policy.text import Bilingual
from vuokra.rules.registry import DAYS, name_room, register_number

PUT_OFF_DAYS = "desk.put_off_days"
HANDLING_DAYS = "desk.handling_days"
CHOICE = "Käyttöliittymän määrittely 5.1, yhtiön valinta"


def register_rules() -> None:
    """What `DeskConfig.ready` registers."""
    name_room("desk", Bilingual("Työjono", "Work queue"))
    register_number(
        PUT_OFF_DAYS,
        Bilingual("kuinka paljon riviä siirretään kerralla", "how far a row is put off at a time"),
        7, DAYS, CHOICE, maximum=31,
        note=Bilingual("Työjonon rivin siirtäminen", "Putting a row off"),
    )  # fmt: skip
    register_number(
        HANDLING_DAYS,
        Bilingual("rivin käsittelytiedon säilytys", "how long the handling of a row is kept"),
        180, DAYS, CHOICE, minimum=30,
        note=Bilingual(
            "Kenellä rivi on ja mihin se on siirretty", "Who has a row, and when it comes back"
        ),
    )  # fmt: skip
