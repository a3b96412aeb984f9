"""Questions whether somebody may be let in, and what was answered."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leases.contracts.models import Lease
from leases.doors.rules.letting_in import Answer, Ground, Method
from leases.homes.models import Flat
from registry.persons.models import Person
from vuokra.db.models import PersonalModel


class Question(PersonalModel):
    """A question whether somebody may be let into a flat (kysymys), and the answer (S10-03).

    What was typed is not kept. An answer that confirms nothing names nobody here, whoever was
    found: the access event alone tells of whom it was.
    """

    flat = models.ForeignKey(
        Flat, on_delete=models.PROTECT, related_name="door_questions", verbose_name=_("huoneisto")
    )
    lease = models.ForeignKey(
        Lease, on_delete=models.CASCADE, null=True, related_name="door_questions", editable=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, related_name="door_questions", editable=False,
        verbose_name=_("kysyjä"),
    )  # fmt: skip
    answer = models.CharField(_("vastaus"), max_length=7, choices=Answer)
    ground = models.CharField(_("peruste"), max_length=9, choices=Ground)
    method = models.CharField(_("tunnistaminen"), max_length=9, choices=Method)
    on_call = models.BooleanField(_("päivystysnäkymästä"), default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("kysytty"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("ovenavauskysymys")
        verbose_name_plural = _("ovenavauskysymykset")
        ordering = ("-asked_at", "-id")
        indexes = (models.Index(fields=["asked_by", "asked_at"], name="doors_question_pace"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="doors_question_known",
                condition=Q(
                    answer__in=Answer.values, ground__in=Ground.values, method__in=Method.values
                ),
            ),
            models.CheckConstraint(
                name="doors_question_tells",
                condition=Q(
                    answer=Answer.UNKNOWN, ground=Ground.NONE, person__isnull=True,
                    lease__isnull=True,
                )
                | (
                    Q(answer__in=[Answer.YES.value, Answer.NO.value], person__isnull=False)
                    & Q(lease__isnull=False)
                    & ~Q(ground=Ground.NONE)
                ),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk}"
