"""Runs of imports (tuonnit) and what was found wrong with their rows."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vuokra.crypto.files import EncryptedFileField
from vuokra.policy.roles import Purpose


class State(models.TextChoices):
    """How far a run is. Only a run that is `READY` can be confirmed."""

    CHECKING = "checking", _("Tarkistetaan")
    REFUSED = "refused", _("Korjattavaa")
    READY = "ready", _("Odottaa tuontia")
    IMPORTING = "importing", _("Tuodaan")
    DONE = "done", _("Tuotu")
    FAILED = "failed", _("Keskeytyi")
    DISCARDED = "discarded", _("Hylätty")


UNDER_WAY = (State.CHECKING, State.IMPORTING)
WITH_FILE = (*UNDER_WAY, State.READY, State.FAILED)
"""States in which the file is still needed."""


class ImportRun(models.Model):
    """One file brought in (tuonti): checked first, then imported whole or not at all.

    The name of the file is not kept; its SHA-256 tells two files apart. The file itself is sealed
    and removed when it is no longer needed. Whoever works on a run holds its row lock.
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    kind = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=100)
    purpose = models.CharField(max_length=3, choices=Purpose)
    language = models.CharField(max_length=2)
    state = models.CharField(_("vaihe"), max_length=10, choices=State, default=State.CHECKING)
    file = EncryptedFileField(_("tiedosto"), own_key=False, blank=True)
    digest = models.CharField(_("tiedoston tiiviste"), max_length=64)
    size = models.PositiveIntegerField()
    created_at = models.DateTimeField(_("aloitettu"), auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(_("rivejä"), default=0)
    new = models.PositiveIntegerField(_("uusia"), default=0)
    known = models.PositiveIntegerField(_("jo rekisterissä"), default=0)
    errors = models.PositiveIntegerField(_("virheitä"), default=0)
    warnings = models.PositiveIntegerField(_("huomautuksia"), default=0)

    class Meta:
        db_table = "vuokra_imports_run"
        verbose_name = _("tuonti")
        verbose_name_plural = _("tuonnit")
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="vuokra_imports_run_state_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="vuokra_imports_run_purpose_known", condition=Q(purpose__in=Purpose.values)
            ),
            models.CheckConstraint(
                name="vuokra_imports_run_digest_form", condition=Q(digest__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="vuokra_imports_run_errors_import_nothing",
                condition=~Q(state__in=[State.READY, State.IMPORTING, State.DONE]) | Q(errors=0),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def under_way(self) -> bool:
        """Whether the background worker has it, or should have."""
        return self.state in UNDER_WAY


class Finding(models.Model):
    """What is wrong with, or worth knowing of, one cell of a run's file; row 0 is the whole file.

    Never the content of a cell.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="findings")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=400)
    warning = models.BooleanField(default=False)

    class Meta:
        db_table = "vuokra_imports_finding"
        ordering: ClassVar[list[str]] = ["warning", "row", "id"]
        verbose_name = _("havainto")
        verbose_name_plural = _("havainnot")

    def __str__(self) -> str:
        return f"{self.run_id}: {self.row}"


class Progress(models.Model):
    """How far a run is, written beside its transaction so that others see it.

    A table of its own: the run's row is locked meanwhile.
    """

    run = models.OneToOneField(ImportRun, models.CASCADE, primary_key=True, related_name="progress")
    stage = models.CharField(max_length=10, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "vuokra_imports_progress"
        verbose_name = _("eteneminen")
        verbose_name_plural = _("etenemiset")

    def __str__(self) -> str:
        return str(self.run_id)

    @property
    def percent(self) -> int:
        """Hundredths of the stage."""
        return 100 * self.done // self.total if self.total else 0
