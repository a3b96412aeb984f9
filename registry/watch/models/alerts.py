"""Alerts of the review of the log (data-protection 9.5) and what was concluded of each."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.watch.models.glass import TEXT_LENGTH

REFERENCE_LENGTH = 20


class Rule(models.TextChoices):
    """Rules of the review. Source: data-protection specification, section 9.5, A1, A2, A52."""

    SAME_NAME = "same_name", _("Sama sukunimi kuin käyttäjällä")
    SAME_STREET = "same_street", _("Sama katu kuin käyttäjällä")
    COLLEAGUE = "colleague", _("Työtoverin tiedot")
    LISTED = "listed", _("Seurattava henkilö")
    PACE = "pace", _("Paljon avattuja kortteja tunnissa")
    HOURS = "hours", _("Aukioloajan ulkopuolella ilman päivystysvuoroa")
    SPECIAL = "special", _("Erityisiä tietoja ilman asiaa")
    DENIED = "denied", _("Toistuvia estettyjä yrityksiä")
    QUIET = "quiet", _("Henkilöllä ei ole ollut asiaa pitkään aikaan")
    EXPORT = "export", _("Suuri vienti")
    CODES = "codes", _("Paljon paljastettuja henkilötunnuksia päivässä")
    APPROVALS = "approvals", _("Hyväksyvät toistensa luovutuksia")
    ALARM = "alarm", _("Järjestelmän hälytys")


class Round(models.Model):
    """A run of the review (tarkastusajo): the log has been gone through up to a moment."""

    at = models.DateTimeField(auto_now_add=True)
    up_to = models.DateTimeField()
    alerts = models.PositiveIntegerField()

    class Meta:
        ordering = ("-up_to", "-id")

    def __str__(self) -> str:
        return f"{self.pk}"


class Alert(models.Model):
    """An alert (hälytys): what one user did on one day, by one rule.

    `actor` is the key of the log (`user:7`), `day` the local day, `part` counts on when more was
    done on a day whose alert had been disposed of already. `threshold` is the value of the rule
    that was passed, with its version, where it has one.
    """

    rule = models.CharField(_("sääntö"), max_length=12, choices=Rule)
    actor = models.CharField(max_length=80)
    staff_id = models.BigIntegerField(null=True)
    day = models.DateField(_("päivä"))
    part = models.PositiveSmallIntegerField(default=1)
    threshold = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(null=True)
    raised_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("hälytys")
        verbose_name_plural = _("hälytykset")
        ordering = ("-day", "-id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=["rule", "actor", "day", "part"], name="watch_alert_once"
            ),
            models.CheckConstraint(name="watch_alert_rule", condition=Q(rule__in=Rule.values)),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class AlertEvent(models.Model):
    """An access event that an alert is about; its time finds it in the partitions of the log."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="events")
    rule = models.CharField(max_length=12, choices=Rule)
    event_id = models.BigIntegerField()
    event_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(fields=["rule", "event_id"], name="watch_alert_event_once"),
        )

    def __str__(self) -> str:
        return f"{self.event_id}"


class Outcome(models.TextChoices):
    """What the log auditor concluded of an alert."""

    UNFOUNDED = "unfounded", _("Aiheeton")
    EXPLAINED = "explained", _("Selvitetty")
    SUSPECTED = "suspected", _("Epäilty väärinkäyttö")


class Disposition(models.Model):
    """What was concluded of an alert (hälytyksen käsittely), by whom and why."""

    alert = models.OneToOneField(Alert, on_delete=models.PROTECT, related_name="disposition")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(_("johtopäätös"), max_length=12, choices=Outcome)
    text = models.CharField(_("perustelu"), max_length=TEXT_LENGTH)

    class Meta:
        verbose_name = _("hälytyksen käsittely")
        verbose_name_plural = _("hälytysten käsittelyt")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="watch_disposition_known", condition=Q(outcome__in=Outcome.values)
            ),
            models.CheckConstraint(
                name="watch_disposition_says_why", condition=Q(text__regex=r"\S.{3,}\S")
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class Suspicion(models.Model):
    """A suspected breach (loukkausepäily): a snooping employee is a personal-data breach (9.5), and
    so may an answer be that went to the wrong place (DP-A30).

    Made of an alert or of the review of a break-glass, when misuse is suspected, or of a delivery
    that went wrong: that one is named by its id alone, with the number of its request, for a breach
    is documented longer than the request is kept. `aware_at` starts the clock of article 33.
    """

    alert = models.OneToOneField(
        Alert, on_delete=models.PROTECT, null=True, related_name="suspicion"
    )
    review = models.OneToOneField(
        "registry_watch.GlassReview", on_delete=models.PROTECT, null=True, related_name="suspicion"
    )
    delivery_id = models.BigIntegerField(null=True, unique=True)
    reference = models.CharField(_("asia"), max_length=REFERENCE_LENGTH, blank=True)
    aware_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("loukkausepäily")
        verbose_name_plural = _("loukkausepäilyt")
        ordering = ("-aware_at", "-id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="watch_suspicion_of_one",
                condition=Q(alert__isnull=False, review=None, delivery_id=None)
                | Q(alert=None, review__isnull=False, delivery_id=None)
                | Q(alert=None, review=None, delivery_id__isnull=False),
            ),
            models.CheckConstraint(
                name="watch_suspicion_names_the_request",
                condition=Q(delivery_id=None, reference="")
                | (Q(delivery_id__isnull=False) & ~Q(reference="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class Passing(models.Model):
    """A suspected breach was taken where breaches are dealt with (epäilyn siirto)."""

    suspicion = models.OneToOneField(Suspicion, on_delete=models.PROTECT, related_name="passing")
    where = models.CharField(_("mihin asia siirrettiin"), max_length=200)
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    passed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("epäilyn siirto")
        verbose_name_plural = _("epäilyjen siirrot")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="watch_passing_says_where", condition=Q(where__regex=r"\S.{3,}\S")
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"
