"""Legal bases (oikeusperusteet) and the purposes that rest on them.

Source: data-protection specification, section 2.4, and the column "Basis" of section 4. Article
numbers are those of the General Data Protection Regulation (EU) 2016/679 unless an act is named.
"""

from __future__ import annotations

from enum import StrEnum

from vuokra.policy.roles import Purpose
from vuokra.policy.text import Bilingual


class Basis(StrEnum):
    """Legal basis, or a rule that a register item rests on beside the bases of its purposes."""

    CONSENT = "6-1-a"
    CONTRACT = "6-1-b"
    LAW = "6-1-c"
    VITAL = "6-1-d"
    PUBLIC_TASK = "6-1-e"
    INTEREST = "6-1-f"
    EXPLICIT_CONSENT = "9-2-a"
    STATUTORY_TASK = "TSL-6"
    HETU = "TSL-29"
    APPLICATION_FORM = "YMA-904-1"
    SELECTION = "ARA"
    CREDIT_DATA = "LTL-19"
    BOOKKEEPING = "KPL"
    ACCOUNTABILITY = "5-2"
    CONSENT_EVIDENCE = "7-1"
    INFORMING = "14"
    RECIPIENTS = "15-1-c"
    NOTIFYING = "19"
    OBJECTION = "21-3"
    SECURITY = "32"
    BREACHES = "33-5"
    LOG_BENCHMARK = "TiHL-17"

    @property
    def text(self) -> Bilingual:
        """The basis in words."""
        return BASIS_TEXTS[self]


BASIS_TEXTS: dict[Basis, Bilingual] = {
    Basis.CONSENT: Bilingual("6 artikla 1 a: suostumus", "Article 6(1)(a): consent"),
    Basis.CONTRACT: Bilingual(
        "6 artikla 1 b: sopimus tai sitä edeltävät toimet hakijan pyynnöstä",
        "Article 6(1)(b): contract, or steps before it at the person's request",
    ),
    Basis.LAW: Bilingual("6 artikla 1 c: lakisääteinen velvoite", "Article 6(1)(c): legal duty"),
    Basis.VITAL: Bilingual("6 artikla 1 d: elintärkeä etu", "Article 6(1)(d): vital interest"),
    Basis.PUBLIC_TASK: Bilingual(
        "6 artikla 1 e: yleistä etua koskeva tehtävä",
        "Article 6(1)(e): task in the public interest",
    ),
    Basis.INTEREST: Bilingual(
        "6 artikla 1 f: oikeutettu etu", "Article 6(1)(f): legitimate interest"
    ),
    Basis.EXPLICIT_CONSENT: Bilingual(
        "9 artikla 2 a: nimenomainen suostumus", "Article 9(2)(a): explicit consent"
    ),
    Basis.STATUTORY_TASK: Bilingual(
        "tietosuojalaki 1050/2018 6 §: laissa säädetty tehtävä",
        "Data Protection Act 1050/2018, section 6: statutory task",
    ),
    Basis.HETU: Bilingual(
        "tietosuojalaki 1050/2018 29 §: henkilötunnuksen käsittely",
        "Data Protection Act 1050/2018, section 29: personal identity code",
    ),
    Basis.APPLICATION_FORM: Bilingual(
        "ympäristöministeriön asetus 904/2006 1 §: hakulomake",
        "Decree of the Ministry of the Environment 904/2006, section 1: application form",
    ),
    Basis.SELECTION: Bilingual(
        "aravarajoituslaki 1190/1993 4 a–c §, laki 604/2001 11 a–c §, asetus 166/2008",
        "Acts 1190/1993 sections 4a–c and 604/2001 sections 11a–c, Decree 166/2008",
    ),
    Basis.CREDIT_DATA: Bilingual(
        "luottotietolaki 527/2007 19 §", "Credit Data Act 527/2007, section 19"
    ),
    Basis.BOOKKEEPING: Bilingual("kirjanpitolaki 1336/1997", "Accounting Act 1336/1997"),
    Basis.ACCOUNTABILITY: Bilingual("5 artikla 2: osoitusvelvollisuus", "Article 5(2)"),
    Basis.CONSENT_EVIDENCE: Bilingual(
        "7 artikla 1: suostumuksen osoittaminen", "Article 7(1): proof of consent"
    ),
    Basis.INFORMING: Bilingual(
        "14 artikla: tieto muualta saaduista tiedoista", "Article 14: informing the person"
    ),
    Basis.RECIPIENTS: Bilingual(
        "15 artikla 1 c: tieto vastaanottajista", "Article 15(1)(c): recipients"
    ),
    Basis.NOTIFYING: Bilingual(
        "19 artikla: oikaisusta ilmoittaminen", "Article 19: telling recipients"
    ),
    Basis.OBJECTION: Bilingual(
        "21 artikla 3: suoramarkkinoinnin kielto", "Article 21(3): objection to marketing"
    ),
    Basis.SECURITY: Bilingual(
        "32 artikla: käsittelyn turvallisuus", "Article 32: security of processing"
    ),
    Basis.BREACHES: Bilingual(
        "33 artikla 5: loukkausten luettelo", "Article 33(5): breach register"
    ),
    Basis.LOG_BENCHMARK: Bilingual(
        "tiedonhallintalaki 906/2019 17 § vertailukohtana",
        "Information Management Act 906/2019, section 17, as a benchmark",
    ),
}

PURPOSE_BASES: dict[Purpose, tuple[Basis, ...]] = {
    Purpose.HAKEMUS: (Basis.CONTRACT, Basis.LAW, Basis.PUBLIC_TASK),
    Purpose.ASUKASVALINTA: (Basis.LAW, Basis.PUBLIC_TASK, Basis.SELECTION),
    Purpose.SOPIMUS: (Basis.CONTRACT,),
    Purpose.RESKONTRA: (Basis.CONTRACT, Basis.LAW, Basis.BOOKKEEPING),
    Purpose.PERINTA: (Basis.CONTRACT, Basis.INTEREST),
    Purpose.KUNNOSSAPITO: (Basis.CONTRACT,),
    Purpose.PAATTAMINEN: (Basis.CONTRACT,),
    Purpose.VUOKRANMAARITYS: (Basis.LAW,),
    Purpose.ASUMISEN_TUKI: (
        Basis.PUBLIC_TASK, Basis.INTEREST, Basis.EXPLICIT_CONSENT, Basis.STATUTORY_TASK,
    ),
    Purpose.KYSELY: (Basis.INTEREST,),
    Purpose.TIEDOTE: (Basis.CONTRACT, Basis.INTEREST),
    Purpose.MARKKINOINTI: (Basis.CONSENT, Basis.INTEREST),
    Purpose.KONSERNI: (Basis.INTEREST,),
    Purpose.OIKEUDET: (Basis.LAW,),
    Purpose.VALVONTA: (Basis.LAW, Basis.INTEREST),
}  # fmt: skip
