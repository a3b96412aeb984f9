"""Numbers of turvakielto: its periods by law, and when it is looked at again."""

from __future__ import annotations

from datetime import date

from vuokra.policy.text import Bilingual
from vuokra.rules.registry import DAYS, MINUTES, YEARS, name_room, register_number

FIRST_YEARS = "protection.first_years"
MORE_YEARS = "protection.more_years"
REVIEW_YEARS = "protection.review_years"
REMIND_DAYS = "protection.remind_days"
PROMPT_MINUTES = "protection.prompt_minutes"
EXPORT_DAYS = "protection.export_days"
LAW = "Laki väestötietojärjestelmästä 661/2009 36 §"
LAW_SINCE = date(2010, 3, 1)


def register_rules() -> None:
    """What `ProtectionConfig.ready` registers."""
    name_room("protection", Bilingual("Turvakielto", "Turvakielto"))
    period = Bilingual("Turvakiellon kirjaus ja jatkaminen", "Recording and renewing a ban")
    register_number(
        FIRST_YEARS, Bilingual("ensimmäisen turvakiellon enimmäisaika", "longest first ban"),
        5, YEARS, LAW, note=period, evidence="K", since=LAW_SINCE, maximum=20,
    )  # fmt: skip
    register_number(
        MORE_YEARS, Bilingual("turvakiellon jatkoaika kerrallaan", "renewal of a ban at a time"),
        2, YEARS, LAW, note=period, evidence="K", since=LAW_SINCE, maximum=20,
    )  # fmt: skip
    register_number(
        REVIEW_YEARS,
        Bilingual("toistaiseksi voimassa olevan turvakiellon tarkistusväli",
                  "review of a ban until further notice"),
        2, YEARS, "Tietosuojamäärittely 7.1", note=period, maximum=5,
    )  # fmt: skip
    register_number(
        REMIND_DAYS, Bilingual("muistutus ennen tarkistuspäivää", "reminder before the review"),
        30, DAYS, "Tietosuojamäärittely 7.5", maximum=365,
        note=Bilingual("Työjonon turvakieltorivit", "Rows of the work queue"),
    )  # fmt: skip
    register_number(
        PROMPT_MINUTES,
        Bilingual("kerran kerrotun perusteen kesto", "how long a stated reason serves"),
        30, MINUTES, "Käyttöliittymän määrittely 6: enintään 30 min", maximum=30, minimum=0,
        note=Bilingual("Suojattujen tietojen avaaminen", "Opening sealed details"),
    )  # fmt: skip
    register_number(
        EXPORT_DAYS,
        Bilingual("takaisin pyydettävien vientien aika", "exports that are called back"),
        30, DAYS, "Tietosuojamäärittely 7.5 T5", maximum=365,
        note=Bilingual("Jälkitehtävät, kun turvakielto kirjataan", "Tasks after recording a ban"),
    )  # fmt: skip
