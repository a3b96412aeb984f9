"""What every part of an application has: whose correction it has met since it was given."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.intake.codes import Corrected
from vuokra.db.models import PersonalModel

EUROS_MOST = 99_999_999


def euro_field(label: Any, **options: Any) -> Any:
    """A column of euros."""
    return models.DecimalField(label, max_digits=12, decimal_places=2, **options)


def staff(**options: Any) -> Any:
    """A column that names one of our own users, None for the system."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", **options
    )


class GivenFields(PersonalModel):
    """A part of an application, as given or corrected since. The change log keeps what was given;
    `corrected` tells whose correction the newest is."""

    corrected = models.CharField(
        _("korjaus"), max_length=9, choices=Corrected, blank=True, default=Corrected.GIVEN,
        editable=False,
    )  # fmt: skip

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="intake_%(class)s_corrected", condition=Q(corrected__in=Corrected.values)
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"
