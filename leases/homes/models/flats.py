"""Flats, what their funding demands and when, and days on which they cannot be let."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leases.homes.models.buildings import Place, Stair
from leases.homes.rules import Home, flat_type
from registry.persons.models.contacts import validity

NOTE_LENGTH = 200
ADDRESS_LENGTH = 110


class Kitchen(models.TextChoices):
    """How one cooks in a flat, as its type is written: 2h+k."""

    KITCHEN = "k", _("keittiö")
    OPEN = "avok", _("avokeittiö")
    KITCHENETTE = "kk", _("keittokomero")
    LIVING = "tupak", _("tupakeittiö")


class Equipment(models.TextChoices):
    """What a flat has (varustelu)."""

    SAUNA = "sauna", _("Sauna")
    BALCONY = "balcony", _("Parveke")
    GLAZED = "glazed", _("Lasitettu parveke")
    YARD = "yard", _("Oma piha")
    DISHWASHER = "dishwasher", _("Astianpesukoneliitäntä")
    WASHER = "washer", _("Pesukoneliitäntä")
    STORE = "store", _("Irtainvarasto")
    WALK_IN = "walk_in", _("Vaatehuone")


class Access(models.TextChoices):
    """How one gets about in a flat (esteettömyys)."""

    NONE = "none", _("Ei esteetön")
    STEP_FREE = "step_free", _("Esteetön pääsy")
    WHEELCHAIR = "wheelchair", _("Pyörätuolilla liikuttava")


class Flat(models.Model):
    """A home that is let (huoneisto). `address` and `sort_key` follow from stair and building; the
    services keep them."""

    stair = models.ForeignKey(Stair, on_delete=models.PROTECT, related_name="flats")
    number = models.PositiveSmallIntegerField(_("huoneiston numero"))
    suffix = models.CharField(_("lisäkirjain"), max_length=1, blank=True)
    rooms = models.PositiveSmallIntegerField(_("huoneita"))
    kitchen = models.CharField(_("keittiö"), max_length=5, choices=Kitchen)
    area = models.DecimalField(_("pinta-ala, m²"), max_digits=6, decimal_places=1)
    floor = models.SmallIntegerField(_("kerros"), null=True, blank=True)
    equipment = ArrayField(
        models.CharField(max_length=10, choices=Equipment),
        verbose_name=_("varustelu"),
        default=list,
        blank=True,
    )
    access = models.CharField(_("esteettömyys"), max_length=10, choices=Access, default=Access.NONE)
    shares = models.DecimalField(
        _("jyvitysyksiköt"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    taken_on = models.DateField(_("otettu vuokrakäyttöön"), null=True, blank=True)
    given_up_on = models.DateField(_("poistettu vuokrakäytöstä"), null=True, blank=True)
    address = models.CharField(max_length=ADDRESS_LENGTH, editable=False)
    sort_key = models.CharField(max_length=ADDRESS_LENGTH + 30, editable=False, db_collation="C")

    class Meta:
        verbose_name = _("huoneisto")
        verbose_name_plural = _("huoneistot")
        ordering = ("sort_key", "id")
        indexes = (models.Index(fields=["sort_key", "id"], name="homes_flat_order"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["stair", "number", "suffix"],
                name="homes_flat_one",
                violation_error_code="number",
                violation_error_message=_("Portaassa on jo tämä huoneisto."),
            ),
            models.CheckConstraint(
                name="homes_flat_number",
                violation_error_code="number",
                condition=Q(number__gte=1),
                violation_error_message=_("Huoneiston numero alkaa ykkösestä."),
            ),
            models.CheckConstraint(
                name="homes_flat_suffix",
                violation_error_code="suffix",
                condition=Q(suffix__regex=r"^[a-zåäö]?$"),
                violation_error_message=_("Lisäkirjain on yksi pieni kirjain."),
            ),
            models.CheckConstraint(
                name="homes_flat_size",
                violation_error_code="area",
                condition=Q(rooms__gte=1, rooms__lte=20, area__gt=0, area__lte=1000),
                violation_error_message=_("Tarkista huoneiden määrä ja pinta-ala."),
            ),
            models.CheckConstraint(
                name="homes_flat_known",
                condition=Q(
                    kitchen__in=Kitchen.values,
                    access__in=Access.values,
                    equipment__contained_by=Equipment.values,
                ),
            ),
            models.CheckConstraint(
                name="homes_flat_shares",
                violation_error_code="shares",
                condition=Q(shares__isnull=True) | Q(shares__gt=0),
                violation_error_message=_("Jyvitysyksiköiden pitää olla yli nolla."),
            ),
            models.CheckConstraint(
                name="homes_flat_days",
                violation_error_code="given_up_on",
                condition=Q(given_up_on__isnull=True)
                | Q(taken_on__isnull=True)
                | Q(given_up_on__gte=F("taken_on")),
                violation_error_message=_("Poistopäivä on ennen käyttöönottoa."),
            ),
        )

    def __str__(self) -> str:
        return self.address

    @property
    def type(self) -> str:
        """Rooms, kitchen and sauna as they are written: 2h+kk+s."""
        return flat_type(self.rooms, self.kitchen, sauna=Equipment.SAUNA in self.equipment)

    @property
    def home(self) -> Home:
        """The part of the address that is the flat's own."""
        return Home(self.stair.letter, self.number, self.suffix)

    @property
    def equipment_names(self) -> list[str]:
        """What the flat has, in words."""
        return [str(Equipment(code).label) for code in self.equipment]


