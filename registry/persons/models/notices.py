"""That people are told how their data are processed (GDPR articles 13 and 14)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.persons.models.people import Person
from vuokra.company.models import NoticeVersion
from vuokra.db.models import PersonalModel
from vuokra.policy.sources import Source


class NoticeChannel(models.TextChoices):
    """How a notice was given."""

    FORM = "form", _("Hakemuksen tai sopimuksen yhteydessä")
    VISIT = "visit", _("Käynnillä")
    LETTER = "letter", _("Kirjeellä")
    EMAIL = "email", _("Sähköpostilla")
    PHONE = "phone", _("Puhelimessa")


class NoticeGiven(PersonalModel):
    """That a person was told of the processing (informointi, GDPR articles 13 and 14)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    version = models.ForeignKey(
        NoticeVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("versio")
    )
    given_on = models.DateField(_("annettu"))
    channel = models.CharField(_("tapa"), max_length=8, choices=NoticeChannel)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("informointi")
        verbose_name_plural = _("informoinnit")
        ordering = ("-given_on", "-id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                name="persons_notice_once",
                fields=["person", "version", "given_on"],
                violation_error_message=_("Sama informointi on jo kirjattu."),
            ),
            models.CheckConstraint(
                name="persons_notice_channel", condition=Q(channel__in=NoticeChannel.values)
            ),
        )

    def __str__(self) -> str:
        return str(self.person)


WHO_TOLD = [
    (source.value, _("Toinen asiakas") if source is Source.PERSON else source.label)
    for source in Source
]
"""Sources of what somebody else told: a customer is another customer here."""


class NoticeDuty(PersonalModel):
    """That a person's data came from somebody else: the person must be informed (article 14).

    The time runs from `arisen_on`; a notice given on that day or later meets the duty.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="notice_duty")
    source = models.CharField(_("mistä tiedot on saatu"), max_length=12, choices=WHO_TOLD)
    arisen_on = models.DateField(_("tiedot saatu"))
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("informointivelvollisuus")
        verbose_name_plural = _("informointivelvollisuudet")
        indexes = (models.Index(fields=["arisen_on"], name="persons_duty_arisen"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="persons_duty_source", condition=Q(source__in=Source.values)
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
