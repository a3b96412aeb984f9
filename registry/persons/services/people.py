"""Registering people, and their names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.persons import rules
from registry.persons.models import FormerName, Language, NameChangeReason, Person, Source
from registry.persons.services.identity import Code, record_identity
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level


@dataclass(frozen=True, slots=True)
class Names:
    """What a person is called; one of surname and given names may be empty."""

    surname: str = ""
    given_names: str = ""
    call_name: str = ""


def register_person(
    names: Names,
    *,
    today: date,
    identity: Code | None = None,
    language: Language = Language.FINNISH,
    customer_since: date | None = None,
) -> Person:
    """Register a person (henkilön kirjaaminen) and give a customer number."""
    current().require(Group.PERSON, Level.WRITE)
    person = Person(language=language, customer_since=customer_since)
    with transaction.atomic():
        _set_names(person, names)
        person.save(force_insert=True)
        if identity is not None:
            record_identity(person, identity, today=today)
    return person


def change_person(
    person: Person,
    names: Names,
    *,
    language: Language,
    customer_since: date | None,
    reason: NameChangeReason = NameChangeReason.CHANGED,
    used_until: date | None = None,
    source: Source = Source.PERSON,
) -> Person:
    """Change a person's names and what we know of the customership (nimenmuutos).

    A name that goes is kept as a former name, with its last day when that is known, unless it was
    a mistake.
    """
    current().require(Group.PERSON, Level.WRITE)
    if used_until is not None and used_until > timezone.localdate():
        raise ValidationError(
            _("Entisen nimen viimeinen käyttöpäivä ei voi olla tulevaisuudessa."),
            code="used_until",
        )
    before = Names(person.surname, person.given_names, person.call_name)
    with transaction.atomic():
        _set_names(person, names)
        if reason == NameChangeReason.CHANGED and _lost(before, person):
            _keep_former(person, before, used_until, source)
        person.language, person.customer_since = language, customer_since
        person.save()
    return person


def _lost(before: Names, person: Person) -> bool:
    """Whether something that the person was called by is no more; an addition loses nothing."""
    after = (person.surname, person.given_names, person.call_name)
    was = (before.surname, before.given_names, before.call_name)
    return any(old and old != new for old, new in zip(was, after, strict=True))


def _keep_former(person: Person, names: Names, used_until: date | None, source: Source) -> None:
    FormerName.objects.create(
        person=person,
        surname=names.surname,
        given_names=names.given_names,
        call_name=names.call_name,
        used_until=used_until,
        source=source,
    )


def _set_names(person: Person, names: Names) -> None:
    """Set the names once they are known to be good: a refused form still shows the old ones."""
    good = checked_names(names)
    person.surname, person.given_names = good.surname, good.given_names
    person.call_name = good.call_name


def checked_names(names: Names) -> Names:
    """The names as they are stored; raises ValidationError."""
    surname, given_names = rules.clean_text(names.surname), rules.clean_text(names.given_names)
    call_name = rules.clean_text(names.call_name)
    if not rules.person_sort_key(surname, given_names):
        raise ValidationError(_("Anna ainakin yksi nimi."), code="no_name")
    for name in (surname, given_names, call_name):
        if len(name) > rules.NAME_LENGTH:
            raise ValidationError(
                _("Nimessä voi olla enintään %(limit)s merkkiä."),
                code="long_name",
                params={"limit": rules.NAME_LENGTH},
            )
        refuse_hetu_in_text(name)
    return Names(surname, given_names, call_name)


def refuse_hetu_in_text(text: str) -> None:
    """Raise ValidationError when free text holds an identity code (DP-A12)."""
    if rules.find_hetus(text):
        raise ValidationError(
            _("Tekstissä on henkilötunnus. Kirjaa se vain henkilötunnuksen kenttään."),
            code="hetu_in_text",
        )
