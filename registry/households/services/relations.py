"""Recording who answers for a person, acts for them, or pays for them; ending and correcting it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.households import queries
from registry.households.models import (
    DECISION_LENGTH,
    Commitment,
    CommitmentKind,
    Guardian,
    RelationFields,
    TrusteeKind,
    Trusteeship,
)
from registry.persons import services as persons
from registry.persons.models import Identity, Person, Source
from registry.persons.queries import majority
from registry.persons.rules import clean_text
from registry.persons.services.notices import note_named_by_another
from vuokra.access.context import current
from vuokra.access.stated import bulk_write
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

Relation = TypeVar("Relation", bound=RelationFields)

OF_AGE = gettext_lazy("Huoltajan on oltava täysi-ikäinen, kun huoltajuus alkaa.")
UNDER_AGE = gettext_lazy(
    "Huoltaja kirjataan vain alaikäiselle, enintään siihen asti kun lapsi tulee täysi-ikäiseksi."
)
BEGAN_AS_ADULT = gettext_lazy(
    "Henkilölle on kirjattu huoltaja ajalta, jolloin hän olisi täysi-ikäinen. Poista ensin "
    "virheellinen huoltajuus."
)
GUARDIAN_AS_MINOR = gettext_lazy(
    "Henkilö on kirjattu huoltajaksi ajalta, jolloin hän olisi alaikäinen. Poista ensin "
    "virheellinen huoltajuus."
)
_TEXTS = {"households_guardian_of_age": OF_AGE, "households_guardian_of_a_minor": UNDER_AGE}


@dataclass(frozen=True, slots=True)
class Other:
    """The other end of a relation: a person of the register, or an organisation and its contact."""

    person: Person | None = None
    organisation: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Validity:
    """From which day, until which, and where it came from."""

    valid_from: date
    source: Source
    valid_to: date | None = None


def add_guardian(child: Person, other: Other, validity: Validity, *, today: date) -> Guardian:
    """Record a guardian of a child (huoltaja). It ends the day before the child comes of age, if
    not earlier."""
    current().require(Group.GUARDIANSHIP, Level.WRITE)
    born = Identity.objects.filter(person=child).only("person_id", "birth_date").first()
    if born is None or not majority.is_minor(born.birth_date, today):
        raise ValidationError(UNDER_AGE, code="households_guardian_of_a_minor")
    guardian = Guardian(person=child)
    _fill(guardian, other, validity)
    guardian.valid_to = validity.valid_to or _last_day(born.birth_date, validity.valid_from)
    return _record(guardian)


def add_trusteeship(
    person: Person,
    kind: TrusteeKind,
    other: Other,
    validity: Validity,
    *,
    decision: str,
    extent: str,
) -> Trusteeship:
    """Record who looks after a person's interests (edunvalvonta tai edunvalvontavaltuutus)."""
    current().require(Group.GUARDIANSHIP, Level.WRITE)
    trusteeship = Trusteeship(person=person, kind=kind)
    _fill(trusteeship, other, validity)
    trusteeship.decision = _words(decision, "decision")
    trusteeship.extent = _words(extent, "extent")
    return _record(trusteeship)


def add_commitment(
    person: Person, kind: CommitmentKind, other: Other, validity: Validity
) -> Commitment:
    """Record a payer, a guarantor or the contact of an estate (maksaja, takaaja, yhteyshenkilö)."""
    current().require(Group.COMMITMENT, Level.WRITE)
    commitment = Commitment(person=person, kind=kind)
    _fill(commitment, other, validity)
    return _record(commitment)


def end_relation(relation: Relation, *, last_day: date) -> Relation:
    """End a relation (suhteen päättäminen); `last_day` is the last day it holds."""
    _require_write(relation)
    relation.valid_to = last_day
    return _save(relation)


def remove_relation(relation: RelationFields) -> None:
    """Take away a relation that was recorded by mistake (virheellisen merkinnän poisto)."""
    _require_write(relation)
    relation.delete()


def follow_birth_date(person_id: int, before: date, after: date, **kwargs: object) -> None:
    """Guardianships when a birth date was corrected: one that was to last until the child comes of
    age does so by the new date, and none lasts longer.

    Raises ValidationError when a guardianship could not have begun: a clerk takes it away first.
    """
    rows = Guardian.objects.select_for_update().filter(person=person_id)
    for guardian in rows.only("person_id", "valid_from", "valid_to"):
        whole = guardian.valid_to == _last_day(before, guardian.valid_from)
        last = _last_day(after, guardian.valid_from)
        if guardian.valid_from > last:
            raise ValidationError(BEGAN_AS_ADULT, code="birth_date")
        if guardian.valid_to is not None and (whole or guardian.valid_to > last):
            with bulk_write("a guardianship follows a corrected birth date"):
                Guardian.objects.filter(pk=guardian.pk).update(valid_to=last)
    adult = majority.adult_on(after, timezone.localdate())
    if Guardian.objects.filter(other=person_id, valid_from__lt=adult).exists():
        raise ValidationError(GUARDIAN_AS_MINOR, code="birth_date")


def _last_day(born: date, began: date) -> date:
    """The last day of childhood, as the law was when the guardianship began."""
    return majority.adult_on(born, began) - timedelta(days=1)


def related_people(survivor: Person, merged: Person) -> str | None:
    """Why two people may not be merged: a relation between them would be one to oneself."""
    if queries.linked(survivor, merged):
        return _("Henkilöiden välillä on suhde. Poista se ensin, jos he ovat sama henkilö.")
    return None


def _require_write(relation: RelationFields) -> None:
    group = Group.COMMITMENT if isinstance(relation, Commitment) else Group.GUARDIANSHIP
    current().require(group, Level.WRITE)


def _fill(relation: RelationFields, other: Other, validity: Validity) -> None:
    organisation, contact = clean_text(other.organisation), clean_text(other.contact)
    if other.person is None and not organisation:
        raise ValidationError(_("Valitse henkilö tai anna organisaation nimi."), code="no_other")
    if other.person is not None and organisation:
        raise ValidationError(
            _("Valitse joko henkilö tai organisaatio, ei molempia."), code="two_others"
        )
    for text in (organisation, contact):
        persons.refuse_hetu_in_text(text)
    relation.other = other.person
    if other.person is None:
        relation.organisation, relation.contact = organisation, contact
    relation.valid_from, relation.valid_to = validity.valid_from, validity.valid_to
    relation.source = validity.source


def _words(text: str, name: str) -> str:
    """A text of class D as it is sealed."""
    words = clean_text(text)
    persons.refuse_hetu_in_text(words)
    if not words:
        raise ValidationError(_("Kirjaa tieto."), code=f"no_{name}")
    if len(words) > DECISION_LENGTH:
        raise ValidationError(
            _("Enintään %(limit)s merkkiä."), code=f"no_{name}", params={"limit": DECISION_LENGTH}
        )
    return words


def _record(relation: Relation) -> Relation:
    """Save a new relation; whoever of the register stands at its other end is to be informed."""
    with transaction.atomic():
        saved = _save(relation)
        if relation.other is not None:
            today = timezone.localdate()
            note_named_by_another(relation.other, Source(relation.source), today=today)
    return saved


def _save(relation: Relation) -> Relation:
    with constraint_errors(type(relation), _TEXTS):
        relation.save()
    return relation
