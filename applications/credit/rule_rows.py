"""Which credit register the company asks, as a dated rule."""

from __future__ import annotations

from datetime import date
from typing import Final

from vuokra.policy.text import Bilingual
from vuokra.rules.kinds import Kind
from vuokra.rules.registry import Seed, Spec, name_room, register

REGISTER_NAME: Final = "credit.register_name"


def register_rules() -> None:
    """Called from AppConfig.ready."""
    name_room("credit", Bilingual("Luottotiedot", "Credit data"))
    register(
        Spec(
            key=REGISTER_NAME,
            title=Bilingual("rekisteri, josta luottotiedot kysytään", "register that is asked"),
            kind=Kind.TEXT,
            note=Bilingual("Luottotietojen tarkistus", "Credit checks"),
            seeds=[
                Seed(
                    date(2018, 5, 25), "Suomen Asiakastieto Oy",
                    source="luottotietolaki 527/2007 19 § 5 mom.", evidence="K",
                )
            ],
        )
    )  # fmt: skip
