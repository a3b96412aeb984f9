"""Tables of the paper archive (data-protection 4.7, S8-01 … S8-03): places, paper files, loans and
destruction. What two people must have done is held by triggers of migration 0002.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.persons.models import Person
from vuokra.db.models import PersonalModel
from vuokra.policy.roles import Purpose

CODE_LENGTH = 20
ROOM_LENGTH = 80
LABEL_LENGTH = 40


class Store(models.Model):
    """A place of paper (säilytyspaikka): a box, folder, shelf or cabinet behind a lock.

    Nothing of a person stands here: folders are marked by customer number, not by name.
    """

    class Kind(models.TextChoices):
        """What the place is."""

        BOX = "box", _("Laatikko")
        FOLDER = "folder", _("Kansio")
        SHELF = "shelf", _("Hylly")
        CABINET = "cabinet", _("Kaappi")

    class Lock(models.TextChoices):
        """Behind what it is kept. Source: S8-01 and S8-02."""

        ROOM = "room", _("Lukittu arkistohuone")
        CABINET = "cabinet", _("Lukittu kaappi")
        SAFE = "safe", _("Paloturvallinen kaappi")

    code = models.CharField(_("tunnus"), max_length=CODE_LENGTH, unique=True)
    kind = models.CharField(_("laji"), max_length=8, choices=Kind)
    room = models.CharField(_("huone"), max_length=ROOM_LENGTH)
    lock = models.CharField(_("lukitus"), max_length=8, choices=Lock)
    closed_on = models.DateField(_("poistettu käytöstä"), null=True, blank=True)

    class Meta:
        verbose_name = _("säilytyspaikka")
        verbose_name_plural = _("säilytyspaikat")
        ordering = ("code",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="archive_store_code",
                condition=Q(code__regex=r"^[A-ZÅÄÖ0-9][A-ZÅÄÖ0-9./-]*$"),
                violation_error_message=_(
                    "Tunnuksessa voi olla isoja kirjaimia, numeroita, pisteitä, viivoja ja "
                    "kauttaviivoja, esimerkiksi A-12."
                ),
            ),
            models.CheckConstraint(
                name="archive_store_known",
                condition=Q(
                    kind__in=("box", "folder", "shelf", "cabinet"),
                    lock__in=("room", "cabinet", "safe"),
                ),
            ),
        )

    def __str__(self) -> str:
        return self.code


class PaperKind(models.TextChoices):
    """What the papers are. What may be seen of them and how long they are kept: `rules.KINDS`."""

    APPLICATION = "application", _("Asuntohakemus")
    REFUSED_PAPERS = "refused_papers", _("Hylätyn hakemuksen liitteet")
    CHOSEN_PAPERS = "chosen_papers", _("Hyväksytyn hakemuksen liitteet")
    LEASE = "lease", _("Vuokrasopimus liitteineen")
    LETTERS = "letters", _("Kirjeenvaihto")
    VOUCHERS = "vouchers", _("Tositteet")
    COLLECTION = "collection", _("Perinnän asiakirjat")
    GUARDIANSHIP = "guardianship", _("Edunvalvonnan asiakirjat")
    SUPPORT = "support", _("Asumisen tuen asiakirjat")
    CONSENT = "consent", _("Suostumukset ja kiellot")
    BAN = "ban", _("Turvakiellon asiakirjat")
    REQUEST = "request", _("Tietopyynnön asiakirjat")


class Origin(models.TextChoices):
    """How the papers came into the register of papers."""

    RECEIVED = "received", _("Saapunut tai laadittu")
    FOUND = "found", _("Löytynyt kirjaamattomana")


class AfterScan(models.TextChoices):
    """What becomes of paper that was scanned in (S8-02)."""

    ARCHIVED = "archived", _("Paperi arkistoidaan")
    DESTROYED = "destroyed", _("Paperi tuhotaan")


class PaperFile(PersonalModel):
    """Papers of one person in one place (paperiaineisto).

    `covers_from` and `covers_to` are the first and last day of the papers; `keep_until` is the last
    day of their retention, None while that cannot be told (a tenancy goes on). It stays when the
    papers have been destroyed: that they were, and who saw it, is the point.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="paper_files")
    store = models.ForeignKey(
        Store, on_delete=models.PROTECT, related_name="files", verbose_name=_("säilytyspaikka")
    )
    kind = models.CharField(_("aineisto"), max_length=16, choices=PaperKind)
    label = models.CharField(_("tunniste"), max_length=LABEL_LENGTH, blank=True)
    covers_from = models.DateField(_("ensimmäinen päiväys"))
    covers_to = models.DateField(_("viimeinen päiväys"), null=True, blank=True)
    keep_until = models.DateField(_("säilytetään asti"), null=True, blank=True)
    origin = models.CharField(_("alkuperä"), max_length=8, choices=Origin, default=Origin.RECEIVED)
    scanned_on = models.DateField(_("skannattu"), null=True, blank=True)
    after_scan = models.CharField(
        _("skannauksen jälkeen"), max_length=9, choices=AfterScan, blank=True
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("paperiaineisto")
        verbose_name_plural = _("paperiaineistot")
        ordering = ("-covers_from", "-id")
        indexes = (models.Index(fields=["keep_until"], name="archive_file_kept"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="archive_file_kind", condition=Q(kind__in=PaperKind.values)
            ),
            models.CheckConstraint(
                name="archive_file_origin", condition=Q(origin__in=Origin.values)
            ),
            models.CheckConstraint(
                name="archive_file_dates",
                condition=Q(covers_to__isnull=True) | Q(covers_to__gte=F("covers_from")),
                violation_error_message=_("Viimeinen päiväys on ennen ensimmäistä."),
            ),
            models.CheckConstraint(
                name="archive_file_scan_whole",
                condition=Q(scanned_on__isnull=True, after_scan="")
                | Q(scanned_on__isnull=False, after_scan__in=AfterScan.values),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class Loan(PersonalModel):
    """Papers taken out of the archive (laina, S8-03): who, for what purpose, until when.

    The same purposes as for the record on the screen; the borrower is always who acts.
    """

    file = models.ForeignKey(PaperFile, on_delete=models.CASCADE, related_name="loans")
    borrower = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField(_("käyttötarkoitus"), max_length=3, choices=Purpose)
    taken_at = models.DateTimeField(_("otettu"), auto_now_add=True)
    due = models.DateField(_("palautettava viimeistään"))
    returned_at = models.DateTimeField(_("palautettu"), null=True)
    returned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("laina")
        verbose_name_plural = _("lainat")
        ordering = ("-taken_at", "-id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["file"],
                condition=Q(returned_at__isnull=True),
                name="archive_loan_one",
                violation_error_message=_("Aineisto on jo lainassa."),
            ),
            models.CheckConstraint(
                name="archive_loan_purpose", condition=Q(purpose__in=Purpose.values)
            ),
            models.CheckConstraint(
                name="archive_loan_return_whole",
                condition=Q(returned_at=None, returned_to=None)
                | Q(returned_at__isnull=False, returned_to__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class Destruction(PersonalModel):
    """Destruction of papers (tuhoaminen) by one person before another, the witness.

    It is proposed by whoever destroys and holds when the witness has confirmed it in his own name;
    before that the papers count as being there.
    """

    class Method(models.TextChoices):
        """How it was done."""

        SHREDDED = "shredded", _("Silputtu toimistossa")
        COMPANY = "company", _("Annettu tuhoamisyritykselle lukitussa astiassa")

    class Ground(models.TextChoices):
        """Why it was done."""

        RETENTION = "retention", _("Säilytysaika on päättynyt")
        SCANNED = "scanned", _("Skannattu, paperia ei säilytetä")

    file = models.OneToOneField(PaperFile, on_delete=models.CASCADE, related_name="destruction")
    ground = models.CharField(_("peruste"), max_length=9, choices=Ground)
    method = models.CharField(_("tapa"), max_length=8, choices=Method)
    destroyed_on = models.DateField(_("tuhottu"))
    destroyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    witness = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("todistaja"),
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("tuhoaminen")
        verbose_name_plural = _("tuhoamiset")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="archive_destruction_known",
                condition=Q(
                    ground__in=("retention", "scanned"), method__in=("shredded", "company")
                ),
            ),
            models.CheckConstraint(
                name="archive_destruction_by_two",
                condition=~Q(witness=F("destroyed_by")),
                violation_error_message=_("Todistajan pitää olla toinen henkilö."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"
