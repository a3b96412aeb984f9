"""Changes of person in a lease: who came in whose place, and who has the flat for a time."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leases.contracts.models.leases import Lease
from leases.contracts.models.parties import Party
from leases.contracts.rules.changes import Change
from leases.contracts.rules.persons import Relation
from registry.persons.models import Person
from vuokra.db.models import PersonalModel

REASON_LENGTH = 500


class Answer(models.TextChoices):
    """What the company answered to a request."""

    GRANTED = "granted", _("Lupa annettiin")
    REFUSED = "refused", _("Lupaa ei annettu")


class PersonChange(PersonalModel):
    """A change of person that the company was told of (henkilövaihdos, AHVL 18, 44–46 ja 48 §).

    `leaving` is the tenant whose place `coming` takes from `effective_on`; while a permission is
    asked for, nothing is effective. Of a flat handed over for a time nobody leaves the lease:
    `coming` has it from `effective_on` to `ends_on`, and may be unknown to the register.
    """

    lease = models.ForeignKey(Lease, on_delete=models.CASCADE, related_name="person_changes")
    change = models.CharField(_("vaihdos"), max_length=9, choices=Change)
    leaving = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("lähtevä")
    )
    coming = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="lease_changes",
        verbose_name=_("tuleva"),
    )  # fmt: skip
    relation = models.CharField(
        _("suhde vuokralaiseen"), max_length=9, choices=Relation, blank=True
    )
    told_on = models.DateField(_("ilmoitettu"))
    effective_on = models.DateField(_("alkaen"), null=True, blank=True)
    ends_on = models.DateField(_("asti"), null=True, blank=True)
    reason = models.CharField(_("syy"), max_length=REASON_LENGTH, blank=True)
    answer = models.CharField(_("vastaus"), max_length=7, choices=Answer, blank=True)
    answered_on = models.DateField(_("vastattu"), null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("kirjattu"), auto_now_add=True)

    class Meta:
        verbose_name = _("henkilövaihdos")
        verbose_name_plural = _("henkilövaihdokset")
        ordering = ("-told_on", "-id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="contracts_change_known",
                condition=Q(change__in=Change.values, answer__in=["", *Answer.values])
                & Q(relation__in=["", *Relation.values]),
            ),
            models.CheckConstraint(
                name="contracts_change_whom",
                condition=Q(change="handover", leaving__isnull=True)
                | (~Q(change="handover") & Q(leaving__isnull=False, coming__isnull=False)),
            ),
            models.CheckConstraint(
                name="contracts_change_effective",
                condition=Q(
                    change="permitted", effective_on__isnull=True, answered_on__isnull=True,
                    answer="",
                )
                | Q(
                    change="permitted", effective_on__isnull=True, answered_on__isnull=False,
                    answer="refused",
                )
                | Q(
                    change="permitted", effective_on__isnull=False, answered_on__isnull=False,
                    answer="granted",
                )
                | (
                    ~Q(change="permitted")
                    & Q(effective_on__isnull=False, answered_on__isnull=True, answer="")
                ),
            ),
            models.CheckConstraint(
                name="contracts_change_days",
                condition=Q(ends_on__isnull=True)
                | Q(change="handover", ends_on__gte=F("effective_on")),
                violation_error_code="ends_on",
                violation_error_message=_("Päättymispäivä on ennen alkamispäivää."),
            ),
            models.UniqueConstraint(
                name="contracts_change_one",
                fields=["leaving"],
                condition=Q(effective_on__isnull=False),
                violation_error_code="leaving",
                violation_error_message=_("Henkilö ei ole enää sopimuksen vuokralainen."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def succession(self) -> tuple[Party, Person]:
        """Who leaves and who comes in that place. Raises ValueError for a flat handed over."""
        if self.leaving is None or self.coming is None:
            raise ValueError("nobody comes in another's place")
        return self.leaving, self.coming
