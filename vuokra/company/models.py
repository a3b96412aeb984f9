"""The controller (rekisterinpitäjä): sections 1–3 of the register description."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fi import ytunnus


def validate_business_id(value: str) -> None:
    """Raise ValidationError unless the value is a Finnish business id (Y-tunnus) that checks."""
    try:
        ytunnus.validate(value)
    except NumberError:
        raise ValidationError(_("Y-tunnus ei ole oikea.")) from None


class Company(models.Model):
    """The company that keeps the register (rekisterinpitäjä); one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("Nimi"), max_length=150)
    business_id = models.CharField(_("Y-tunnus"), max_length=9, validators=[validate_business_id])
    street_address = models.CharField(_("Katuosoite"), max_length=150)
    postal_code = models.CharField(_("Postinumero"), max_length=5)
    city = models.CharField(_("Postitoimipaikka"), max_length=60)
    phone = models.CharField(_("Puhelin"), max_length=20)
    email = models.EmailField(_("Sähköposti"), blank=True)
    register_name = models.CharField(
        _("Rekisterin nimi"), max_length=100, default="asiakastietorekisteri"
    )
    contact_person = models.CharField(_("Rekisteriasioita hoitava henkilö"), max_length=120)
    contact_phone = models.CharField(_("Yhteyshenkilön puhelin"), max_length=20, blank=True)
    contact_email = models.EmailField(_("Yhteyshenkilön sähköposti"), blank=True)
    protection_officer = models.CharField(_("Tietosuojavastaava"), max_length=120, blank=True)
    protection_officer_phone = models.CharField(
        _("Tietosuojavastaavan puhelin"), max_length=20, blank=True
    )
    protection_officer_email = models.EmailField(_("Tietosuojavastaavan sähköposti"), blank=True)
    changed_at = models.DateTimeField(_("Muutettu"), auto_now=True)

    class Meta:
        db_table = "vuokra_company_company"
        verbose_name = _("rekisterinpitäjä")
        verbose_name_plural = _("rekisterinpitäjä")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="vuokra_company_company_one_row", condition=Q(id=1)),
            models.CheckConstraint(
                name="vuokra_company_company_business_id_form",
                condition=Q(business_id__regex=r"^\d{7}-\d$"),
            ),
            models.CheckConstraint(
                name="vuokra_company_company_postal_code_form",
                condition=Q(postal_code__regex=r"^\d{5}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfficeHours(models.Model):
    """Office hours (aukioloaika) of one weekday; a look outside them is an alarm (9.5)."""

    class Weekday(models.IntegerChoices):
        MONDAY = 1, _("maanantai")
        TUESDAY = 2, _("tiistai")
        WEDNESDAY = 3, _("keskiviikko")
        THURSDAY = 4, _("torstai")
        FRIDAY = 5, _("perjantai")
        SATURDAY = 6, _("lauantai")
        SUNDAY = 7, _("sunnuntai")

    company = models.ForeignKey(Company, models.CASCADE, related_name="office_hours")
    weekday = models.PositiveSmallIntegerField(_("Viikonpäivä"), choices=Weekday)
    opens = models.TimeField(_("Avataan"))
    closes = models.TimeField(_("Suljetaan"))

    class Meta:
        db_table = "vuokra_company_office_hours"
        verbose_name = _("aukioloaika")
        verbose_name_plural = _("aukioloajat")
        ordering: ClassVar[list[str]] = ["weekday", "opens"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="vuokra_company_office_hours_one_per_day", fields=["company", "weekday"]
            ),
            models.CheckConstraint(
                name="vuokra_company_office_hours_closes_later",
                condition=Q(closes__gt=models.F("opens")),
            ),
            models.CheckConstraint(
                name="vuokra_company_office_hours_weekday", condition=Q(weekday__range=(1, 7))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H.%M}–{self.closes:%H.%M}"


class ContactKind(models.TextChoices):
    """Whom a contact reaches."""

    OFFICE = "office", _("Toimisto")
    MAINTENANCE = "maintenance", _("Kiinteistöhuolto")
    ON_CALL = "on_call", _("Päivystys")
    DOORS = "doors", _("Ovenavaukset")
    OTHER = "other", _("Muu yhteystieto")


class PublicContact(models.Model):
    """A contact that the company publishes (yhteystieto): office, maintenance, on call, doors."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("Laji"), max_length=12, choices=ContactKind)
    name = models.CharField(_("Nimi"), max_length=150, blank=True)
    phone = models.CharField(_("Puhelin"), max_length=60, blank=True)
    email = models.EmailField(_("Sähköposti"), blank=True)
    hours = models.CharField(
        _("Milloin ja miten"),
        max_length=300,
        blank=True,
        help_text=_("Esimerkiksi: arkisin klo 15.30–7.00 ja viikonloput, vain kiireelliset viat."),
    )
    hours_en = models.CharField(_("Milloin ja miten, englanniksi"), max_length=300, blank=True)

    class Meta:
        db_table = "vuokra_company_contact"
        verbose_name = _("julkinen yhteystieto")
        verbose_name_plural = _("julkiset yhteystiedot")
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="vuokra_company_contact_kind", condition=Q(kind__in=ContactKind.values)
            ),
            models.CheckConstraint(
                name="vuokra_company_contact_reaches",
                condition=~Q(phone="", email=""),
                violation_error_message=_("Kirjoita puhelin tai sähköposti."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Limits(models.Model):
    """Limits of looking at people (käytön rajat), chosen by the controller; one row.

    Source: data-protection specification, sections 3.1, 9.5 and case A9. Without a row the
    defaults hold.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    cards_per_hour = models.PositiveSmallIntegerField(
        _("Avattuja kortteja ja paljastuksia tunnissa"),
        default=60,
        help_text=_("Rajan täyttyessä käyttäjän on tunnistauduttava uudelleen ja syntyy hälytys."),
    )
    reveals_per_day = models.PositiveSmallIntegerField(
        _("Paljastettuja henkilötunnuksia päivässä"),
        default=10,
        help_text=_("Rajan ylittävistä paljastuksista syntyy hälytys."),
    )
    blocks_colleagues = models.BooleanField(
        _("Työtoverin tietojen avaaminen estetään"),
        default=True,
        help_text=_("Jos avaamista ei estetä, siitä syntyy hälytys."),
    )
    changed_at = models.DateTimeField(_("Muutettu"), auto_now=True)

    class Meta:
        db_table = "vuokra_company_limits"
        verbose_name = _("käytön rajat")
        verbose_name_plural = _("käytön rajat")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="vuokra_company_limits_one_row", condition=Q(id=1)),
            models.CheckConstraint(
                name="vuokra_company_limits_sensible",
                condition=Q(cards_per_hour__range=(1, 30000), reveals_per_day__range=(1, 30000)),
                violation_error_message=_("Rajan pitää olla 1–30000."),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class NoticeVersion(models.Model):
    """A version of the privacy notice (tietosuojaseloste) that the company has published."""

    code = models.CharField(_("Versio"), max_length=20, unique=True)
    valid_from = models.DateField(_("Voimassa alkaen"))
    summary = models.CharField(_("Mikä muuttui"), max_length=300)

    class Meta:
        db_table = "vuokra_company_notice_version"
        verbose_name = _("tietosuojaselosteen versio")
        verbose_name_plural = _("tietosuojaselosteen versiot")
        ordering: ClassVar[list[str]] = ["-valid_from", "-id"]

    def __str__(self) -> str:
        return self.code
