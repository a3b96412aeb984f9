"""Marks that change how a person's data may be used: death, restriction, legal hold."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.persons.models.contacts import validity
from registry.persons.models.people import Person
from registry.persons.models.standing import KeptFields
from vuokra.policy.sources import Source

MATTER_LENGTH = 60


class MarkKind(models.TextChoices):
    """What a mark says. Source: GDPR articles 18 and 5(1)(e); data-protection A59, R6."""

    DECEASED = "deceased", _("Kuollut")
    RESTRICTION = "restriction", _("Käsittelyä rajoitettu")
    LEGAL_HOLD = "legal_hold", _("Säilytyspito")


class Ground(models.TextChoices):
    """Why processing is restricted (GDPR art. 18(1)), or data are held from deletion."""

    ACCURACY = "18-1-a", _("Tietojen oikeellisuus on kiistetty")
    UNLAWFUL = "18-1-b", _("Käsittely on lainvastaista, mutta henkilö vastustaa poistoa")
    CLAIMS = "18-1-c", _("Henkilö tarvitsee tietoja oikeusvaateeseen")
    OBJECTION = "18-1-d", _("Vastustamispyyntö on ratkaisematta")
    DISPUTE = "dispute", _("Riita, perintä tai oikeudenkäynti")
    SUPERVISION = "supervision", _("Viranomaisen valvonta-asia tai valitus")
    REQUEST = "request", _("Rekisteröidyn pyyntö on kesken")


GROUNDS: dict[str, tuple[Ground, ...]] = {
    MarkKind.RESTRICTION: (Ground.ACCURACY, Ground.UNLAWFUL, Ground.CLAIMS, Ground.OBJECTION),
    MarkKind.LEGAL_HOLD: (Ground.DISPUTE, Ground.SUPERVISION, Ground.REQUEST),
}


class Mark(KeptFields):
    """A mark on a person (merkintä): death, restriction of processing, legal hold; dated rows.

    Of a death `valid_from` is the day of death and there is no end; it has a source and no ground.
    A restriction ends after the person was told that it will (GDPR art. 18(3)): on `told_on`.
    A hold goes on only as long as somebody finds it needed: last on `reviewed_on`.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(_("merkintä"), max_length=12, choices=MarkKind)
    ground = models.CharField(_("peruste"), max_length=12, choices=Ground, blank=True)
    matter = models.CharField(_("asian numero"), max_length=MATTER_LENGTH, blank=True)
    source = models.CharField(_("lähde"), max_length=12, choices=Source, blank=True)
    told_on = models.DateField(_("päättymisestä kerrottu"), null=True, blank=True)
    reviewed_on = models.DateField(_("tarkistettu"), null=True, blank=True)

    class Meta(KeptFields.Meta):
        verbose_name = _("merkintä")
        verbose_name_plural = _("merkinnät")
        ordering = ("kind", "-valid_from", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *KeptFields.Meta.constraints,
            models.CheckConstraint(
                name="persons_mark_whole",
                condition=Q(
                    kind=MarkKind.DECEASED,
                    valid_to__isnull=True,
                    ground="",
                    source__in=Source.values,
                )
                | Q(kind=MarkKind.RESTRICTION, ground__in=GROUNDS[MarkKind.RESTRICTION], source="")
                | Q(kind=MarkKind.LEGAL_HOLD, ground__in=GROUNDS[MarkKind.LEGAL_HOLD], source=""),
            ),
            models.CheckConstraint(
                name="persons_mark_end_told",
                condition=~Q(kind=MarkKind.RESTRICTION)
                | Q(valid_to__isnull=True, told_on__isnull=True)
                | Q(told_on__isnull=False, told_on__lte=F("valid_to")),
                violation_error_message=_(
                    "Kerro henkilölle ennen kuin rajoitus päättyy (18 artikla 3)."
                ),
            ),
            models.CheckConstraint(
                name="persons_mark_reviewed",
                condition=Q(reviewed_on__isnull=True)
                | Q(kind=MarkKind.LEGAL_HOLD, reviewed_on__gte=F("valid_from")),
                violation_error_message=_("Säilytyspito ei ole vielä alkanut."),
            ),
            ExclusionConstraint(
                name="persons_mark_once",
                index_type="GIST",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Henkilöllä on jo sama merkintä samalta ajalta."),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
