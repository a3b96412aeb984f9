"""The numbers of leases, as dated rows (tenancy specification, section 11).

Evidence: what was read in a secondary source only, or is a reading of the law that a lawyer has
not confirmed, stands as K.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from vuokra.policy.text import Bilingual
from vuokra.rules.registry import (
    DAYS,
    MONTHS,
    NO_UNIT,
    YEARS,
    KeyedBy,
    Kind,
    Seed,
    Spec,
    Value,
    name_room,
    register,
    register_number,
)

SHORT_MONTHS: Final = "notice.landlord.short_months"
LONG_MONTHS: Final = "notice.landlord.long_months"
LONG_AFTER: Final = "notice.landlord.long_threshold_years"
TENANT_MONTHS: Final = "notice.tenant_months"
REGIME: Final = "notice.regime_selector"
CHALLENGE_MONTHS: Final = "notice.challenge_months"
SHORT_TERM_MONTHS: Final = "fixed_term.short_max_months"
OPEN_ENDED_FROM: Final = "fixed_term.open_ended_from_nth"
DEPOSIT_MAX: Final = "deposit.max_months"
DEPOSIT_DEFAULT: Final = "deposit.default_months"
RETURN_DAYS: Final = "deposit.return_days"
RETURN_BINDS: Final = "deposit.return_binds"
RETURN_START: Final = "deposit.return_start"
DUE_DAY: Final = "rent.due_day"
CONTINUATION_MONTHS: Final = "death.continuation_months"
OBJECTION_MONTHS: Final = "death.objection_months"
TRANSFER_OBJECTION: Final = "transfer.objection_months"
TRANSFER_ANSWER: Final = "transfer.answer_months"
SUBLET_YEARS: Final = "sublet.whole_max_years"
SUBLET_NOTICE: Final = "sublet.notice_months"
SUBLET_OBJECTION: Final = "sublet.object_days"
REPAIR_DAYS: Final = "repair.notice_days"
REPAIR_MONTHS: Final = "repair.notice_months"
REPAIR_LEAVE: Final = "repair.leave_days"
KELA_MONTHS: Final = "kela.deposit_months"
KELA_MONTHS_MAX: Final = "kela.deposit_months_max"
ARREARS_MONTHS: Final = "purku.arrears_trigger_months"
MOVING_IN_DAYS: Final = "lease.moving_in_days"
BACK_DAYS: Final = "lease.back_days"

BY_CONCLUSION: Final = "concluded_on"
FAVOURABLE: Final = "favourable"
AT_LATER: Final = "later"
AT_END: Final = "end"

ANY_LEASE: Final = date(1900, 1, 1)
"""The first day of rows that hold whenever the lease was concluded: the Act of 1995 governs older
leases too."""

LAW: Final = date(1995, 5, 1)
"""AHVL 481/1995 in force."""

BEFORE_REFORM: Final = date(2026, 9, 30)
REFORM: Final = date(2026, 10, 1)
"""Act 531/2026 in force."""

ROOMS: Final[Mapping[str, Bilingual]] = {
    "notice": Bilingual("Irtisanominen", "Notice to quit"),
    "fixed_term": Bilingual("Määräaikaiset sopimukset", "Fixed-term leases"),
    "deposit": Bilingual("Vakuudet", "Deposits"),
    "rent": Bilingual("Vuokra", "Rent"),
    "death": Bilingual("Vuokralaisen kuolema", "Death of a tenant"),
    "transfer": Bilingual("Vuokraoikeuden siirto", "Transfer of a lease"),
    "sublet": Bilingual("Huoneiston luovuttaminen", "Handing a flat over to another"),
    "repair": Bilingual("Korjaustyöt", "Repairs"),
    "kela": Bilingual("Kela", "Kela"),
    "purku": Bilingual("Purkaminen", "Rescission"),
}

NOTICE: Final = Bilingual("Irtisanomisajat", "Notice periods")
CHALLENGE: Final = Bilingual("Irtisanomissuoja", "Protection against notice")
CHAIN: Final = Bilingual("Sopimuksen kesto", "The term of a lease")
DEPOSIT: Final = Bilingual("Vakuuden enimmäismäärä", "The most a deposit may be")
RETURN: Final = Bilingual("Vakuuden palauttaminen", "Return of deposits")
DUE: Final = Bilingual("Vuokran eräpäivä", "Due day of the rent")
DEATH: Final = Bilingual("Sopimuksen jatkaminen kuoleman jälkeen", "Continuing after a death")
TRANSFER: Final = Bilingual("Vuokraoikeuden siirto", "Transfer of a lease")
SUBLET: Final = Bilingual("Koko huoneiston luovuttaminen", "Handing over the whole flat")
REPAIR: Final = Bilingual("Korjauksista ilmoittaminen", "Notice of repairs")
KELA: Final = Bilingual("Kelan maksusitoumus vakuudesta", "Payment commitment of Kela")
RESCISSION: Final = Bilingual("Purkaminen maksamattoman vuokran vuoksi", "Rescission for arrears")

REFORM_SOURCE: Final = "Laki 531/2026 (AHVL 481/1995 52 §), Rakli 14.9.2026"
UNREAD: Final = "Muutoslain tekstiä ei ole luettu: juristin vahvistettava."


class Number(NamedTuple):
    """A rule whose values are whole numbers. The greatest value guards against a slip of the pen;
    a law may come to name a greater one, and then it is raised here."""

    key: str
    title: Bilingual
    unit: Bilingual
    use: Bilingual
    seeds: tuple[Seed, ...]
    keyed_by: KeyedBy = KeyedBy.EVENT
    maximum: int = 60


def _law(value: Value, section: str, since: date = LAW, evidence: str = "V") -> tuple[Seed, ...]:
    """One row of the Act of 1995."""
    return (Seed(since, value, source=f"AHVL 481/1995 {section}", evidence=evidence),)


def _reformed(before: int, after: int, section: str) -> tuple[Seed, ...]:
    """The row of leases concluded before the reform, which ends with it, and that of later ones."""
    return (
        Seed(
            ANY_LEASE, before, source=f"AHVL 481/1995 {section}", evidence="V",
            valid_until=BEFORE_REFORM,
            note="Sopimukset, jotka on tehty viimeistään 30.9.2026.",
        ),
        Seed(REFORM, after, source=REFORM_SOURCE, evidence="K", note=UNREAD),
    )  # fmt: skip


NUMBERS: Final = (
    Number(
        SHORT_MONTHS,
        Bilingual("vuokranantajan irtisanomisaika", "landlord's notice period"),
        MONTHS, NOTICE, _law(3, "52 § 2 mom.", ANY_LEASE), KeyedBy.LEASE,
    ),
    Number(
        LONG_MONTHS,
        Bilingual(
            "vuokranantajan irtisanomisaika pitkään kestäneessä vuokrasuhteessa",
            "landlord's notice period of a tenancy that has lasted long",
        ),
        MONTHS, NOTICE, _reformed(6, 4, "52 § 2 mom."), KeyedBy.LEASE,
    ),
    Number(
        LONG_AFTER,
        Bilingual(
            "vuokrasuhteen kesto, josta pidempi irtisanomisaika alkaa",
            "duration of a tenancy from which the longer notice period holds",
        ),
        YEARS, NOTICE, _reformed(1, 2, "52 § 2 mom."), KeyedBy.LEASE,
    ),
    Number(
        TENANT_MONTHS,
        Bilingual("vuokralaisen irtisanomisaika", "tenant's notice period"),
        MONTHS, NOTICE, _law(1, "52 § 3 mom.", ANY_LEASE), KeyedBy.LEASE,
    ),
    Number(
        CHALLENGE_MONTHS,
        Bilingual("aika riitauttaa irtisanominen", "time to challenge a notice"),
        MONTHS, CHALLENGE, _law(3, "56 §"),
    ),
    Number(
        SHORT_TERM_MONTHS,
        Bilingual("lyhyen määräajan enimmäispituus", "the longest that a short term can be"),
        MONTHS, CHAIN, _law(3, "4 § 1 mom.", ANY_LEASE), KeyedBy.LEASE,
    ),
    Number(
        OPEN_ENDED_FROM,
        Bilingual(
            "monesko peräkkäinen lyhyt määräaika on toistaiseksi voimassa",
            "which short term in a row is open-ended",
        ),
        NO_UNIT, CHAIN, _law(3, "4 § 1 mom.", ANY_LEASE), KeyedBy.LEASE,
    ),
    Number(
        DEPOSIT_MAX,
        Bilingual("vakuuden enimmäismäärä kuukausivuokrina", "largest deposit in months' rent"),
        MONTHS, DEPOSIT, _law(3, "8 § 2 mom.", ANY_LEASE), KeyedBy.LEASE,
    ),
    Number(
        DEPOSIT_DEFAULT,
        Bilingual("tavallinen vakuus kuukausivuokrina", "usual deposit in months' rent"),
        MONTHS, DEPOSIT, (Seed(ANY_LEASE, 1, source="Yhtiön verkkosivu 23.9.2026"),),
        KeyedBy.LEASE,
    ),
    Number(
        RETURN_DAYS,
        Bilingual("aika palauttaa vakuus", "time to return a deposit"),
        DAYS, RETURN,
        (
            Seed(LAW, 14, source="Yhtiön ohje", note="Laissa ei ollut määräaikaa ennen 1.10.2026."),
            Seed(
                REFORM, 14, source="Laki 531/2026, Rakli 14.9.2026", evidence="K",
                note=f"Vuokrasuhteen päättymispäivän mukaan. {UNREAD}",
            ),
        ),
    ),
    Number(
        DUE_DAY,
        Bilingual("vuokran eräpäivä vuokranmaksukaudessa", "due day in the rent period"),
        NO_UNIT, DUE, _law(2, "34 § 1 mom."), maximum=28,
    ),
    Number(
        CONTINUATION_MONTHS,
        Bilingual("aika ilmoittaa sopimuksen jatkamisesta", "time to tell of continuing a lease"),
        MONTHS, DEATH, _law(3, "46 §"),
    ),
    Number(
        OBJECTION_MONTHS,
        Bilingual(
            "vuokranantajan kanneaika jatkamisilmoituksesta",
            "landlord's time to sue after a notice of continuing",
        ),
        MONTHS, DEATH, _law(1, "46 §"),
    ),
    Number(
        TRANSFER_OBJECTION,
        Bilingual(
            "vuokranantajan aika viedä perheenjäsenelle siirto tuomioistuimeen",
            "landlord's time to bring a transfer in the family to court",
        ),
        MONTHS, TRANSFER, _law(1, "45 §"),
    ),
    Number(
        TRANSFER_ANSWER,
        Bilingual(
            "vuokranantajan aika vastata siirtolupapyyntöön",
            "landlord's time to answer a request to transfer",
        ),
        MONTHS, TRANSFER, _law(1, "44 §"),
    ),
    Number(
        SUBLET_YEARS,
        Bilingual("huoneiston luovutuksen enimmäisaika", "longest handing over of a flat"),
        YEARS, SUBLET, _law(2, "18 §"),
    ),
    Number(
        SUBLET_NOTICE,
        Bilingual("ilmoitus ennen huoneiston luovutusta", "notice before handing a flat over"),
        MONTHS, SUBLET, _law(1, "18 §"),
    ),
    Number(
        SUBLET_OBJECTION,
        Bilingual(
            "vuokranantajan aika viedä vastustus tuomioistuimeen",
            "landlord's time to bring an objection to court",
        ),
        DAYS, SUBLET, _law(14, "18 §"),
    ),
    Number(
        REPAIR_DAYS,
        Bilingual("ilmoitus työstä, josta ei ole olennaista haittaa", "notice of minor work"),
        DAYS, REPAIR, _law(14, "21 §"),
    ),
    Number(
        REPAIR_MONTHS,
        Bilingual("ilmoitus muusta työstä", "notice of other work"),
        MONTHS, REPAIR, _law(6, "21 §"),
    ),
    Number(
        REPAIR_LEAVE,
        Bilingual(
            "vuokralaisen aika päättää sopimus työn vuoksi",
            "tenant's time to end the lease because of work",
        ),
        DAYS, REPAIR, _law(14, "21 §"),
    ),
    Number(
        KELA_MONTHS,
        Bilingual("Kelan vakuus kuukausivuokrina", "Kela's deposit in months' rent"),
        MONTHS, KELA, (Seed(LAW, 2, source="kela.fi, vuokravakuus", evidence="K"),),
    ),
    Number(
        KELA_MONTHS_MAX,
        Bilingual(
            "Kelan vakuus perustellusta syystä kuukausivuokrina",
            "Kela's deposit for a justified reason in months' rent",
        ),
        MONTHS, KELA, (Seed(LAW, 3, source="kela.fi, vuokravakuus", evidence="K"),),
    ),
    Number(
        ARREARS_MONTHS,
        Bilingual(
            "maksamattomat vuokrakuukaudet, joista purkamista harkitaan",
            "unpaid months from which rescission is considered",
        ),
        MONTHS, RESCISSION, (Seed(LAW, 2, source="Yhtiön käytäntö"),),
    ),
)  # fmt: skip


OTHERS: Final = (
    Spec(
        key=REGIME,
        title=Bilingual(
            "minkä lain mukaan irtisanomisaika lasketaan", "by which law a notice period is counted"
        ),
        kind=Kind.CHOICE,
        keyed_by=KeyedBy.LEASE,
        note=NOTICE,
        choices={
            BY_CONCLUSION: Bilingual(
                "sopimuksen tekopäivän laki", "the law of the day the lease was concluded"
            ),
            FAVOURABLE: Bilingual(
                "sopimuksen tekopäivän tai tiedoksiannon päivän laki, vuokralaiselle edullisempi",
                "the law of the lease or of the day of service, better for the tenant",
            ),
        },
        seeds=[
            # Without a stated end: what a lawyer says of older leases can be entered over it.
            Seed(
                ANY_LEASE, FAVOURABLE, source="Lakiluonnos lausunnolla, MTV Uutiset", evidence="K",
                note=f"Siirtymäsäännös. {UNREAD}",
            ),
            Seed(
                REFORM, BY_CONCLUSION, source="Lakiluonnos lausunnolla, MTV Uutiset",
                evidence="K", note=f"Siirtymäsäännös. {UNREAD}",
            ),
        ],
    ),
    Spec(
        key=RETURN_BINDS,
        title=Bilingual(
            "vakuuden palautusaika on laissa", "the time to return a deposit is of the law"
        ),
        kind=Kind.BOOLEAN,
        note=RETURN,
        seeds=[
            Seed(LAW, False, source="AHVL 481/1995 8 §", evidence="V"),
            Seed(
                REFORM, True, source="Laki 531/2026, Rakli 14.9.2026", evidence="K", note=UNREAD
            ),
        ],
    ),
    Spec(
        key=RETURN_START,
        title=Bilingual(
            "mistä vakuuden palautusaika alkaa", "from what the time to return a deposit runs"
        ),
        kind=Kind.CHOICE,
        note=RETURN,
        choices={
            AT_LATER: Bilingual(
                "vuokrasuhteen päättymisestä tai huoneiston luovutuksesta, myöhemmästä",
                "the end of the tenancy or the handing over of the flat, the later",
            ),
            AT_END: Bilingual("vuokrasuhteen päättymisestä", "the end of the tenancy"),
        },
        seeds=[Seed(LAW, AT_LATER, source="Laki 531/2026, tulkinta", evidence="K", note=UNREAD)],
    ),
)  # fmt: skip


def register_rules() -> None:
    """Register the rules of the room; called from AppConfig.ready."""
    for code, title in ROOMS.items():
        name_room(code, title)
    for one in NUMBERS:
        register(
            Spec(
                key=one.key,
                title=one.title,
                kind=Kind.INTEGER,
                unit=one.unit,
                keyed_by=one.keyed_by,
                note=one.use,
                minimum=1,
                maximum=one.maximum,
                seeds=one.seeds,
            )
        )
    for other in OTHERS:
        register(other)
    name_room("lease", Bilingual("Vuokrasopimukset", "Leases"))
    register_number(
        MOVING_IN_DAYS,
        Bilingual(
            "milloin muutto sisään näkyy työjonossa ennen sopimuksen alkua",
            "how long before a lease begins moving in stands in the work queue",
        ),
        7, DAYS, "Yhtiön käytäntö",
        note=Bilingual("Työjonon rivi", "Row of the work queue"),
    )  # fmt: skip
    register_number(
        BACK_DAYS,
        Bilingual(
            "kuinka vanhan päivän saa kirjata ilman perustelua",
            "how old a day may be entered without a reason",
        ),
        14, DAYS, "Yhtiön käytäntö",
        note=Bilingual(
            "Allekirjoitus, tiedoksianto, sovittu päättyminen", "Signature, service, agreed end"
        ),
        maximum=365,
    )  # fmt: skip
