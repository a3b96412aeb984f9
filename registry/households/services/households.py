"""Moving in and out of households, and registering those who live with a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.households import rules
from registry.households.models import (
    GROUND_LENGTH,
    GroundCode,
    HetuGround,
    Household,
    Membership,
)
from registry.households.rules import HetuRegime, Situation
from registry.persons import services as persons
from registry.persons.models import Identity, IdentityKind, Person, Source
from registry.persons.queries.majority import is_minor
from registry.persons.rules import clean_text
from registry.persons.services import Code, Names
from registry.persons.services.notices import note_source_elsewhere
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

membership_changed = Signal()
"""Sent with `household_id` and `person_id` after a membership was made, dated anew or removed, in
the same transaction: turvakielto covers those who live together."""

HETU_REFUSED: StrPromise = gettext_lazy(
    "Alaikäisestä ja muusta asukkaasta, joka ei ole sopimuksen osapuoli, kirjataan syntymäaika. "
    "Henkilötunnuksen saa kirjata vain, kun siihen on peruste: valitse peruste ja perustele se, "
    "tai jätä tunnus pois."
)


@dataclass(frozen=True, slots=True)
class Ground:
    """Why the identity code of a child, or of one who is no party, is recorded."""

    code: GroundCode
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A member of a household who is not in the register yet; need not be a customer."""

    names: Names
    birth_date: date | None = None
    hetu: str = field(default="", repr=False)
    becomes_party: bool = False
    ground: Ground | None = None


def add_member(
    person: Person, member: Person, *, valid_from: date, source: Source, today: date
) -> Membership:
    """Add a member to the household of a person (sisäänmuutto).

    A person who has no household from that day on gets one, which begins on the same day.
    """
    current().require(Group.HOUSEHOLD, Level.WRITE)
    if member.pk == person.pk:
        raise ValidationError(_("Henkilö on jo oman ruokakuntansa jäsen."), code="itself")
    with transaction.atomic():
        household_id = _household_from(person, valid_from) or _begin(person, valid_from, source)
        return _move_in(household_id, member, valid_from, source)


def register_member(
    person: Person, newcomer: Newcomer, *, valid_from: date, source: Source, today: date
) -> Membership:
    """Register somebody who is not in the register yet as a member of a person's household.

    A birth date is enough; an identity code is recorded by the regime of a tenancy (DP-A13). When
    somebody else told of them, they are to be informed (article 14).
    """
    current().require(Group.HOUSEHOLD, Level.WRITE)
    with transaction.atomic():
        identity = _identity(newcomer, today)
        member = persons.register_person(newcomer.names, today=today)
        if newcomer.hetu:
            check_hetu(member, newcomer, today=today)
        persons.record_identity(member, identity, today=today)
        if source != Source.PERSON:
            note_source_elsewhere(member, source, today=today)
        return add_member(person, member, valid_from=valid_from, source=source, today=today)


def move_out(membership: Membership, *, last_day: date) -> Membership:
    """Record that a member moved out (poismuutto); `last_day` is the last day in the household."""
    return correct_membership(membership, valid_from=membership.valid_from, valid_to=last_day)


def correct_membership(
    membership: Membership, *, valid_from: date, valid_to: date | None
) -> Membership:
    """Correct the days of a membership (päivämäärän korjaus)."""
    current().require(Group.HOUSEHOLD, Level.WRITE)
    membership.valid_from, membership.valid_to = valid_from, valid_to
    return _save(membership)


def remove_membership(membership: Membership) -> None:
    """Take away a membership that was recorded by mistake (virheellisen merkinnän poisto).

    A household without members goes with the last of them.
    """
    current().require(Group.HOUSEHOLD, Level.WRITE)
    household_id, person_id = membership.household_id, membership.person_id
    with transaction.atomic():
        membership.delete()
        if not Membership.objects.filter(household_id=household_id).exists():
            Household(pk=household_id).delete()
        _tell(household_id, person_id)


def _household_from(person: Person, day: date) -> int | None:
    """The household that a person belongs to on a day, or the first one after it."""
    later = Membership.objects.filter(person=person).exclude(valid_to__lt=day)
    found = later.only("person_id", "household_id").order_by("valid_from").first()
    return found.household_id if found else None


def _begin(person: Person, day: date, source: Source) -> int:
    household = Household()
    household.save(force_insert=True)
    _move_in(household.pk, person, day, source)
    return household.pk


def _move_in(household_id: int, member: Person, day: date, source: Source) -> Membership:
    return _save(
        Membership(household_id=household_id, person=member, valid_from=day, source=source)
    )


def _save(membership: Membership) -> Membership:
    born_later = Identity.objects.filter(
        person=membership.person_id, birth_date__gt=membership.valid_from
    )
    if born_later.exists():
        raise ValidationError(_("Muuttopäivä on ennen syntymäaikaa."), code="before_birth")
    with constraint_errors(Membership):
        membership.save()
    _tell(membership.household_id, membership.person_id)
    return membership


def _tell(household_id: int, person_id: int) -> None:
    membership_changed.send(Membership, household_id=household_id, person_id=person_id)


# --- identity codes of members --------------------------------------------------------------


def _identity(newcomer: Newcomer, today: date) -> Code:
    if not newcomer.hetu:
        return Code(IdentityKind.BIRTH_DATE, birth_date=newcomer.birth_date)
    given = persons.check_code(IdentityKind.HETU, newcomer.hetu, today=today, justified=True)
    if newcomer.birth_date not in (None, given.birth_date):
        raise ValidationError(_("Syntymäaika ja henkilötunnus eivät täsmää."), code="birth_date")
    return Code(IdentityKind.HETU, newcomer.hetu, given.birth_date, justified=True)


def check_hetu(member: Person, newcomer: Newcomer, *, today: date) -> None:
    """Refuse an identity code that the regime does not allow; keep the reason of an exception.

    Raises ValidationError with the code `hetu_regime`, or for a reason that says nothing.
    """
    hetu, ground = (
        persons.check_code(IdentityKind.HETU, newcomer.hetu, today=today, justified=True),
        newcomer.ground,
    )
    regime = rules.hetu_regime(
        Situation.TENANCY,
        is_minor=is_minor(hetu.birth_date, today),
        becomes_party=newcomer.becomes_party,
        has_reason=ground is not None,
    )
    if regime is HetuRegime.REFUSED:
        raise ValidationError(HETU_REFUSED, code="hetu_regime")
    if regime is HetuRegime.EXCEPTION and ground is not None:
        keep_ground(member, Situation.TENANCY, ground)


def keep_ground(member: Person, situation: Situation, ground: Ground) -> HetuGround:
    """Record why an identity code is kept though a birth date is enough as a rule."""
    current().require(Group.HETU, Level.WRITE)
    text = clean_text(ground.text)
    if not 5 <= len(text) <= GROUND_LENGTH:
        raise ValidationError(
            _("Perustele 5–%(limit)s merkillä, miksi henkilötunnus tarvitaan."),
            code="ground_text",
            params={"limit": GROUND_LENGTH},
        )
    persons.refuse_hetu_in_text(text)
    kept = HetuGround(person=member, situation=situation, code=ground.code)
    kept.text = text
    kept.save(force_insert=True)
    return kept
