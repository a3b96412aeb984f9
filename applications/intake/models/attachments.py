"""Papers of an application: asked for, arrived, seen; the file sealed when one is kept."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.intake.codes import AttachmentKind, AttachmentState, NeededBy
from applications.intake.models.applications import Application, Member
from applications.intake.models.given import staff
from vuokra.crypto.files import EncryptedFileField
from vuokra.db.models import PersonalModel

REASON_LENGTH = 300
NEVER_KEPT = (AttachmentKind.RESIDENCE,)
"""Of these only that they were shown is recorded: no copy of a permit is kept (S5-25)."""


class Attachment(PersonalModel):
    """A paper of an application (liite): by when it is needed, and who has seen it.

    Seen is enough: a file is kept only when it must be. The original of the application is one of
    them. `reason` tells why a paper is asked for that is not needed, or why it is not needed.
    `denies` says of a proof of belonging to a special group that it shows another thing: neither
    it nor the kind tells which group that is, or why.
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="attachments"
    )
    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments",
        verbose_name=_("kenen"),
    )  # fmt: skip
    kind = models.CharField(_("liite"), max_length=9, choices=AttachmentKind)
    needed_by = models.CharField(
        _("tarvitaan"), max_length=10, choices=NeededBy, default=NeededBy.CONTRACT
    )
    state = models.CharField(
        _("tila"), max_length=7, choices=AttachmentState, default=AttachmentState.ASKED,
        editable=False,
    )  # fmt: skip
    reason = models.CharField(_("perustelu"), max_length=REASON_LENGTH, blank=True)
    asked_on = models.DateField(_("pyydetty"), null=True, editable=False)
    due_on = models.DateField(_("toimitettava viimeistään"), null=True, blank=True)
    arrived_on = models.DateField(_("saapunut"), null=True, editable=False)
    seen_on = models.DateField(_("tarkistettu"), null=True, editable=False)
    seen_by = staff(editable=False)
    denies = models.BooleanField(
        _("ei osoita kuulumista erityisryhmään"), default=False, editable=False
    )
    file = EncryptedFileField(_("tiedosto"), own_key=False, blank=True)
    mime = models.CharField(max_length=40, blank=True, editable=False)
    size = models.PositiveIntegerField(null=True, editable=False)
    recorded_by = staff(editable=False)
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("hakemuksen liite")
        verbose_name_plural = _("hakemuksen liitteet")
        ordering = ("application", "id")
        indexes = (
            models.Index(
                fields=["arrived_on", "id"], name="intake_attachment_arrived",
                condition=Q(state="arrived"),
            ),
        )  # fmt: skip
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="intake_attachment_known",
                condition=Q(
                    kind__in=AttachmentKind.values, needed_by__in=NeededBy.values,
                    state__in=AttachmentState.values,
                ),
            ),
            models.CheckConstraint(
                name="intake_attachment_state",
                condition=Q(
                    state="asked", asked_on__isnull=False, arrived_on__isnull=True,
                    seen_on__isnull=True,
                )
                | Q(state="arrived", arrived_on__isnull=False, seen_on__isnull=True)
                | Q(state="seen", arrived_on__isnull=False, seen_on__gte=F("arrived_on"))
                | (Q(state="dropped", seen_on__isnull=True) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="intake_attachment_denies",
                condition=Q(denies=False) | Q(kind="group", state="seen"),
                violation_error_code="denies",
                violation_error_message=_(
                    "Vain selvitys erityisryhmään kuulumisesta voi osoittaa, ettei ruokakunta "
                    "kuulu ryhmään."
                ),
            ),
            models.CheckConstraint(
                name="intake_attachment_file",
                condition=Q(file="", mime="", size__isnull=True)
                | (
                    ~Q(file="")
                    & ~Q(mime="")
                    & Q(size__gt=0, arrived_on__isnull=False)
                    & ~Q(kind__in=[kind.value for kind in NEVER_KEPT])
                ),
                violation_error_code="file",
                violation_error_message=_(
                    "Oleskeluluvasta ei säilytetä kopiota. Kirjaa, että se on nähty."
                ),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk}"
