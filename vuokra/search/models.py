"""Views of lists that users keep for themselves."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuokra.db.models import PersonalModel

NAME_LENGTH = 40
MOST_VIEWS = 20
"""Saved views of one list that a user may keep: what fits its header."""


class SavedView(PersonalModel):
    """A list's filters and order under a name (tallennettu näkymä); its maker's own.

    `page` is the name of the list's view, `query` its address: codes only, checked by the list each
    time it is opened.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.CharField(max_length=60)
    name = models.CharField(_("nimi"), max_length=NAME_LENGTH)
    query = models.CharField(max_length=300, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("tallennettu näkymä")
        verbose_name_plural = _("tallennetut näkymät")
        ordering: ClassVar[list[str]] = ["name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "page", "name"],
                name="search_savedview_name",
                violation_error_message=_("Samanniminen näkymä on jo tallennettu."),
            ),
            models.CheckConstraint(
                name="search_savedview_named", condition=~Q(name__regex=r"^\s*$")
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
