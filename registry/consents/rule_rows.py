"""Numbers that this room takes from `vuokra/rules` (data-protection 5.3 R11, 11.1 and 11.4)."""

from __future__ import annotations

from datetime import date

from vuokra.policy.text import Bilingual
from vuokra.rules.registry import MONTHS, YEARS, Kind, Seed, Spec, name_room, register

FORMER_CUSTOMER = "consents.former_customer_months"
SOFT_OPT_IN = "consents.soft_opt_in"
REVIEW = "consents.suppression_review_years"
SINCE = date(2018, 5, 25)


def register_rules() -> None:
    """Called from AppConfig.ready."""
    name_room("consents", Bilingual("Suostumukset ja kiellot", "Consents and objections"))
    register(
        Spec(
            key=FORMER_CUSTOMER,
            title=Bilingual(
                "markkinoinnin ja kyselyjen aika asiakkuuden päätyttyä",
                "time of marketing and surveys after the customership",
            ),
            kind=Kind.INTEGER,
            unit=MONTHS,
            minimum=0,
            note=Bilingual("Kenelle saa lähettää", "Who may be sent something"),
            seeds=[Seed(SINCE, 12, source="Tietosuojan määrittely 11.4, M6")],
        )
    )
    register(
        Spec(
            key=SOFT_OPT_IN,
            title=Bilingual(
                "sähköinen markkinointi omille asiakkaille ilman suostumusta",
                "electronic marketing to existing customers without consent",
            ),
            kind=Kind.BOOLEAN,
            note=Bilingual("Kenelle saa lähettää", "Who may be sent something"),
            seeds=[
                Seed(
                    SINCE,
                    False,
                    source="Laki sähköisen viestinnän palveluista 917/2014, 200 § 3 mom.",
                    note="Sallittu vain omista samankaltaisista palveluista ja helpolla kiellolla.",
                )
            ],
        )
    )
    register(
        Spec(
            key=REVIEW,
            title=Bilingual(
                "estolistan tarkistusväli", "interval of reviewing the suppression list"
            ),
            kind=Kind.INTEGER,
            unit=YEARS,
            minimum=1,
            note=Bilingual("Estolista poistetuista henkilöistä", "Suppression of erased people"),
            seeds=[Seed(SINCE, 5, source="Tietosuojan määrittely 5.3, R11")],
        )
    )
