"""Names a person no longer has."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.persons import rules
from registry.persons.models.people import Person
from vuokra.db.fields import ComputedTextField
from vuokra.db.models import PersonalModel
from vuokra.policy.sources import Source


class NameChangeReason(models.TextChoices):
    """Why a name is written anew. A mistake leaves no former name: nobody ever had it."""

    CHANGED = "changed", _("Nimi on muuttunut")
    MISTAKE = "mistake", _("Nimi oli kirjattu väärin")


class FormerName(PersonalModel):
    """A name a person had before (entinen nimi, S5-01); found by search still."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_names")
    surname = models.CharField(_("sukunimi"), max_length=rules.NAME_LENGTH, blank=True)
    given_names = models.CharField(_("etunimet"), max_length=rules.NAME_LENGTH, blank=True)
    call_name = models.CharField(_("kutsumanimi"), max_length=rules.NAME_LENGTH, blank=True)
    sort_key = ComputedTextField(source="computed_sort_key", db_collation="C")
    used_until = models.DateField(_("viimeinen käyttöpäivä"), null=True, blank=True)
    source = models.CharField(_("lähde"), max_length=12, choices=Source, default=Source.PERSON)
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("entinen nimi")
        verbose_name_plural = _("entiset nimet")
        ordering = ("-id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="persons_former_name_present", condition=~Q(surname="") | ~Q(given_names="")
            ),
            models.CheckConstraint(
                name="persons_former_name_source", condition=Q(source__in=Source.values)
            ),
        )

    def __str__(self) -> str:
        return str(self.person)

    @property
    def computed_sort_key(self) -> str:
        return rules.person_sort_key(self.surname, self.given_names)

    @property
    def name(self) -> str:
        """Surname first, as `Person.name`."""
        return " ".join(filter(None, (self.surname, self.call_name or self.given_names)))
