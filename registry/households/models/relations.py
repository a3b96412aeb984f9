"""Relations: who answers for a person, acts for them, or pays for them. Dated, with a source.

The other end is a person of the register or an organisation. Each kind that another role may see
lies in a table of its own. What is said of an organisation is sealed: a social office as payer, or
a guardianship service, tells of the person's situation.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.persons.models import DatedFields, Person
from registry.persons.models.contacts import validity
from vuokra.crypto.fields import EncryptedTextField, SubjectEncryptedTextField

ORGANISATION_LENGTH = 200
CONTACT_LENGTH = 300
DECISION_LENGTH = 300

ONCE = _("Sama suhde on jo voimassa näiden henkilöiden välillä.")


def once_at_a_time(name: str, *more: str) -> ExclusionConstraint:
    """No two relations of a kind in force at once between the same people."""
    return ExclusionConstraint(
        name=name,
        index_type="GIST",
        expressions=[
            *((column, RangeOperators.EQUAL) for column in ("person", "other", *more)),
            (validity(), RangeOperators.OVERLAPS),
        ],
        condition=Q(other__isnull=False),
        violation_error_message=ONCE,
    )


class RelationFields(DatedFields):
    """A person, and a person of the register or an organisation at the other end."""

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="%(class)ss")
    other = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="%(class)ss_of", null=True, blank=True
    )
    organisation = EncryptedTextField(
        _("organisaation nimi"), max_length=ORGANISATION_LENGTH, null=True
    )
    contact = EncryptedTextField(_("yhteystieto"), max_length=CONTACT_LENGTH, null=True)

    class Meta:
        abstract = True
        ordering = ("valid_from", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *DatedFields.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_one_end",
                condition=Q(other__isnull=False, organisation__isnull=True, contact__isnull=True)
                | Q(other__isnull=True, organisation__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_not_self",
                condition=Q(other__isnull=True) | ~Q(other=F("person")),
                violation_error_message=_("Henkilö ei voi olla suhteessa itseensä."),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)


class Guardian(RelationFields):
    """A guardian of a child (huoltaja, S5-22). It ends at the latest when the child comes of age;
    a trigger looks after that, and that the guardian is of age."""

    class Meta(RelationFields.Meta):
        verbose_name = _("huoltaja")
        verbose_name_plural = _("huoltajat")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *RelationFields.Meta.constraints,
            models.CheckConstraint(
                name="households_guardian_ends", condition=Q(valid_to__isnull=False)
            ),
            once_at_a_time("households_guardian_once"),
        )


class TrusteeKind(models.TextChoices):
    """By what somebody acts for a person. Source: Guardianship Services Act 442/1999; Act on
    Continuing Powers of Attorney 648/2007."""

    GUARDIANSHIP = "guardianship", _("Edunvalvonta")
    MANDATE = "mandate", _("Edunvalvontavaltuutus")


class Trusteeship(RelationFields):
    """Who looks after a person's interests (edunvalvonta, S5-21): on what decision, to what extent.

    The decision and the extent tell of health: class D, sealed with the person's own key.
    """

    kind = models.CharField(_("laji"), max_length=12, choices=TrusteeKind)
    decision = SubjectEncryptedTextField(
        _("päätös"), subject="person_id", max_length=DECISION_LENGTH
    )
    extent = SubjectEncryptedTextField(
        _("laajuus"), subject="person_id", max_length=DECISION_LENGTH
    )

    class Meta(RelationFields.Meta):
        verbose_name = _("edunvalvonta")
        verbose_name_plural = _("edunvalvonnat")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *RelationFields.Meta.constraints,
            models.CheckConstraint(
                name="households_trusteeship_kind", condition=Q(kind__in=TrusteeKind.values)
            ),
            once_at_a_time("households_trusteeship_once", "kind"),
        )


class CommitmentKind(models.TextChoices):
    """How somebody answers for a person's dues."""

    PAYER = "payer", _("Maksaja")
    GUARANTOR = "guarantor", _("Takaaja")
    ESTATE = "estate", _("Kuolinpesän yhteyshenkilö")


class Commitment(RelationFields):
    """Who pays or answers for a person's dues (maksaja, takaaja, kuolinpesän yhteyshenkilö):
    S5-23, S5-24 and SY-14."""

    kind = models.CharField(_("laji"), max_length=12, choices=CommitmentKind)

    class Meta(RelationFields.Meta):
        verbose_name = _("maksaja tai takaaja")
        verbose_name_plural = _("maksajat ja takaajat")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *RelationFields.Meta.constraints,
            models.CheckConstraint(
                name="households_commitment_kind", condition=Q(kind__in=CommitmentKind.values)
            ),
            once_at_a_time("households_commitment_once", "kind"),
        )
