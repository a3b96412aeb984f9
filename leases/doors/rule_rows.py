"""The on-call hours of maintenance as dated rows (data-protection S10-02), and the numbers of door
openings.

A time of day is kept in minutes from midnight: 930 is 15.30.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from vuokra.policy.text import Bilingual
from vuokra.rules.registry import (
    BEGIN,
    EUROS,
    TIMES,
    Kind,
    Seed,
    Spec,
    name_room,
    register,
    register_number,
)

FROM: Final = "oncall.from_minute"
FRIDAY_FROM: Final = "oncall.friday_from_minute"
UNTIL: Final = "oncall.until_minute"
EVES: Final = "oncall.eves"
GAP_DAYS: Final = "oncall.gap_days"

QUESTIONS: Final = "doors.questions_per_hour"
REPORT_HOURS: Final = "doors.report_hours"
FEE: Final = "doors.fee_eur"
UNCONFIRMED_DAYS: Final = "doors.unconfirmed_days"

LAST_MINUTE: Final = 24 * 60 - 1
MINUTE_OF_DAY: Final = Bilingual("min keskiyöstä", "min from midnight")
HOURS: Final = Bilingual("tuntia", "hours")
DAYS: Final = Bilingual("pv", "d")
CALENDAR: Final = Bilingual("Huollon päivystysaika", "On-call hours of maintenance")
SOURCE: Final = "Rekisteriseloste 15.1.2019"
PRACTICE: Final = "Yhtiön käytäntö"

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
    name_room("doors", Bilingual("Ovenavaukset", "Door openings"))
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
                Seed(BEGIN, True, source=PRACTICE, note="Rekisteriseloste nimeää vain arkipyhät.")
            ],
        )
    )
    register_number(
        GAP_DAYS,
        Bilingual(
            "miten kauas ennen päivystäjän puuttuminen kerrotaan",
            "how far ahead a missing person on call is told",
        ),
        7, DAYS, PRACTICE, note=Bilingual("Työjonon rivi", "Row of the work queue"), maximum=60,
    )  # fmt: skip
    _register_openings()


def _register_openings() -> None:
    register_number(
        QUESTIONS,
        Bilingual(
            "ovenavauskysymyksiä käyttäjältä tunnissa", "questions at the door by a user in an hour"
        ),
        20, TIMES, PRACTICE, note=Bilingual("Ovenavaus", "Door opening"), maximum=1000,
    )  # fmt: skip
    register_number(
        REPORT_HOURS,
        Bilingual(
            "milloin ovenavauksen tulosta kysytään tilauksesta",
            "how long after its order the outcome of an opening is asked for",
        ),
        4, HOURS, PRACTICE, note=Bilingual("Työjonon rivi", "Row of the work queue"), maximum=720,
    )  # fmt: skip
    register_number(
        UNCONFIRMED_DAYS,
        Bilingual(
            "kuinka kauan vahvistamatta jäänyt ovenavauskysymys säilytetään",
            "how long a question at the door that confirmed nothing is kept",
        ),
        90, DAYS, PRACTICE, note=Bilingual("Ovenavaus", "Door opening"), maximum=1000,
    )  # fmt: skip
    register(
        Spec(
            key=FEE,
            title=Bilingual("avausmaksu asukkaalta", "fee of an opening from the resident"),
            kind=Kind.DECIMAL,
            unit=EUROS,
            minimum=Decimal(0),
            maximum=Decimal(1000),
            note=Bilingual("Ovenavaus", "Door opening"),
            seeds=[
                Seed(
                    BEGIN, Decimal(0), source=PRACTICE,
                    note="Nolla: maksua ei peritä, ennen kuin yhtiö vahvistaa sen.",
                )
            ],
        )
    )  # fmt: skip
