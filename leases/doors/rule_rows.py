"""The on-call hours of maintenance as dated rows (data-protection S10-02).

A time of day is kept in minutes from midnight: 930 is 15.30.
"""

from __future__ import annotations

from typing import Final

from vuokra.policy.text import Bilingual
from vuokra.rules.registry import BEGIN, Kind, Seed, Spec, name_room, register, register_number

FROM: Final = "oncall.from_minute"
FRIDAY_FROM: Final = "oncall.friday_from_minute"
UNTIL: Final = "oncall.until_minute"
EVES: Final = "oncall.eves"

LAST_MINUTE: Final = 24 * 60 - 1
MINUTE_OF_DAY: Final = Bilingual("min keskiyöstä", "min from midnight")
CALENDAR: Final = Bilingual("Huollon päivystysaika", "On-call hours of maintenance")
SOURCE: Final = "Rekisteriseloste 15.1.2019"

_TIMES: Final = (
    (
        FROM,
        Bilingual("päivystys alkaa maanantaista torstaihin", "on-call begins Monday to Thursday"),
        15 * 60 + 30,
    ),
    (
        FRIDAY_FROM,
        Bilingual("päivystys alkaa perjantaina", "on-call begins on Friday"),
        13 * 60 + 45,
    ),
    (
        UNTIL,
        Bilingual("päivystys päättyy arkiaamuna", "on-call ends on the morning of a working day"),
        7 * 60,
    ),
)


def register_rules() -> None:
    """What `DoorsConfig.ready` registers."""
    name_room("oncall", Bilingual("Päivystys", "On-call"))
    for key, title, value in _TIMES:
        register_number(
            key, title, value, MINUTE_OF_DAY, SOURCE,
            note=CALENDAR, evidence="V", minimum=0, maximum=LAST_MINUTE,
        )  # fmt: skip
    register(
        Spec(
            key=EVES,
            title=Bilingual(
                "jouluaattona ja juhannusaattona päivystetään kuin arkipyhänä",
                "Christmas Eve and Midsummer Eve are on-call days as public holidays are",
            ),
            kind=Kind.BOOLEAN,
            note=CALENDAR,
            seeds=[
                Seed(
                    BEGIN, True, source="Yhtiön käytäntö",
                    note="Rekisteriseloste nimeää vain arkipyhät.",
                )
            ],
        )
    )  # fmt: skip
