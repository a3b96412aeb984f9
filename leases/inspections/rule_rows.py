"""Numbers of inspections as dated rows, and what may be charged (tenancy specification, 9)."""

from __future__ import annotations

from typing import Final

from leases.contracts.rule_rows import LAW
from vuokra.policy.text import Bilingual
from vuokra.rules.registry import DAYS, Kind, Seed, Spec, name_room, register, register_number

AGREE_DAYS: Final = "inspection.agree_days"
TERM_DAYS: Final = "inspection.term_days"
CHARGEABLE: Final = "inspection.chargeable"
CAUSED: Final = "tenant"


def register_rules() -> None:
    """What `InspectionsConfig.ready` registers."""
    name_room("inspection", Bilingual("Muuttotarkastukset", "Inspections at moves"))
    register_number(
        AGREE_DAYS,
        Bilingual(
            "milloin alkutarkastus on sovittava ennen sopimuksen alkua",
            "how long before a lease begins its inspection is to be agreed",
        ),
        7, DAYS, "Yhtiön käytäntö",
        note=Bilingual("Työjonon rivi", "Row of the work queue"),
    )  # fmt: skip
    register_number(
        TERM_DAYS,
        Bilingual(
            "milloin lopputarkastus on sovittava ennen määräajan päättymistä",
            "how long before a fixed term ends its inspection is to be agreed",
        ),
        31, DAYS, "Yhtiön käytäntö",
        note=Bilingual("Työjonon rivi", "Row of the work queue"),
    )  # fmt: skip
    register(
        Spec(
            key=CHARGEABLE,
            title=Bilingual("mitä tarkastuksesta peritään", "what of an inspection is charged"),
            kind=Kind.CHOICE,
            note=Bilingual("Veloitusehdotus", "Charge proposal"),
            choices={
                CAUSED: Bilingual(
                    "vuokralaisen tahallisesti tai huolimattomuudesta aiheuttama vahinko, "
                    "ei tavanomaista kulumista",
                    "damage caused by the tenant on purpose or by negligence, no ordinary wear",
                ),
            },
            seeds=[Seed(LAW, CAUSED, source="AHVL 481/1995 25 §", evidence="V")],
        )
    )
