"""Work, income, assets and debts of the members of a household, in euros."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.intake.codes import (
    AssetKind,
    DebtKind,
    Employment,
    IncomeKind,
    LeftOut,
    Period,
    Proof,
)
from applications.intake.models.applications import Member
from applications.intake.models.given import GivenFields, euro_field
from applications.intake.rules.amounts import a_month, part_of

EMPLOYER_LENGTH = 120
OCCUPATION_LENGTH = 80
PLACE_LENGTH = 80
REASON_LENGTH = 300


def _in_order(name: str, first: str, last: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__isnull": True})
        | Q(**{f"{last}__gte": F(first)}),
        violation_error_code=last,
        violation_error_message=_("Päättymispäivä on ennen alkamispäivää."),
    )


def _not_below_zero(name: str, text: Any) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(euros__gte=Decimal(0)),
        violation_error_code="euros",
        violation_error_message=text,
    )


class Work(GivenFields):
    """What a member does, for whom and since when (työssäkäynti, S5-13 … S5-15)."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="works")
    employment = models.CharField(_("työssäkäynti"), max_length=12, choices=Employment)
    occupation = models.CharField(_("ammatti"), max_length=OCCUPATION_LENGTH, blank=True)
    employer = models.CharField(
        _("työnantaja tai oppilaitos"), max_length=EMPLOYER_LENGTH, blank=True
    )
    place = models.CharField(_("paikkakunta"), max_length=PLACE_LENGTH, blank=True)
    since = models.DateField(_("alkanut"), null=True, blank=True)
    until = models.DateField(_("päättyy"), null=True, blank=True)

    class Meta(GivenFields.Meta):
        verbose_name = _("työssäkäynti")
        verbose_name_plural = _("työssäkäynnit")
        ordering = ("id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *GivenFields.Meta.constraints,
            models.CheckConstraint(
                name="intake_work_known", condition=Q(employment__in=Employment.values)
            ),
            _in_order("intake_work_days", "since", "until"),
        )


class Income(GivenFields):
    """An income of a member before tax (tulo, S5-16): how much in a month or in a year."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="incomes")
    kind = models.CharField(_("tulolaji"), max_length=17, choices=IncomeKind)
    euros = euro_field(_("määrä, €"))
    period = models.CharField(_("jakso"), max_length=5, choices=Period, default=Period.MONTH)
    since = models.DateField(_("alkaen"), null=True, blank=True)
    until = models.DateField(_("asti"), null=True, blank=True)
    proof = models.CharField(_("todentaminen"), max_length=4, choices=Proof, default=Proof.TOLD)

    class Meta(GivenFields.Meta):
        verbose_name = _("tulo")
        verbose_name_plural = _("tulot")
        ordering = ("id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *GivenFields.Meta.constraints,
            models.CheckConstraint(
                name="intake_income_known",
                condition=Q(
                    kind__in=IncomeKind.values, period__in=Period.values, proof__in=Proof.values
                ),
            ),
            _not_below_zero("intake_income_euros", _("Tulo ei voi olla alle nolla.")),
            _in_order("intake_income_days", "since", "until"),
        )

    @property
    def month_eur(self) -> Decimal:
        """How much it is in a month, in euros, unrounded."""
        return a_month(self.euros, self.period)


class Asset(GivenFields):
    """Something that a member owns (varallisuus, S5-17): its fair value in full, and the member's
    share in per cent.

    What was given up is one too, with its day: it counts for a time (section 6.1). `left_out` is
    why it is not counted, with the reason in words.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="assets")
    kind = models.CharField(_("laji"), max_length=11, choices=AssetKind)
    euros = euro_field(_("käypä arvo, €"))
    share = models.DecimalField(
        _("omistusosuus, %"), max_digits=5, decimal_places=2, default=Decimal(100)
    )
    place = models.CharField(_("sijainti"), max_length=PLACE_LENGTH, blank=True)
    given_up_on = models.DateField(_("luovutettu"), null=True, blank=True)
    left_out = models.CharField(_("ei lasketa"), max_length=10, choices=LeftOut, blank=True)
    left_out_reason = models.CharField(_("perustelu"), max_length=REASON_LENGTH, blank=True)
    proof = models.CharField(_("todentaminen"), max_length=4, choices=Proof, default=Proof.TOLD)

    class Meta(GivenFields.Meta):
        verbose_name = _("varallisuus")
        verbose_name_plural = _("varallisuus")
        ordering = ("id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *GivenFields.Meta.constraints,
            models.CheckConstraint(
                name="intake_asset_known",
                condition=Q(
                    kind__in=AssetKind.values, left_out__in=["", *LeftOut.values],
                    proof__in=Proof.values,
                ),
            ),
            _not_below_zero(
                "intake_asset_euros",
                _("Varallisuus ei voi olla alle nolla. Kirjaa velka omalle rivilleen."),
            ),
            models.CheckConstraint(
                name="intake_asset_share",
                condition=Q(share__gte=Decimal(0), share__lte=Decimal(100)),
                violation_error_code="share",
                violation_error_message=_("Osuus on 0–100 prosenttia."),
            ),
            models.CheckConstraint(
                name="intake_asset_given_up",
                condition=Q(kind="given_up", given_up_on__isnull=False)
                | (~Q(kind="given_up") & Q(given_up_on__isnull=True)),
                violation_error_code="given_up_on",
                violation_error_message=_("Anna luovutuspäivä luovutetusta varallisuudesta."),
            ),
            models.CheckConstraint(
                name="intake_asset_left_out",
                condition=Q(left_out="", left_out_reason="")
                | (~Q(left_out="") & ~Q(left_out_reason="")),
                violation_error_code="left_out_reason",
                violation_error_message=_("Perustele, miksi varallisuutta ei lasketa."),
            ),
        )  # fmt: skip

    @property
    def share_eur(self) -> Decimal:
        """What the member's share is worth, in euros, unrounded."""
        return part_of(self.euros, self.share)


class Debt(GivenFields):
    """What a member owes (velka, S5-17); `asset` is what it was taken for, when that matters."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="debts")
    kind = models.CharField(_("laji"), max_length=8, choices=DebtKind)
    euros = euro_field(_("määrä, €"))
    asset = models.ForeignKey(
        Asset, on_delete=models.SET_NULL, null=True, blank=True, related_name="debts",
        verbose_name=_("mistä"),
    )  # fmt: skip
    proof = models.CharField(_("todentaminen"), max_length=4, choices=Proof, default=Proof.TOLD)

    class Meta(GivenFields.Meta):
        verbose_name = _("velka")
        verbose_name_plural = _("velat")
        ordering = ("id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *GivenFields.Meta.constraints,
            models.CheckConstraint(
                name="intake_debt_known",
                condition=Q(kind__in=DebtKind.values, proof__in=Proof.values),
            ),
            _not_below_zero("intake_debt_euros", _("Velka ei voi olla alle nolla.")),
        )
