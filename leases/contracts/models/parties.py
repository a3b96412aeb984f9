"""Who is in a lease, as what and when; and what is paid for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leases.contracts.models.leases import Lease
from leases.contracts.rules.persons import TENANTS, Role
from leases.homes.models import Place
from registry.persons.models import DatedFields, Person
from registry.persons.models.contacts import validity
from vuokra.db.models import PersonalModel

SIGNING = (*TENANTS, Role.GUARANTOR)


class Party(DatedFields):
    """Somebody in a lease (osapuoli): tenants, who live there without being a party, guarantors.

    Who answers for the rent is worked out from role and days (`rules.persons.liable`). `limit_eur`
    is the largest sum a guarantor answers for; none means all of it.
    """

    lease = models.ForeignKey(Lease, on_delete=models.CASCADE, related_name="parties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="lease_parts")
    role = models.CharField(_("asema"), max_length=13, choices=Role)
    limit_eur = models.DecimalField(
        _("takauksen enimmäismäärä, €"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    signed_on = models.DateField(_("allekirjoittanut"), null=True, blank=True)

    class Meta(DatedFields.Meta):
        verbose_name = _("sopimuksen osapuoli")
        verbose_name_plural = _("sopimusten osapuolet")
        ordering = ("lease", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *DatedFields.Meta.constraints,
            models.CheckConstraint(name="contracts_party_role", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="contracts_party_limit",
                condition=Q(limit_eur__isnull=True) | Q(role=Role.GUARANTOR.value, limit_eur__gt=0),
                violation_error_code="limit_eur",
                violation_error_message=_("Enimmäismäärä koskee takaajaa ja on yli nolla."),
            ),
            models.CheckConstraint(
                name="contracts_party_signs",
                condition=Q(signed_on__isnull=True) | Q(role__in=[role.value for role in SIGNING]),
            ),
            ExclusionConstraint(
                name="contracts_party_once",
                index_type="GIST",
                expressions=[
                    ("lease", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_code="number",
                violation_error_message=_("Henkilö on jo sopimuksessa samalta ajalta."),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)

    def rents_on(self, day: date) -> bool:
        """Whether a tenant on a day, or from a later one on: whoever was replaced by another before
        it is none."""
        return self.role in TENANTS and (self.valid_to is None or self.valid_to >= day)

    @property
    def signs(self) -> bool:
        """Whether the lease waits for this one's signature."""
        return self.role in SIGNING


def rents_on(day: date) -> Q:
    """Parties who are tenants on a day, as `Party.rents_on` says, for whoever may not read them."""
    return Q(role__in=TENANTS) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class ComponentKind(models.TextChoices):
    """What a part of the rent is for (vuokran osa)."""

    RENT = "rent", _("Vuokra")
    WATER_PERSON = "water_person", _("Vesimaksu henkilöltä")
    WATER_ADVANCE = "water_advance", _("Vesiennakko")
    SAUNA = "sauna", _("Sauna")
    PARKING = "parking", _("Autopaikka")
    STORAGE = "storage", _("Varasto")
    OTHER = "other", _("Muu")


def in_order(parts: Iterable[Component]) -> list[Component]:
    """Parts of the rent as they are read: the rent itself first, then what comes on top of it."""
    kinds = ComponentKind.values
    return sorted(parts, key=lambda part: (kinds.index(part.kind), part.valid_from, part.pk))


class Component(PersonalModel):
    """A part of the rent with its price from a day (vuokran osa), euros a month.

    `quantity` is the number of persons for water, otherwise 1. `valid_to` is the last day. That a
    place is let once follows from the days of the leases (`homes.models.PlaceOccupancy`).
    """

    lease = models.ForeignKey(Lease, on_delete=models.CASCADE, related_name="components")
    kind = models.CharField(_("laji"), max_length=13, choices=ComponentKind)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="components",
        verbose_name=_("paikka"),
    )  # fmt: skip
    price_eur = models.DecimalField(_("hinta, €/kk"), max_digits=12, decimal_places=2)
    quantity = models.PositiveSmallIntegerField(_("määrä"), default=1)
    valid_from = models.DateField(_("alkaen"))
    valid_to = models.DateField(_("asti"), null=True, blank=True)

    class Meta:
        verbose_name = _("vuokran osa")
        verbose_name_plural = _("vuokran osat")
        ordering = ("lease", "kind", "valid_from")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="contracts_component_kind", condition=Q(kind__in=ComponentKind.values)
            ),
            models.CheckConstraint(
                name="contracts_component_price",
                condition=Q(price_eur__gte=0, quantity__gte=1, quantity__lte=30),
                violation_error_code="price_eur",
                violation_error_message=_("Hinta ei voi olla alle nolla."),
            ),
            models.CheckConstraint(
                name="contracts_component_days",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                violation_error_code="valid_to",
                violation_error_message=_("Päättymispäivä on ennen alkamispäivää."),
            ),
            ExclusionConstraint(
                name="contracts_component_once",
                index_type="GIST",
                expressions=[
                    ("lease", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                condition=Q(place__isnull=True) & ~Q(kind="other"),
                violation_error_code="kind",
                violation_error_message=_("Sopimuksella on jo tämä vuokran osa samalta ajalta."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def month_eur(self) -> Decimal:
        """What it comes to in a month, in euros."""
        return self.price_eur * self.quantity
