"""Words of a copy: what is found in it of others, what is decided, and why."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class What(models.TextChoices):
    """What was found at a place of a copy."""

    PERSON = "person", _("Toinen henkilö")
    NAME = "name", _("Mahdollinen nimi")
    STAFF = "staff", _("Työntekijän nimi")
    CONTACT = "contact", _("Yhteystieto")
    CODE = "code", _("Henkilötunnus")
    ROW = "row", _("Rivi koskee myös toista henkilöä")
    DOCUMENT = "document", _("Asiakirjassa on muiden tietoja")
    HAND = "hand", _("Merkitty käsin")


class Unneeded(models.TextChoices):
    """Why a copy is not given, and was destroyed before anybody got it (miksi ei tarvita)."""

    REFUSED = "refused", _("oikeudesta kieltäydyttiin")
    CLAIM = "claim", _("käsitellään vaatimuksena")
    WITHDRAWN = "withdrawn", _("pyyntö peruttiin")


class Decision(models.TextChoices):
    """What becomes of a place."""

    OPEN = "open", _("Ratkaisematta")
    REDACTED = "redacted", _("Peitetään")
    KEPT = "kept", _("Annetaan")


class Reason(models.TextChoices):
    """Why a place is left out, or why it may be told (article 15(4), data-protection 6.3)."""

    OTHER = "other", _("toisen henkilön tieto")
    PROTECTED = "protected", _("turvakiellon alainen tieto")
    STAFF = "staff", _("työntekijän henkilöllisyys")
    SECRET = "secret", _("liikesalaisuus")
    LAW = "law", _("laki estää antamisen (tietosuojalaki 34 §)")
    OWN = "own", _("tieto koskee pyytäjää itseään")
    KNOWN = "known", _("pyytäjä on antanut tiedon itse tai tuntee sen")
    CONSENT = "consent", _("henkilö on suostunut")
    NOBODY = "nobody", _("ei ole kenenkään muun tieto")


LEAVING_OUT = (Reason.OTHER, Reason.PROTECTED, Reason.STAFF, Reason.SECRET, Reason.LAW)
TELLING = (Reason.OWN, Reason.KNOWN, Reason.CONSENT, Reason.NOBODY)
