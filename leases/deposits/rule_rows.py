"""The numbers of deposits that are not of the lease law; those stand in `contracts.rule_rows`."""

from __future__ import annotations

from typing import Final

from vuokra.policy.text import Bilingual
from vuokra.rules.registry import BEGIN, Kind, Seed, Spec, register

ACCOUNT_HOURS: Final = "deposit.account_hours"


def register_rules() -> None:
    """Register the rules of the room; called from AppConfig.ready."""
    register(
        Spec(
            key=ACCOUNT_HOURS,
            title=Bilingual(
                "odotusaika ennen vaihdetun tilinumeron käyttöä",
                "waiting time before a changed account may be used",
            ),
            kind=Kind.INTEGER,
            unit=Bilingual("h", "h"),
            minimum=24,
            maximum=240,
            note=Bilingual("Vakuuden palautustilin vaihtaminen", "Changing a refund account"),
            seeds=[Seed(BEGIN, 24, source="Tietosuojamäärittely, A45", evidence="V")],
        )
    )
