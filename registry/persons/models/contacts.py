"""Contact details and addresses of people: typed, dated, with their source."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from registry.persons.models.people import Person
from vuokra.db.fields import ComputedTextField
from vuokra.db.models import PersonalModel
from vuokra.policy.sources import Source


def validity() -> Func:
    """The days from `valid_from` to `valid_to`, both included, as a range."""
    return Func(
        F("valid_from"),
        F("valid_to"),
        RangeBoundary(inclusive_lower=True, inclusive_upper=True),
        function="daterange",
        output_field=DateRangeField(),
    )


class DatedFields(PersonalModel):
    """Where a contact detail came from and when it holds. `valid_to` is the last valid day."""

    source = models.CharField(_("lähde"), max_length=12, choices=Source, default=Source.PERSON)
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)
    verified_at = models.DateField(_("varmistettu"), null=True, blank=True)
    valid_from = models.DateField(_("voimassa alkaen"))
    valid_to = models.DateField(_("voimassa asti"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dates",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("Päättymispäivä on ennen alkamispäivää."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_source", condition=Q(source__in=Source.values)
            ),
        )


class ContactKind(models.TextChoices):
    """Kind of contact point."""

    PHONE = "phone", _("Puhelin")
    EMAIL = "email", _("Sähköposti")


class ContactPoint(DatedFields):
    """A telephone number or e-mail address (puhelinnumero, sähköpostiosoite)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(_("laji"), max_length=8, choices=ContactKind)
    value = models.CharField(_("numero tai osoite"), max_length=254)
    search_value = ComputedTextField(source="computed_search_value", db_collation="C")

    class Meta(DatedFields.Meta):
        verbose_name = _("yhteystieto")
        verbose_name_plural = _("yhteystiedot")
        ordering = ("kind", "-valid_from", "id")
        indexes = (models.Index(fields=["search_value"], name="persons_contact_value"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *DatedFields.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "kind", "search_value"],
                condition=Q(valid_to__isnull=True),
                name="persons_contact_once",
                violation_error_message=_("Sama yhteystieto on jo voimassa."),
            ),
            models.CheckConstraint(
                name="persons_contact_shape",
                condition=Q(kind=ContactKind.PHONE, search_value__regex=r"^\+?[0-9]{3,16}$")
                | Q(kind=ContactKind.EMAIL, search_value__regex=r"^[^@\s]+@[^@\s]+$"),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)

    @property
    def computed_search_value(self) -> str:
        return self.value.casefold()


class AddressKind(models.TextChoices):
    """Kind of postal address (S5-03)."""

    HOME = "home", _("Vakinainen")
    TEMPORARY = "temporary", _("Tilapäinen")
    POSTAL = "postal", _("Postiosoite")
    INVOICE = "invoice", _("Laskutusosoite")


class Address(DatedFields):
    """A postal address (postiosoite)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(_("laji"), max_length=12, choices=AddressKind, default=AddressKind.HOME)
    street = models.CharField(_("katuosoite"), max_length=200)
    postal_code = models.CharField(_("postinumero"), max_length=12, blank=True)
    town = models.CharField(_("postitoimipaikka"), max_length=100)
    country = models.CharField(_("maa"), max_length=2, default="FI")

    class Meta(DatedFields.Meta):
        verbose_name = _("osoite")
        verbose_name_plural = _("osoitteet")
        ordering = ("kind", "-valid_from", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *DatedFields.Meta.constraints,
            models.CheckConstraint(
                name="persons_address_postal_code",
                condition=~Q(country="FI") | Q(postal_code__regex=r"^[0-9]{5}$"),
                violation_error_message=_("Suomalaisessa postinumerossa on viisi numeroa."),
            ),
            models.CheckConstraint(
                name="persons_address_country", condition=Q(country__regex=r"^[A-Z]{2}$")
            ),
            ExclusionConstraint(
                name="persons_address_one_home",
                index_type="GIST",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind=AddressKind.HOME),
                violation_error_message=_(
                    "Henkilöllä on jo vakinainen osoite samalta ajalta. Päätä se ensin."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
