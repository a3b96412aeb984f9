"""Invented people: for the demo company, and in any number for the bench.

Every identity code has an individual number of 900–999, which no real person gets; telephone
numbers are of a range without subscribers and e-mail addresses of domains kept for examples. The
same seed makes the same people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random

from registry.persons import rules
from registry.persons.models import (
    Address,
    AddressKind,
    ContactKind,
    ContactPoint,
    Identity,
    IdentityKind,
    Language,
    Person,
    Source,
)
from vuokra.access.stated import bulk_write
from vuokra.demo.registry import Progress, Scale

BATCH = 2000

_BEGINNINGS = (
    "Aarni", "Haapa", "Harju", "Heinä", "Hilla", "Honka", "Hopea", "Ilves", "Joutsen", "Järvi",
    "Kaarna", "Kallio", "Karhu", "Kaski", "Kataja", "Kevät", "Kivi", "Koivu", "Korpi", "Koski",
    "Kuusi", "Kytö", "Lampi", "Lehto", "Leppä", "Lumi", "Metsä", "Myrsky", "Mänty", "Niitty",
    "Oja", "Paju", "Petäjä", "Pihlaja", "Ranta", "Rauta", "Routa", "Ruska", "Räystä", "Salo",
    "Sammal", "Sarka", "Suvi", "Sysi", "Talvi", "Tammi", "Tuomi", "Tuuli", "Utu", "Vaahtera",
    "Varpu", "Vihta", "Virta", "Väinö", "Yli", "Ähtäri", "Öljymäki",
)  # fmt: skip
_ENDINGS = (
    "aho", "halme", "harju", "joki", "kallio", "kangas", "korpi", "koski", "kumpu", "lahti",
    "lampi", "linna", "luoto", "mäki", "niemi", "nummi", "perä", "pelto", "puro", "ranta", "saari",
    "salmi", "salo", "suo", "taival", "vaara", "vainio", "virta", "vuori", "nen",
)  # fmt: skip
_OTHER_SURNAMES = (
    "von Björkskär", "Åkerstrand", "Ängsholm", "Öhrnvik", "Wikstrand", "O'Dunmore", "Al-Rashidan",
    "Nguyễn Vo", "Łukaszewicka", "Đurđevan", "Müllerhof", "Aikiokangas",
)  # fmt: skip
_GIVEN = (
    "Aada", "Aaro", "Aino", "Aku", "Amina", "Anneli", "Antti", "Arvid", "Åsa", "Eeli", "Eero",
    "Eino", "Elina", "Emilia", "Erkki", "Esteri", "Fatima", "Hanna", "Heikki", "Helena", "Hilja",
    "Iida", "Ilmari", "Inkeri", "Ivo", "Jaakko", "Jari", "Johanna", "Juhani", "Kaarina", "Kalle",
    "Kerttu", "Kyösti", "Lauri", "Leila", "Linnea", "Maija", "Marjukka", "Matti", "Mikael",
    "Minh", "Mirjami", "Nea", "Niilo", "Olavi", "Oona", "Orvokki", "Paavo", "Päivi", "Pekka",
    "Raimo", "Reija", "Saimi", "Samu", "Sanelma", "Seppo", "Sinikka", "Sofia", "Sven", "Taina",
    "Tapio", "Terttu", "Tuomas", "Ulla", "Urho", "Vappu", "Veikko", "Venla", "Wilhelm", "Yrjö",
)  # fmt: skip
_STREETS = (
    "Hillatie", "Kellokatu", "Kirkkotie", "Koskikatu", "Koulukatu", "Lehtokuja", "Lossirannantie",
    "Männikkötie", "Myllypolku", "Rantakatu", "Satamakatu", "Suokuja", "Törmätie", "Ylätie",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented person."""

    surname: str
    given_names: str
    call_name: str
    born: date
    code: str
    kind: IdentityKind
    language: Language
    since: date
    phone: str
    email: str
    street: str


