"""Households, who belongs to them when, and why a member's identity code was recorded."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.households.rules import Situation
from registry.persons.models import DatedFields, Person
from registry.persons.models.contacts import validity
from vuokra.crypto.fields import EncryptedTextField
from vuokra.db.models import PersonalModel

GROUND_LENGTH = 200


class Household(PersonalModel):
    """People who live together (ruokakunta). What is known of it stands in its memberships."""

    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("ruokakunta")
        verbose_name_plural = _("ruokakunnat")

    def __str__(self) -> str:
        return str(self.pk)


class Membership(DatedFields):
    """That a person belongs to a household for a time (ruokakunnan jäsenyys).

    Who is a party of the lease is told by the lease, not here.
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")

    class Meta(DatedFields.Meta):
        verbose_name = _("ruokakunnan jäsenyys")
        verbose_name_plural = _("ruokakuntien jäsenyydet")
        ordering = ("valid_from", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *DatedFields.Meta.constraints,
            ExclusionConstraint(
                name="households_membership_one",
                index_type="GIST",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "Henkilö kuuluu jo ruokakuntaan samalta ajalta. "
                    "Merkitse ensin, milloin hän muutti siitä pois."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)


class GroundCode(models.TextChoices):
    """Why the identity code of a child, or of one who is no party, is needed.

    Source: Data Protection Act 1050/2018, section 29; KHO:2023:56.
    """

    PARTY = "party", _("Alaikäinen on itse sopimuksen osapuoli")
    STATUTE = "statute", _("Laki tai viranomaisen menettely vaatii tunnuksen")
    SAME_NAME = "same_name", _("Henkilöä ei voi muuten erottaa samannimisestä")
    CLAIM = "claim", _("Saatava tai muu oikeus koskee henkilöä")


class HetuGround(PersonalModel):
    """Why an identity code was recorded though a birth date is enough as a rule (peruste).

    It stays as long as the code does; the words are sealed like the code they explain.
    """

    uuid = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="hetu_grounds")
    situation = models.CharField(_("kirjaustilanne"), max_length=12)
    code = models.CharField(_("peruste"), max_length=12, choices=GroundCode)
    text = EncryptedTextField(_("perustelu"), max_length=GROUND_LENGTH)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("henkilötunnuksen peruste")
        verbose_name_plural = _("henkilötunnusten perusteet")
        constraints = (
            models.CheckConstraint(
                name="households_ground_known", condition=Q(code__in=GroundCode.values)
            ),
            models.CheckConstraint(
                name="households_ground_situation",
                condition=Q(situation__in=[s.value for s in Situation]),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
