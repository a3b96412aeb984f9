"""Openings of doors: ordered on an answer, reported back, corrected by rows of their own."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leases.doors.models.questions import Question
from registry.disclosures.models import Disclosure, Recipient
from vuokra.db.models import PersonalModel

NOTE_LENGTH = 200
WHY_LENGTH = 200


class Outcome(models.TextChoices):
    """How it went (tulos)."""

    OPENED = "opened", _("Ovi avattiin")
    NOT_OPENED = "not_opened", _("Ovea ei avattu")


class Payer(models.TextChoices):
    """Who bears the cost (kustannus)."""

    COMPANY = "company", _("Yhtiö")
    RESIDENT = "resident", _("Asukas")


class State(models.TextChoices):
    """How far an opening has come, as it stands in an address."""

    OPEN = "kesken", _("Kesken")
    OPENED = "avattu", _("Avattu")
    NOT_OPENED = "ei-avattu", _("Ei avattu")


class Report(PersonalModel):
    """How an opening went, when, and what it costs the resident."""

    done_at = models.DateTimeField(_("milloin"), null=True, editable=False)
    outcome = models.CharField(_("tulos"), max_length=10, choices=Outcome, blank=True)
    payer = models.CharField(_("kustannuksen maksaa"), max_length=8, choices=Payer)
    fee_eur = models.DecimalField(
        _("avausmaksu, €"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    note = models.CharField(_("lisätieto"), max_length=NOTE_LENGTH, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="doors_%(class)s_payer", condition=Q(payer__in=Payer.values)
            ),
            models.CheckConstraint(
                name="doors_%(class)s_fee",
                condition=Q(fee_eur__isnull=True)
                | Q(fee_eur__gt=0, payer="resident", outcome="opened"),
                violation_error_code="fee_eur",
                violation_error_message=_(
                    "Avausmaksu peritään vain asukkaalta ja vain, kun ovi on avattu."
                ),
            ),
        )


class Opening(Report):
    """An opening of a door that was ordered (ovenavaus, S10-03).

    `company` opens it, or the company's own maintenance when there is none; `disclosure` is what
    the company was given for it. Once reported back it stays: a mistake is put right by a
    `Correction`.
    """

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="opening")
    company = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("avaaja")
    )
    disclosure = models.ForeignKey(
        Disclosure, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ordered_at = models.DateTimeField(_("tilattu"), default=timezone.now, editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("ovenavaus")
        verbose_name_plural = _("ovenavaukset")
        ordering = ("-ordered_at", "-id")
        indexes = (
            models.Index(fields=["-ordered_at", "-id"], name="doors_opening_newest"),
            models.Index(
                fields=["ordered_at"], name="doors_opening_open", condition=Q(done_at__isnull=True)
            ),
        )
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *Report.Meta.constraints,
            models.CheckConstraint(
                name="doors_opening_done",
                condition=Q(done_at__isnull=True, outcome="", fee_eur__isnull=True)
                | Q(done_at__isnull=False, outcome__in=Outcome.values),
            ),
            models.CheckConstraint(
                name="doors_opening_after_order",
                condition=Q(done_at__isnull=True) | Q(done_at__gte=F("ordered_at")),
                violation_error_code="day",
                violation_error_message=_("Aika on ennen tilausta."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def number(self) -> str:
        """The number of the order, by which the company and the office speak of it."""
        return f"OA {self.pk}"


class Correction(Report):
    """How an opening went after all (oikaisu): all of it anew, and why. The latest one counts."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="corrections")
    why = models.CharField(_("miksi oikaistaan"), max_length=WHY_LENGTH)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("oikaistu"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("ovenavauksen oikaisu")
        verbose_name_plural = _("ovenavausten oikaisut")
        ordering = ("id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *Report.Meta.constraints,
            models.CheckConstraint(
                name="doors_correction_done",
                condition=Q(done_at__isnull=False, outcome__in=Outcome.values),
            ),
            models.CheckConstraint(name="doors_correction_why", condition=Q(why__regex=r"\S")),
        )

    def __str__(self) -> str:
        return f"{self.pk}"
