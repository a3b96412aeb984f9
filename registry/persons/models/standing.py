"""How a person stands to the staff and to the law: ties of staff, with their days."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.persons.models.contacts import validity
from registry.persons.models.people import Person
from vuokra.db.models import PersonalModel


class KeptFields(PersonalModel):
    """From when to when something holds, and who set it. `valid_to` is the last valid day."""

    valid_from = models.DateField(_("voimassa alkaen"))
    valid_to = models.DateField(_("voimassa asti"), null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dates",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("Päättymispäivä on ennen alkamispäivää."),
            ),
        )


class TieKind(models.TextChoices):
    """How a member of staff is tied to a person. Source: data-protection, section 3.1, A2, A3."""

    OWN = "own", _("Käyttäjän omat tiedot")
    HOUSEHOLD = "household", _("Samaa taloutta tai lähipiiriä")
    COLLEAGUE = "colleague", _("Työtoveri")
    CONFLICT = "conflict", _("Esteellinen päättämään")


class StaffLink(KeptFields):
    """A tie of a member of staff to a person of the register (sidonnaisuus).

    The first three close the person's record to that member of staff; CONFLICT (esteellinen) leaves
    it open but bars deciding. A person whose own record it is, is a colleague to all the others.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="staff_links")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("käyttäjä"),
    )
    kind = models.CharField(_("laji"), max_length=12, choices=TieKind)

    class Meta(KeptFields.Meta):
        verbose_name = _("sidonnaisuus")
        verbose_name_plural = _("sidonnaisuudet")
        ordering = ("-valid_from", "id")
        indexes = (models.Index(fields=["staff", "kind"], name="persons_link_staff"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *KeptFields.Meta.constraints,
            models.CheckConstraint(
                name="persons_link_kind_known", condition=Q(kind__in=TieKind.values)
            ),
            ExclusionConstraint(
                name="persons_link_once",
                index_type="GIST",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("staff", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "Käyttäjällä on jo sidonnaisuus tähän henkilöön samalta ajalta. Päätä se ensin."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
