"""Why a document is not made. Nothing here repeats a value."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fault(models.TextChoices):
    """Why a document was not made, as the screen says it."""

    RIGHT = "right", _("Tilaajalla ei ole enää oikeutta tietoihin.")
    DELIVERY = "delivery", _("Toimitus sovittava: henkilöllä on turvakielto eikä yhteysosoitetta.")
    ADDRESS = "address", _("Henkilöllä ei ole voimassa olevaa postiosoitetta.")
    DATA = "data", _("Asiakirjan tietoja ei löytynyt enää.")
    TEMPLATE = "template", _("Asiakirjapohjassa on virhe. Ilmoita pääkäyttäjälle.")
    OTHER = "other", _("Tekeminen keskeytyi. Yritä uudelleen.")


class NotMade(Exception):
    """A document cannot be made; `fault` says why. A kind's `data` may raise it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault
