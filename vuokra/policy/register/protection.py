"""Section 8: how the register is protected (S8-01 … S8-10)."""

from __future__ import annotations

from vuokra.policy.register.model import ItemKind, RegisterItem, duty

PROTECTION = ItemKind.PROTECTION

ITEMS: list[RegisterItem] = [
    duty(
        PROTECTION, "S8-01", "", "manuaalinen aineisto lukitussa arkistossa",
        "paper in a locked archive",
        note="A register of paper files: box, lock, loans, destruction with a witness; retention "
        "codes hold for paper.",
        proof=["registry.archive.models.Store.lock", "registry.archive.models.Destruction.witness"],
    ),
    duty(
        PROTECTION, "S8-02", "", "hakemukset ja sopimukset lukittavissa tiloissa",
        "applications and leases in lockable rooms",
        note="Scanning records whether the paper was destroyed or archived.",
        proof=["registry.archive.models.PaperFile.after_scan"],
    ),
    duty(
        PROTECTION, "S8-03", "", "aineistoa käsittelevät vain siihen oikeutetut",
        "only the entitled handle paper", note="A log of loans with the same purposes.",
        proof=["registry.archive.models.Loan", "registry.archive.rules.kinds_open_to"],
    ),
    duty(
        PROTECTION, "S8-04", "", "pääsy vain yhtiön nimeämillä henkilöillä",
        "access only for persons named by the company",
        note="No shared accounts: an account is one person, with a named approver.",
        proof=["vuokra.accounts.models.User.full_name",
               "vuokra.accounts.models.RoleGrant.approver"],
    ),
    duty(
        PROTECTION, "S8-05", "", "pääkäyttäjän myöntämä käyttäjätunnus ja salasana",
        "user name and password granted by the main user",
        note="Made by the main user, opened by a one-time link; second factor.",
        proof=["vuokra.accounts.models.User.created_by",
               "vuokra.accounts.models.ActivationLink"],
    ),
    duty(
        PROTECTION, "S8-06", "", "tehtäväkohtaiset käyttöoikeudet",
        "rights by task", note="A grant has start, end, approver and reason; six-month review.",
        proof=["vuokra.policy.rights.RIGHTS", "vuokra.accounts.models.RoleGrant.valid_to",
               "vuokra.accounts.queries.review_list"],
    ),
    duty(
        PROTECTION, "S8-07", "", "tiedot keskitetysti lukitussa ja valvotussa tilassa",
        "data kept centrally in a locked, monitored room",
        note="Told in the deployment document; the database is not reachable from workstations.",
    ),
    duty(
        PROTECTION, "S8-08", "", "pääteyhteydet suljetussa ja suojatussa verkossa",
        "connections in a closed, protected network",
        note="Allow-list of networks, HSTS; users are authenticated as if it were public.",
        proof=["settings.VUOKRA_NETWORKS"],
    ),
    duty(
        PROTECTION, "S8-09", "", "internetyhteys on suojattu", "protected internet connection",
        note="Allow-list outwards; no scripts, fonts or analytics of others.",
    ),
    duty(
        PROTECTION, "S8-10", "", "käytön valvonta", "control of use",
        note="Every read leaves a sealed access event; the log is reviewed.", purposes="P15",
        retention="R13",
        proof=["vuokra.access.events.write", "vuokra.access.models.AccessEvent",
               "registry.watch.models.Disposition", "registry.watch.models.Sample"],
    ),
]  # fmt: skip
