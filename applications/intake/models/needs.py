"""Why a home is asked for, how one lives now, and what is wished for."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.intake.codes import Condition, Conveniences, Proof, Situation, Tenure
from applications.intake.models.applications import Application
from applications.intake.models.given import GivenFields, euro_field
from leases.homes.models import Access, Equipment, SpecialGroup
from vuokra.crypto.fields import EncryptedTextField

WORDS_LENGTH = 4000
NOTE_LENGTH = 300
PLACE_LENGTH = 80
LANDLORD_LENGTH = 120
DAY_LENGTH = 10
ROOMS_MOST = 20
FLOORS_MOST = 30


class Need(GivenFields):
    """When and why a home is needed (asunnontarve, S5-11).

    Of class D, sealed: what the applicant wrote in own words, the day on which a child is expected
    (ISO date) and whether its certificate was seen (`Proof`). `urgency_note` is the clerk's, and
    tells how urgent it is within its class; it says nothing of anybody's health. With `away_reason`
    children who live elsewhere are counted in the income limit (VNa 166/2008 6 § 3 mom.).
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="need")
    wished_on = models.DateField(_("toivottu muuttopäivä"), null=True, blank=True)
    homeless_since = models.DateField(_("ilman asuntoa alkaen"), null=True, blank=True)
    must_move_by = models.DateField(_("muutettava viimeistään"), null=True, blank=True)
    urgency_note = models.CharField(
        _("tarkennus kiireellisyyteen"), max_length=NOTE_LENGTH, blank=True
    )
    own_words = EncryptedTextField(_("hakijan omin sanoin"), max_length=WORDS_LENGTH, null=True)
    away_reason = models.CharField(
        _("miksi muualla asuva lapsi lasketaan tulorajaan"), max_length=NOTE_LENGTH, blank=True
    )
    expected_on = EncryptedTextField(_("lapsen laskettu aika"), max_length=DAY_LENGTH, null=True)
    expected_proof = EncryptedTextField(_("todistus"), max_length=DAY_LENGTH, null=True)

    class Meta(GivenFields.Meta):
        verbose_name = _("asunnontarve")
        verbose_name_plural = _("asunnontarpeet")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *GivenFields.Meta.constraints,
            models.CheckConstraint(
                name="intake_need_expected",
                condition=Q(expected_on__isnull=False, expected_proof__isnull=False)
                | Q(expected_on__isnull=True, expected_proof__isnull=True),
            ),
        )