class DatedRow(models.Model):
    """What holds of a flat from a first to a last day, both included, or until further notice."""

    valid_from = models.DateField(_("alkaen"))
    valid_to = models.DateField(_("asti"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("-valid_from", "-id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_days",
                violation_error_code="valid_to",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("Viimeinen päivä on ennen ensimmäistä."),
            ),
        )

    def clean(self) -> None:
        """Days in the wrong order are no range: the database cannot compare them with others.

        A form with a first day that is no day leaves it empty, and has told so already.
        """
        first: dt.date | None = self.valid_from
        if first is not None and self.valid_to is not None and self.valid_to < first:
            raise ValidationError({"valid_to": _("Viimeinen päivä on ennen ensimmäistä.")})


class Funding(models.TextChoices):
    """By what money a flat was built (rahoitusmuoto), which decides how residents are chosen.

    Source: resident-selection document, section 3.1.
    """

    ARAVA = "arava", _("Aravalaina")
    ARAVA_EXTENSION = "arava_ext", _("Aravan jatkorajoitus")
    LONG_SUBSIDY = "long", _("Pitkä korkotuki")
    SHORT_SUBSIDY = "short", _("Lyhyt korkotuki")
    FREE = "free", _("Vapaarahoitteinen")


class SpecialGroup(models.TextChoices):
    """For whom a flat is meant (erityisryhmä). Groups that would tell of anybody's health are all
    called other: where one lives must not say it."""

    NONE = "", _("Ei erityisryhmää")
    STUDENTS = "students", _("Opiskelijat")
    YOUNG = "young", _("Nuoret")
    OLD = "old", _("Ikääntyneet")
    OTHER = "other", _("Muu erityisryhmä")


class Regime(DatedRow):
    """What the funding of a flat demands, from when to when (rajoitusperuste)."""

    flat = models.ForeignKey(Flat, on_delete=models.CASCADE, related_name="regimes")
    funding = models.CharField(_("rahoitusmuoto"), max_length=10, choices=Funding)
    group = models.CharField(
        _("erityisryhmä"), max_length=10, choices=SpecialGroup, blank=True, default=""
    )

    class Meta(DatedRow.Meta):
        verbose_name = _("rajoitus")
        verbose_name_plural = _("rajoitukset")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                name="homes_regime_known",
                condition=Q(funding__in=Funding.values, group__in=SpecialGroup.values),
            ),
            ExclusionConstraint(
                name="homes_regime_one",
                violation_error_code="valid_from",
                index_type="GIST",
                expressions=[
                    ("flat", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "Huoneistolla on jo rahoitusmuoto samalta ajalta. Päätä ensin edellinen."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.get_funding_display())


class OutReason(models.TextChoices):
    """Why a flat stands empty."""

    NO_APPLICANT = "no_applicant", _("Ei hakijaa")
    RESERVED = "reserved", _("Varattu")
    RENOVATION = "renovation", _("Remontti")
    DAMAGE = "damage", _("Vahinko")
    SALE = "sale", _("Myynti tai purku")

    @property
    def bars_letting(self) -> bool:
        """Whether the flat cannot be let meanwhile."""
        return self in (OutReason.RENOVATION, OutReason.DAMAGE, OutReason.SALE)


class Vacancy(DatedRow):
    """Why a flat is or was empty for a time (tyhjäkäytön syy)."""

    flat = models.ForeignKey(Flat, on_delete=models.CASCADE, related_name="vacancies")
    reason = models.CharField(_("syy"), max_length=12, choices=OutReason)
    note = models.CharField(_("lisätieto"), max_length=NOTE_LENGTH, blank=True)

    class Meta(DatedRow.Meta):
        verbose_name = _("tyhjäkäynti")
        verbose_name_plural = _("tyhjäkäynnit")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                name="homes_vacancy_reason", condition=Q(reason__in=OutReason.values)
            ),
            ExclusionConstraint(
                name="homes_vacancy_one",
                violation_error_code="valid_from",
                index_type="GIST",
                expressions=[
                    ("flat", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "Huoneistolle on jo kirjattu tyhjäkäynnin syy samalta ajalta."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.get_reason_display())


class Occupancy(DatedRow):
    """Days on which a flat is let (vuokrattuna), and by which lease; not to whom.

    Leases keep it, by triggers of their own: no flat is let twice on one day. `hidden` tells that
    somebody under turvakielto lives there: that the flat is let is told, that it ends is not (7.3).
    """

    flat = models.ForeignKey(Flat, on_delete=models.PROTECT, related_name="occupancies")
    lease = models.BigIntegerField(_("sopimus"), unique=True)
    hidden = models.BooleanField(default=False)

    class Meta(DatedRow.Meta):
        verbose_name = _("vuokrausaika")
        verbose_name_plural = _("vuokrausajat")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *DatedRow.Meta.constraints,
            ExclusionConstraint(
                name="homes_occupancy_one",
                index_type="GIST",
                expressions=[
                    ("flat", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Huoneisto on jo vuokrattu samaksi ajaksi."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class PlaceOccupancy(DatedRow):
    """Days on which a place is kept for a lease (paikan vuokrausaika): from the moment it stands in
    the draft until the lease ends or is cancelled. `component` is the part of the rent that is paid
    for it. Leases keep these too, by triggers: no place is let twice on one day."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="occupancies")
    lease = models.BigIntegerField(_("sopimus"), db_index=True)
    component = models.BigIntegerField(_("vuokran osa"), unique=True)

    class Meta(DatedRow.Meta):
        verbose_name = _("paikan vuokrausaika")
        verbose_name_plural = _("paikkojen vuokrausajat")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *DatedRow.Meta.constraints,
            ExclusionConstraint(
                name="homes_place_let_once",
                index_type="GIST",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Paikka on jo vuokrattu samaksi ajaksi."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"
