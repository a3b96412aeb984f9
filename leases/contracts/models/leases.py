"""Leases: which flat, from when to when, on what terms, and how far they have come."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leases.contracts.rules.stages import Facts, Stage, stage
from leases.contracts.rules.terms import Kind
from leases.homes.models import Flat, Premises
from vuokra.db.models import PersonalModel

CLAUSES_LENGTH = 2000
REASON_LENGTH = 200


class WaterBasis(models.TextChoices):
    """How water is charged (veden maksuperuste). Source: AHVL 27 a §."""

    PERSONS = "persons", _("Henkilöluvun mukaan")
    METER = "meter", _("Mittarin mukaan")
    INCLUDED = "included", _("Sisältyy vuokraan")


class Smoking(models.TextChoices):
    """What the lease says of smoking."""

    FORBIDDEN = "forbidden", _("Kielletty huoneistossa ja parvekkeella")
    BALCONY = "balcony", _("Kielletty huoneistossa")


class Pets(models.TextChoices):
    """What the lease says of pets."""

    ALLOWED = "allowed", _("Sallittu")
    FORBIDDEN = "forbidden", pgettext_lazy("pets", "Kielletty")


class Delivery(models.TextChoices):
    """How papers of the lease are delivered."""

    PAPER = "paper", _("Paperilla")
    EMAIL = "email", _("Sähköpostilla")


class Lease(PersonalModel):
    """A lease of a flat (vuokrasopimus, S5-27).

    How far it has come follows from its days (`stage_on`): a draft until `ready_at`, waiting for
    signatures until `concluded_on`, in force from `starts_on`. `term_ends_on` is the agreed end of
    a fixed term; `last_day` is the last day of the tenancy once it is known by notice, agreement or
    the term. `agreed_end` is the last day agreed on before a notice ended the lease sooner;
    `premises` is the flat as it was when the lease was made ready. The number tells nothing and is
    never given again.
    """

    number = models.BigIntegerField(
        _("sopimusnumero"),
        unique=True,
        editable=False,
        db_default=0,  # the database gives the number: a trigger of `0011_numbers`
    )
    flat = models.ForeignKey(
        Flat, on_delete=models.PROTECT, related_name="leases", verbose_name=_("huoneisto")
    )
    premises = models.ForeignKey(
        Premises, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    kind = models.CharField(
        _("sopimuksen laji"), max_length=10, choices=Kind, default=Kind.OPEN_ENDED
    )
    starts_on = models.DateField(_("alkaa"))
    term_ends_on = models.DateField(_("määräaika päättyy"), null=True, blank=True)
    first_notice_on = models.DateField(_("ensimmäinen irtisanomispäivä"), null=True, blank=True)
    due_day = models.PositiveSmallIntegerField(_("eräpäivä"), null=True, blank=True)
    water = models.CharField(
        _("vesimaksu"), max_length=8, choices=WaterBasis, default=WaterBasis.PERSONS
    )
    smoking = models.CharField(
        _("tupakointi"), max_length=9, choices=Smoking, default=Smoking.FORBIDDEN
    )
    pets = models.CharField(_("lemmikit"), max_length=9, choices=Pets, default=Pets.ALLOWED)
    clauses = models.TextField(_("erityisehdot"), max_length=CLAUSES_LENGTH, blank=True)
    delivery = models.CharField(
        _("toimitustapa"), max_length=5, choices=Delivery, default=Delivery.PAPER
    )
    ready_at = models.DateTimeField(_("valmis allekirjoitettavaksi"), null=True, editable=False)
    concluded_on = models.DateField(_("allekirjoitettu"), null=True, editable=False)
    cancelled_on = models.DateField(_("peruttu"), null=True, editable=False)
    cancel_reason = models.CharField(_("perumisen syy"), max_length=REASON_LENGTH, blank=True)
    last_day = models.DateField(_("viimeinen päivä"), null=True, editable=False)
    agreed_end = models.DateField(_("sovittu viimeinen päivä"), null=True, editable=False)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers",
        verbose_name=_("edellinen sopimus"),
    )  # fmt: skip
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("laadittu"), auto_now_add=True)

    class Meta:
        verbose_name = _("vuokrasopimus")
        verbose_name_plural = _("vuokrasopimukset")
        ordering = ("-starts_on", "-number")
        indexes = (
            models.Index(fields=["flat", "starts_on"], name="contracts_lease_of_flat"),
            models.Index(fields=["starts_on", "id"], name="contracts_lease_start"),
            models.Index(
                fields=["last_day"], name="contracts_lease_end", condition=Q(last_day__isnull=False)
            ),
            models.Index(
                fields=["ready_at"],
                name="contracts_lease_unsigned",
                condition=Q(concluded_on__isnull=True, cancelled_on__isnull=True),
            ),
        )
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="contracts_lease_term",
                condition=Q(kind="fixed_term", term_ends_on__isnull=False)
                | Q(kind="open_ended"),
                violation_error_code="term_ends_on",
                violation_error_message=_("Määräaikaisella sopimuksella on päättymispäivä."),
            ),
            models.CheckConstraint(
                name="contracts_lease_days",
                condition=(Q(term_ends_on__isnull=True) | Q(term_ends_on__gte=F("starts_on")))
                & (Q(last_day__isnull=True) | Q(last_day__gte=F("starts_on"))),
                violation_error_code="term_ends_on",
                violation_error_message=_("Päättymispäivä on ennen alkamispäivää."),
            ),
            models.CheckConstraint(
                name="contracts_lease_due_day",
                condition=Q(due_day__isnull=True) | Q(due_day__gte=1, due_day__lte=28),
                violation_error_code="due_day",
                violation_error_message=_("Eräpäivä on päivä 1–28."),
            ),
            models.CheckConstraint(
                name="contracts_lease_order",
                condition=Q(concluded_on__isnull=True) | Q(ready_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contracts_lease_cancelled",
                condition=Q(cancelled_on__isnull=True, cancel_reason="")
                | (Q(cancelled_on__isnull=False, last_day__isnull=True) & ~Q(cancel_reason="")),
            ),
            models.CheckConstraint(
                name="contracts_lease_known",
                condition=Q(
                    kind__in=Kind.values, water__in=WaterBasis.values,
                    smoking__in=Smoking.values, pets__in=Pets.values,
                    delivery__in=Delivery.values,
                ),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.number)

    @property
    def facts(self) -> Facts:
        """The days by which its stage is judged."""
        return Facts(
            ready=self.ready_at is not None,
            concluded_on=self.concluded_on,
            cancelled_on=self.cancelled_on,
            starts_on=self.starts_on,
            last_day=self.ends_on,
        )

    @property
    def ends_on(self) -> date | None:
        """The last day of the tenancy as far as it is known: by notice or agreement, otherwise by a
        fixed term."""
        if self.last_day is not None:
            return self.last_day
        return self.term_ends_on if self.kind == Kind.FIXED_TERM else None

    def stage_on(self, today: date) -> Stage:
        """How far it has come on a day."""
        return stage(self.facts, today)
