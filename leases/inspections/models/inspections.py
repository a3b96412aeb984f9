"""An inspection of a flat: its rooms, the remarks made in them, and pictures of these."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leases.contracts.models import Lease
from leases.homes.models import Flat
from leases.inspections.rules import (
    Agreed,
    Cause,
    Condition,
    Kind,
    NextAction,
    State,
    state,
)
from leases.inspections.rules import Remark as Judged
from registry.persons.models import Person
from vuokra.crypto.files import EncryptedFileField
from vuokra.db.models import PersonalModel

NAME_LENGTH = 60
TEXT_LENGTH = 500
REASON_LENGTH = 200


class Inspection(PersonalModel):
    """An inspection when a tenancy begins, ends or goes on (muuttotarkastus, S5-32).

    `flat` is that of the lease: whoever inspects sees the flat and the day without seeing the
    lease. `contact` is with whom it was agreed, `signed_on` the day on which both signed the record
    on paper; from then on neither it nor its parts change.
    """

    lease = models.ForeignKey(Lease, on_delete=models.CASCADE, related_name="inspections")
    flat = models.ForeignKey(Flat, on_delete=models.PROTECT, related_name="inspections")
    kind = models.CharField(_("laji"), max_length=8, choices=Kind)
    agreed_at = models.DateTimeField(_("sovittu aika"))
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
        verbose_name=_("tarkastaja"),
    )  # fmt: skip
    contact = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="inspections",
        verbose_name=_("sovittu kenen kanssa"),
    )  # fmt: skip
    done_on = models.DateField(_("tehty"), null=True, editable=False)
    tenant_present = models.BooleanField(_("vuokralainen paikalla"), null=True, editable=False)
    signed_on = models.DateField(_("allekirjoitettu"), null=True, editable=False)
    cancelled_on = models.DateField(_("peruttu"), null=True, editable=False)
    cancel_reason = models.CharField(
        _("perumisen syy"), max_length=REASON_LENGTH, blank=True, editable=False
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("tarkastus")
        verbose_name_plural = _("tarkastukset")
        ordering = ("-agreed_at", "-id")
        indexes = (
            models.Index(fields=["agreed_at", "id"], name="inspections_agreed"),
            models.Index(fields=["lease", "kind"], name="inspections_of_lease"),
        )
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(name="inspections_known", condition=Q(kind__in=Kind.values)),
            models.UniqueConstraint(
                name="inspections_open_one",
                fields=["lease", "kind"],
                condition=Q(signed_on__isnull=True, cancelled_on__isnull=True),
                violation_error_code="kind",
                violation_error_message=_("Sopimuksella on jo avoin tarkastus tästä lajista."),
            ),
            models.CheckConstraint(
                name="inspections_signed",
                condition=Q(signed_on__isnull=True)
                | Q(done_on__isnull=False, signed_on__gte=F("done_on"), cancelled_on__isnull=True),
                violation_error_code="on",
                violation_error_message=_("Allekirjoitus on ennen tarkastusta."),
            ),
            models.CheckConstraint(
                name="inspections_done",
                condition=Q(done_on__isnull=True, tenant_present__isnull=True)
                | Q(done_on__isnull=False, tenant_present__isnull=False, cancelled_on__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def state(self) -> State:
        """How far it has come."""
        return state(done_on=self.done_on, signed_on=self.signed_on, cancelled_on=self.cancelled_on)

    @property
    def open(self) -> bool:
        """Whether its record may still change."""
        return self.signed_on is None and self.cancelled_on is None


class Room(PersonalModel):
    """A room of an inspection (tila), and whether it has been gone through."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(_("tila"), max_length=NAME_LENGTH)
    place = models.PositiveSmallIntegerField(_("järjestys"))
    checked = models.BooleanField(_("käyty läpi"), default=False)

    class Meta:
        verbose_name = _("tila")
        verbose_name_plural = _("tilat")
        ordering = ("place", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                name="inspections_room_one",
                fields=["inspection", "name"],
                violation_error_code="name",
                violation_error_message=_("Tarkastuksessa on jo tämä tila."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class Remark(PersonalModel):
    """A remark on a part of a room (huomautus): its condition, whose it is, and what comes of it.

    Euros stand only on what the tenant caused: ordinary wear is not charged (AHVL 25 §).
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="remarks")
    part = models.CharField(_("kohta"), max_length=NAME_LENGTH)
    condition = models.CharField(_("kunto"), max_length=7, choices=Condition)
    text = models.CharField(_("huomautus"), max_length=TEXT_LENGTH, blank=True)
    cause = models.CharField(_("luokka"), max_length=8, choices=Cause)
    estimate_eur = models.DecimalField(
        _("arvio, €"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    agreed = models.CharField(
        _("vuokralainen hyväksyy"), max_length=7, choices=Agreed, default=Agreed.UNKNOWN
    )
    next_action = models.CharField(
        _("jatkotoimi"), max_length=7, choices=NextAction, default=NextAction.NONE
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("huomautus")
        verbose_name_plural = _("huomautukset")
        ordering = ("id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="inspections_remark_known",
                condition=Q(
                    condition__in=Condition.values, cause__in=Cause.values,
                    agreed__in=Agreed.values, next_action__in=NextAction.values,
                ),
            ),
            models.CheckConstraint(
                name="inspections_remark_charged",
                condition=Q(estimate_eur__isnull=True) | Q(cause="tenant"),
                violation_error_code="estimate_eur",
                violation_error_message=_(
                    "Arvio kirjataan vain vuokralaisen aiheuttamasta vahingosta. Tavanomaista "
                    "kulumista ei peritä (AHVL 25 §)."
                ),
            ),
            models.CheckConstraint(
                name="inspections_remark_euros",
                condition=Q(estimate_eur__isnull=True) | Q(estimate_eur__gt=0),
                violation_error_code="estimate_eur",
                violation_error_message=_("Arvio on suurempi kuin nolla."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def judged(self) -> Judged:
        """What the rules look at."""
        return Judged(
            self.room.name, self.part, Condition(self.condition), Cause(self.cause),
            self.estimate_eur, Agreed(self.agreed), self.text,
        )  # fmt: skip


class Photo(PersonalModel):
    """A picture of a remark (valokuva), sealed, without a trace of where and with what it was
    taken."""

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    remark = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="photos")
    file = EncryptedFileField(_("kuva"), own_key=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField(_("lisätty"), auto_now_add=True)

    class Meta:
        verbose_name = _("valokuva")
        verbose_name_plural = _("valokuvat")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.pk}"
