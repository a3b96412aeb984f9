"""That credit data were asked for, what came back as a code, and what somebody made of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.selection.models import Decision
from leases.contracts.models import Lease
from registry.persons.models import Person
from vuokra.db.models import PersonalModel

REGISTER_LENGTH = 100
REASON_LENGTH = 1000


class Result(models.TextChoices):
    """What the register answered (tulos). No report is kept (R5)."""

    CLEAN = "clean", _("Ei merkintöjä")
    MARKS = "marks", _("Merkintöjä")
    NONE = "none", _("Ei saatavilla")


class Measure(models.TextChoices):
    """What somebody made of the result (toimenpide)."""

    NOTHING = "nothing", _("Ei vaikuta")
    DEPOSIT = "deposit", _("Suurempi vakuus")
    GUARANTOR = "guarantor", _("Takaaja")
    COMMITMENT = "commitment", _("Maksusitoumus")
    REFUSED = "refused", _("Vuokrasopimusta ei tehdä")


AGAINST = (Measure.DEPOSIT, Measure.GUARANTOR, Measure.COMMITMENT, Measure.REFUSED)
"""Measures of which the person is told at once, with the name of the register."""


class CreditCheck(PersonalModel):
    """A credit check of one person for concluding a lease (luottotietojen tarkistus).

    It belongs to the choice by which a flat is about to be offered, or to a lease that is not
    signed. Nothing follows from the result by itself: somebody weighs it, with a reason.

    Source: luottotietolaki 19 §; resident-selection specification, section 12.
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="+")
    lease = models.ForeignKey(Lease, on_delete=models.PROTECT, null=True, related_name="+")
    register = models.CharField(_("luottotietorekisteri"), max_length=REGISTER_LENGTH)
    told_on = models.DateField(_("hakijalle kerrottu etukäteen"))
    asked_on = models.DateField(_("kysytty"))
    result = models.CharField(_("tulos"), max_length=5, choices=Result)
    measure = models.CharField(_("toimenpide"), max_length=10, choices=Measure, blank=True)
    reason = models.CharField(_("perustelu"), max_length=REASON_LENGTH, blank=True)
    assessed_at = models.DateTimeField(_("arvioitu"), null=True)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    noticed_on = models.DateField(_("ilmoitettu henkilölle"), null=True, editable=False)
    made_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("luottotietojen tarkistus")
        verbose_name_plural = _("luottotietojen tarkistukset")
        ordering = ("made_at", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="credit_check_known",
                condition=Q(result__in=Result.values, measure__in=["", *Measure.values]),
            ),
            models.CheckConstraint(  # A47
                name="credit_check_case",
                condition=Q(decision__isnull=False, lease__isnull=True)
                | Q(decision__isnull=True, lease__isnull=False),
            ),
            models.CheckConstraint(
                name="credit_check_told",
                condition=Q(told_on__lte=F("asked_on")),
                violation_error_code="told_on",
                violation_error_message=_("Tietojen käytöstä kerrotaan ennen kysymistä."),
            ),
            models.CheckConstraint(
                name="credit_check_assessed",
                condition=Q(assessed_at__isnull=True, measure="", reason="")
                | (Q(assessed_at__isnull=False) & ~Q(measure="")),
            ),
            models.CheckConstraint(
                name="credit_check_reason",
                condition=Q(result=Result.CLEAN) | Q(measure="") | ~Q(reason=""),
                violation_error_code="reason",
                violation_error_message=_("Perustele toimenpide."),
            ),
            models.CheckConstraint(
                name="credit_check_noticed",
                condition=Q(noticed_on__isnull=True)
                | Q(noticed_on__gte=F("asked_on"), measure__in=AGAINST),
                violation_error_code="on",
                violation_error_message=_("Ilmoitus annetaan tietojen kysymisen jälkeen."),
            ),
            models.UniqueConstraint(
                fields=["decision", "person"], name="credit_check_once_chosen",
                violation_error_message=_("Luottotiedot on jo tarkistettu tätä asiaa varten."),
            ),
            models.UniqueConstraint(
                fields=["lease", "person"], name="credit_check_once_lease",
                violation_error_message=_("Luottotiedot on jo tarkistettu tätä asiaa varten."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def against(self) -> bool:
        """Whether something was decided against the person because of it."""
        return self.measure in AGAINST

    @property
    def owes_notice(self) -> bool:
        """Whether the person is still to be told that the data were used against him."""
        return self.against and self.noticed_on is None