def invent(seed: int) -> Iterator[Invented]:
    """Invented people without end, the same for the same seed; no code is given twice."""
    random = Random(seed)  # noqa: S311  (invented names, not secrets)
    used: set[str] = set()
    number = 0
    while True:
        number += 1
        born = date(1936, 1, 1) + timedelta(days=random.randrange(72 * 365))
        digits = born.strftime("%d%m%y")
        individual = f"{random.randrange(900, 1000)}"
        separators = "-YXWVU" if born.year < 2000 else "ABCDEF"
        check = rules.hetu_check_character(digits, individual)
        code = f"{digits}{random.choice(separators)}{individual}{check}"
        if code not in used:
            used.add(code)
            yield _person(random, number, born, code)


def _person(random: Random, number: int, born: date, code: str) -> Invented:
    surname = random.choice(_BEGINNINGS) + random.choice(_ENDINGS)
    if random.random() < 0.06:
        surname = random.choice(_OTHER_SURNAMES)
    given = random.sample(_GIVEN, 2)
    kind = random.choices(list(IdentityKind), [94, 3, 3])[0]
    flat = f"{random.randrange(1, 60)} {random.choice('ABCD')} {random.randrange(1, 80)}"
    mailbox = rules.without_dots(rules.finnish_sort_key(given[0]))
    return Invented(
        surname=surname,
        given_names=" ".join(given),
        call_name=given[0],
        born=born,
        code=code,
        kind=kind,
        language=random.choices(list(Language), [92, 4, 4])[0],
        since=date(2008, 1, 1) + timedelta(days=random.randrange(18 * 365)),
        phone=f"+35849{number % 10_000_000:07}",
        email=f"{mailbox}.{number}@example.{'fi' if number % 3 else 'com'}",
        street=f"{random.choice(_STREETS)} {flat}",
    )


def make_persons(people: list[Invented]) -> list[Person]:
    """Write invented people in bulk; runs inside an access context. At most BATCH at a time."""
    with bulk_write("invented people"):
        persons = Person.objects.bulk_create(
            Person(
                surname=one.surname,
                given_names=one.given_names,
                call_name=one.call_name,
                language=one.language,
                customer_since=one.since,
            )
            for one in people
        )
        pairs = list(zip(persons, people, strict=True))
        Identity.objects.bulk_create(_identity(person, one) for person, one in pairs)
        ContactPoint.objects.bulk_create(
            point for person, one in pairs for point in _contact_points(person, one)
        )
        Address.objects.bulk_create(_address(person, one) for person, one in pairs)
    return persons


def _identity(person: Person, one: Invented) -> Identity:
    coded = one.kind != IdentityKind.BIRTH_DATE
    identity = Identity(person=person, kind=one.kind, birth_date=one.born, artificial=coded)
    identity.hetu = one.code if coded else None
    return identity


def _contact_points(person: Person, one: Invented) -> list[ContactPoint]:
    values = {ContactKind.PHONE: one.phone, ContactKind.EMAIL: one.email}
    return [
        ContactPoint(
            person=person, kind=kind, value=value, source=Source.APPLICATION, valid_from=one.since
        )
        for kind, value in values.items()
    ]


def _address(person: Person, one: Invented) -> Address:
    return Address(
        person=person,
        kind=AddressKind.HOME,
        street=one.street,
        postal_code="97999",
        town="Hillakoski",
        source=Source.POPULATION_REGISTER,
        valid_from=one.since,
    )


def fill(scale: Scale, progress: Progress) -> None:
    """The room's part of the demo company."""
    people = islice(invent(scale.seed), scale.persons)
    done = 0
    while batch := list(islice(people, BATCH)):
        done += len(make_persons(batch))
        progress(done, scale.persons)


def empty() -> bool:
    """Whether nobody is in the register."""
    return not Person.objects.exists()
