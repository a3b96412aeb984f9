"""Copies of a person's data (articles 15 and 20), and what was found in them of others."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.copies.codes import LEAVING_OUT, TELLING, Decision, Reason, Unneeded, What
from registry.persons.models import Person
from vuokra.access.clock import ClockTimestamp
from vuokra.crypto.fields import EncryptedTextField
from vuokra.crypto.files import EncryptedFileField
from vuokra.db.models import PersonalModel

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WORDS_LENGTH = 500
FAULT_LENGTH = 80


class CopyKind(models.TextChoices):
    """What is collected."""

    ACCESS = "access", _("Jäljennös tiedoista (15 artikla)")
    PORTABILITY = "portability", _("Siirrettävät tiedot (20 artikla)")


class State(models.TextChoices):
    """How far a copy is."""

    QUEUED = "queued", _("Kootaan")
    REVIEW = "review", _("Tarkistettavana")
    PACKED = "packed", _("Paketti valmis")
    FAILED = "failed", _("Kokoaminen keskeytyi")
    DISCARDED = "discarded", _("Ei tarvita")
    DESTROYED = "destroyed", _("Hävitetty")


class Copy(PersonalModel):
    """A copy of what is held of a person (jäljennös), collected once and sealed.

    `content` is the snapshot and `package` what is handed over; both are sealed with the person's
    own key. `row_count` and `last_row` say which changes of the person's rows the snapshot knows:
    if there are others the copy is out of date and is collected anew; meanwhile the earlier one
    stays, for the decisions on what has not changed. Names of staff are told only
    with `names_reason`, the recorded necessity test (C-579/21, DP-A31). `texts` is how many of its
    parts somebody must read. Another than who ordered it approves it: `approved_digest` is of what
    was decided then, so that a copy decided on anew is approved anew. `fault` is the rule without a
    row that stopped the collecting. After `destroy_on` snapshot and package are removed; digests
    stay. One that nobody needs any more is destroyed at once and says why (`unneeded`); it is never
    used again, and what is needed after all is collected as another copy.
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="copies")
    kind = models.CharField(_("laji"), max_length=12, choices=CopyKind)
    language = models.CharField(_("kieli"), max_length=2, choices=settings.LANGUAGES)
    reference = models.CharField(_("asianumero"), max_length=40)
    state = models.CharField(_("vaihe"), max_length=10, choices=State, default=State.QUEUED)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ordered_at = models.DateTimeField(_("tilattu"), default=timezone.now)
    collected_at = models.DateTimeField(_("koottu"), null=True, blank=True)
    content = EncryptedFileField(_("sisältö"), subject="person_id", blank=True)
    digest = models.CharField(_("sisällön tiiviste"), max_length=64, blank=True)
    texts = models.PositiveSmallIntegerField(_("luettavia osia"), default=0)
    fault = models.CharField(max_length=FAULT_LENGTH, blank=True)
    row_count = models.BigIntegerField(default=0)
    last_row = models.BigIntegerField(default=0)
    names_reason = EncryptedTextField(
        _("tarpeellisuusarvio"), max_length=WORDS_LENGTH, null=True, blank=True
    )
    names_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_digest = models.CharField(_("hyväksytyn tiiviste"), max_length=64, blank=True)
    approved_at = models.DateTimeField(_("hyväksytty"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    package = EncryptedFileField(_("paketti"), subject="person_id", blank=True)
    package_digest = models.CharField(_("paketin tiiviste"), max_length=64, blank=True)
    packed_at = models.DateTimeField(_("paketoitu"), null=True, blank=True)
    packed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    printed_at = models.DateTimeField(_("tulostettu"), null=True, blank=True)
    printed_digest = models.CharField(_("tulosteen tiiviste"), max_length=64, blank=True)
    unneeded = models.CharField(_("miksi ei tarvita"), max_length=10, choices=Unneeded, blank=True)
    destroy_on = models.DateField(_("hävitetään viimeistään"), null=True, blank=True)

    class Meta:
        verbose_name = _("jäljennös tiedoista")
        verbose_name_plural = _("jäljennökset tiedoista")
        ordering: ClassVar[list[str]] = ["-ordered_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="copies_copy_state",
                condition=Q(
                    state__in=[State.QUEUED, State.FAILED], digest="", collected_at=None, content=""
                )
                | Q(
                    state__in=[State.QUEUED, State.FAILED],
                    digest__regex=r"^[0-9a-f]{64}$",
                    collected_at__isnull=False,
                    package="",
                    approved_by=None,
                )
                & ~Q(content="")
                | Q(state=State.DISCARDED, content="", package="")
                | Q(state=State.DESTROYED, content="", package="", collected_at__isnull=False)
                | Q(state__in=[State.REVIEW, State.PACKED], collected_at__isnull=False)
                & ~Q(content=""),
            ),
            models.CheckConstraint(
                name="copies_copy_packed",
                condition=~Q(state=State.PACKED)
                | Q(packed_at__isnull=False, package_digest__regex=r"^[0-9a-f]{64}$")
                & ~Q(package=""),
            ),
            models.CheckConstraint(
                name="copies_copy_approved_by_another",
                condition=Q(approved_digest="", approved_at=None, approved_by=None)
                | Q(
                    approved_digest__regex=r"^[0-9a-f]{64}$",
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                )
                & (Q(ordered_by=None) | ~Q(approved_by=F("ordered_by"))),
                violation_error_message=_("Toisen henkilön on hyväksyttävä jäljennös."),
            ),
            models.CheckConstraint(
                name="copies_copy_kind",
                condition=Q(kind__in=CopyKind.values, language__in=["fi", "en"]),
            ),
            models.CheckConstraint(
                name="copies_copy_names_by_somebody",
                condition=Q(names_reason__isnull=True, names_by=None)
                | Q(names_reason__isnull=False, names_by__isnull=False),
            ),
            models.CheckConstraint(
                name="copies_copy_unneeded_says_why",
                condition=Q(state=State.DISCARDED, unneeded__in=Unneeded.values)
                | ~Q(state=State.DISCARDED) & Q(unneeded=""),
            ),
            models.CheckConstraint(
                name="copies_copy_leaves_approved",
                condition=Q(packed_by=None, printed_digest="") | Q(approved_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def approved(self) -> bool:
        """Whether it stands as a second person approved it: whatever is changed takes that back."""
        return bool(self.approved_digest)

    @property
    def told(self) -> StrOrPromise:
        """How far it is, in words: what was approved waits for no check any more."""
        if self.state == State.REVIEW and self.approved:
            return _("Hyväksytty")
        if self.state == State.DISCARDED:
            return _("Ei tarvita: %(why)s") % {"why": self.get_unneeded_display()}
        return State(self.state).label


class Finding(PersonalModel):
    """A place of a copy that is or may be about somebody else (löydös), and what was decided.

    `place` names item, row and column of the snapshot, `start` and `end` a part of its text (both
    0: the whole value). What stands there is in the sealed snapshot alone. `other_id` is the person
    it is about, if known; a person under turvakielto is never told (`locked`, DP-T6).
    """

    copy = models.ForeignKey(Copy, models.CASCADE, related_name="findings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=200)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    what = models.CharField(_("löydös"), max_length=10, choices=What)
    other_id = models.BigIntegerField(null=True, blank=True)
    locked = models.BooleanField(default=False)
    decision = models.CharField(
        _("ratkaisu"), max_length=10, choices=Decision, default=Decision.OPEN
    )
    reason = models.CharField(_("peruste"), max_length=10, choices=Reason, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("ratkaistu"), null=True, blank=True)

    class Meta:
        verbose_name = _("löydös jäljennöksessä")
        verbose_name_plural = _("löydökset jäljennöksessä")
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="copies_finding_decided",
                condition=Q(decision=Decision.OPEN, reason="", decided_at=None)
                | Q(
                    decision=Decision.REDACTED,
                    reason__in=LEAVING_OUT,
                    decided_at__isnull=False,
                )
                | Q(decision=Decision.KEPT, reason__in=TELLING, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="copies_finding_locked_is_left_out",
                condition=Q(locked=False) | Q(decision=Decision.REDACTED, reason=Reason.PROTECTED),
            ),
            models.CheckConstraint(
                name="copies_finding_span", condition=Q(start=0, end=0) | Q(end__gt=F("start"))
            ),
            models.CheckConstraint(
                name="copies_finding_known", condition=Q(what__in=What.values) & ~Q(place="")
            ),
            models.UniqueConstraint(
                fields=["copy", "place", "start", "end"], name="copies_finding_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Reading(PersonalModel):
    """That somebody has read the running texts of one register item in a copy (tarkistus)."""

    copy = models.ForeignKey(Copy, models.CASCADE, related_name="readings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=120)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("jäljennöksen tarkistus")
        verbose_name_plural = _("jäljennösten tarkistukset")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["copy", "code"], name="copies_reading_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Enclosure(PersonalModel):
    """A document that goes along with a copy (liite), as it was collected: the file itself is in
    the sealed snapshot.

    `place` is where findings about the whole of it stand, `name` that of the file there, and
    `digest` its SHA-256. Triggers let nobody write or remove one unless the copy is collected anew.
    """

    copy = models.ForeignKey(Copy, models.CASCADE, related_name="enclosures")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=200)
    name = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("jäljennöksen liite")
        verbose_name_plural = _("jäljennösten liitteet")
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["copy", "place"], name="copies_enclosure_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Opening(PersonalModel):
    """That somebody opened a copy as it would be handed over (avaaminen), and which version of it;
    or one of its documents (`enclosed`).

    `digest` is of what was decided then, as in `Copy.approved_digest`, or of the document, which is
    what it was as long as that is the same. Triggers end what `holds` as soon as anything of the
    copy changes, let nobody write another's opening, and take no approval by somebody who has not
    opened what he approves: the copy as it stands, and each document that is not left out.
    """

    copy = models.ForeignKey(Copy, models.CASCADE, related_name="openings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)
    holds = models.BooleanField(default=True)
    enclosed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("jäljennöksen avaaminen")
        verbose_name_plural = _("jäljennösten avaamiset")

    def __str__(self) -> str:
        return str(self.pk)


class Progress(models.Model):
    """How far the collecting of a copy is, written beside its transaction."""

    copy_id = models.BigIntegerField(primary_key=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("kokoamisen eteneminen")
        verbose_name_plural = _("kokoamisten etenemiset")

    def __str__(self) -> str:
        return str(self.copy_id)

    @property
    def percent(self) -> int:
        """Hundredths of the work."""
        return 100 * self.done // self.total if self.total else 0
