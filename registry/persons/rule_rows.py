"""Numbers about people: majority, informing them, how long a purpose serves, review of holds."""

from __future__ import annotations

from datetime import date

from vuokra.policy.text import Bilingual
from vuokra.rules.registry import MINUTES, MONTHS, YEARS, name_room, register_number

NOTICE_MONTHS = "persons.notice_months"
PURPOSE_MINUTES = "persons.purpose_minutes"
HOLD_REVIEW = "retention.hold_review"
MAJORITY = "persons.majority_years"


def register_rules() -> None:
    """What `PersonsConfig.ready` registers."""
    name_room("persons", Bilingual("Henkilöt", "People"))
    register_number(
        MAJORITY,
        Bilingual("täysi-ikäisyys", "age of majority"),
        18,
        YEARS,
        "Laki holhoustoimesta 442/1999 2 §, sitä ennen holhouslaki (457/1976)",
        note=Bilingual(
            "Huoltajuus, suostumukset, lasten henkilötunnukset ja tietopyynnöt",
            "Guardianship, consents, identity codes of children and requests",
        ),
        evidence="V",
        since=date(1977, 1, 1),
        maximum=30,
    )
    register_number(
        NOTICE_MONTHS,
        Bilingual("informointi muualta saaduista tiedoista", "informing of data from elsewhere"),
        1,
        MONTHS,
        "Tietosuoja-asetus (EU) 2016/679 14 artikla 3 a",
        note=Bilingual("Informoinnin määräpäivä", "Last day to inform"),
        evidence="K",
        since=date(2018, 5, 25),
        maximum=1,
    )
    register_number(
        PURPOSE_MINUTES,
        Bilingual("kerran kerrotun käyttötarkoituksen kesto", "how long a stated purpose serves"),
        30,
        MINUTES,
        "Käyttöliittymän määrittely 6: enintään 30 min",
        note=Bilingual("Henkilön sivujen käyttötarkoitus", "Purpose of a person's pages"),
        minimum=0,
        maximum=30,
    )
    register_number(
        HOLD_REVIEW,
        Bilingual("säilytyspidon tarkistus", "review of a legal hold"),
        6,
        MONTHS,
        "Tietosuojamäärittely 5.3, yhtiön valinta",
        note=Bilingual("Säilytyspidon tarkistuspäivä", "Review date of a legal hold"),
        maximum=6,
    )
