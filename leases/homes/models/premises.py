"""Flats as leases tell them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leases.homes.models.buildings import NAME_LENGTH
from leases.homes.models.flats import ADDRESS_LENGTH, Flat
from leases.homes.rules import flat_type


class Premises(models.Model):
    """A flat as it was when a lease was made ready to be signed (vuokrakohde).

    Leases make these, by a trigger of their own, one for all that were told the same; they never
    change, whatever becomes of the flat.
    """

    flat = models.ForeignKey(Flat, on_delete=models.PROTECT, related_name="premises")
    address = models.CharField(_("osoite"), max_length=ADDRESS_LENGTH)
    postal_code = models.CharField(_("postinumero"), max_length=5)
    town = models.CharField(_("postitoimipaikka"), max_length=NAME_LENGTH)
    rooms = models.PositiveSmallIntegerField(_("huoneita"))
    kitchen = models.CharField(_("keittiö"), max_length=5)
    sauna = models.BooleanField(_("sauna"))
    area = models.DecimalField(_("pinta-ala, m²"), max_digits=6, decimal_places=1)
    keys = models.PositiveSmallIntegerField(_("avaimia"))

    class Meta:
        verbose_name = _("vuokrakohde")
        verbose_name_plural = _("vuokrakohteet")
        ordering = ("flat", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                name="homes_premises_one",
                fields=[
                    "flat", "address", "postal_code", "town", "rooms", "kitchen", "sauna", "area",
                    "keys",
                ],
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.address

    @property
    def type(self) -> str:
        """Rooms, kitchen and sauna as they are written."""
        return flat_type(self.rooms, self.kitchen, sauna=self.sauna)
