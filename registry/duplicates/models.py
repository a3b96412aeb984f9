"""Likely duplicates, merges of two records, and what each merge moved."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.persons.likeness import Ground
from registry.persons.models import Person
from vuokra.db.models import PersonalModel

REASON_LENGTH = 300

GROUND_TEXTS = {
    Ground.BIRTH_NAME: _("sama syntymäaika ja sukunimi, yhteinen etunimi"),
    Ground.SAME_NAME: _("sama nimi"),
    Ground.GIVEN_MISSING: _("sama nimi, toiselta puuttuu etunimi"),
    Ground.SWAPPED: _("suku- ja etunimi toistensa paikoilla"),
    Ground.CONTACT: _("sama puhelin tai sähköposti ja sukunimi"),
}


class Origin(models.TextChoices):
    """How a pair came to be looked at."""

    FOUND = "found", _("Haettu rekisteristä")
    CODE = "code", _("Sama henkilötunnus kirjattiin toiselle")
    CHOSEN = "chosen", _("Käsittelijä valitsi")


class State(models.TextChoices):
    """What was decided of a pair. `NOT_SAME` is never proposed again."""

    OPEN = "open", _("Avoin")
    NOT_SAME = "not_same", _("Eri henkilöt")
    MERGED = "merged", _("Yhdistetty")


class Candidate(PersonalModel):
    """Two records that may be of one person (mahdollinen kaksoiskappale).

    `first` is the older record, so that a pair is there once.
    """

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.FOUND)
    grounds = ArrayField(models.CharField(max_length=16), default=list)
    state = models.CharField(_("tila"), max_length=8, choices=State, default=State.OPEN)
    found_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(_("perustelu"), max_length=REASON_LENGTH, blank=True)

    class Meta:
        verbose_name = _("mahdollinen kaksoiskappale")
        verbose_name_plural = _("mahdolliset kaksoiskappaleet")
        indexes = (models.Index(fields=["state", "found_at"], name="duplicates_candidate_state"),)
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="duplicates_candidate_once"),
            models.CheckConstraint(
                name="duplicates_candidate_ordered", condition=Q(first__lt=F("second"))
            ),
            models.CheckConstraint(
                name="duplicates_candidate_state_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="duplicates_candidate_origin_known", condition=Q(origin__in=Origin.values)
            ),
            models.CheckConstraint(
                name="duplicates_candidate_decided",
                condition=Q(state=State.OPEN) | (Q(decided_at__isnull=False) & ~Q(reason="")),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def ground_texts(self) -> list[str]:
        """Why the two look alike, in words."""
        return [str(GROUND_TEXTS[Ground(code)]) for code in self.grounds]


class Merge(PersonalModel):
    """One record merged into another (yhdistäminen); undone within a set time."""

    survivor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(_("perustelu"), max_length=REASON_LENGTH)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undo_reason = models.CharField(_("kumoamisen perustelu"), max_length=REASON_LENGTH, blank=True)

    class Meta:
        verbose_name = _("yhdistäminen")
        verbose_name_plural = _("yhdistämiset")
        constraints = (
            models.UniqueConstraint(
                fields=["merged"],
                condition=Q(undone_at__isnull=True),
                name="duplicates_merged_once",
            ),
            models.CheckConstraint(
                name="duplicates_merge_of_two", condition=~Q(survivor=F("merged"))
            ),
            models.CheckConstraint(name="duplicates_merge_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="duplicates_merge_undone",
                condition=Q(undone_at__isnull=True, undo_reason="")
                | (Q(undone_at__isnull=False) & ~Q(undo_reason="")),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class StepKind(models.TextChoices):
    """What a merge did to one row."""

    SET = "set"  # a technical column was set so that the rows of both fit together
    EXCHANGED = "exchanged"  # the sealed contents of two rows changed places
    MOVED = "moved"  # the row now names the surviving person
    STAYED = "stayed"  # the row rests with the merged record
    CREATED = "created"  # the merge wrote the row
    VALUE = "value"  # the surviving person took over a value of the merged record


class Step(PersonalModel):
    """One thing that a merge did to one row (yhdistämisen jälki): what an undo takes back.

    Keeps ids and technical values; of personal ones those of class A alone, the names and the
    like of the surviving record before and after.
    """

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    model = models.CharField(max_length=80)
    row = models.BigIntegerField()
    field = models.CharField(max_length=40, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        verbose_name = _("yhdistämisen jälki")
        verbose_name_plural = _("yhdistämisen jäljet")
        ordering = ("id",)
        indexes = (models.Index(fields=["merge", "kind"], name="duplicates_step_kind"),)

    def __str__(self) -> str:
        return str(self.pk)
