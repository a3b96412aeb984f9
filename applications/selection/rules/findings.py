"""What a test of the selection found (tarkistuksen tulos), and why."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from vuokra.rules.lookup import Why


class Test(models.TextChoices):
    """What is tested (tarkistus)."""

    __test__ = False  # no test of pytest's

    RESIDENCE = "residence", _("Oleskelun peruste")
    AGE = "age", _("Hakijan ikä")
    NEED = "need", _("Asunnontarve")
    INCOME = "income", _("Enimmäistulo")
    WEALTH = "wealth", _("Varallisuus")
    SIZE = "size", _("Asunnon koko")
    GROUP = "group", _("Erityisryhmä")


class Outcome(models.TextChoices):
    """How a test ended (tulos)."""

    PASS = "pass", _("Täyttyy")
    FAIL = "fail", _("Ei täyty")
    MISSING = "missing", _("Puuttuu")
    WAIVED = "waived", _("Poikettu")
    NOT_ASKED = "not_asked", _("Ei vaadita")
    WARNING = "warning", _("Huomattava")

    @property
    def bars(self) -> bool:
        """Whether the household cannot be chosen because of it."""
        return self in (Outcome.FAIL, Outcome.MISSING)


class Reason(models.TextChoices):
    """Why a test ended as it did (perustekoodi)."""

    NONE = "", ""
    INCOME_OVER = "ENIMMAISTULO", _("Tulot ylittävät enimmäistulorajan.")
    INCOME_UNKNOWN = "TULOT_PUUTTUVAT", _("Jonkun aikuisen tuloja ei ole kirjattu.")
    INCOME_RULE = "TULOSAANTO_PUUTTUU", _("Yhtiö ei ole päättänyt, lasketaanko tulolaji.")
    WEALTH_OVER = "VARALLISUUS", _("Varallisuus ylittää kunnan rajan.")
    WEALTH_UNKNOWN = "VARAT_PUUTTUVAT", _("Jonkun varallisuutta ei ole kirjattu.")
    WEALTH_TABLE = "VARALLISUUSRAJA_PUUTTUU", _("Kunnan varallisuusraja puuttuu.")
    NO_RIGHT = "OLESKELU", _("Kenelläkään ei ole kelpaavaa oleskelun perustetta.")
    MIXED = "OLESKELU_OSALLA", _("Kaikilla asukkailla ei ole kelpaavaa oleskelun perustetta.")
    RIGHT_UNKNOWN = "OLESKELU_PUUTTUU", _("Oleskelun peruste on selvittämättä.")
    TOO_YOUNG = "LIIAN_NUORI", _("Hakija on liian nuori hakemaan yksin.")
    MINOR = "ALAIKAINEN", _("Hakija on alaikäinen: huoltajan suostumus tarvitaan.")
    BORN_UNKNOWN = "SYNTYMAAIKA_PUUTTUU", _("Jonkun syntymäaika puuttuu.")
    NO_GROUND = "TARVE_PUUTTUU", _("Asunnontarpeen perustetta ei ole kirjattu.")
    WORK_MOVE = "TYOMUUTTO", _("Asunto lähtöpaikkakunnalla on vähennetty työn vuoksi.")
    TOO_SMALL = "LIIAN_PIENI", _("Asunto on ruokakunnalle ohjetta pienempi.")
    TOO_LARGE = "LIIAN_SUURI", _("Asunto on ruokakunnalle ohjetta suurempi.")
    GROUP_UNPROVEN = "ERITYISRYHMA", _("Kuulumista erityisryhmään ei ole osoitettu.")
    GROUP_DENIED = "EI_ERITYISRYHMA", _("Selvityksen mukaan ei kuulu asunnon erityisryhmään.")


@dataclass(frozen=True, slots=True)
class Finding:
    """How one test ended: what was compared with what, and the rows it follows (tulos)."""

    test: Test
    outcome: Outcome
    reason: Reason = Reason.NONE
    value: Decimal | None = None
    limit: Decimal | None = None
    why: Why = ()
