"""The numbers of applications. How long one is valid is `retention.R1` (section 10.4)."""

from __future__ import annotations

from typing import Final

from vuokra.policy.text import Bilingual
from vuokra.rules.registry import DAYS, YEARS, name_room, register_number

VALIDITY: Final = "retention.R1"
COMPLETE_DAYS: Final = "application.complete_days"
EXPIRING_DAYS: Final = "application.expiring_days"
PARTY_AGE: Final = "application.party_age"
CHOICE: Final = "Yhtiön valinta"


def register_rules() -> None:
    """Register the rules of the room; called from AppConfig.ready."""
    name_room("application", Bilingual("Hakemukset", "Applications"))
    register_number(
        COMPLETE_DAYS,
        Bilingual("hakemuksen täydentämisaika", "time to complete an application"),
        14,
        DAYS,
        CHOICE,
        note=Bilingual("Täydennyspyynnön eräpäivän ehdotus", "The due day that is proposed"),
        minimum=3,
        maximum=90,
    )
    register_number(
        EXPIRING_DAYS,
        Bilingual("muistutus ennen hakemuksen vanhenemista", "reminder before expiry"),
        14,
        DAYS,
        CHOICE,
        note=Bilingual("Vanhenevien hakemusten luettelo ja työjono", "The list of those expiring"),
        minimum=1,
        maximum=60,
    )
    register_number(
        PARTY_AGE,
        Bilingual("ikä, jossa voi hakea asuntoa itse", "age from which one may apply"),
        15,
        YEARS,
        "Laki 1169/2022 11 §",
        note=Bilingual("Alaikäisen hakemus", "The application of a minor"),
        evidence="K",
        minimum=15,
        maximum=18,
    )
