"""Sections 6 and 7: where data come from (S6-01 … 07) and where they may go (S7-01 … 07)."""

from __future__ import annotations

from vuokra.policy.register.model import ItemKind, RegisterItem, duty

SOURCE, RECIPIENT = ItemKind.SOURCE, ItemKind.RECIPIENT
VALUES = "vuokra.policy.sources.Source"
ROOM = "registry.disclosures"

ITEMS: list[RegisterItem] = [
    duty(
        SOURCE, "S6-01", "SRC-HAK", "vuokra-asuntohakemuslomake", "application form",
        note="S5-01 … S5-26. The version of the notice and the affirmation are stored with the "
        "application.", proof=[f"{VALUES}.APPLICATION"],
    ),
    duty(
        SOURCE, "S6-02", "SRC-SOP", "vuokrasopimus", "lease", note="S5-27 and S5-29.",
        proof=[f"{VALUES}.LEASE"],
    ),
    duty(
        SOURCE, "S6-03", "SRC-ASIAKAS", "asiakkaan itse luovuttamat tiedot",
        "told by the person", note="Any item; channel and manner of identification.",
        proof=[f"{VALUES}.PERSON"],
    ),
    duty(
        SOURCE, "S6-04", "SRC-TAPAHT", "vuokrasuhteen aikaiset tapahtumat",
        "events of the tenancy", note="S5-28 and S5-30 … S5-33, automatic.",
    ),
    duty(
        SOURCE, "S6-05", "SRC-DVV", "Digi- ja väestötietovirasto (vuoteen 2019 "
        "Väestörekisterikeskus)", "Digital and Population Data Services Agency",
        note="Name, address, turvakielto, guardianship. Article 14; purpose and permit number; "
        "the person's prohibition of updates is respected.",
        proof=[f"{VALUES}.POPULATION_REGISTER"],
    ),
    duty(
        SOURCE, "S6-06", "SRC-ASTI", "Suomen Asiakastieto Oy:n luottotietorekisteri",
        "credit register of Suomen Asiakastieto Oy",
        note="The result only. Article 14; code of the legal purpose.",
    ),
    duty(
        SOURCE, "S6-07", "SRC-MUU", "muut henkilötietoja koskevia palveluja tarjoavat "
        "viranomaiset ja yritykset", "other authorities and companies",
        note="Listed one by one, no free text; a new one is approved by REK.",
    ),
    duty(
        RECIPIENT, "S7-01", "", "tietoja ei luovuteta yhtiön ulkopuolelle",
        "nothing is disclosed outside the company", note="Refused by default.",
        proof=[f"{ROOM}.rules.answer", f"{ROOM}.queries.may_disclose"],
    ),
    duty(
        RECIPIENT, "S7-02", "LUO-HUOLTO", "sopimuskumppanit: huolto, ovenavaus, avaimet",
        "contractors: maintenance, door opening, keys", more_codes=["LUO-AVAUS"],
        note="Flat, name, phone, by a processing agreement (article 28) or a controller note; "
        "turvakielto holds.", proof=[f"{ROOM}.rules.ON_THE_SPOT", f"{ROOM}.rules.flat_level"],
    ),
    duty(
        RECIPIENT, "S7-03", "LUO-KÄSITT", "sopimuskumppanit: tietotekniikka, tulostus, "
        "verkkolasku, pankki, kyselyt, perintä", "contractors: IT, printing, e-invoices, bank, "
        "surveys, collection",
        note="As the agreement on file says, until it ends; identity code to collection and "
        "credit only.", proof=[f"{ROOM}.models.DisclosureBasis.valid_to", f"{ROOM}.rules.HETU"],
    ),
    duty(
        RECIPIENT, "S7-04", "", "sopimuskumppanit: muu asiallinen yhteys",
        "contractors: other proper connection",
        note="No basis any more: S7-02 or S7-03, or refused.", proof=[f"{ROOM}.rules.KINDS"],
    ),
    duty(
        RECIPIENT, "S7-05", "LUO-VIRAN", "tahot, joilla on lakiin perustuva oikeus saada tietoja",
        "those entitled by law", retention="R14",
        note="Request document, statute and section; exactly the scope asked, logged.",
        proof=[f"{ROOM}.models.AuthorityRequest.section", f"{ROOM}.services.grant_request"],
    ),
    duty(
        RECIPIENT, "S7-06", "LUO-KONSERNI", "saman konsernin yritykset",
        "companies of the same group", note="Aggregates only, after a balance test.",
        proof=[f"{ROOM}.models.BasisKind.BALANCE", "vuokra.policy.suppression.suppressed"],
    ),
    duty(
        RECIPIENT, "S7-07", "LUO-3MAA", "siirrot EU- ja ETA-alueen ulkopuolelle",
        "transfers outside the EU and EEA",
        note="Blocked by default; an instrument of chapter V.",
        proof=[f"{ROOM}.models.Instrument", f"{ROOM}.models.EEA"],
    ),
]  # fmt: skip
