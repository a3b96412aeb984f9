"""Dated rows of rules, and holidays. What keeps them is in the second migration."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _


class Evidence(models.TextChoices):
    """How well a number that the product brought is known."""

    CHECKED = "V", _("tarkistettu lähteestä")
    KNOWN = "K", _("yleistietoa, ei tarkistettu")
    CHOICE = "C", _("yhtiön valittavissa")


class RuleVersion(models.Model):
    """A dated value of one rule (säännön versio).

    It holds from `valid_from` until the next one begins, or to its own `valid_until`. Rows are
    never edited or deleted: a wrong one that nothing used is withdrawn, and a change is a new row.
    The version number is given by the database.
    """

    key = models.CharField(_("tunnus"), max_length=80, editable=False)
    version = models.PositiveSmallIntegerField(_("versio"), default=0, editable=False)
    kind = models.CharField(max_length=8, editable=False)
    value = models.CharField(_("arvo"), max_length=1000)
    valid_from = models.DateField(_("voimassa alkaen"))
    valid_until = models.DateField(_("voimassa asti"), null=True, blank=True)
    source = models.CharField(_("lähde"), max_length=300)
    note = models.CharField(_("huomautus"), max_length=500, blank=True)
    evidence = models.CharField(max_length=1, choices=Evidence, blank=True, editable=False)
    seeded = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("kirjattu"), db_default=Now(), editable=False)
    confirmed_at = models.DateTimeField(_("vahvistettu"), null=True, editable=False)
    used_at = models.DateTimeField(_("käytetty ensi kerran"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("peruttu"), null=True, editable=False)

    class Meta:
        db_table = "vuokra_rules_version"
        verbose_name = _("sääntö")
        verbose_name_plural = _("säännöt")
        ordering: ClassVar[list[str]] = ["key", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="vuokra_rules_version_number", fields=["key", "version"]),
            models.CheckConstraint(
                name="vuokra_rules_version_key", condition=Q(key__regex=r"^[a-z_]+(\.[\w-]+)+$")
            ),
            models.CheckConstraint(
                name="vuokra_rules_version_period",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("Päättymispäivä on ennen alkamispäivää."),
            ),
            models.CheckConstraint(
                name="vuokra_rules_version_value",
                condition=Q(kind="integer", value__regex=r"^-?[0-9]{1,9}$")
                | Q(kind="decimal", value__regex=r"^-?[0-9]{1,12}(\.[0-9]{1,8})?$")
                | Q(kind="date", value__regex=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
                | Q(kind="boolean", value__in=["true", "false"])
                | (Q(kind__in=["text", "choice"]) & ~Q(value="")),
                violation_error_message=_("Arvo ei ole säännön lajin mukainen."),
            ),
            models.CheckConstraint(
                name="vuokra_rules_version_evidence", condition=Q(evidence__in=["", "V", "K", "C"])
            ),
            ExclusionConstraint(
                # A row without a stated end holds only its first day here: the next one ends it.
                name="vuokra_rules_version_no_overlap",
                index_type="GIST",
                expressions=[
                    ("key", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            Coalesce(F("valid_until"), F("valid_from")),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message=_(
                    "Säännöllä on jo samasta päivästä alkava tai samaan aikaan voimassa oleva rivi."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.valid_from.isoformat()}"

    @property
    def unconfirmed(self) -> bool:
        """Whether the number rests on the product's word alone: not checked, nor confirmed."""
        return self.evidence in (Evidence.KNOWN, Evidence.CHOICE) and self.confirmed_at is None


class Holiday(models.Model):
    """A public holiday or eve (pyhäpäivä, aatto); `rolls` tells whether deadlines move over it."""

    day = models.DateField(_("päivä"), unique=True)
    name_fi = models.CharField(_("nimi"), max_length=60)
    name_en = models.CharField(_("nimi englanniksi"), max_length=60)
    rolls = models.BooleanField(
        _("siirtää määräaikaa"),
        default=True,
        help_text=_("Päivään osuva määräaika siirtyy seuraavaan arkipäivään."),
    )

    class Meta:
        db_table = "vuokra_rules_holiday"
        verbose_name = _("pyhäpäivä")
        verbose_name_plural = _("pyhäpäivät")
        ordering: ClassVar[list[str]] = ["day"]

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.name_fi}"
