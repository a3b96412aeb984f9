"""Break-glass (hätäkatselu, data-protection 10.4, SY-07), its approval and review; on-call duty."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from registry.persons.models import TieKind
from vuokra.access.clock import ClockTimestamp
from vuokra.db.models import PersonalModel

REASON_LENGTH = 300
LONGEST_DUTY = timedelta(days=14)
"""A duty that lasts longer is no duty: who has it would be on call for good."""

TEXT_LENGTH = 500
TIES = (TieKind.HOUSEHOLD.value, TieKind.COLLEAGUE.value)


def _staff() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class BreakGlass(PersonalModel):
    """One person's record opened past the usual rights (hätäkatselu): who, whose, why, until when.

    `subject_id` is the person's row id without a foreign key: like a log row this outlives the
    person's data (R13). `tie` is the tie that had closed the record, empty when a right was
    missing; `wants_special` asks for class D, which a second person must approve. It opens the
    record in the web session in which it was opened (`session`, its mark in the access log).
    """

    subject_id = models.BigIntegerField()
    staff = _staff()
    tie = models.CharField(max_length=12, choices=TieKind, blank=True)
    reason = models.CharField(_("syy"), max_length=REASON_LENGTH)
    wants_special = models.BooleanField(default=False)
    opened_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    session = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = _("hätäkatselu")
        verbose_name_plural = _("hätäkatselut")
        ordering = ("-opened_at", "-id")
        indexes = (
            models.Index(fields=["staff", "opened_at"], name="watch_glass_staff"),
            models.Index(fields=["subject_id"], name="watch_glass_subject"),
        )
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="watch_glass_not_ones_own", condition=Q(tie="") | Q(tie__in=TIES)
            ),
            models.CheckConstraint(
                name="watch_glass_says_why", condition=Q(reason__regex=r"\S.{8,}\S")
            ),
            models.CheckConstraint(
                name="watch_glass_ends", condition=Q(ends_at__gt=F("opened_at"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class GlassApproval(PersonalModel):
    """A second person let class D be opened in a break-glass (toisen henkilön hyväksyntä)."""

    glass = models.OneToOneField(BreakGlass, on_delete=models.PROTECT, related_name="approval")
    approver = _staff()
    approved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("hätäkatselun hyväksyntä")
        verbose_name_plural = _("hätäkatselujen hyväksynnät")

    def __str__(self) -> str:
        return f"{self.pk}"


class GlassEnd(PersonalModel):
    """Its user ended a break-glass before its time (lopetettu): from then on it lends nothing."""

    glass = models.OneToOneField(BreakGlass, on_delete=models.PROTECT, related_name="end")
    ended_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        verbose_name = _("hätäkatselun lopetus")
        verbose_name_plural = _("hätäkatselujen lopetukset")

    def __str__(self) -> str:
        return f"{self.pk}"


class Judgement(models.TextChoices):
    """What the review of a break-glass came to."""

    JUSTIFIED = "justified", _("Aiheellinen")
    UNJUSTIFIED = "unjustified", _("Aiheeton, ei väärinkäyttöä")
    SUSPECTED = "suspected", _("Epäilty väärinkäyttö")


class GlassReview(PersonalModel):
    """The review of a break-glass by somebody else (katselmointi)."""

    glass = models.OneToOneField(BreakGlass, on_delete=models.PROTECT, related_name="review")
    reviewer = _staff()
    reviewed_at = models.DateTimeField(auto_now_add=True)
    judgement = models.CharField(_("johtopäätös"), max_length=12, choices=Judgement)
    text = models.CharField(_("perustelu"), max_length=TEXT_LENGTH)

    class Meta:
        verbose_name = _("hätäkatselun katselmointi")
        verbose_name_plural = _("hätäkatselujen katselmoinnit")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="watch_review_known", condition=Q(judgement__in=Judgement.values)
            ),
            models.CheckConstraint(
                name="watch_review_says_why", condition=Q(text__regex=r"\S.{3,}\S")
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


def _times() -> Func:
    """The time of a duty; its last moment does not belong to it."""
    return Func(
        F("starts_at"), F("ends_at"), RangeBoundary(), function="tstzrange",
        output_field=DateTimeRangeField(),
    )  # fmt: skip


class Duty(models.Model):
    """On-call duty (päivystysvuoro, S10-02): who is on call from when to when.

    Entered before it begins, so that it explains no look that was made already; and before the day
    on which it begins by whoever is on call himself: a duty opens what is closed otherwise.
    """

    staff = _staff()
    starts_at = models.DateTimeField(_("alkaa"))
    ends_at = models.DateTimeField(_("päättyy"))
    recorded_by = _staff()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("päivystysvuoro")
        verbose_name_plural = _("päivystysvuorot")
        ordering = ("-starts_at", "-id")
        indexes = (models.Index(fields=["staff", "ends_at"], name="watch_duty_staff"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="watch_duty_ends_later",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Vuoro päättyy ennen kuin se alkaa."),
            ),
            models.CheckConstraint(
                name="watch_duty_length",
                condition=Q(ends_at__lte=F("starts_at") + LONGEST_DUTY),
                violation_error_message=_(
                    "Vuoro kestää enintään 14 päivää. Kirjaa pitempi aika usealla vuorolla."
                ),
            ),
            ExclusionConstraint(
                name="watch_duty_once",
                index_type="GIST",
                expressions=[
                    ("staff", RangeOperators.EQUAL),
                    (_times(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Päivystäjällä on jo vuoro samaan aikaan."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"
