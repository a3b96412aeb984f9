"""What single rights work with: values to rectify (6.5), and what erasure may take (6.6)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.persons.models import Person
from registry.rights.models.codes import Result, Target
from registry.rights.models.requests import SHORT, TEXT, DataRequest, staff_key
from vuokra.access.clock import ClockTimestamp
from vuokra.crypto.fields import SubjectEncryptedTextField
from vuokra.db.models import PersonalModel

VALUE_LENGTH = 1000


class Correction(PersonalModel):
    """A value that the person disputes (oikaistava tieto): as it is, as it should be, and why.

    The values are sealed with the person's own key, whatever they are: an identity code, or an
    address under turvakielto. A disputed assessment is not overwritten: the person's statement
    stands beside it (`proposed` of one whose result is STATEMENT).
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="corrections")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    target = models.CharField(_("mikä tieto"), max_length=10, choices=Target)
    present = SubjectEncryptedTextField(
        _("tieto nyt"), subject="person_id", max_length=VALUE_LENGTH, null=True
    )
    proposed = SubjectEncryptedTextField(
        _("ehdotettu tieto"), subject="person_id", max_length=VALUE_LENGTH
    )
    grounds = models.CharField(_("perusteet"), max_length=TEXT)
    evidence = models.CharField(_("näyttö"), max_length=SHORT, blank=True)
    result = models.CharField(_("tulos"), max_length=10, choices=Result, blank=True)
    result_note = models.CharField(_("tuloksen perustelut"), max_length=TEXT, blank=True)
    done_by = staff_key()
    done_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        verbose_name = _("oikaistava tieto")
        verbose_name_plural = _("oikaistavat tiedot")
        ordering = ("id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="rights_correction_done",
                condition=Q(result=Result.OPEN, done_at=None, done_by=None)
                | (~Q(result=Result.OPEN) & Q(done_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="rights_correction_refused_with_reasons",
                condition=~Q(result=Result.NO_GROUND) | ~Q(result_note=""),
                violation_error_message=_("Kirjoita, miksi oikaisuun ei ole aihetta."),
            ),
            models.CheckConstraint(
                name="rights_correction_assessment_stays",
                condition=~Q(target=Target.ASSESSMENT)
                | Q(result__in=[Result.OPEN, Result.NO_GROUND, Result.STATEMENT]),
                violation_error_message=_(
                    "Arviota ei kirjoiteta päälle: liitä henkilön lausuma sen viereen."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.request_id}: {self.target}"


class Ground(models.TextChoices):
    """Why data are to be erased (17 artikla 1)."""

    NOT_NEEDED = "17-1-a", _("Tietoja ei enää tarvita (17 artikla 1 a)")
    CONSENT = "17-1-b", _("Suostumus on peruttu (17 artikla 1 b)")
    OBJECTION = "17-1-c", _("Käsittelyä on vastustettu (17 artikla 1 c)")
    UNLAWFUL = "17-1-d", _("Käsittely on lainvastaista (17 artikla 1 d)")


class Bar(models.TextChoices):
    """What stands against erasing (poiston este)."""

    NONE = "", _("Ei estettä")
    CONTRACT = "contract", _("Sopimus on voimassa")
    LAW = "17-3-b", _("Lakisääteinen velvoite (17 artikla 3 b)")
    CLAIMS = "17-3-e", _("Oikeudelliset vaateet (17 artikla 3 e)")
    SECURITY = "32", _("Käsittelyn turvallisuus (32 artikla)")
    HOLD = "hold", _("Säilytyspito")
    CUSTOMER = "customer", _("Asiakkuus on voimassa")


class Fate(models.TextChoices):
    """What happens to a group of data (poistoratkaisu, 6.6)."""

    ERASE = "erase", _("Poistetaan")
    ERASE_KEEP_HASH = "hash", _("Poistetaan, kiellosta jää tiiviste")
    LATER = "later", _("Poistetaan myöhemmin")
    REFUSE = "refuse", _("Ei poisteta")


class ErasureLine(PersonalModel):
    """One group of data in the decision on erasure (poistoratkaisun rivi): ground, bar, day, fate.

    A bar names its statute; `until` is the last day it holds, when the facts tell one.
    """

    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="erasure_lines")
    group = models.CharField(_("tietoryhmä"), max_length=30)
    rows = models.PositiveIntegerField(_("rivejä"), default=0)
    ground = models.CharField(_("poiston peruste"), max_length=10, choices=Ground, blank=True)
    bar = models.CharField(_("este"), max_length=10, choices=Bar, blank=True)
    statute = models.CharField(_("säännös"), max_length=SHORT, blank=True)
    until = models.DateField(_("asti"), null=True)
    fate = models.CharField(_("ratkaisu"), max_length=6, choices=Fate)

    class Meta:
        verbose_name = _("poistoratkaisun rivi")
        verbose_name_plural = _("poistoratkaisun rivit")
        ordering = ("id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(fields=["request", "group"], name="rights_erasure_once"),
            models.CheckConstraint(
                name="rights_erasure_bar_has_statute",
                condition=Q(bar="", fate__in=[Fate.ERASE, Fate.ERASE_KEEP_HASH])
                | (~Q(bar="") & ~Q(statute="") & Q(fate__in=[Fate.LATER, Fate.REFUSE])),
            ),
            models.CheckConstraint(
                name="rights_erasure_later_has_day",
                condition=~Q(fate=Fate.LATER) | Q(until__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.request_id}: {self.group}"
