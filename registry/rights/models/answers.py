"""What was decided of a request, what its sender was told, and the proof of it (6.4 and 6.8)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.rights.models.codes import (
    ADDRESSED,
    LetterKind,
    Outcome,
    Receiver,
    RefusalGround,
    Right,
    Way,
)
from registry.rights.models.requests import SHORT, TEXT, DataRequest, Language, staff_key
from vuokra.access.clock import ClockTimestamp
from vuokra.crypto.fields import EncryptedTextField
from vuokra.crypto.files import EncryptedFileField
from vuokra.db.models import PersonalModel

DIGEST = 64
NOT_WHOLLY: tuple[str, ...] = (Outcome.PARTLY, Outcome.REFUSED, Outcome.CLAIM)


class Decision(PersonalModel):
    """What was decided of one right of a request (ratkaisu), with what 6.4 demands of a refusal.

    `facts` are what shows an excess: dates of earlier requests (burden of proof, article 12(5)).
    `fee` is a reasonable fee in euros for an excessive request or a further copy.
    """

    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="decisions")
    right = models.CharField(_("oikeus"), max_length=4, choices=Right)
    outcome = models.CharField(_("ratkaisu"), max_length=8, choices=Outcome)
    ground = models.CharField(_("peruste"), max_length=14, choices=RefusalGround, blank=True)
    reasons = models.CharField(_("perustelut"), max_length=TEXT, blank=True)
    facts = models.CharField(_("tosiseikat"), max_length=TEXT, blank=True)
    tells_supervisor = models.BooleanField(
        _("kerrotaan oikeudesta valittaa tietosuojavaltuutetulle"), default=False
    )
    tells_remedy = models.BooleanField(_("kerrotaan oikeussuojakeinoista"), default=False)
    to_supervisor = models.BooleanField(
        _("tiedot voidaan antaa tietosuojavaltuutetulle (34 §)"), default=False
    )
    fee = models.DecimalField(_("maksu"), max_digits=12, decimal_places=2, null=True, blank=True)
    decided_by = staff_key()
    decided_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        verbose_name = _("ratkaisu")
        verbose_name_plural = _("ratkaisut")
        ordering = ("right",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(fields=["request", "right"], name="rights_decision_once"),
            models.CheckConstraint(
                name="rights_decision_codes",
                condition=Q(right__in=Right.values, outcome__in=Outcome.values),
            ),
            models.CheckConstraint(
                name="rights_refusal_whole",
                condition=~Q(outcome__in=NOT_WHOLLY)
                | (
                    Q(tells_supervisor=True, tells_remedy=True) & ~Q(ground="") & ~Q(reasons="")
                ),
                violation_error_message=_(
                    "Kieltäytymisessä on oltava peruste, perustelut, tieto valituksesta "
                    "tietosuojavaltuutetulle ja oikeussuojakeinot."
                ),
            ),
            models.CheckConstraint(
                name="rights_excess_has_facts",
                condition=(~Q(ground=RefusalGround.EXCESSIVE) & Q(fee__isnull=True))
                | ~Q(facts=""),
                violation_error_message=_(
                    "Kirjoita tosiseikat, jotka osoittavat kohtuuttomuuden tai maksun perusteen."
                ),
            ),
            models.CheckConstraint(
                name="rights_fee_positive", condition=Q(fee__isnull=True) | Q(fee__gt=0),
                violation_error_message=_("Maksun pitää olla suurempi kuin nolla."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.request_id}: {self.right}"


class Letter(PersonalModel):
    """What the requester was told and how (kirje tai ilmoitus); the document, if one was made."""

    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="letters")
    kind = models.CharField(_("laji"), max_length=14, choices=LetterKind)
    language = models.CharField(_("kieli"), max_length=2, choices=Language)
    told_on = models.DateField(_("kerrottu"))
    way = models.CharField(_("tapa"), max_length=10, choices=Way)
    by = staff_key()
    at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        verbose_name = _("kirje")
        verbose_name_plural = _("kirjeet")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.request_id}: {self.kind}"


class Delivery(PersonalModel):
    """That an answer was given: by which way, when, to whom (toimitustodiste, 6.8).

    `digests` are the SHA-256 of the copies of data that were given. An address must have been
    confirmed shortly before (DP-A30). A wrong send is a possible
    breach: `missent_at` makes a row in the work queue, and the breach register hears of it.
    """

    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="deliveries")
    way = models.CharField(_("toimitustapa"), max_length=10, choices=Way)
    delivered_on = models.DateField(_("toimitettu"))
    receiver = models.CharField(_("saaja"), max_length=14, choices=Receiver)
    confirmed_on = models.DateField(_("osoite varmistettu"), null=True, blank=True)
    proof = models.CharField(_("toimituksen näyttö"), max_length=SHORT)
    digests = ArrayField(
        models.CharField(max_length=DIGEST), verbose_name=_("annetun tiiviste"), default=list,
        blank=True,
    )  # fmt: skip
    by = staff_key()
    at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)
    missent_at = models.DateTimeField(_("virhe havaittu"), null=True)
    missent_note = models.CharField(_("mitä tapahtui"), max_length=SHORT, blank=True)
    missent_by = staff_key()

    class Meta:
        verbose_name = _("toimitus")
        verbose_name_plural = _("toimitukset")
        ordering = ("id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="rights_delivery_proved",
                condition=~Q(proof="") & Q(way__in=Way.values, receiver__in=Receiver.values),
                violation_error_message=_("Kirjoita, mikä osoittaa toimituksen."),
            ),
            models.CheckConstraint(
                name="rights_delivery_to_confirmed_address",
                condition=~Q(way__in=[way.value for way in ADDRESSED])
                | Q(confirmed_on__isnull=False, confirmed_on__lte=F("delivered_on")),
                violation_error_message=_("Varmista osoite ennen lähettämistä."),
            ),
            models.CheckConstraint(
                name="rights_missent_told",
                condition=Q(missent_at=None, missent_note="")
                | (Q(missent_at__isnull=False) & ~Q(missent_note="")),
            ),
        )

    def __str__(self) -> str:
        return str(self.request_id)


class Attachment(PersonalModel):
    """A file that came with a request (liite), sealed, under a random name.

    Never evidence of identity: that is seen, and not kept (6.2, DP-A27).
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="attachments")
    file = EncryptedFileField(_("tiedosto"), own_key=False)
    name = EncryptedTextField(_("alkuperäinen nimi"), max_length=SHORT, null=True)
    mime = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    added_by = staff_key()
    added_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        verbose_name = _("liite")
        verbose_name_plural = _("liitteet")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.request_id}: {self.pk}"
