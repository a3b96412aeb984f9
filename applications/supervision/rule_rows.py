"""Of which periods the supervisor is reported to, as a dated rule."""

from __future__ import annotations

from typing import Final

from applications.supervision.rules.periods import Step
from vuokra.policy.text import Bilingual
from vuokra.rules.kinds import Kind
from vuokra.rules.registry import BEGIN, Seed, Spec, name_room, register

REPORT_PERIOD: Final = "supervision.report_period"

PERIODS: Final = {
    Step.YEAR.value: Bilingual("kalenterivuosi", "calendar year"),
    Step.HALF.value: Bilingual("puoli vuotta", "half a year"),
    Step.QUARTER.value: Bilingual("vuosineljännes", "quarter of a year"),
}


def register_rules() -> None:
    """Called from AppConfig.ready. A year is parted by the value of its first day."""
    name_room("supervision", Bilingual("Valinnan valvonta", "Supervision of selection"))
    register(
        Spec(
            key=REPORT_PERIOD,
            title=Bilingual(
                "ajanjakso, josta valvontaraportti tehdään (vuoden alun arvo koko vuodelle)",
                "period of the supervisor's report (the value of 1 January for the whole year)",
            ),
            kind=Kind.CHOICE, choices=PERIODS,
            note=Bilingual("Asukasvalinnan valvontaraportti", "Report on resident selection"),
            seeds=[Seed(BEGIN, Step.YEAR.value, source="Yhtiön valinta", evidence="C")],
        )
    )  # fmt: skip
