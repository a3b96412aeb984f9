"""What the municipality has decided: wealth limits, and permits to deviate for a time."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leases.homes.models import Site
from leases.homes.models.flats import DatedRow
from registry.persons.models.contacts import validity

MUNICIPALITY_LENGTH = 80
DECISION_LENGTH = 200
NOTE_LENGTH = 400


class WealthTable(DatedRow):
    """The wealth limits of a municipality from a day (varallisuusrajat), VNa 166/2008 3 §.

    A household larger than the largest row has that row and `step_eur` for each person more. There
    is no default: without a table nothing is said of wealth. What it said on a day stays.
    """

    municipality = models.CharField(_("kunta"), max_length=MUNICIPALITY_LENGTH)
    step_eur = models.DecimalField(
        _("lisä jokaisesta seuraavasta henkilöstä, €"), max_digits=12, decimal_places=2, default=0
    )
    decision = models.CharField(_("päätös, pykälä ja päivä"), max_length=DECISION_LENGTH)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta(DatedRow.Meta):
        verbose_name = _("varallisuusrajat")
        verbose_name_plural = _("varallisuusrajat")
        ordering = ("municipality", "-valid_from")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                name="selection_wealth_step",
                condition=Q(step_eur__gte=0),
                violation_error_code="step_eur",
                violation_error_message=_("Lisä ei voi olla alle nolla."),
            ),
            ExclusionConstraint(
                name="selection_wealth_one",
                index_type="GIST",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_code="valid_from",
                violation_error_message=_("Kunnalla on jo varallisuusrajat samalta ajalta."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.municipality} {self.valid_from:%Y}"


class WealthLimit(models.Model):
    """The limit of a household of so many persons (varallisuusraja), euros."""

    table = models.ForeignKey(WealthTable, on_delete=models.CASCADE, related_name="limits")
    persons = models.PositiveSmallIntegerField(_("henkilöitä"))
    euros = models.DecimalField(_("raja, €"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("varallisuusraja")
        verbose_name_plural = _("varallisuusrajat henkilöittäin")
        ordering = ("persons",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["table", "persons"],
                name="selection_limit_one",
                violation_error_code="persons",
                violation_error_message=_("Henkilömäärällä on jo raja."),
            ),
            models.CheckConstraint(
                name="selection_limit_known",
                condition=Q(persons__gte=1, persons__lte=20, euros__gte=0),
                violation_error_code="euros",
                violation_error_message=_("Raja on vähintään nolla, henkilöitä 1–20."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.persons}"


class ExemptionPermit(DatedRow):
    """A permit of the municipality to deviate for a time (tilapäinen poikkeuslupa, P8).

    No sites are all of them. `flats` is the most that may be let by it (VNa 166/2008 7 §).

    How long one may be given is a dated rule, asked when it is recorded.
    """

    authority = models.CharField(_("myöntäjä"), max_length=MUNICIPALITY_LENGTH)
    decision = models.CharField(_("päätös, pykälä ja päivä"), max_length=DECISION_LENGTH)
    valid_to = models.DateField(_("asti"))
    sites = models.ManyToManyField(Site, verbose_name=_("kohteet"), blank=True, related_name="+")
    need = models.BooleanField(_("asunnontarpeesta saa poiketa"), default=False)
    wealth = models.BooleanField(_("varallisuusrajasta saa poiketa"), default=False)
    income_limit = models.BooleanField(_("tulorajasta saa poiketa"), default=False)
    flats = models.PositiveIntegerField(_("asuntoja enintään"))
    occupancy = models.CharField(_("käyttöasteen ehto"), max_length=NOTE_LENGTH, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta(DatedRow.Meta):
        verbose_name = _("poikkeuslupa")
        verbose_name_plural = _("poikkeusluvat")
        ordering = ("-valid_from", "-id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                name="selection_permit_flats",
                condition=Q(flats__gte=1),
                violation_error_code="flats",
                violation_error_message=_("Luvassa on ainakin yksi asunto."),
            ),
            models.CheckConstraint(
                name="selection_permit_waives",
                condition=Q(need=True) | Q(wealth=True) | Q(income_limit=True),
                violation_error_code="need",
                violation_error_message=_("Valitse, mistä luvalla saa poiketa."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.authority} {self.decision}"
