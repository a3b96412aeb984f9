"""A lease that is to be drawn up for those who accepted a flat."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.selection.models import Offer
from leases.contracts.models import Lease
from leases.contracts.rules.persons import Role
from leases.homes.models import Flat
from registry.persons.models import Person
from vuokra.db.models import PersonalModel

ROLES = (Role.TENANT, Role.CO_TENANT, Role.SPOUSE, Role.OCCUPANT)
"""As what somebody of the household comes into the lease: whoever applied, and who lives there."""


class OrderState(models.TextChoices):
    """How far an ordered lease has come (tilauksen tila)."""

    OPEN = "open", _("Odottaa sopimusta")
    DRAWN = "drawn", _("Sopimus laadittu")
    SIGNED = "signed", _("Sopimus allekirjoitettu")
    WITHDRAWN = "withdrawn", _("Peruttu")


class LeaseOrder(PersonalModel):
    """That a flat was accepted, for those who draw up leases and see no applications
    (sopimustilaus). `rent_eur` is what was offered, a month; `free_from` the first possible day.

    Neither an offer nor a lease leads to it by a name: whoever writes one need not see the other,
    and the change log reads what stands on a row.
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="+")
    flat = models.ForeignKey(Flat, on_delete=models.PROTECT, related_name="orders")
    free_from = models.DateField(_("vapautuu"))
    rent_eur = models.DecimalField(_("vuokra, €/kk"), max_digits=12, decimal_places=2)
    placed_at = models.DateTimeField(_("tilattu"), auto_now_add=True)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(
        _("tila"), max_length=9, choices=OrderState, default=OrderState.OPEN, editable=False
    )
    lease = models.OneToOneField(
        Lease, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("sopimustilaus")
        verbose_name_plural = _("sopimustilaukset")
        ordering = ("placed_at", "id")
        indexes = (models.Index(fields=["state"], name="orders_order_state"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="orders_order_lease",
                condition=Q(state=OrderState.OPEN, lease__isnull=True)
                | Q(state__in=[OrderState.DRAWN, OrderState.SIGNED], lease__isnull=False)
                | Q(state=OrderState.WITHDRAWN),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class OrderPerson(PersonalModel):
    """Somebody of the household that accepted the flat, as the lease will name him."""

    order = models.ForeignKey(LeaseOrder, on_delete=models.CASCADE, related_name="persons")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(
        _("asema"), max_length=13, choices=[(role.value, role.label) for role in ROLES]
    )

    class Meta:
        verbose_name = _("tilauksen henkilö")
        verbose_name_plural = _("tilausten henkilöt")
        ordering = ("id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="orders_person_role", condition=Q(role__in=[role.value for role in ROLES])
            ),
            models.UniqueConstraint(fields=["order", "person"], name="orders_person_once"),
        )

    def __str__(self) -> str:
        return f"{self.pk}"
