"""Telling recipients that data they got were corrected, erased or restricted (article 19)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.disclosures.models.disclosures import NOTE_LENGTH
from registry.disclosures.models.recipients import CODE_LENGTH, REFERENCE_LENGTH, Recipient
from registry.persons.models import Person
from vuokra.db.models import PersonalModel


class NotifyReason(models.TextChoices):
    """What happened to the data."""

    RECTIFIED = "art16", _("Oikaistu (16 artikla)")
    ERASED = "art17", _("Poistettu (17 artikla)")
    RESTRICTED = "art18", _("Käsittelyä rajoitettu (18 artikla)")


class NotifyState(models.TextChoices):
    """Whether the recipient has been told. Source: data-protection, section 6.5."""

    OPEN = "open", _("Kertomatta")
    NOTIFIED = "notified", _("Ilmoitettu")
    IMPOSSIBLE = "impossible", _("Mahdoton")
    EXCESSIVE = "excessive", _("Kohtuuton")


class Notification(PersonalModel):
    """A recipient to be told of a change in a person's data (ilmoitus vastaanottajalle)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("syy"), max_length=8, choices=NotifyReason)
    codes = ArrayField(models.CharField(max_length=CODE_LENGTH))
    reference = models.CharField(_("asia"), max_length=REFERENCE_LENGTH)
    made_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(
        _("tila"), max_length=10, choices=NotifyState, default=NotifyState.OPEN
    )
    note = models.CharField(_("perustelu"), max_length=NOTE_LENGTH, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("ilmoitus vastaanottajalle")
        verbose_name_plural = _("ilmoitukset vastaanottajille")
        ordering = ("-made_at", "-id")
        indexes = (
            models.Index(
                fields=["made_at"],
                condition=Q(state=NotifyState.OPEN),
                name="disclosures_to_notify",
            ),
        )
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["person", "recipient", "reason", "reference"],
                name="disclosures_notify_once",
            ),
            models.CheckConstraint(
                name="disclosures_notify_state_known", condition=Q(state__in=NotifyState.values)
            ),
            models.CheckConstraint(
                name="disclosures_notify_done",
                condition=Q(state=NotifyState.OPEN, done_at__isnull=True)
                | ~Q(state=NotifyState.OPEN) & Q(done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="disclosures_notify_says_why",
                condition=~Q(state__in=[NotifyState.IMPOSSIBLE, NotifyState.EXCESSIVE])
                | ~Q(note=""),
                violation_error_message=_("Kirjoita, miksi vastaanottajalle ei kerrota."),
            ),
            models.CheckConstraint(
                name="disclosures_notify_referenced", condition=~Q(reference="") & ~Q(codes=[])
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
