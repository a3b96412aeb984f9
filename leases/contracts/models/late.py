"""Days of leases that were entered long after them, with the reason for it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leases.contracts.models.leases import Lease
from vuokra.db.models import PersonalModel

LATE_LENGTH = 200


class DayOf(models.TextChoices):
    """What happened on the day."""

    SIGNATURE = "signature", _("Allekirjoitus")
    SERVICE = "service", _("Tiedoksianto")
    END = "end", _("Sovittu viimeinen päivä")


class LateDay(PersonalModel):
    """A day that was entered later than is usual (jälkikäteen kirjattu päivä), and why.

    `other_law`: the lease falls under another version of the law than one signed on `entered_on`
    would. Another than who entered the day confirms it then.
    """

    lease = models.ForeignKey(Lease, on_delete=models.CASCADE, related_name="late_days")
    what = models.CharField(_("mikä"), max_length=9, choices=DayOf)
    day = models.DateField(_("päivä"))
    entered_on = models.DateField(_("kirjattu"))
    reason = models.CharField(_("perustelu"), max_length=LATE_LENGTH)
    other_law = models.BooleanField(_("eri laki"), default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("vahvistettu"), null=True, editable=False)

    class Meta:
        verbose_name = _("jälkikäteen kirjattu päivä")
        verbose_name_plural = _("jälkikäteen kirjatut päivät")
        ordering = ("lease", "id")
        indexes = (
            models.Index(
                fields=["entered_on"], name="contracts_late_unconfirmed",
                condition=Q(other_law=True, confirmed_at__isnull=True),
            ),
        )  # fmt: skip
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(name="contracts_late_what", condition=Q(what__in=DayOf.values)),
            models.CheckConstraint(
                name="contracts_late_reason",
                condition=Q(reason__regex=r"\S") & Q(day__lt=F("entered_on")),
            ),
            models.CheckConstraint(
                name="contracts_late_confirmed",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | (
                    Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                    & (Q(recorded_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")))
                ),
                violation_error_message=_("Päivän vahvistaa toinen kuin sen kirjannut."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def waits(self) -> bool:
        """Whether another has to confirm it."""
        return self.other_law and self.confirmed_at is None
