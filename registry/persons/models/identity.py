"""What people are identified by. Sex is neither stored nor derived from anything (8.1)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.persons.models.people import Person
from vuokra.crypto.fields import BlindIndexField, EncryptedTextField
from vuokra.db.models import PersonalModel


class IdentityKind(models.TextChoices):
    """What we know a person's identity by."""

    HETU = "hetu", _("Henkilötunnus")
    SUBSTITUTE = "keinotunnus", _("Keinotunnus")
    BIRTH_DATE = "birth_date", _("Vain syntymäaika")


class CodeFields(PersonalModel):
    """A sealed identity code with its blind index; `artificial` tells numbers 900–999."""

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    hetu = EncryptedTextField(
        _("henkilötunnus"), max_length=11, blind_index="hetu_index", null=True
    )
    hetu_index = BlindIndexField(null=True)
    artificial = models.BooleanField(_("keinotekoinen tunnus"), default=False)

    class Meta:
        abstract = True


class Identity(CodeFields):
    """What a person is identified by (tunnistetieto): a hetu, a substitute, or a birth date only.

    The code may change during a life, so nothing refers to it; old ones are in FormerCode.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="identity")
    kind = models.CharField(_("tunnisteen laji"), max_length=12, choices=IdentityKind)
    birth_date = models.DateField(_("syntymäaika"))
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("tunnistetieto")
        verbose_name_plural = _("tunnistetiedot")
        constraints = (
            models.UniqueConstraint(
                fields=["hetu_index"], condition=Q(active=True), name="persons_identity_unique_code"
            ),
            models.CheckConstraint(
                name="persons_identity_kind_matches",
                condition=Q(
                    kind=IdentityKind.BIRTH_DATE,
                    hetu__isnull=True,
                    hetu_index__isnull=True,
                    artificial=False,
                )
                | Q(kind=IdentityKind.HETU, hetu__isnull=False, hetu_index__isnull=False)
                | Q(
                    kind=IdentityKind.SUBSTITUTE,
                    hetu__isnull=False,
                    hetu_index__isnull=False,
                    artificial=True,
                ),
            ),
            models.CheckConstraint(
                name="persons_identity_birth_date_sane", condition=Q(birth_date__gte="1850-01-01")
            ),
        )

    def __str__(self) -> str:
        return str(self.person)


class FormerCodeReason(models.TextChoices):
    """Why a code stopped being used. An official one stays its holder's for ever."""

    CHANGED = "changed", _("Tunnus on virallisesti muutettu")
    MISTAKE = "mistake", _("Tunnus oli kirjattu väärin")


class FormerCode(CodeFields):
    """An identity code a person no longer has (aiempi tunnus); found by its blind index still."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_codes")
    reason = models.CharField(_("syy"), max_length=12, choices=FormerCodeReason)
    ended_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("aiempi tunnus")
        verbose_name_plural = _("aiemmat tunnukset")
        indexes = (models.Index(fields=["hetu_index"], name="persons_former_code"),)
        constraints = (
            models.CheckConstraint(
                name="persons_former_code_present",
                condition=Q(hetu__isnull=False, hetu_index__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
