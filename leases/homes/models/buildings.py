"""Sites, their buildings and stairs, and the places let beside flats."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 80
STREET_LENGTH = 80
HOUSE_LENGTH = 8
CODE_LENGTH = 20


class Site(models.Model):
    """What the company owns in one place (kohde): buildings on their plot, known by a number.

    The municipality is told where the post town has another name.
    """

    number = models.PositiveIntegerField(_("kohdenumero"), unique=True)
    name = models.CharField(_("nimi"), max_length=NAME_LENGTH)
    postal_code = models.CharField(_("postinumero"), max_length=5)
    town = models.CharField(_("postitoimipaikka"), max_length=NAME_LENGTH)
    municipality = models.CharField(_("kunta"), max_length=NAME_LENGTH, blank=True)
    plot = models.CharField(_("kiinteistötunnus"), max_length=20, blank=True)
    taken_on = models.DateField(_("otettu käyttöön"), null=True, blank=True)
    given_up_on = models.DateField(_("luovuttu"), null=True, blank=True)

    class Meta:
        verbose_name = _("kohde")
        verbose_name_plural = _("kohteet")
        ordering = ("number",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="homes_site_postal_code",
                violation_error_code="postal_code",
                condition=Q(postal_code__regex=r"^[0-9]{5}$"),
                violation_error_message=_("Suomalaisessa postinumerossa on viisi numeroa."),
            ),
            models.CheckConstraint(
                name="homes_site_plot",
                violation_error_code="plot",
                condition=Q(plot="") | Q(plot__regex=r"^([0-9]{1,3}-){2}[0-9]{1,4}-[0-9]{1,4}$"),
                violation_error_message=_(
                    "Kiinteistötunnuksessa on neljä numeroa, joiden välissä on viivat, "
                    "esimerkiksi 241-402-12-7."
                ),
            ),
            models.CheckConstraint(
                name="homes_site_days",
                violation_error_code="given_up_on",
                condition=Q(given_up_on__isnull=True)
                | Q(taken_on__isnull=True)
                | Q(given_up_on__gte=F("taken_on")),
                violation_error_message=_("Luopumispäivä on ennen käyttöönottoa."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def in_municipality(self) -> str:
        """The municipality it is in (sijaintikunta)."""
        return self.municipality or self.town


class BuildingKind(models.TextChoices):
    """What kind of house a building is."""

    BLOCK = "block", _("Kerrostalo")
    TERRACE = "terrace", _("Rivitalo")
    SEMI = "semi", _("Paritalo")
    HOUSE = "house", _("Omakotitalo")


class Building(models.Model):
    """A house with one street address (rakennus)."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="buildings")
    street = models.CharField(_("katu"), max_length=STREET_LENGTH)
    house = models.CharField(_("talon numero"), max_length=HOUSE_LENGTH)
    kind = models.CharField(_("talotyyppi"), max_length=8, choices=BuildingKind)
    built = models.PositiveSmallIntegerField(_("valmistumisvuosi"), null=True, blank=True)
    floors = models.PositiveSmallIntegerField(_("kerroksia"), null=True, blank=True)
    energy_class = models.CharField(_("energialuokka"), max_length=1, blank=True)

    class Meta:
        verbose_name = _("rakennus")
        verbose_name_plural = _("rakennukset")
        ordering = ("site", "street", "house")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["site", "street", "house"],
                name="homes_building_one",
                violation_error_code="house",
                violation_error_message=_("Kohteessa on jo rakennus tässä osoitteessa."),
            ),
            models.CheckConstraint(
                name="homes_building_kind", condition=Q(kind__in=BuildingKind.values)
            ),
            models.CheckConstraint(
                name="homes_building_house",
                violation_error_code="house",
                condition=Q(house__regex=r"^[0-9]{1,4}[a-z]?(-[0-9]{1,4}[a-z]?)?$"),
                violation_error_message=_("Kirjoita talon numero, esimerkiksi 5, 5b tai 5-7."),
            ),
            models.CheckConstraint(
                name="homes_building_energy",
                violation_error_code="energy_class",
                condition=Q(energy_class__in=("", *"ABCDEFG")),
                violation_error_message=_("Energialuokka on kirjain A–G."),
            ),
            models.CheckConstraint(
                name="homes_building_built",
                violation_error_code="built",
                condition=Q(built__isnull=True) | Q(built__gte=1800, built__lte=2200),
                violation_error_message=_("Tarkista valmistumisvuosi."),
            ),
        )

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        """Street and house number."""
        return f"{self.street} {self.house}"


class Stair(models.Model):
    """A stair of a building (porras); terraced houses have one without a letter."""

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="stairs")
    letter = models.CharField(_("porras"), max_length=2, blank=True)
    lift = models.BooleanField(_("hissi"), default=False)
    step_free = models.BooleanField(_("esteetön sisäänkäynti"), default=False)

    class Meta:
        verbose_name = _("porras")
        verbose_name_plural = _("portaat")
        ordering = ("building", "letter")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["building", "letter"],
                name="homes_stair_one",
                violation_error_code="letter",
                violation_error_message=_("Rakennuksessa on jo tämä porras."),
            ),
            models.CheckConstraint(
                name="homes_stair_letter",
                violation_error_code="letter",
                condition=Q(letter__regex=r"^[A-ZÅÄÖ]{0,2}$"),
                violation_error_message=_("Porras on kirjain, esimerkiksi A."),
            ),
        )

    def __str__(self) -> str:
        return self.letter


class PlaceKind(models.TextChoices):
    """What is let beside flats."""

    HEATED = "heated", _("Autopaikka, lämmitystolppa")
    PARKING = "parking", _("Autopaikka")
    GARAGE = "garage", _("Autotalli")
    STORAGE = "storage", _("Varasto")
    SAUNA = "sauna", _("Saunavuoro")


class Place(models.Model):
    """A parking place, a store or a turn of the sauna (vuokrattava paikka)."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="places")
    code = models.CharField(_("tunnus"), max_length=CODE_LENGTH)
    kind = models.CharField(_("laji"), max_length=8, choices=PlaceKind)
    given_up_on = models.DateField(_("poistettu käytöstä"), null=True, blank=True)

    class Meta:
        verbose_name = _("vuokrattava paikka")
        verbose_name_plural = _("vuokrattavat paikat")
        ordering = ("site", "kind", "code")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["site", "kind", "code"],
                name="homes_place_one",
                violation_error_code="code",
                violation_error_message=_("Kohteessa on jo tämä paikka."),
            ),
            models.CheckConstraint(name="homes_place_kind", condition=Q(kind__in=PlaceKind.values)),
        )

    def __str__(self) -> str:
        return self.code
