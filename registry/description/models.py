"""Published versions of the register description."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from vuokra.company.models import NoticeVersion


class DescriptionVersion(models.Model):
    """A published register description (rekisteriselosteen versio), as it was when published.

    It holds the privacy notice and the record of article 30 in both languages. The database gives
    the number and refuses a change or removal; `digest` is the SHA-256 of `content`
    (`rules.digest`).
    """

    number = models.PositiveIntegerField(_("numero"), unique=True, default=0, editable=False)
    notice = models.OneToOneField(NoticeVersion, on_delete=models.PROTECT, related_name="+")
    content: models.JSONField[Any, Any] = models.JSONField(_("sisältö"))
    digest = models.CharField(_("tiiviste"), max_length=64)
    published_at = models.DateTimeField(_("julkaistu"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("rekisteriselosteen versio")
        verbose_name_plural = _("rekisteriselosteen versiot")
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="registry_description_digest", condition=Q(digest__regex=r"^[0-9a-f]{64}$")
            )
        ]

    def __str__(self) -> str:
        return str(self.number)