class Ground(GivenFields):
    """A situation by which a home is needed (asunnontarpeen peruste), table 5.1: since which day,
    and whether it has been shown."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="grounds")
    situation = models.CharField(_("peruste"), max_length=2, choices=Situation)
    since = models.DateField(_("alkaen"), null=True, blank=True)
    proof = models.CharField(_("todentaminen"), max_length=4, choices=Proof, default=Proof.TOLD)

    class Meta(GivenFields.Meta):
        verbose_name = _("asunnontarpeen peruste")
        verbose_name_plural = _("asunnontarpeen perusteet")
        ordering = ("situation", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *GivenFields.Meta.constraints,
            models.CheckConstraint(
                name="intake_ground_known",
                condition=Q(situation__in=Situation.values, proof__in=Proof.values),
            ),
            models.UniqueConstraint(
                name="intake_ground_once",
                fields=["application", "situation"],
                violation_error_code="situation",
                violation_error_message=_("Peruste on jo hakemuksella."),
            ),
        )


class PresentHome(GivenFields):
    """How the applicant lives now (nykyinen asunto, S5-12): square metres, euros a month.

    The kitchen is not a room. Municipality and landlord are sealed in `place` too, a line each: of
    somebody under turvakielto they stand there alone, and the database takes them out of the open.
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="home")
    tenure = models.CharField(_("hallintamuoto"), max_length=9, choices=Tenure)
    municipality = models.CharField(_("kunta"), max_length=PLACE_LENGTH, blank=True)
    landlord = models.CharField(_("vuokranantaja"), max_length=LANDLORD_LENGTH, blank=True)
    place = EncryptedTextField(_("kunta ja vuokranantaja"), max_length=300, null=True)
    moved_in = models.PositiveSmallIntegerField(_("muuttovuosi"), null=True, blank=True)
    rooms = models.PositiveSmallIntegerField(_("huoneita"), null=True, blank=True)
    area_m2 = models.DecimalField(
        _("pinta-ala, m²"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    residents = models.PositiveSmallIntegerField(_("asukkaita"), null=True, blank=True)
    cost_eur = euro_field(_("asumiskulut, €/kk"), null=True, blank=True)
    condition = models.CharField(_("kunto"), max_length=5, choices=Condition, blank=True)
    conveniences = models.CharField(
        _("varustetaso"), max_length=7, choices=Conveniences, blank=True
    )

    class Meta(GivenFields.Meta):
        verbose_name = _("nykyinen asunto")
        verbose_name_plural = _("nykyiset asunnot")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *GivenFields.Meta.constraints,
            models.CheckConstraint(
                name="intake_home_known",
                condition=Q(
                    tenure__in=Tenure.values,
                    condition__in=["", *Condition.values],
                    conveniences__in=["", *Conveniences.values],
                ),
            ),
            models.CheckConstraint(
                name="intake_home_area",
                condition=Q(area_m2__isnull=True) | Q(area_m2__gte=0),
                violation_error_code="area_m2",
                violation_error_message=_("Pinta-ala ei voi olla alle nolla."),
            ),
            models.CheckConstraint(
                name="intake_home_residents",
                condition=Q(residents__isnull=True) | Q(residents__gte=1),
                violation_error_code="residents",
                violation_error_message=_("Asunnossa asuu ainakin hakija."),
            ),
            models.CheckConstraint(
                name="intake_home_cost",
                condition=Q(cost_eur__isnull=True) | Q(cost_eur__gte=0),
                violation_error_code="cost_eur",
                violation_error_message=_("Asumiskulut eivät voi olla alle nolla."),
            ),
        )  # fmt: skip


class Wish(GivenFields):
    """What kind of home is asked for (asuntotoive, S5-26). Nothing chosen is no wish: no sites are
    all of them. Rooms and square metres from–to, the rent at most in euros a month.

    `floor_from` and `floor_to` count from the ground floor, which is 1; with `lift` the floor does
    not matter when there is one.
    """

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="wish")
    sites = ArrayField(
        models.BigIntegerField(), verbose_name=_("kohteet"), default=list, blank=True
    )
    group = models.CharField(
        _("erityisryhmä"), max_length=8, choices=SpecialGroup, blank=True,
        default=SpecialGroup.NONE,
    )  # fmt: skip
    rooms_from = models.PositiveSmallIntegerField(_("huoneita vähintään"), null=True, blank=True)
    rooms_to = models.PositiveSmallIntegerField(_("huoneita enintään"), null=True, blank=True)
    area_from = models.DecimalField(
        _("pinta-ala vähintään, m²"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    area_to = models.DecimalField(
        _("pinta-ala enintään, m²"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    rent_most_eur = euro_field(_("vuokra enintään, €/kk"), null=True, blank=True)
    floor_from = models.PositiveSmallIntegerField(_("kerros vähintään"), null=True, blank=True)
    floor_to = models.PositiveSmallIntegerField(_("kerros enintään"), null=True, blank=True)
    lift = models.BooleanField(_("hissillä mikä tahansa kerros"), default=False)
    equipment = ArrayField(
        models.CharField(max_length=10, choices=Equipment), verbose_name=_("varustelu"),
        default=list, blank=True,
    )  # fmt: skip
    access = models.CharField(_("esteettömyys"), max_length=10, choices=Access, default=Access.NONE)
    pets = models.BooleanField(_("lemmikkejä"), default=False)
    smoke_free = models.BooleanField(_("savuton asunto"), default=False)

    class Meta(GivenFields.Meta):
        verbose_name = _("asuntotoive")
        verbose_name_plural = _("asuntotoiveet")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *GivenFields.Meta.constraints,
            models.CheckConstraint(
                name="intake_wish_known",
                condition=Q(
                    group__in=SpecialGroup.values,
                    access__in=Access.values,
                    equipment__contained_by=Equipment.values,
                ),
            ),
            models.CheckConstraint(
                name="intake_wish_rooms",
                condition=(Q(rooms_from__isnull=True) | Q(rooms_from__range=(1, ROOMS_MOST)))
                & (Q(rooms_to__isnull=True) | Q(rooms_to__range=(1, ROOMS_MOST)))
                & (
                    Q(rooms_from__isnull=True)
                    | Q(rooms_to__isnull=True)
                    | Q(rooms_to__gte=F("rooms_from"))
                ),
                violation_error_code="rooms_to",
                violation_error_message=_("Huoneita on 1–20, enintään vähintään yhtä monta."),
            ),
            models.CheckConstraint(
                name="intake_wish_area",
                condition=(Q(area_from__isnull=True) | Q(area_from__gt=Decimal(0)))
                & (Q(area_to__isnull=True) | Q(area_to__gt=Decimal(0)))
                & (
                    Q(area_from__isnull=True)
                    | Q(area_to__isnull=True)
                    | Q(area_to__gte=F("area_from"))
                ),
                violation_error_code="area_to",
                violation_error_message=_("Pinta-alan yläraja on pienempi kuin alaraja."),
            ),
            models.CheckConstraint(
                name="intake_wish_rent",
                condition=Q(rent_most_eur__isnull=True) | Q(rent_most_eur__gt=Decimal(0)),
                violation_error_code="rent_most_eur",
                violation_error_message=_("Vuokra on yli nolla."),
            ),
            models.CheckConstraint(
                name="intake_wish_floor",
                condition=(Q(floor_from__isnull=True) | Q(floor_from__range=(1, FLOORS_MOST)))
                & (Q(floor_to__isnull=True) | Q(floor_to__range=(1, FLOORS_MOST)))
                & (
                    Q(floor_from__isnull=True)
                    | Q(floor_to__isnull=True)
                    | Q(floor_to__gte=F("floor_from"))
                ),
                violation_error_code="floor_to",
                violation_error_message=_("Ylin kerros on alempi kuin alin."),
            ),
        )  # fmt: skip
