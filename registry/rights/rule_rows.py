"""The numbers of requests, as dated rows (data-protection 6.2, 6.4, 6.7, 6.8 and 12.1).

How long the file of a request is kept is R14 of `registry.retention`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from vuokra.policy.text import Bilingual
from vuokra.rules.registry import DAYS, MONTHS, YEARS, Kind, Seed, Spec, name_room, register

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
BREACH_HOURS: Final = "dsr.breach_hours"

GDPR: Final = date(2018, 5, 25)
HOURS: Final = Bilingual("h", "h")
ARTICLE_12: Final = "(EU) 2016/679 12 artikla 3; (ETY) 1182/71 3 artikla"
CHOICE: Final = "Tietosuojamäärittely 6.2, 6.7 ja 6.8, yhtiön valinta"
USE: Final = Bilingual("Tietopyyntöjen määräajat", "Deadlines of requests")


@dataclass(frozen=True, slots=True)
class Number:
    """One number: what it is, its unit, value and source."""

    key: str
    title: Bilingual
    unit: Bilingual
    value: int
    source: str = CHOICE
    evidence: str = "C"
    note: str = ""


NUMBERS: Final = [
    Number(ANSWER_MONTHS, Bilingual("vastausaika", "time to answer"),
           MONTHS, 1, ARTICLE_12, "K", "Saapumispäivää ei lasketa."),
    Number(EXTENSION_MONTHS, Bilingual("vastausajan jatkaminen", "extension of the time to answer"),
           MONTHS, 2, ARTICLE_12, "V", "Lasketaan alkuperäisestä saapumisesta."),
    Number(ASK_WITHIN,
           Bilingual("tunnistautumista pyydetään (arkipäivää)", "identity is asked (working days)"),
           DAYS, 3, note="Vain viivytyksettä pyydetty tunnistautuminen voi pysäyttää ajan."),
    Number(LAPSE_DAYS,
           Bilingual("tunnistamaton pyyntö raukeaa", "an unidentified request lapses"),
           DAYS, 30, note="Muistutuksen ja vastauksen jälkeen."),
    Number(ADDRESS_DAYS,
           Bilingual("osoite varmistettu ennen vastausta", "address confirmed before an answer"),
           DAYS, 30),
    Number(FIRST_ALERT, Bilingual("ensimmäinen hälytys ennen määräaikaa", "first alert"), DAYS, 7),
    Number(SECOND_ALERT, Bilingual("toinen hälytys ennen määräaikaa", "second alert"), DAYS, 2),
    Number(REPEAT_MONTHS, Bilingual("toistuvien pyyntöjen laskenta", "counting of repetitions"),
           MONTHS, 12),
    Number(OWN_VIEW_AGE, Bilingual("lapsen oman näkemyksen ikä", "age of a child's own view"),
           YEARS, 15, note="Huoltajan pyynnössä lapsen näkemys punnitaan."),
    Number(BREACH_HOURS,
           Bilingual("tietoturvaloukkauksen ilmoitusaika", "time to notify a breach"),
           HOURS, 72, "(EU) 2016/679 33 artikla 1", "K", "Peräkkäisiä tunteja havaitsemisesta."),
]  # fmt: skip


def register_rules() -> None:
    """Register the rules of the room."""
    name_room(ROOM, Bilingual("Tietopyynnöt", "Requests of data subjects"))
    for one in NUMBERS:
        seed = Seed(GDPR, one.value, source=one.source, note=one.note, evidence=one.evidence)
        register(
            Spec(
                key=one.key, title=one.title, kind=Kind.INTEGER, unit=one.unit, minimum=0,
                note=USE, seeds=[seed],
            )
        )  # fmt: skip
