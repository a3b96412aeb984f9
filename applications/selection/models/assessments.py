"""How a household stands before any flat is looked at, kept so that ten thousand can be ranked."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.intake.codes import Situation
from applications.intake.models import Application
from applications.selection.rule_rows import URGENCIES, class_words
from applications.selection.rules.findings import Outcome, Reason
from vuokra.db.models import PersonalModel


class Assessment(PersonalModel):
    """What an application comes to (hakemuksen arvio, SY-06): `rules.assessing` worked out.

    Made anew when the application or a rule changes, and on `good_until`, the last day on which
    nothing of it changes by itself. Euros a month for income and its limit; without a limit in
    force, or with one that cannot be worked out, `limit_eur` is empty and `limit_missing` tells
    which.
    """

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="assessment"
    )
    persons = models.PositiveSmallIntegerField(_("henkilöitä"))
    adults = models.PositiveSmallIntegerField(_("aikuisia"), null=True)
    children = models.PositiveSmallIntegerField(_("lapsia"), null=True)
    income_eur = models.DecimalField(_("tulot, €/kk"), max_digits=18, decimal_places=6, null=True)
    income_missing = models.CharField(max_length=24, blank=True)
    limit_eur = models.DecimalField(
        _("enimmäistuloraja, €/kk"), max_digits=12, decimal_places=2, null=True
    )
    limit_missing = models.CharField(max_length=24, blank=True)
    wealth_eur = models.DecimalField(
        _("varallisuus, €"), max_digits=18, decimal_places=6, null=True
    )
    wealth_missing = models.CharField(max_length=24, blank=True)
    urgency = models.PositiveSmallIntegerField(_("kiireellisyysluokka"), null=True)
    situations = ArrayField(
        models.CharField(max_length=2, choices=Situation),
        verbose_name=_("ratkaisevat perusteet"),
        default=list,
    )
    residence = models.CharField(_("oleskelun perusteen tulos"), max_length=9, choices=Outcome)
    residence_reason = models.CharField(max_length=24, blank=True)
    age = models.CharField(_("iän tulos"), max_length=9, choices=Outcome)
    age_reason = models.CharField(max_length=24, blank=True)
    moved_for_work = models.BooleanField(default=False)
    rule_versions = models.JSONField(default=list)
    made_on = models.DateField(_("arvioitu"))
    good_until = models.DateField(_("kelpaa asti"), null=True)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("hakemuksen arvio")
        verbose_name_plural = _("hakemusten arviot")
        indexes = (models.Index(fields=["good_until"], name="selection_assessment_due"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="selection_assessment_known",
                condition=Q(
                    residence__in=Outcome.values,
                    age__in=Outcome.values,
                    income_missing__in=Reason.values,
                    limit_missing__in=Reason.values,
                    wealth_missing__in=Reason.values,
                    residence_reason__in=Reason.values,
                    age_reason__in=Reason.values,
                    situations__contained_by=Situation.values,
                ),
            ),
            models.CheckConstraint(
                name="selection_assessment_persons",
                condition=Q(persons__gte=1)
                & (Q(urgency__isnull=True) | Q(urgency__range=(URGENCIES[0], URGENCIES[-1]))),
            ),
            models.CheckConstraint(  # a sum, or why there is none
                name="selection_assessment_sums",
                condition=(
                    Q(income_eur__gte=0, income_missing="")
                    | (Q(income_eur__isnull=True) & ~Q(income_missing=""))
                )
                & (
                    Q(wealth_eur__gte=0, wealth_missing="")
                    | (Q(wealth_eur__isnull=True) & ~Q(wealth_missing=""))
                )
                & (Q(limit_missing="") | Q(limit_eur__isnull=True)),
            ),
        )

    @property
    def need_class(self) -> str:
        """What the urgency class is called."""
        return class_words(self.urgency)

    def __str__(self) -> str:
        return f"{self.application_id}"


class AssessmentDue(models.Model):
    """That something by which an application is judged has changed, and is still to be worked out
    (arvioitava hakemus). The database writes it with the change itself, once in a transaction;
    whoever works out takes away those that he sees before he reads, so that none is lost."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(_("muuttunut"), auto_now_add=True)

    class Meta:
        verbose_name = _("arvioitava hakemus")
        verbose_name_plural = _("arvioitavat hakemukset")

    def __str__(self) -> str:
        return f"{self.application_id}"
