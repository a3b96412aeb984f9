"""What staff do to people. The only code that writes the room's tables.

Every function runs in the open access context's transaction and raises ValidationError, in words
for the screen and without personal data, when the change cannot be made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.persons import rules
from registry.persons.models import (
    Address,
    AddressKind,
    ContactKind,
    ContactPoint,
    DatedFields,
    FormerCode,
    FormerCodeReason,
    Identity,
    IdentityKind,
    Language,
    Person,
    Source,
)
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

DUPLICATE = gettext_lazy(
    "Tunnusta ei voitu tallentaa. Tarkista, onko henkilö jo rekisterissä: hae henkilötunnuksella."
)
DUPLICATES = {
    "persons_identity_unique_code": DUPLICATE,
    "persons_identity_code_reserved": DUPLICATE,
}
HETU_TEXTS: dict[rules.HetuProblem, StrPromise] = {
    rules.HetuProblem.FORMAT: gettext_lazy("Kirjoita tunnus muodossa PPKKVV-NNNT."),
    rules.HetuProblem.SEPARATOR: gettext_lazy(
        "Seitsemäs merkki on välimerkki tai kirjain, esimerkiksi - tai A. Se on osa tunnusta."
    ),
    rules.HetuProblem.DATE: gettext_lazy("Päivää ei ole olemassa. Tarkista alku ja välimerkki."),
    rules.HetuProblem.FUTURE: gettext_lazy("Syntymäpäivä on tulevaisuudessa."),
    rules.HetuProblem.INDIVIDUAL: gettext_lazy("Yksilönumero ei ole käytössä."),
    rules.HetuProblem.CHECK: gettext_lazy("Tarkistusmerkki ei täsmää. Tarkista numerosarja."),
    rules.HetuProblem.ARTIFICIAL: gettext_lazy(
        "Yksilönumero 900–999 ei ole kenenkään henkilötunnus. Valitse lajiksi keinotunnus."
    ),
}
CONTACT_TEXTS: dict[str, StrPromise] = {
    ContactKind.PHONE: gettext_lazy("Tarkista puhelinnumero. Ulkomaan numero alkaa merkillä +."),
    ContactKind.EMAIL: gettext_lazy("Tarkista sähköpostiosoite."),
}
Detail = TypeVar("Detail", ContactPoint, Address)


class RealHetuFound(RuntimeError):
    """A database that must hold invented people only holds a code of a real one."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a person is called; one of surname and given names may be empty."""

    surname: str = ""
    given_names: str = ""
    call_name: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """An identity to be recorded: a code of some kind, or only a birth date."""

    kind: IdentityKind
    code: str = field(default="", repr=False)
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address as written on a letter."""

    street: str
    postal_code: str
    town: str
    country: str = "FI"


# --- persons and names ----------------------------------------------------------------------


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
    person: Person, names: Names, *, language: Language, customer_since: date | None
) -> Person:
    """Change a person's names and what we know of the customership (nimenmuutos)."""
    current().require(Group.PERSON, Level.WRITE)
    _set_names(person, names)
    person.language, person.customer_since = language, customer_since
    person.save()
    return person


def _set_names(person: Person, names: Names) -> None:
    """Set the names once they are known to be good: a refused form still shows the old ones."""
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
    person.surname, person.given_names, person.call_name = surname, given_names, call_name


def refuse_hetu_in_text(text: str) -> None:
    """Raise ValidationError when free text holds an identity code (DP-A12)."""
    if rules.find_hetus(text):
        raise ValidationError(
            _("Tekstissä on henkilötunnus. Kirjaa se vain henkilötunnuksen kenttään."),
            code="hetu_in_text",
        )


# --- identity -------------------------------------------------------------------------------


def record_identity(person: Person, given: Code, *, today: date) -> Identity:
    """Record what identifies a person for the first time (tunnistetiedon kirjaaminen)."""
    current().require(Group.IDENTITY, Level.WRITE)
    identity = Identity(person=person)
    _fill(identity, given, today)
    return _save(identity)


def change_identity(
    person: Person, given: Code, *, reason: FormerCodeReason, today: date
) -> Identity:
    """Change or correct what identifies a person (tunnuksen muutos tai korjaus).

    The person stays the same. The old code goes to history, sealed anew; a code that was officially
    changed stays reserved for its holder, one recorded by mistake becomes free for its owner.
    """
    current().require(Group.IDENTITY, Level.WRITE)
    identity = Identity.objects.select_for_update().get(person=person)
    identity.person = person
    with transaction.atomic():
        if identity.hetu is not None:
            current().require(Group.HETU, Level.MASKED)
            former = FormerCode(person=person, reason=reason, artificial=identity.artificial)
            former.hetu = identity.hetu.reveal()
            former.save(force_insert=True)
        _fill(identity, given, today)
        return _save(identity)


