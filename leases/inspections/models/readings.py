"""Readings of meters: how much was used until a day."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leases.contracts.models import Lease
from leases.homes.models import Meter
from leases.inspections.models.inspections import Inspection
from vuokra.db.models import PersonalModel


class Reading(PersonalModel):
    """What a meter showed on a day (lukema). It tells of whoever lived there by `lease`; one read
    between tenancies is nobody's. A meter never goes backwards: a new one is a row of its own."""

    meter = models.ForeignKey(Meter, on_delete=models.PROTECT, related_name="readings")
    read_on = models.DateField(_("luettu"))
    value = models.DecimalField(_("lukema"), max_digits=11, decimal_places=3)
    lease = models.ForeignKey(
        Lease, on_delete=models.CASCADE, null=True, related_name="readings", editable=False
    )
    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, null=True, related_name="readings", editable=False
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("lukema")
        verbose_name_plural = _("lukemat")
        ordering = ("-read_on", "-id")
        indexes = (models.Index(fields=["meter", "read_on"], name="inspections_reading_day"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="inspections_reading_value",
                condition=Q(value__gte=Decimal(0)),
                violation_error_code="value",
                violation_error_message=_("Lukema on vähintään nolla."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"
