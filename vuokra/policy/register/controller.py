"""Sections 1–4 and the contact page: the controller, the purposes, the hours."""

from __future__ import annotations

from vuokra.policy.register.model import ItemKind, RegisterItem, duty
from vuokra.policy.roles import Purpose

PURPOSE_TITLES: dict[Purpose, tuple[str, str]] = {
    Purpose.HAKEMUS: ("asiakkuuden alkaminen, hakijat", "applications"),
    Purpose.ASUKASVALINTA: ("ARA-asukasvalinta", "selection of residents"),
    Purpose.SOPIMUS: ("asiakkuuden hallinnointi ja tietojen ylläpito", "leases and customers"),
    Purpose.RESKONTRA: ("vuokrareskontran ylläpito", "rent ledger"),
    Purpose.PERINTA: ("vuokra- ja muiden huoneenvuokrasaatavien perintä", "collection"),
    Purpose.KUNNOSSAPITO: ("asuntojen kunnossapito", "maintenance of homes"),
    Purpose.PAATTAMINEN: ("vuokrasopimusten päättäminen", "ending leases"),
    Purpose.VUOKRANMAARITYS: ("ARA-vuokranmääritys", "setting rents"),
    Purpose.ASUMISEN_TUKI: ("sosiaalinen asuttaminen", "support for living"),
    Purpose.KYSELY: ("asiakaskyselyt", "surveys"),
    Purpose.TIEDOTE: ("asumiseen liittyvä informaatio", "information on living"),
    Purpose.MARKKINOINTI: ("markkinointi", "marketing"),
    Purpose.KONSERNI: ("saman konsernin yritysten kehittäminen", "development of the group"),
    Purpose.OIKEUDET: ("rekisteröidyn oikeudet", "rights of the data subject"),
}
"""S4-01 … S4-14 in the order of their codes; P15 (control of use) is item S8-10."""

PURPOSE_NOTES: dict[Purpose, str] = {
    Purpose.VUOKRANMAARITYS: "Should need no personal data beyond flat and period.",
    Purpose.KYSELY: "An objection ends it.",
    Purpose.TIEDOTE: "A service message, not marketing.",
    Purpose.MARKKINOINTI: "Consent for electronic channels, legitimate interest by post, phone.",
    Purpose.KONSERNI: "Aggregates only: no role may read persons for it.",
}


def _purpose(number: int, purpose: Purpose) -> RegisterItem:
    fi, en = PURPOSE_TITLES[purpose]
    return duty(
        ItemKind.PURPOSE,
        f"S4-{number:02}",
        purpose.value,
        fi,
        en,
        purposes=purpose.value,
        note=PURPOSE_NOTES.get(purpose, "Every read carries a purpose that its role may state."),
        proof=[
            f"vuokra.policy.roles.Purpose.{purpose.name}",
            "vuokra.policy.basis.PURPOSE_BASES",
            "vuokra.access.context.AccessContext",
        ],
    )


ITEMS: list[RegisterItem] = [
    duty(
        ItemKind.CONTROLLER, "S1-01", "REKISTERINPITÄJÄ", "rekisterinpitäjä",
        "controller", note="Name, address and phone; printed on notices and answers.",
        proof=["vuokra.company.models.Company.name",
               "vuokra.company.models.Company.street_address",
               "vuokra.company.models.Company.phone"],
    ),
    duty(
        ItemKind.CONTROLLER, "S2-01", "", "rekisteriasioita hoitava henkilö",
        "contact person for the register", note="And the data-protection officer, if appointed.",
        proof=["vuokra.company.models.Company.contact_person",
               "vuokra.company.models.Company.protection_officer"],
    ),
    duty(
        ItemKind.CONTROLLER, "S3-01", "", "rekisterin nimi", "name of the register",
        note="asiakastietorekisteri", proof=["vuokra.company.models.Company.register_name"],
    ),
    *(_purpose(number, purpose) for number, purpose in enumerate(PURPOSE_TITLES, start=1)),
    duty(
        ItemKind.CONTROLLER, "S10-01", "", "aukioloajat", "opening hours",
        note="Access outside them raises an alert; visits by appointment.",
        proof=["vuokra.company.models.OfficeHours"],
    ),
    duty(
        ItemKind.CONTROLLER, "S10-02", "", "kiinteistöhuollon päivystysaika",
        "on-call hours of maintenance",
        note="The on-call view of HUO: least data, limited in time.",
        proof=["vuokra.company.models.ContactKind.ON_CALL"],
    ),
    duty(
        ItemKind.CONTROLLER, "S10-03", "", "ovenavaukset", "door opening",
        note="Identity and right to the flat are checked without a list of residents.",
        proof=["vuokra.company.models.ContactKind.DOORS"],
    ),
]  # fmt: skip
