"""What a person was called by in the system that the register's data came from."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.persons.models.people import Person
from vuokra.db.models import PersonalModel


class ExternalId(PersonalModel):
    """A person's id in the old system (vanha tunnus), by which an import knows them again."""

    LENGTH: Final = 64

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="external_ids")
    value = models.CharField(_("vanha tunnus"), max_length=LENGTH, unique=True)
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("vanha tunnus")
        verbose_name_plural = _("vanhat tunnukset")
        constraints = (
            models.CheckConstraint(name="persons_external_id_told", condition=~Q(value="")),
        )

    def __str__(self) -> str:
        return str(self.person)
