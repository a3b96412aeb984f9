"""How long a collected copy and its package are kept, as dated rows (data-protection 6.3, R14).

The file of the request tells for years that a copy was given and with which digest; the copy itself
holds everything and goes as soon as it has served.
"""

from __future__ import annotations

from typing import Final

from vuokra.policy.text import Bilingual
from vuokra.rules.registry import DAYS, name_room, register_number

ROOM: Final = "copies"
OPEN_DAYS: Final = "copies.open_days"
GIVEN_DAYS: Final = "copies.given_days"
CHOICE: Final = "Tietosuoja-asetus 5 artikla 1 e; tietosuojamäärittely 5.3 R14, yhtiön valinta"
USE: Final = Bilingual("Jäljennösten hävittäminen", "Destroying copies")


def register_rules() -> None:
    """Register the rules of the room."""
    name_room(ROOM, Bilingual("Jäljennökset tiedoista", "Copies of personal data"))
    register_number(
        OPEN_DAYS,
        Bilingual(
            "kootut tiedot, joita ei ole annettu, hävitetään kokoamisesta",
            "collected data that were not handed over are destroyed after the collecting",
        ),
        120, DAYS, CHOICE, note=USE, minimum=93, maximum=365,
    )  # fmt: skip
    register_number(
        GIVEN_DAYS,
        Bilingual(
            "kootut tiedot ja paketti hävitetään antamisesta",
            "collected data and the package are destroyed after the handing over",
        ),
        30, DAYS, CHOICE, note=USE, maximum=180,
    )  # fmt: skip
