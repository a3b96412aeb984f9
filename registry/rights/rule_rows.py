"""The numbers of requests, as dated rows (data-protection 6.2, 6.4, 6.7 and 6.8).

How long the file of a request is kept is R14 of `registry.retention`.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from vuokra.policy.text import Bilingual
from vuokra.rules.registry import (
    DAYS,
    MONTHS,
    YEARS,
    Kind,
    Seed,
    Spec,
    name_room,
    register,
    register_number,
)

ROOM: Final = "dsr"
ANSWER_MONTHS: Final = "dsr.answer_months"
EXTENSION_MONTHS: Final = "dsr.extension_months"
ASK_WITHIN: Final = "dsr.identity_ask_working_days"
LAPSE_DAYS: Final = "dsr.identity_lapse_days"
ADDRESS_DAYS: Final = "dsr.address_confirmed_days"
FIRST_ALERT: Final = "dsr.first_alert_days"
SECOND_ALERT: Final = "dsr.second_alert_days"
REPEAT_MONTHS: Final = "dsr.repeat_months"
OWN_VIEW_AGE: Final = "dsr.own_view_age"
SUPERVISOR: Final = "dsr.supervisor"

GDPR: Final = date(2018, 5, 25)
ARTICLE_12: Final = "(EU) 2016/679 12 artikla 3; (ETY) 1182/71 3 artikla"
CHOICE: Final = "Tietosuojamäärittely 6.2, 6.7 ja 6.8, yhtiön valinta"
USE: Final = Bilingual("Tietopyyntöjen määräajat", "Deadlines of requests")


NUMBERS: Final[list[tuple[str, Bilingual, Bilingual, int, str, str]]] = [
    (ANSWER_MONTHS, Bilingual("vastausaika saapumisesta", "time to answer from receipt"),
     MONTHS, 1, ARTICLE_12, "K"),
    (EXTENSION_MONTHS,
     Bilingual("jatkoaika alkuperäisen päälle", "extension on top of the first time"),
     MONTHS, 2, ARTICLE_12, "V"),
    (ASK_WITHIN,
     Bilingual("tunnistautumista pyydetään (arkipäivää)", "identity is asked (working days)"),
     DAYS, 3, CHOICE, "C"),
    (LAPSE_DAYS, Bilingual("tunnistamaton pyyntö raukeaa", "an unidentified request lapses"),
     DAYS, 30, CHOICE, "C"),
    (ADDRESS_DAYS,
     Bilingual("osoite varmistettu ennen vastausta", "address confirmed before an answer"),
     DAYS, 30, CHOICE, "C"),
    (FIRST_ALERT, Bilingual("ensimmäinen hälytys ennen määräaikaa", "first alert"),
     DAYS, 7, CHOICE, "C"),
    (SECOND_ALERT, Bilingual("toinen hälytys ennen määräaikaa", "second alert"),
     DAYS, 2, CHOICE, "C"),
    (REPEAT_MONTHS, Bilingual("toistuvien pyyntöjen laskenta", "counting of repetitions"),
     MONTHS, 12, CHOICE, "C"),
    (OWN_VIEW_AGE, Bilingual("lapsen oman näkemyksen ikä", "age of a child's own view"),
     YEARS, 15, CHOICE, "C"),
]  # fmt: skip


def register_rules() -> None:
    """Register the rules of the room."""
    name_room(ROOM, Bilingual("Tietopyynnöt", "Requests of data subjects"))
    for key, title, unit, value, source, evidence in NUMBERS:
        register_number(
            key, title, value, unit, source, note=USE, evidence=evidence, since=GDPR, minimum=0
        )
    register(
        Spec(
            key=SUPERVISOR,
            title=Bilingual("valvontaviranomaisen yhteystiedot", "contact of the supervisor"),
            kind=Kind.TEXT,
            note=Bilingual("Vastausten oikeussuojaohje", "Remedies in answers"),
            seeds=[
                Seed(
                    GDPR,
                    "Tietosuojavaltuutetun toimisto, PL 800, 00531 Helsinki, tietosuoja@om.fi",
                    source="tietosuoja.fi",
                    evidence="K",
                )
            ],
        )
    )