def _fill(identity: Identity, given: Code, today: date) -> None:
    identity.kind = given.kind
    if given.kind == IdentityKind.BIRTH_DATE:
        identity.hetu, identity.artificial = None, False
        identity.birth_date = _birth_date(given.birth_date, today)
        return
    hetu = check_code(given.kind, given.code, today=today)
    identity.birth_date, identity.artificial = hetu.birth_date, hetu.artificial
    identity.hetu = hetu.code


def check_code(kind: IdentityKind, text: str, *, today: date) -> rules.Hetu:
    """The code in `text` if it may be recorded as this kind; raises ValidationError.

    Numbers 900–999 are nobody's: they are substitutes, or invented people outside production.
    Outside production the code of a real person is refused (DP-A55).
    """
    substitute = kind == IdentityKind.SUBSTITUTE
    try:
        hetu = rules.parse_hetu(text, today=today, artificial_allowed=substitute or settings.DEMO)
    except rules.HetuError as error:
        raise ValidationError(HETU_TEXTS[error.problem], code=error.problem) from None
    if substitute and not hetu.artificial:
        raise ValidationError(
            _("Keinotunnuksen yksilönumero on 900–999. Tämä on henkilötunnus."),
            code="not_artificial",
        )
    if settings.DEMO and hetu.real:
        raise ValidationError(
            _("Esittelyyn saa kirjata vain keksittyjä henkilöitä (yksilönumero 900–999)."),
            code="real_hetu",
        )
    return hetu


def _birth_date(day: date | None, today: date) -> date:
    if day is None:
        raise ValidationError(_("Anna syntymäaika."), code="no_birth_date")
    if not date(1850, 1, 1) <= day <= today:
        raise ValidationError(_("Tarkista syntymäaika."), code="birth_date")
    return day


def _save(identity: Identity) -> Identity:
    """Save; a code that somebody else has, or had, is refused without telling who."""
    with constraint_errors(Identity, DUPLICATES):
        identity.save()
    return identity


def refuse_real_hetus() -> None:
    """Raise RealHetuFound when a database for invented people holds a real code (DP-A55)."""
    for model in (Identity, FormerCode):
        if model.objects.filter(hetu_index__isnull=False, artificial=False).exists():
            raise RealHetuFound("This database holds the identity code of a real person.")


# --- contact details ------------------------------------------------------------------------


def add_contact_point(
    person: Person,
    kind: ContactKind,
    value: str,
    *,
    source: Source,
    valid_from: date,
    verified_at: date | None = None,
) -> ContactPoint:
    """Add a telephone number or e-mail address (yhteystiedon lisääminen)."""
    current().require(Group.CONTACT, Level.WRITE)
    normalise = rules.normalise_phone if kind == ContactKind.PHONE else rules.normalise_email
    try:
        value = normalise(value)
    except rules.ContactError:
        raise ValidationError(CONTACT_TEXTS[kind], code=kind) from None
    point = ContactPoint(
        person=person,
        kind=kind,
        value=value,
        source=source,
        valid_from=valid_from,
        verified_at=verified_at,
    )
    _save_detail(point)
    return point


def add_address(
    person: Person,
    kind: AddressKind,
    address: PostalAddress,
    *,
    source: Source,
    valid_from: date,
    verified_at: date | None = None,
) -> Address:
    """Add an address (osoitteen lisääminen). One home address holds at a time: when the person
    moves, the old one ends the day before."""
    current().require(Group.CONTACT, Level.WRITE)
    new = Address(
        person=person,
        kind=kind,
        street=rules.clean_text(address.street),
        postal_code=rules.clean_text(address.postal_code),
        town=rules.clean_text(address.town),
        country=address.country.strip().upper(),
        source=source,
        valid_from=valid_from,
        verified_at=verified_at,
    )
    for text in (new.street, new.town):
        refuse_hetu_in_text(text)
    with transaction.atomic():
        if kind == AddressKind.HOME:
            _end_home(person, valid_from)
        _save_detail(new)
    return new


def _end_home(person: Person, moved: date) -> None:
    for home in Address.objects.select_for_update().filter(
        person=person, kind=AddressKind.HOME, valid_to__isnull=True, valid_from__lt=moved
    ):
        home.person = person
        home.valid_to = moved - timedelta(days=1)
        home.save()


def end_contact_point(point: ContactPoint, *, last_day: date) -> ContactPoint:
    """End a telephone number or e-mail address (yhteystiedon päättäminen)."""
    return _end(point, last_day)


def end_address(address: Address, *, last_day: date) -> Address:
    """End an address (osoitteen päättäminen)."""
    return _end(address, last_day)


def _end(detail: Detail, last_day: date) -> Detail:
    current().require(Group.CONTACT, Level.WRITE)
    detail.valid_to = last_day
    _save_detail(detail)
    return detail


def _save_detail(detail: DatedFields) -> None:
    """Check and save a dated detail; raises ValidationError by field."""
    detail.full_clean(exclude=["person", "search_value"], validate_constraints=False)
    with constraint_errors(type(detail)):
        detail.save()
