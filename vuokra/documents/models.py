"""Documents (asiakirjat) that the company has made, whom they are about, and their templates."""

from __future__ import annotations

import uuid
from typing import ClassVar, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuokra.crypto.files import EncryptedFieldFile, EncryptedFileField
from vuokra.db.models import PersonalModel
from vuokra.documents.errors import Fault
from vuokra.policy.roles import Purpose


class TemplateVersion(models.Model):
    """A version of a template (asiakirjapohjan versio), kept as it was when it was first used.

    `digest` is the SHA-256 of `source`, the layout included. Written once: the database refuses a
    change or removal.
    """

    key = models.CharField(_("asiakirja"), max_length=60)
    language = models.CharField(_("kieli"), max_length=2)
    number = models.PositiveIntegerField(_("versio"))
    digest = models.CharField(_("tiiviste"), max_length=64)
    source = models.TextField(_("pohja"))
    recorded_at = models.DateTimeField(_("käytössä alkaen"), default=timezone.now)

    class Meta:
        db_table = "vuokra_documents_templateversion"
        verbose_name = _("asiakirjapohjan versio")
        verbose_name_plural = _("asiakirjapohjien versiot")
        ordering: ClassVar[list[str]] = ["key", "language", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["key", "language", "number"], name="vuokra_documents_template_number"
            ),
            models.UniqueConstraint(
                fields=["key", "language", "digest"], name="vuokra_documents_template_once"
            ),
            models.CheckConstraint(
                name="vuokra_documents_template_digest",
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.language} {self.number}"


class State(models.TextChoices):
    """How far a document is."""

    QUEUED = "queued", _("Tekeillä")
    READY = "ready", _("Valmis")
    FAILED = "failed", _("Ei valmistunut")


class Document(PersonalModel):
    """A document that the company made (asiakirja): a letter, an answer, a statement.

    It stays as it was made: a later version of its template changes nothing. `subject_id` is the
    person it is about first of all, kept without a foreign key because the foundation knows no
    people; all of them stand in `DocumentSubject`. `reference` is the number of the matter
    (asianumero) and says nothing of a person; `batch` is that of all that were ordered together.
    Class D lies in `own_file`, sealed with the key of that person; everything else in `file`. A
    merge of persons moves the rows of `DocumentSubject`; `subject_id` and the seal stay with the
    record that the document was made of.
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    kind = models.CharField(_("laji"), max_length=60)
    language = models.CharField(_("kieli"), max_length=2)
    reference = models.CharField(_("asianumero"), max_length=40, blank=True)
    batch = models.UUIDField(null=True, editable=False)
    about_id = models.BigIntegerField(null=True, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    purpose = models.CharField(_("käyttötarkoitus"), max_length=3, choices=Purpose)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ordered_at = models.DateTimeField(_("tilattu"), default=timezone.now)
    state = models.CharField(_("vaihe"), max_length=8, choices=State, default=State.QUEUED)
    fault = models.CharField(_("syy"), max_length=10, choices=Fault, blank=True)
    template = models.ForeignKey(
        TemplateVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    file = EncryptedFileField(_("tiedosto"), own_key=False, blank=True)
    own_file = EncryptedFileField(_("tiedosto"), subject="subject_id", blank=True)
    digest = models.CharField(_("tiiviste"), max_length=64, blank=True)
    size = models.PositiveIntegerField(_("koko"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("sivuja"), null=True, blank=True)
    ready_at = models.DateTimeField(_("valmis"), null=True, blank=True)

    class Meta:
        db_table = "vuokra_documents_document"
        verbose_name = _("asiakirja")
        verbose_name_plural = _("asiakirjat")
        ordering: ClassVar[list[str]] = ["-ordered_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["ordered_at"],
                condition=Q(state=State.QUEUED),
                name="vuokra_documents_queued",
            ),
            models.Index(fields=["kind", "reference"], name="vuokra_documents_matter"),
            models.Index(
                fields=["batch"],
                condition=Q(batch__isnull=False),
                name="vuokra_documents_batch",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="vuokra_documents_document_state",
                condition=Q(state=State.QUEUED, fault="", digest="", ready_at=None)
                | Q(state=State.FAILED, fault__in=Fault.values, digest="", ready_at=None)
                | Q(
                    state=State.READY,
                    fault="",
                    digest__regex=r"^[0-9a-f]{64}$",
                    ready_at__isnull=False,
                    template__isnull=False,
                    pages__gte=1,
                    size__gte=1,
                ),
            ),
            models.CheckConstraint(
                name="vuokra_documents_document_one_file",
                condition=Q(file="", own_file="") & ~Q(state=State.READY)
                | Q(state=State.READY, file="") & ~Q(own_file="") & Q(subject_id__isnull=False)
                | Q(state=State.READY, own_file="") & ~Q(file=""),
            ),
            models.CheckConstraint(
                name="vuokra_documents_document_purpose", condition=Q(purpose__in=Purpose.values)
            ),
            models.CheckConstraint(
                name="vuokra_documents_document_what",
                condition=~Q(kind="") & Q(language__in=["fi", "en"]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def stored(self) -> EncryptedFieldFile:
        """The file of a document that is ready; opening it is recorded as a reveal."""
        return cast("EncryptedFieldFile", self.own_file or self.file)


class DocumentSubject(PersonalModel):
    """Whom a document is about. `subject_id` is the row id of a person."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="about")
    subject_id = models.BigIntegerField()

    class Meta:
        db_table = "vuokra_documents_subject"
        verbose_name = _("asiakirjan henkilö")
        verbose_name_plural = _("asiakirjojen henkilöt")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["subject_id", "document"], name="vuokra_documents_subject_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.document_id)
