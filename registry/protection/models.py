"""Tables of turvakielto (non-disclosure for safety, laki 661/2009 36 §; data-protection 7).

A ban covers persons; while one covers a person, the person's contact details lie in
`ProtectedDetail` alone. Triggers of migration 0002 hold that, not the code that happens to run.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.persons.models import DatedFields, Person
from vuokra.crypto.fields import SubjectEncryptedTextField
from vuokra.db.models import PersonalModel
from vuokra.policy.sources import Source

REASON_LENGTH = 200


class Turvakielto(PersonalModel):
    """A ban on telling where a person is (turvakielto). It holds until two people have ended it.

    `valid_until` is the last day by its paper; that the day has passed ends nothing (DP-A22).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="bans")
    valid_from = models.DateField(_("voimassa alkaen"))
    valid_until = models.DateField(_("voimassa asti"), null=True, blank=True)
    source = models.CharField(_("lähde"), max_length=12, choices=Source)
    covers_household = models.BooleanField(_("koskee ruokakuntaa"), default=True)
    review_at = models.DateField(_("tarkistetaan"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    noted_at = models.DateTimeField(auto_now_add=True)
    ending_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ending_proposed_at = models.DateTimeField(null=True)
    ending_reason = models.CharField(_("peruste"), max_length=REASON_LENGTH, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("turvakielto")
        verbose_name_plural = _("turvakiellot")
        ordering = ("-noted_at", "-id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at__isnull=True),
                name="protection_one_ban",
                violation_error_message=_("Henkilöllä on jo voimassa oleva turvakielto."),
            ),
            models.CheckConstraint(
                name="protection_ban_dates",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("Päättymispäivä on ennen alkamispäivää."),
            ),
            models.CheckConstraint(
                name="protection_ban_source", condition=Q(source__in=Source.values)
            ),
            models.CheckConstraint(
                name="protection_ban_proposal_whole",
                condition=Q(ending_proposed_by=None, ending_proposed_at=None, ending_reason="")
                | (
                    Q(ending_proposed_by__isnull=False, ending_proposed_at__isnull=False)
                    & ~Q(ending_reason="")
                ),
            ),
            models.CheckConstraint(
                name="protection_ban_ended_by_two",
                condition=Q(ended_by=None, ended_at=None)
                | (
                    Q(ended_by__isnull=False, ended_at__isnull=False)
                    & Q(ending_proposed_by__isnull=False)
                    & ~Q(ended_by=F("ending_proposed_by"))
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)


class Coverage(PersonalModel):
    """A person whom a ban covers: the person himself, or one of the household (peitto)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="coverages")
    ban = models.ForeignKey(Turvakielto, on_delete=models.CASCADE, related_name="coverages")
    began_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("turvakiellon peitto")
        verbose_name_plural = _("turvakiellon peitot")
        ordering = ("id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["ban", "person"],
                condition=Q(ended_at__isnull=True),
                name="protection_covered_once",
            ),
        )
        indexes = (
            models.Index(
                fields=["person"],
                condition=Q(ended_at__isnull=True),
                name="protection_covered_now",
            ),
        )

    def __str__(self) -> str:
        return str(self.person)


class DetailKind(models.TextChoices):
    """What a protected detail is."""

    PHONE = "phone", _("Puhelin")
    EMAIL = "email", _("Sähköposti")
    HOME = "home", _("Vakinainen")
    TEMPORARY = "temporary", _("Tilapäinen")
    POSTAL = "postal", _("Postiosoite")
    INVOICE = "invoice", _("Laskutusosoite")


class ProtectedDetail(DatedFields):
    """A contact detail under turvakielto, sealed with the person's own key (class D).

    `content` is the number or e-mail, or an address as `rules.packed_address` writes it. What was
    recorded under a ban stays here when the ban ends (DP-T4).
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="protected_details")
    kind = models.CharField(_("laji"), max_length=12, choices=DetailKind)
    content = SubjectEncryptedTextField(_("yhteystieto"), subject="person_id", max_length=400)

    class Meta(DatedFields.Meta):
        verbose_name = _("suojattu yhteystieto")
        verbose_name_plural = _("suojatut yhteystiedot")
        ordering = ("kind", "-valid_from", "id")

    def __str__(self) -> str:
        return str(self.person)


class ContactAddress(DatedFields):
    """A contact address (yhteysosoite): a post-office box or the like, which may be told.

    It is for those who need to reach the person, and never says where the person lives.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_addresses")
    street = models.CharField(_("osoite"), max_length=200)
    postal_code = models.CharField(_("postinumero"), max_length=12)
    town = models.CharField(_("postitoimipaikka"), max_length=100)

    class Meta(DatedFields.Meta):
        verbose_name = _("yhteysosoite")
        verbose_name_plural = _("yhteysosoitteet")
        ordering = ("-valid_from", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *DatedFields.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(valid_to__isnull=True),
                name="protection_one_contact_address",
                violation_error_message=_("Henkilöllä on jo yhteysosoite. Päätä se ensin."),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)


class TaskKind(models.TextChoices):
    """What must be checked when a ban is recorded (DP-T5)."""

    LETTERS = "letters", _("Peru jonossa olevat kirjeet ja viestit")
    EXPORT = "export", _("Kutsu takaisin viety luettelo")
    PLATES = "plates", _("Tarkista ovikyltti, postiluukku ja porrastaulu")
    LISTS = "lists", _("Tarkista sauna-, pesutupa- ja asukasluettelot")


class FollowUp(PersonalModel):
    """One thing to check after a ban was recorded (jälkitehtävä), and who did it.

    An export is named by its access event: the file left the house before the ban.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    ban = models.ForeignKey(Turvakielto, on_delete=models.CASCADE, related_name="follow_ups")
    kind = models.CharField(max_length=8, choices=TaskKind)
    event_id = models.BigIntegerField(null=True)
    event_at = models.DateTimeField(null=True)
    event_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("turvakiellon tehtävä")
        verbose_name_plural = _("turvakiellon tehtävät")
        ordering = ("kind", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="protection_task_export_names_event",
                condition=~Q(kind=TaskKind.EXPORT)
                | Q(event_id__isnull=False, event_at__isnull=False),
            ),
            models.CheckConstraint(
                name="protection_task_done_by_somebody",
                condition=Q(done_at__isnull=True) | Q(done_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
