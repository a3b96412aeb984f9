"""Disclosures: when, to whom, on what basis, which data, of whom. Rows are added, never changed.

A mistake is corrected by a new row that names the wrong one. Source: data-protection, 9.3.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.disclosures.models.recipients import (
    CODE_LENGTH,
    REFERENCE_LENGTH,
    SECTION_LENGTH,
    DisclosureBasis,
    Recipient,
)
from registry.persons.models import Person
from vuokra.db.models import PersonalModel
from vuokra.policy.roles import Purpose

ASKED_LENGTH = 200
NOTE_LENGTH = 500
ORIGIN_LENGTH = 40


class Channel(models.TextChoices):
    """How the data were delivered (luovutustapa)."""

    FILE = "file", _("Tiedosto")
    LETTER = "letter", _("Kirje")
    PHONE = "phone", _("Puhelin")
    EMAIL = "email", _("Suojattu sähköposti")
    VISIT = "visit", _("Käynti tai paperi käteen")
    INTERFACE = "interface", _("Rajapinta")


class RestrictionGround(models.TextChoices):
    """Why restricted data may be disclosed all the same (article 18(2))."""

    NONE = "", _("Ei rajoitettuja tietoja")
    CONSENT = "consent", _("Rekisteröity suostui")
    CLAIMS = "claims", _("Oikeusvaade")
    OTHERS = "others", _("Toisen henkilön oikeuksien suojaaminen")
    PUBLIC = "public", _("Tärkeä yleinen etu")


class Disclosure(PersonalModel):
    """Data that were given out (luovutus), or taken out for the company's own use (oma käyttö).

    `irregular` was given without a valid basis and is told so; `void` corrects a row whose data
    were never given. `person_count` is the number of link rows, fixed when they are written.
    """

    at = models.DateTimeField(_("milloin"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, null=True, related_name="disclosures"
    )
    basis = models.ForeignKey(
        DisclosureBasis, on_delete=models.PROTECT, null=True, related_name="disclosures"
    )
    statute = models.CharField(_("säädös"), max_length=REFERENCE_LENGTH, blank=True)
    section = models.CharField(_("pykälä"), max_length=SECTION_LENGTH, blank=True)
    purpose = models.CharField(_("käyttötarkoitus"), max_length=3, choices=Purpose)
    codes = ArrayField(models.CharField(max_length=CODE_LENGTH))
    person_count = models.PositiveIntegerField(_("henkilöitä"))
    channel = models.CharField(_("tapa"), max_length=10, choices=Channel)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_by = models.CharField(_("kuka pyysi"), max_length=ASKED_LENGTH, blank=True)
    call_back = models.CharField(_("takaisinsoitto"), max_length=ASKED_LENGTH, blank=True)
    reference = models.CharField(_("asia"), max_length=REFERENCE_LENGTH, blank=True)
    note = models.CharField(_("lisätieto"), max_length=NOTE_LENGTH, blank=True)
    irregular = models.BooleanField(_("ilman perustetta"), default=False)
    as_protected = models.BooleanField(_("pyydetty käsittelemään suojattuna"), default=False)
    restriction = models.CharField(
        max_length=8, choices=RestrictionGround, default=RestrictionGround.NONE, blank=True
    )
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    void = models.BooleanField(_("tietoja ei luovutettu"), default=False)
    origin = models.CharField(max_length=ORIGIN_LENGTH)

    class Meta:
        verbose_name = _("luovutus")
        verbose_name_plural = _("luovutukset")
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=["-at", "-id"], name="disclosures_newest"),
            models.Index(fields=["recipient", "-at"], name="disclosures_by_recipient"),
            GinIndex(fields=["codes"], name="disclosures_codes"),
        )
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="disclosures_own_use_has_no_basis",
                condition=Q(recipient__isnull=False)
                | Q(basis__isnull=True, statute="", section="", irregular=False),
            ),
            models.CheckConstraint(
                name="disclosures_has_a_basis",
                condition=Q(recipient__isnull=True)
                | Q(basis__isnull=False)
                | ~Q(statute="") & ~Q(section="")
                | Q(irregular=True)
                | Q(void=True),
            ),
            models.CheckConstraint(
                name="disclosures_approved_by_another",
                condition=Q(approved_by__isnull=True)
                | Q(by__isnull=True)
                | ~Q(approved_by=F("by")),
            ),
            models.CheckConstraint(
                name="disclosures_void_corrects",
                condition=Q(void=False) | Q(corrects__isnull=False),
            ),
            models.CheckConstraint(name="disclosures_codes_told", condition=~Q(codes=[])),
            models.CheckConstraint(
                name="disclosures_purpose_known", condition=Q(purpose__in=Purpose.values)
            ),
            models.CheckConstraint(
                name="disclosures_channel_known", condition=Q(channel__in=Channel.values)
            ),
            models.CheckConstraint(name="disclosures_origin_told", condition=~Q(origin="")),
        )

    def __str__(self) -> str:
        return str(self.pk)


class DisclosedPerson(PersonalModel):
    """One whose data a disclosure held (luovutettu henkilö)."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("luovutettu henkilö")
        verbose_name_plural = _("luovutetut henkilöt")
        constraints = (
            models.UniqueConstraint(
                fields=["disclosure", "person"], name="disclosures_person_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.person)


class DisclosedCopy(models.Model):
    """The copy that left (kopio), known again by its digest; the file itself is not kept.

    An export whose file never left whole has no row here.
    """

    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="copy")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("luovutettu kopio")
        verbose_name_plural = _("luovutetut kopiot")
        constraints = (
            models.CheckConstraint(
                name="disclosures_copy_digest", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        )

    def __str__(self) -> str:
        return self.sha256
