"""Numbers of the review and of break-glass, as dated rules (data-protection 9.5, 10.4, 12.1)."""

from __future__ import annotations

from datetime import date

from vuokra.policy.text import Bilingual
from vuokra.rules.registry import (
    DAYS,
    MINUTES,
    MONTHS,
    NO_UNIT,
    TIMES,
    Kind,
    Seed,
    Spec,
    name_room,
    register,
)

SINCE = date(2018, 5, 25)
REVIEW = "Tietosuojan määrittely 9.5"
GLASS = "Tietosuojan määrittely 10.4"
PERSONS = Bilingual("henkilöä", "persons")
EVENTS = Bilingual("tapahtumaa", "events")
HOURS = Bilingual("h", "h")

OF_REVIEW = Bilingual("Käytönvalvonnan hälytykset", "Alerts of the control of use")
OF_GLASS = Bilingual("Hätäkatselu", "Break-glass")

GLASS_MINUTES = "watch.glass_minutes"
GLASS_REVIEW_DAYS = "watch.glass_review_days"
DISPOSE_DAYS = "watch.dispose_days"
SAMPLE_SIZE = "watch.sample_size"
BREACH_HOURS = "watch.breach_hours"
HOURS_MARGIN = "watch.hours_margin"
DENIED_PER_DAY = "watch.denied_per_day"
QUIET_MONTHS = "watch.quiet_months"
EXPORT_PERSONS = "watch.export_persons"
ON = {
    "same_name": "watch.same_name",
    "same_street": "watch.same_street",
    "colleague": "watch.colleague",
    "listed": "watch.listed",
    "pace": "watch.pace",
    "hours": "watch.hours",
    "special": "watch.special",
    "codes": "watch.codes",
}
"""Rules that a company may put out of use, by the code of the rule."""

_NUMBERS: tuple[tuple[str, Bilingual, Bilingual, int, str, Bilingual], ...] = (
    (GLASS_MINUTES, Bilingual("hätäkatselun kesto", "length of a break-glass"), MINUTES, 15,
     GLASS, OF_GLASS),
    (GLASS_REVIEW_DAYS,
     Bilingual("hätäkatselun katselmointi, työpäivää", "review of a break-glass, working days"),
     DAYS, 2, GLASS, OF_GLASS),
    (DISPOSE_DAYS,
     Bilingual("hälytyksen ja otannan käsittely, työpäivää",
               "disposing of an alert and a sample, working days"),
     DAYS, 5, REVIEW, OF_REVIEW),
    (SAMPLE_SIZE, Bilingual("viikko-otannan koko", "size of the weekly sample"), EVENTS, 30,
     REVIEW, OF_REVIEW),
    (BREACH_HOURS,
     Bilingual("loukkausilmoituksen määräaika", "time to notify a breach"), HOURS, 72,
     "(EU) 2016/679 33 artikla 1", Bilingual("Loukkausepäilyt", "Suspected breaches")),
    (HOURS_MARGIN,
     Bilingual("aukioloajan liukuma ennen ja jälkeen",
               "margin of the office hours before and after"),
     MINUTES, 90, REVIEW, OF_REVIEW),
    (DENIED_PER_DAY,
     Bilingual("estettyjä yrityksiä päivässä enintään", "denied attempts a day at most"),
     TIMES, 5, REVIEW, OF_REVIEW),
    (QUIET_MONTHS,
     Bilingual("aika ilman asiaa, jonka jälkeen katselusta hälytetään",
               "time without a case after which a look raises an alert"),
     MONTHS, 24, REVIEW, OF_REVIEW),
    (EXPORT_PERSONS,
     Bilingual("viennin henkilömäärä enintään ilman hälytystä",
               "persons in exports of a day at most without an alert"),
     PERSONS, 100, REVIEW, OF_REVIEW),
)  # fmt: skip
_IN_USE = {
    "same_name": Bilingual("hälytys: sama sukunimi", "alert: same surname"),
    "same_street": Bilingual("hälytys: sama katu", "alert: same street"),
    "colleague": Bilingual("hälytys: työtoveri", "alert: colleague"),
    "listed": Bilingual("hälytys: seurattava henkilö", "alert: watched person"),
    "pace": Bilingual("hälytys: paljon kortteja tunnissa", "alert: many cards in an hour"),
    "hours": Bilingual("hälytys: aukioloajan ulkopuolella", "alert: outside office hours"),
    "special": Bilingual(
        "hälytys: erityisiä tietoja ilman asiaa", "alert: special data without a case"
    ),
    "codes": Bilingual("hälytys: paljon henkilötunnuksia", "alert: many identity codes"),
}


def register_rules() -> None:
    """Called from AppConfig.ready."""
    name_room("watch", Bilingual("Käytönvalvonta", "Control of use"))
    for key, title, unit, value, source, note in _NUMBERS:
        register(
            Spec(
                key=key,
                title=title,
                kind=Kind.INTEGER,
                unit=unit,
                minimum=0,
                note=note,
                seeds=[Seed(SINCE, value, source=source, evidence=_evidence(key))],
            )
        )
    for code, title in _IN_USE.items():
        register(
            Spec(
                key=ON[code],
                title=title,
                kind=Kind.BOOLEAN,
                unit=NO_UNIT,
                note=OF_REVIEW,
                seeds=[Seed(SINCE, True, source=REVIEW)],
            )
        )


def _evidence(key: str) -> str:
    return "K" if key == BREACH_HOURS else "C"
