"""Papers of a period for the supervisor, and complaints about choices."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from applications.intake.models import Application
from applications.selection.models import Decision
from applications.supervision.rules.periods import Period, Step
from leases.homes.models import Site
from vuokra.db.models import PersonalModel

NAME_LENGTH = 100
NUMBER_LENGTH = 40
TEXT_LENGTH = 4000


class Extract(models.Model):
    """A period, of all sites or one, that a paper for the supervisor is made of. Both days are
    within it."""

    first = models.DateField(_("alkaen"))
    last = models.DateField(_("asti"))
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("kohde"),
    )  # fmt: skip
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("valvontatuloste")
        verbose_name_plural = _("valvontatulosteet")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="supervision_extract_days",
                condition=Q(last__gte=F("first")),
                violation_error_code="last",
                violation_error_message=_("Viimeinen päivä on ennen ensimmäistä."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class Report(models.Model):
    """What the supervisor is told of an ended period (valvontaraportti): counts of the company and
    of every site, small numbers hidden. It is made once and stays as it is, and no two are of the
    same day: of two readings nothing is worked out.

    `told` is a list of tables; each has its `kind`, the `codes` that it counts by, the `whole` and
    its `places` by the number of the site: a count for every code and their sum, null for what is
    not told.
    """

    first = models.DateField(_("alkaen"))
    last = models.DateField(_("asti"))
    step = models.CharField(max_length=7, choices=[(one.value, one.value) for one in Step])
    number = models.PositiveSmallIntegerField()
    told = models.JSONField()
    made_at = models.DateTimeField(_("tehty"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("valvontaraportti")
        verbose_name_plural = _("valvontaraportit")
        ordering = ("-first",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="supervision_report_days", condition=Q(last__gt=F("first"))
            ),
            models.CheckConstraint(
                name="supervision_report_known", condition=Q(step__in=[*map(str, Step)])
            ),
            ExclusionConstraint(
                name="supervision_report_one",
                index_type="GIST",
                expressions=[
                    (
                        Func(
                            F("first"), F("last"), Value("[]"), function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.period.code

    @property
    def period(self) -> Period:
        """Of which part of a year it tells."""
        return Period(self.first.year, Step(self.step), self.number)


class Authority(models.TextChoices):
    """To whom a complaint was made (kanteluviranomainen). Source: aravarajoituslaki 4 d §."""

    MUNICIPALITY = "municipality", _("Kunta")
    COUNTY = "county", _("Hyvinvointialue")
    OTHER = "other", _("Muu viranomainen")


class Outcome(models.TextChoices):
    """How a complaint ended (kantelun ratkaisu)."""

    NO_MEASURES = "no_measures", _("Ei toimenpiteitä")
    GUIDANCE = "guidance", _("Ohjaus tai huomautus")
    WRONG = "wrong", _("Valinta oli virheellinen")
    WITHDRAWN = "withdrawn", _("Kantelu peruttiin")


class Complaint(PersonalModel):
    """A complaint about resident selection (kantelu): there is no appeal, the supervisor asks the
    company to explain itself (selvitys) by a day.

    It concerns a choice, or an application that was not chosen, or both. Its file stays as it was
    once it is closed.
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    authority = models.CharField(_("viranomainen"), max_length=12, choices=Authority)
    authority_name = models.CharField(_("viranomaisen nimi"), max_length=NAME_LENGTH)
    authority_number = models.CharField(
        _("viranomaisen diaarinumero"), max_length=NUMBER_LENGTH, blank=True
    )
    received_on = models.DateField(_("saapunut"))
    answer_by = models.DateField(_("selvitys annettava viimeistään"))
    about = models.TextField(_("mitä kantelu koskee"), max_length=TEXT_LENGTH)
    answered_on = models.DateField(_("selvitys annettu"), null=True)
    answer = models.TextField(_("selvitys"), max_length=TEXT_LENGTH, blank=True)
    outcome = models.CharField(_("ratkaisu"), max_length=11, choices=Outcome, blank=True)
    outcome_on = models.DateField(_("ratkaistu"), null=True)
    outcome_text = models.TextField(_("ratkaisun sisältö"), max_length=TEXT_LENGTH, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("kantelu")
        verbose_name_plural = _("kantelut")
        ordering = ("answer_by", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="supervision_complaint_known",
                condition=Q(authority__in=Authority.values, outcome__in=["", *Outcome.values]),
            ),
            models.CheckConstraint(
                name="supervision_complaint_of",
                condition=Q(decision__isnull=False) | Q(application__isnull=False),
                violation_error_code="number",
                violation_error_message=_("Kerro, mitä valintaa tai hakemusta kantelu koskee."),
            ),
            models.CheckConstraint(
                name="supervision_complaint_by",
                condition=Q(answer_by__gte=F("received_on")),
                violation_error_code="answer_by",
                violation_error_message=_("Määräaika on ennen kantelun saapumista."),
            ),
            models.CheckConstraint(
                name="supervision_complaint_answered",
                condition=Q(answered_on__isnull=True, answer="")
                | (Q(answered_on__gte=F("received_on")) & ~Q(answer="")),
                violation_error_code="answered_on",
                violation_error_message=_("Selvitys on annettu ennen kantelun saapumista."),
            ),
            models.CheckConstraint(
                name="supervision_complaint_closed",
                condition=Q(outcome="", outcome_on__isnull=True, outcome_text="")
                | (~Q(outcome="") & Q(outcome_on__gte=F("received_on"))),
                violation_error_code="outcome_on",
                violation_error_message=_("Ratkaisupäivä on ennen kantelun saapumista."),
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The company's own number of the matter (asianumero)."""
        return f"KA-{self.received_on.year}-{self.pk or 0:04}"
