"""Corrections that wait for a second pair of eyes: what they correct had one, or they need one."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.disclosures.models.disclosures import (
    ASKED_LENGTH,
    NOTE_LENGTH,
    Channel,
    Disclosure,
)
from registry.disclosures.models.recipients import CODE_LENGTH, REFERENCE_LENGTH
from vuokra.db.models import PersonalModel
from vuokra.policy.roles import Purpose


class CorrectionState(models.TextChoices):
    """Where a proposed correction stands."""

    WAITING = "waiting", _("Odottaa hyväksyntää")
    APPROVED = "approved", _("Hyväksytty")
    REFUSED = "refused", _("Hylätty")


class Correction(PersonalModel):
    """A correction of a disclosure that another must approve (ehdotettu oikaisu).

    The columns are those of `Disclosure` that a correction may change. When it is approved it
    becomes a row of disclosures in the name of whoever proposed it, at the same moment.
    """

    wrong = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="corrections")
    at = models.DateTimeField(_("milloin"))
    codes = ArrayField(models.CharField(max_length=CODE_LENGTH))
    purpose = models.CharField(_("käyttötarkoitus"), max_length=3, choices=Purpose)
    channel = models.CharField(_("tapa"), max_length=10, choices=Channel)
    asked_by = models.CharField(_("kuka pyysi"), max_length=ASKED_LENGTH, blank=True)
    call_back = models.CharField(_("takaisinsoitto"), max_length=ASKED_LENGTH, blank=True)
    reference = models.CharField(_("asia"), max_length=REFERENCE_LENGTH, blank=True)
    note = models.CharField(_("mikä oli väärin"), max_length=NOTE_LENGTH)
    void = models.BooleanField(_("tietoja ei luovutettu"), default=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=CorrectionState, default=CorrectionState.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(_("perustelu"), max_length=NOTE_LENGTH, blank=True)

    class Meta:
        verbose_name = _("ehdotettu oikaisu")
        verbose_name_plural = _("ehdotetut oikaisut")
        ordering = ("-proposed_at", "-id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["wrong"],
                condition=Q(state=CorrectionState.WAITING),
                name="disclosures_correction_once",
                violation_error_message=_("Luovutuksella on jo oikaisu, joka odottaa."),
            ),
            models.CheckConstraint(
                name="disclosures_correction_says_what",
                condition=~Q(note="") & ~Q(codes=[]),
            ),
            models.CheckConstraint(
                name="disclosures_correction_decided",
                condition=Q(state=CorrectionState.WAITING, decided_by=None, decided_at=None)
                | Q(state__in=[CorrectionState.APPROVED, CorrectionState.REFUSED])
                & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="disclosures_correction_by_two",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="disclosures_correction_refused_says_why",
                condition=~Q(state=CorrectionState.REFUSED) | ~Q(decision_note=""),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
