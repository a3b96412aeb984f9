"""Requests of authorities (DP-A18): received, verified, decided, approved, answered."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.disclosures.models.disclosures import (
    ASKED_LENGTH,
    NOTE_LENGTH,
    Channel,
    Disclosure,
)
from registry.disclosures.models.recipients import (
    CODE_LENGTH,
    REFERENCE_LENGTH,
    SECTION_LENGTH,
    Recipient,
)
from registry.persons.models import Person
from vuokra.db.models import PersonalModel


class RequestState(models.TextChoices):
    """Where a request stands."""

    RECEIVED = "received", _("Vastaanotettu")
    VERIFIED = "verified", _("Pyytäjä varmistettu")
    GRANTED = "granted", _("Päätetty antaa")
    APPROVED = "approved", _("Hyväksytty")
    ANSWERED = "answered", _("Vastattu")
    REFUSED = "refused", _("Hylätty")


class Verification(models.TextChoices):
    """How it was made sure that an authority asks, not somebody who says so."""

    NONE = "", _("Ei varmistettu")
    CALL_BACK = "callback", _("Soitettu takaisin vaihteen numeroon")
    DOCUMENT = "document", _("Pyyntöasiakirja tarkistettu")


SPOKEN = (Channel.PHONE, Channel.VISIT, Channel.EMAIL)
"""Channels in which anybody can be anybody: these are verified by calling back."""


class AuthorityRequest(PersonalModel):
    """An authority asks for data (viranomaispyyntö). Who calls is not believed (DP-A18).

    The call goes back to the number of a switchboard that we looked up ourselves. The registrar
    decides by statute and section, another approves, and the answer becomes a disclosure.
    """

    authority = models.CharField(_("viranomainen"), max_length=ASKED_LENGTH)
    caller = models.CharField(_("kuka pyysi"), max_length=ASKED_LENGTH)
    channel = models.CharField(_("miten pyydettiin"), max_length=10, choices=Channel)
    asked = models.CharField(_("mitä pyydettiin"), max_length=NOTE_LENGTH)
    their_reference = models.CharField(
        _("viranomaisen asianumero"), max_length=REFERENCE_LENGTH, blank=True
    )
    statute = models.CharField(_("säädös"), max_length=REFERENCE_LENGTH, blank=True)
    section = models.CharField(_("pykälä"), max_length=SECTION_LENGTH, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=RequestState, default=RequestState.RECEIVED)
    verification = models.CharField(
        max_length=8, choices=Verification, default=Verification.NONE, blank=True
    )
    switchboard = models.CharField(_("vaihteen numero"), max_length=40, blank=True)
    verified_note = models.CharField(_("kuka vastasi"), max_length=ASKED_LENGTH, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    verified_at = models.DateTimeField(null=True)
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, null=True, related_name="requests",
        verbose_name=_("vastaanottaja"),
    )  # fmt: skip
    codes = ArrayField(models.CharField(max_length=CODE_LENGTH), default=list, blank=True)
    decision_reason = models.CharField(_("perustelu"), max_length=NOTE_LENGTH, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    disclosure = models.OneToOneField(
        Disclosure, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("viranomaispyyntö")
        verbose_name_plural = _("viranomaispyynnöt")
        ordering = ("-received_at", "-id")
        indexes = (models.Index(fields=["state", "received_at"], name="disclosures_request_state"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="disclosures_request_state_known", condition=Q(state__in=RequestState.values)
            ),
            models.CheckConstraint(
                name="disclosures_request_told",
                condition=~Q(authority="") & ~Q(caller="") & ~Q(asked=""),
            ),
            models.CheckConstraint(
                name="disclosures_request_verified",
                condition=Q(state__in=[RequestState.RECEIVED, RequestState.REFUSED])
                | ~Q(verification=Verification.NONE)
                & Q(verified_at__isnull=False, verified_by__isnull=False),
            ),
            models.CheckConstraint(
                name="disclosures_request_called_back",
                condition=~Q(verification=Verification.CALL_BACK) | ~Q(switchboard=""),
                violation_error_message=_("Kirjoita numero, johon soitit."),
            ),
            models.CheckConstraint(
                name="disclosures_request_spoken_is_called_back",
                condition=~Q(verification=Verification.DOCUMENT) | ~Q(channel__in=SPOKEN),
                violation_error_message=_(
                    "Puhelimitse, käynnillä tai sähköpostilla tullut pyyntö varmistetaan "
                    "soittamalla takaisin vaihteeseen."
                ),
            ),
            models.CheckConstraint(
                name="disclosures_request_granted_by_law",
                condition=Q(
                    state__in=[RequestState.RECEIVED, RequestState.VERIFIED, RequestState.REFUSED]
                )
                | ~Q(statute="")
                & ~Q(section="")
                & ~Q(codes=[])
                & Q(recipient__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                violation_error_message=_("Säädös ja pykälä puuttuvat."),
            ),
            models.CheckConstraint(
                name="disclosures_request_refused_says_why",
                condition=~Q(state=RequestState.REFUSED)
                | ~Q(decision_reason="") & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="disclosures_request_by_two",
                condition=~Q(state__in=[RequestState.APPROVED, RequestState.ANSWERED])
                | Q(approved_by__isnull=False, approved_at__isnull=False)
                & ~Q(approved_by=F("decided_by")),
                violation_error_message=_("Toisen henkilön on hyväksyttävä päätös."),
            ),
            models.CheckConstraint(
                name="disclosures_request_answered",
                condition=Q(state=RequestState.ANSWERED, disclosure__isnull=False)
                | ~Q(state=RequestState.ANSWERED) & Q(disclosure__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number by which the matter is called: `VP 12`."""
        return f"VP {self.pk}"


class AskedPerson(PersonalModel):
    """One about whom an authority asked (pyynnön henkilö)."""

    request = models.ForeignKey(AuthorityRequest, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("pyynnön henkilö")
        verbose_name_plural = _("pyynnön henkilöt")
        constraints = (
            models.UniqueConstraint(fields=["request", "person"], name="disclosures_asked_once"),
        )

    def __str__(self) -> str:
        return str(self.person)
