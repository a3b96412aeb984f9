"""Lengths of retention. Source: data-protection specification 5.2 and 5.3.

Codes and formulas are those of `vuokra.policy.retention`; a code that has two lengths has the
second one under a name of its own (`R7.books`).
"""

from __future__ import annotations

from dataclasses import dataclass

from registry.retention.rules import Unit
from vuokra.policy.retention import RETENTION
from vuokra.policy.text import Bilingual
from vuokra.rules.registry import (
    BEGIN,
    DAYS,
    MONTHS,
    NO_UNIT,
    YEARS,
    Kind,
    Seed,
    Spec,
    name_room,
    register,
    register_number,
)

UNITS = {Unit.DAYS: DAYS, Unit.MONTHS: MONTHS, Unit.YEARS: YEARS}
ROOM = "retention"
CHOICE = "Tietosuojamäärittely 5.3, yhtiön valinta"
BOOKKEEPING = "Kirjanpitolaki 1336/1997 2 luku 10 §"


@dataclass(frozen=True, slots=True)
class Row:
    """A length: its code, what it is for where the code has more than one, and its source."""

    code: str
    amount: int
    unit: Unit
    source: str = CHOICE
    evidence: str = "C"
    least: int = 0
    most: int | None = None
    part: Bilingual | None = None


ROWS = [
    Row("R1", 3, Unit.MONTHS, "ARA, Miten asuntoa haetaan: vähintään 3 kk", "V", least=3),
    Row("R2", 24, Unit.MONTHS, "Yhdenvertaisuuslaki 1325/2014 26 §: kanneaika 2 vuotta"),
    Row("R3", 6, Unit.MONTHS),
    Row("R4", 24, Unit.MONTHS),
    Row("R5", 0, Unit.DAYS, part=Bilingual("luottotietoraportti", "credit report")),
    Row("R6", 3, Unit.YEARS, "Laki velan vanhentumisesta 728/2003", "C"),
    Row("R7", 6, Unit.YEARS, BOOKKEEPING, "V", least=6, part=Bilingual("tositteet", "vouchers")),
    Row("R7.books", 10, Unit.YEARS, BOOKKEEPING, "V", least=10, part=Bilingual("kirjat", "books")),
    Row("R8", 3, Unit.YEARS, "Laki velan vanhentumisesta 728/2003 4 §", "K",
        part=Bilingual("yleinen vanhentumisaika", "general limitation")),
    Row("R9", 3, Unit.YEARS),
    Row("R10", 12, Unit.MONTHS, part=Bilingual("päättymisen jälkeen", "after its end")),
    Row("R10.review", 12, Unit.MONTHS, least=1, part=Bilingual("tarkistusväli", "review")),
    Row("R11", 3, Unit.YEARS, part=Bilingual("näyttö", "evidence")),
    Row("R13", 5, Unit.YEARS, least=2, most=12),
    Row("R13.checkpoints", 10, Unit.YEARS, part=Bilingual("tarkistuspisteet", "checkpoints")),
    Row("R14", 3, Unit.YEARS),
    Row("R14.identity", 0, Unit.DAYS,
        part=Bilingual("todiste henkilöllisyydestä", "evidence of identity")),
    Row("R15", 5, Unit.YEARS),
    Row("R16", 24, Unit.MONTHS),
    Row("R17", 0, Unit.DAYS, part=Bilingual("luvan kopio", "copy of the permit")),
    Row("R18", 12, Unit.MONTHS, part=Bilingual("yhteystiedot", "contact data")),
    Row("R19", 35, Unit.DAYS, part=Bilingual("kiertävät", "rolling")),
    Row("R19.monthly", 12, Unit.MONTHS, part=Bilingual("kuukausikopiot", "monthly"), most=12),
    Row("R-TILI", 24, Unit.MONTHS),
    Row("R-KÄ", 5, Unit.YEARS),
]  # fmt: skip


def register_rules() -> None:
    """What `RetentionConfig.ready` registers."""
    name_room(ROOM, Bilingual("Säilytysajat", "Retention"))
    for row in ROWS:
        register(_spec(row))
    register_number(
        f"{ROOM}.financial_year_month",
        Bilingual("tilikauden viimeinen kuukausi", "last month of the financial year"),
        12,
        NO_UNIT,
        "Yhtiöjärjestys: kalenterivuosi",
        note=Bilingual("R6:n ja R7:n laskenta", "Calculation of R6 and R7"),
        maximum=12,
    )


def _spec(row: Row) -> Spec:
    code = RETENTION[row.code.partition(".")[0]]
    fi, en = (f", {text}" if row.part else "" for text in row.part or ("", ""))
    return Spec(
        key=f"{ROOM}.{row.code}",
        title=Bilingual(f"{code.code} {code.title.fi}{fi}", f"{code.code} {code.title.en}{en}"),
        kind=Kind.INTEGER,
        unit=UNITS[row.unit],
        minimum=row.least,
        maximum=row.most,
        note=Bilingual(
            f"{code.formula.fi}. L on tämän säännön arvo.",
            f"{code.formula.en}. L is the value of this rule.",
        ),
        seeds=[Seed(BEGIN, row.amount, source=row.source, evidence=row.evidence)],
    )
