"""Manual reminders, and who has taken or put off a row of the queue."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuokra.db.models import PersonalModel
from vuokra.policy.roles import Role

TEXT_LENGTH = 200


class Reminder(PersonalModel):
    """Something to remember (muistutus) that a member of staff wrote, for one of us or for a role.

    `subject_id` is the row id of the person it concerns, kept without a foreign key: the foundation
    knows no people. The room that does tells the name.
    """

    text = models.CharField(_("muistutus"), max_length=TEXT_LENGTH)
    due = models.DateField(_("määräpäivä"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(_("rooli"), max_length=3, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        db_table = "vuokra_desk_reminder"
        verbose_name = _("muistutus")
        verbose_name_plural = _("muistutukset")
        ordering: ClassVar[list[str]] = ["due", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user"], condition=Q(done_at=None), name="vuokra_desk_open_user"),
            models.Index(fields=["role"], condition=Q(done_at=None), name="vuokra_desk_open_role"),
            models.Index(
                fields=["subject_id"],
                condition=Q(subject_id__isnull=False),
                name="vuokra_desk_subject",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="vuokra_desk_reminder_says_what", condition=~Q(text__regex=r"^\s*$")
            ),
            models.CheckConstraint(
                name="vuokra_desk_reminder_for_one_or_for_a_role",
                condition=Q(user__isnull=False, role="")
                | Q(user__isnull=True, role__in=Role.values),
            ),
            models.CheckConstraint(
                name="vuokra_desk_reminder_done_by_somebody",
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PutOffReason(models.TextChoices):
    """Why a row is put off; a list, so that nothing is told of a person here."""

    ANSWER = "answer", _("Odotetaan vastausta")
    PAPERS = "papers", _("Odotetaan liitteitä")
    AGREED = "agreed", _("Sovittu myöhemmäksi")
    ABSENT = "absent", _("Vastuuhenkilö on poissa")
    BUSY = "busy", _("Kiireellisemmät ensin")


class Handling(models.Model):
    """What a member of staff did with a row of the queue: took it, was handed it, put it off.

    A row is known by its kind and key. The row itself is computed from state, so this outlives it;
    the night forgets what is old.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    put_off_until = models.DateField(null=True)
    put_off_reason = models.CharField(max_length=8, choices=PutOffReason, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "vuokra_desk_handling"
        verbose_name = _("tehtävän käsittely")
        verbose_name_plural = _("tehtävien käsittelyt")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "key"], name="vuokra_desk_handling_row"),
            models.CheckConstraint(
                name="vuokra_desk_handling_put_off_says_why",
                condition=Q(put_off_until=None, put_off_reason="")
                | Q(put_off_until__isnull=False, put_off_reason__in=PutOffReason.values),
            ),
            models.CheckConstraint(
                name="vuokra_desk_handling_names_its_row", condition=~Q(kind="") & ~Q(key="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
