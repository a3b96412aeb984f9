"""Files that wait for a second pair of eyes before they may be taken out."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.disclosures.models.disclosures import NOTE_LENGTH, ORIGIN_LENGTH, Disclosure
from registry.disclosures.models.recipients import (
    CODE_LENGTH,
    REFERENCE_LENGTH,
    SECTION_LENGTH,
    Recipient,
)
from vuokra.db.models import PersonalModel
from vuokra.policy.roles import Purpose


class ExportState(models.TextChoices):
    """Where an asked export stands."""

    WAITING = "waiting", _("Odottaa hyväksyntää")
    APPROVED = "approved", _("Hyväksytty")
    REFUSED = "refused", _("Hylätty")
    TAKEN = "taken", _("Ladattu")


class ExportRequest(PersonalModel):
    """An export that another must approve (vientipyyntö), and which is then taken out once.

    Who are in it is fixed when it is asked for. Columns and people are checked anew at the moment
    of taking out: a ban or a restriction that came meanwhile holds. What an authority gets has its
    statute and section.
    """

    origin = models.CharField(max_length=ORIGIN_LENGTH)
    form = models.CharField(_("tiedosto"), max_length=8)
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, null=True, related_name="+",
        verbose_name=_("vastaanottaja"),
    )  # fmt: skip
    purpose = models.CharField(_("käyttötarkoitus"), max_length=3, choices=Purpose)
    reason = models.CharField(_("tarkenne"), max_length=NOTE_LENGTH, blank=True)
    reference = models.CharField(_("asia"), max_length=REFERENCE_LENGTH, blank=True)
    statute = models.CharField(_("säädös"), max_length=REFERENCE_LENGTH, blank=True)
    section = models.CharField(_("pykälä"), max_length=SECTION_LENGTH, blank=True)
    codes = ArrayField(models.CharField(max_length=CODE_LENGTH))
    persons = ArrayField(models.BigIntegerField())
    person_count = models.PositiveIntegerField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=ExportState, default=ExportState.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(_("perustelu"), max_length=NOTE_LENGTH, blank=True)
    expires_at = models.DateTimeField(null=True)
    disclosure = models.OneToOneField(
        Disclosure, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("vientipyyntö")
        verbose_name_plural = _("vientipyynnöt")
        ordering = ("-asked_at", "-id")
        indexes = (models.Index(fields=["state", "asked_at"], name="disclosures_export_state"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="disclosures_export_state_known", condition=Q(state__in=ExportState.values)
            ),
            models.CheckConstraint(
                name="disclosures_export_decided",
                condition=Q(
                    state=ExportState.WAITING, decided_by=None, decided_at=None, expires_at=None
                )
                | ~Q(state=ExportState.WAITING)
                & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="disclosures_export_by_two",
                condition=Q(decided_by__isnull=True)
                | Q(asked_by__isnull=True)
                | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="disclosures_export_refused_says_why",
                condition=~Q(state=ExportState.REFUSED) | ~Q(decision_note=""),
            ),
            models.CheckConstraint(
                name="disclosures_export_expires",
                condition=~Q(state__in=[ExportState.APPROVED, ExportState.TAKEN])
                | Q(expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="disclosures_export_taken_once",
                condition=Q(state=ExportState.TAKEN, disclosure__isnull=False)
                | ~Q(state=ExportState.TAKEN) & Q(disclosure__isnull=True),
            ),
            models.CheckConstraint(name="disclosures_export_people", condition=~Q(persons=[])),
        )

    def __str__(self) -> str:
        return str(self.pk)
