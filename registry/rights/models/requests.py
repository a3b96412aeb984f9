"""Requests of data subjects and the steps they went through (data-protection 6.1, 6.2 and 6.8)."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.persons.models import Person
from registry.rights.models.abouts import abouts
from registry.rights.models.codes import (
    FOUR_EYES,
    Act,
    Authority,
    Behalf,
    Channel,
    ExtensionGround,
    Known,
    Level,
    Method,
    Right,
    State,
)
from vuokra.access.clock import ClockTimestamp
from vuokra.crypto.fields import EncryptedTextField
from vuokra.db.models import PersonalModel

TEXT = 2000
SHORT = 200
NUMBER_LENGTH = 16


def staff_key(**changes: Any) -> models.ForeignKey[Any, Any]:
    """A reference to a member of staff who did something."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **({"null": True} | changes)
    )


class Language(models.TextChoices):
    """Language of the answer."""

    FINNISH = "fi", _("suomi")
    ENGLISH = "en", _("englanti")


class Numbering(models.Model):
    """The last number given to a request in a year; says nothing of anybody."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("numerointi")
        verbose_name_plural = _("numeroinnit")

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class DataRequest(PersonalModel):
    """A request of a data subject (tietopyyntö), from the day it reached the company.

    It may be there before anybody knows whose it is: `person` comes when the person was searched
    for; `representative` is who asks for the person, when the register knows the relation. `target`
    is the day by which we answer (one month, never rolled), `deadline` the last
    lawful day (rolled over holidays); after an extension `last_target` and `last_deadline` hold,
    counted from the same receipt (6.7). Triggers keep the transitions of 6.8, who approves what,
    and what each state demands; `version` grows with every write.
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    number = models.CharField(_("numero"), max_length=NUMBER_LENGTH, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    state = models.CharField(_("vaihe"), max_length=12, choices=State, default=State.RECEIVED)

    # -- what arrived --------------------------------------------------------------------------
    received_on = models.DateField(_("saapunut"))
    received_reason = models.CharField(_("siirron peruste"), max_length=SHORT, blank=True)
    recorded_at = models.DateTimeField(_("kirjattu"), db_default=ClockTimestamp(), editable=False)
    recorded_by = staff_key()
    channel = models.CharField(_("saapumistapa"), max_length=10, choices=Channel)
    rights = ArrayField(models.CharField(max_length=4, choices=Right), verbose_name=_("oikeudet"))
    wish = models.CharField(_("mitä pyydetään"), max_length=TEXT, blank=True)
    language = models.CharField(
        _("vastauksen kieli"), max_length=2, choices=Language, default=Language.FINNISH
    )

    # -- who asks, and about whom --------------------------------------------------------------
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="data_requests")
    known = models.CharField(_("haun tulos"), max_length=6, choices=Known, blank=True)
    sender = models.CharField(_("pyytäjän nimi"), max_length=SHORT, blank=True)
    sender_contact = EncryptedTextField(_("pyytäjän yhteystieto"), max_length=SHORT, null=True)
    behalf = models.CharField(_("kenen puolesta"), max_length=10, choices=Behalf, blank=True)
    representative = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("edustaja rekisterissä")
    )
    authority = models.CharField(_("valtuus"), max_length=8, choices=Authority, blank=True)
    authority_paper = models.CharField(_("mikä asiakirja nähtiin"), max_length=SHORT, blank=True)
    authority_at = models.DateTimeField(null=True)
    authority_by = staff_key()

    # -- identity ------------------------------------------------------------------------------
    required_level = models.PositiveSmallIntegerField(_("vaadittu taso"), choices=Level)
    asked_on = models.DateField(_("tunnistautumista pyydetty"), null=True)
    reminded_on = models.DateField(_("muistutettu"), null=True)
    level = models.PositiveSmallIntegerField(_("todettu taso"), choices=Level, null=True)
    method = models.CharField(_("tunnistamistapa"), max_length=10, choices=Method, blank=True)
    identified_on = models.DateField(_("tunnistettu"), null=True)
    identified_by = staff_key()
    second_identifier = staff_key()

    # -- time ----------------------------------------------------------------------------------
    target = models.DateField(_("tavoitepäivä"))
    deadline = models.DateField(_("määräaika"))
    last_target = models.DateField(_("jatkettu tavoitepäivä"), null=True)
    last_deadline = models.DateField(_("jatkettu määräaika"), null=True)
    extended_on = models.DateField(null=True)
    extension_ground = models.CharField(
        _("jatkamisen peruste"), max_length=8, choices=ExtensionGround, blank=True
    )
    extension_reason = models.CharField(_("jatkamisen perustelu"), max_length=TEXT, blank=True)

    # -- who works on it -----------------------------------------------------------------------
    handler = staff_key()
    assessment = models.CharField(_("arvio"), max_length=TEXT, blank=True)
    submitted_by = staff_key()
    approver = staff_key()
    approved_at = models.DateTimeField(null=True)
    closed_on = models.DateField(_("päättynyt"), null=True)

    class Meta:
        verbose_name = _("tietopyyntö")
        verbose_name_plural = _("tietopyynnöt")
        ordering = ("-recorded_at", "-id")
        indexes = (
            models.Index(fields=["state", "deadline"], name="rights_request_state"),
            models.Index(fields=["person", "received_on"], name="rights_request_person"),
        )
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="rights_request_rights",
                condition=Q(rights__len__gt=0) & Q(rights__contained_by=Right.values),
                violation_error_message=_("Valitse ainakin yksi oikeus."),
            ),
            models.CheckConstraint(
                name="rights_request_state", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="rights_request_found",
                condition=Q(known=Known.FOUND, person__isnull=False)
                | (~Q(known=Known.FOUND) & Q(person__isnull=True)),
            ),
            models.CheckConstraint(
                name="rights_request_from_somebody",
                condition=Q(person__isnull=False) | ~Q(sender=""),
                violation_error_message=_("Kirjoita, keneltä pyyntö tuli."),
            ),
            models.CheckConstraint(
                name="rights_request_representative",
                condition=Q(representative=None)
                | Q(person__isnull=False) & ~Q(behalf="") & ~Q(representative=F("person")),
                violation_error_message=_(
                    "Edustaja on toinen kuin henkilö, jonka puolesta toimii."
                ),
            ),
            models.CheckConstraint(
                name="rights_request_dates",
                condition=Q(target__gt=F("received_on"))
                & Q(deadline__gte=F("target"))
                & (
                    Q(last_deadline__isnull=True)
                    | Q(last_target__isnull=False, last_deadline__gte=F("last_target"))
                ),
            ),
            models.CheckConstraint(
                name="rights_request_extension_whole",
                condition=Q(
                    extended_on=None,
                    last_target=None,
                    last_deadline=None,
                    extension_ground="",
                    extension_reason="",
                )
                | (
                    Q(extended_on__isnull=False, extended_on__lte=F("deadline"))
                    & Q(last_target__isnull=False, last_deadline__isnull=False)
                    & ~Q(extension_ground="")
                    & ~Q(extension_reason="")
                ),
                violation_error_message=_("Jatkoajasta on kerrottava määräajassa."),
            ),
            models.CheckConstraint(
                name="rights_request_identity_whole",
                condition=Q(level=None, method="", identified_on=None, identified_by=None)
                | (Q(level__isnull=False, identified_on__isnull=False) & ~Q(method="")),
            ),
            models.CheckConstraint(
                name="rights_request_second_identifier",
                condition=Q(level__isnull=True)
                | Q(level__lt=Level.T3)
                | (Q(second_identifier__isnull=False) & ~Q(second_identifier=F("identified_by"))),
                violation_error_message=_("Tasolla T3 henkilöllisyyden toteaa kaksi käsittelijää."),
            ),
            models.CheckConstraint(
                name="rights_request_reminded_after_asking",
                condition=Q(reminded_on__isnull=True)
                | Q(asked_on__isnull=False, reminded_on__gte=F("asked_on")),
            ),
            models.CheckConstraint(
                name="rights_request_authority_whole",
                condition=~Q(authority=Authority.SEEN)
                | (Q(authority_at__isnull=False) & ~Q(authority_paper="") & ~Q(behalf="")),
            ),
            models.CheckConstraint(
                name="rights_request_four_eyes",
                condition=~Q(rights__overlap=[right.value for right in sorted(FOUR_EYES)])
                | Q(approver__isnull=True)
                | (~Q(approver=F("handler")) & ~Q(approver=F("submitted_by"))),
                violation_error_message=_("Toisen henkilön on hyväksyttävä vastaus."),
            ),
            models.CheckConstraint(
                name="rights_request_approved_by_somebody",
                condition=Q(approver=None, approved_at=None)
                | Q(approver__isnull=False, approved_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def slug(self) -> str:
        """The number as it stands in addresses."""
        return self.number.lower()

    @property
    def due(self) -> date:
        """The last lawful day that holds now."""
        return self.last_deadline or self.deadline

    @property
    def due_target(self) -> date:
        """The day by which we mean to answer, as it holds now."""
        return self.last_target or self.target

    @property
    def asks(self) -> list[Right]:
        """The rights that the request uses, in the order of the articles."""
        return [right for right in Right if right in self.rights]


class Step(PersonalModel):
    """One thing that was done to a request (vaihe): who, when, and from which state to which.

    `about` is a code and `note` what somebody wrote, so that a step is told in the language of who
    reads it; steps of earlier versions have words in `note` instead, in the language of their time.
    The database sets the time, and refuses one that goes back (DP-A51); a step is never changed.
    """

    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="steps")
    version = models.PositiveIntegerField()
    act = models.CharField(_("toimi"), max_length=10, choices=Act)
    before = models.CharField(max_length=12, choices=State, blank=True)
    after = models.CharField(_("vaihe"), max_length=12, choices=State)
    about = models.CharField(_("mitä koski"), max_length=24, choices=abouts, blank=True)
    note = models.CharField(_("lisätieto"), max_length=SHORT, blank=True)
    at = models.DateTimeField(_("aika"), db_default=ClockTimestamp(), editable=False)
    by = staff_key()

    class Meta:
        verbose_name = _("pyynnön vaihe")
        verbose_name_plural = _("pyynnön vaiheet")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["request", "version"], name="rights_step_version"),
        )

    def __str__(self) -> str:
        return f"{self.request_id}/{self.version}"
