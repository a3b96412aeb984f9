"""Task roles (tehtäväroolit) and purposes (käyttötarkoitukset) of the register.

Source: data-protection specification, sections 2.4 and 3.1. Demo users carry the role codes in
lower case. Rights themselves are in `vuokra.policy.rights`.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Task role (tehtävärooli); a person may hold several and has the union of their rights."""

    HAK = "HAK", _("Hakemuskäsittelijä")
    VAL = "VAL", _("Asukasvalitsija")
    SOP = "SOP", _("Asiakas- ja sopimuspalvelija")
    TAL = "TAL", _("Vuokrareskontra ja talous")
    PER = "PER", _("Perintä")
    HUO = "HUO", _("Huollon työnjohto")
    ASN = "ASN", _("Asumisneuvoja")
    MAR = "MAR", _("Viestintä ja kyselyt")
    REK = "REK", _("Rekisteriasiat")
    TAR = "TAR", _("Lokitarkastaja")
    JOH = "JOH", _("Toimitusjohtaja")
    PAA = "PAA", _("Pääkäyttäjä")


class Purpose(models.TextChoices):
    """Purpose of processing (käyttötarkoitus); every read states one."""

    HAKEMUS = "P1", _("Hakemuksen käsittely")
    ASUKASVALINTA = "P2", _("Asukasvalinta")
    SOPIMUS = "P3", _("Asiakkuuden ja vuokrasuhteen hoito")
    RESKONTRA = "P4", _("Vuokrareskontra")
    PERINTA = "P5", _("Perintä")
    KUNNOSSAPITO = "P6", _("Kunnossapito")
    PAATTAMINEN = "P7", _("Vuokrasuhteen päättäminen")
    VUOKRANMAARITYS = "P8", _("Vuokranmääritys")
    ASUMISEN_TUKI = "P9", _("Asumisen tuki")
    KYSELY = "P10", _("Asiakaskyselyt")
    TIEDOTE = "P11", _("Asumista koskeva tiedottaminen")
    MARKKINOINTI = "P12", _("Markkinointi")
    KONSERNI = "P13", _("Konsernin kehittäminen")
    OIKEUDET = "P14", _("Rekisteröidyn oikeudet")
    VALVONTA = "P15", _("Rekisterin suojaus ja käytönvalvonta")


def role_titles(codes: str) -> str:
    """The titles of role codes joined by `+`, as the log keeps them; unknown codes as they are."""
    return ", ".join(_title(code) for code in codes.split("+") if code)


def _title(code: str) -> str:
    return str(Role(code).label) if code in Role else code


def purpose_title(code: str) -> str:
    """The words for a purpose code; empty for none or an unknown one."""
    return str(Purpose(code).label) if code in Purpose else ""
