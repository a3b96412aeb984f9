"""The weekly sample of the log, and people whose record is watched."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.persons.models import Person
from registry.persons.models.standing import KeptFields
from registry.watch.models.glass import TEXT_LENGTH

WHY_LENGTH = 200


class Sample(models.Model):
    """The sample of one week (viikko-otanta): which events were drawn, and by what seed.

    The draw is `rules.draw`: with the seed and the week's events anybody can repeat it.
    """

    week = models.DateField(_("viikko"), unique=True)
    seed = models.CharField(max_length=64)
    population = models.PositiveIntegerField()
    event_ids = ArrayField(models.BigIntegerField())
    drawn_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("viikko-otanta")
        verbose_name_plural = _("viikko-otannat")
        ordering = ("-week",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="watch_sample_week_begins_on_monday", condition=Q(week__iso_week_day=1)
            ),
            models.CheckConstraint(
                name="watch_sample_seed", condition=Q(seed__regex=r"^[0-9a-f]{64}$")
            ),
        )

    def __str__(self) -> str:
        return f"{self.week}"


class SampleReview(models.Model):
    """That a sample was gone through, by whom, and what was seen."""

    sample = models.OneToOneField(Sample, on_delete=models.PROTECT, related_name="review")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(auto_now_add=True)
    text = models.CharField(_("havainnot"), max_length=TEXT_LENGTH)

    class Meta:
        verbose_name = _("otannan läpikäynti")
        verbose_name_plural = _("otantojen läpikäynnit")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="watch_sample_review_says_what", condition=Q(text__regex=r"\S.{3,}\S")
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class Listed(KeptFields):
    """A person whose record is watched (seurattava henkilö): every look at it raises an alert.

    A public figure, a victim of a much-told case: people whom curiosity would look up.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="watched")
    why = models.CharField(_("miksi"), max_length=WHY_LENGTH)

    class Meta(KeptFields.Meta):
        verbose_name = _("seurattava henkilö")
        verbose_name_plural = _("seurattavat henkilöt")
        ordering = ("-valid_from", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *KeptFields.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(valid_to__isnull=True),
                name="watch_listed_once",
                violation_error_message=_("Henkilö on jo seurattavien luettelossa."),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
