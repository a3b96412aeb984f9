"""Keys and who has them; meters."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leases.homes.models.buildings import CODE_LENGTH, Site
from leases.homes.models.flats import Flat
from registry.persons.models import Person
from vuokra.db.models import PersonalModel


class KeyKind(models.TextChoices):
    """What a key opens."""

    FLAT = "flat", _("Huoneiston avain")
    COMMON = "common", _("Yhteisten tilojen avain")
    STORE = "store", _("Varaston avain")
    MAILBOX = "mailbox", _("Postilaatikon avain")


class Key(models.Model):
    """One key (avain), by the number stamped on it; of a flat, or of a site's common rooms."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="keys")
    flat = models.ForeignKey(
        Flat, on_delete=models.PROTECT, related_name="keys", null=True, blank=True
    )
    serial = models.CharField(_("avaimen numero"), max_length=CODE_LENGTH)
    kind = models.CharField(_("laji"), max_length=8, choices=KeyKind)
    lost_on = models.DateField(_("kadonnut"), null=True, blank=True)

    class Meta:
        verbose_name = _("avain")
        verbose_name_plural = _("avaimet")
        ordering = ("kind", "serial")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["site", "serial"],
                name="homes_key_one",
                violation_error_code="serial",
                violation_error_message=_("Kohteessa on jo tämänniminen avain."),
            ),
            models.CheckConstraint(name="homes_key_kind", condition=Q(kind__in=KeyKind.values)),
            models.CheckConstraint(
                name="homes_key_of_flat",
                condition=~Q(kind="flat") | Q(flat__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.serial


class Handover(PersonalModel):
    """That a person has a key (avaimen luovutus): from when, and when it came back."""

    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="handovers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="key_handovers")
    given_on = models.DateField(_("luovutettu"))
    returned_on = models.DateField(_("palautettu"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("avaimen luovutus")
        verbose_name_plural = _("avainten luovutukset")
        ordering = ("-given_on", "-id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(returned_on__isnull=True),
                name="homes_handover_one",
                violation_error_message=_("Avain on jo luovutettu. Kirjaa ensin palautus."),
            ),
            models.CheckConstraint(
                name="homes_handover_days",
                violation_error_code="returned_on",
                condition=Q(returned_on__isnull=True) | Q(returned_on__gte=F("given_on")),
                violation_error_message=_("Palautuspäivä on ennen luovutusta."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class MeterKind(models.TextChoices):
    """What a meter measures."""

    COLD = "cold", _("Kylmä vesi, m³")
    HOT = "hot", _("Lämmin vesi, m³")
    POWER = "power", _("Sähkö, kWh")


class Meter(models.Model):
    """A meter of a flat (mittari). Its readings tell of the residents and lie with the leases."""

    flat = models.ForeignKey(Flat, on_delete=models.PROTECT, related_name="meters")
    kind = models.CharField(_("laji"), max_length=5, choices=MeterKind)
    serial = models.CharField(_("mittarin numero"), max_length=CODE_LENGTH)
    installed_on = models.DateField(_("asennettu"))
    removed_on = models.DateField(_("poistettu"), null=True, blank=True)

    class Meta:
        verbose_name = _("mittari")
        verbose_name_plural = _("mittarit")
        ordering = ("kind", "-installed_on", "-id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["kind", "serial"],
                condition=Q(removed_on__isnull=True),
                name="homes_meter_one",
                violation_error_code="serial",
                violation_error_message=_("Mittari on jo asennettuna."),
            ),
            models.CheckConstraint(name="homes_meter_kind", condition=Q(kind__in=MeterKind.values)),
            models.CheckConstraint(
                name="homes_meter_days",
                violation_error_code="removed_on",
                condition=Q(removed_on__isnull=True) | Q(removed_on__gte=F("installed_on")),
                violation_error_message=_("Poistopäivä on ennen asennusta."),
            ),
        )

    def __str__(self) -> str:
        return self.serial
