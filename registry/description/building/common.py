"""Parts that both documents show, and short forms for their blocks."""

from __future__ import annotations

from collections.abc import Iterable

from registry.description.building.facts import Contact, Facts, both, joined, same
from registry.description.building.texts import DIGITAL, MANUAL, MORE_SECURITY
from registry.description.rules import Block, Line, Style
from registry.retention.words import titled
from vuokra.policy.items import ItemKind, RegisterItem
from vuokra.policy.register.model import EVERYBODY
from vuokra.policy.text import Bilingual
from vuokra.ui.formatting import phone

NAME = Bilingual("Nimi", "Name")
PHONE = Bilingual("Puhelin", "Telephone")
EMAIL = Bilingual("Sähköposti", "E-mail")
ADDRESS = Bilingual("Osoite", "Address")
DATA = Bilingual("Tieto", "Data")
TIME = Bilingual("Säilytysaika", "How long kept")
OFFICER = Bilingual("Tietosuojavastaava", "Data protection officer")
WHOM = Bilingual("Keitä koskee", "Whom it concerns")
ALL = Bilingual("kaikki asiakkaat ja heidän läheisensä", "all customers and those near them")
NOT_ANY_MORE = "S7-04"
"""A recipient of 2019 that has no basis any more."""


def text(key: str, words: Bilingual) -> Block:
    """A paragraph."""
    return Block(Style.TEXT, (Line(key, (words,)),))


def points(lines: Iterable[tuple[str, Bilingual]]) -> Block:
    """A list of points."""
    return Block(Style.LIST, tuple(Line(key, (words,)) for key, words in lines))


def facts(lines: Iterable[tuple[str, Bilingual, Bilingual]]) -> Block:
    """Names with values; what is empty is left out."""
    return Block(
        Style.FACTS, tuple(Line(key, (name, value)) for key, name, value in lines if value.fi)
    )


def table(head: Iterable[Bilingual], lines: Iterable[Line]) -> Block:
    """A table."""
    return Block(Style.TABLE, tuple(lines), tuple(head))


def controller_facts(known: Facts) -> Block:
    """Who keeps the register."""
    company = known.controller
    return facts(
        [
            ("name", NAME, same(company.name)),
            ("business_id", Bilingual("Y-tunnus", "Business ID"), same(company.business_id)),
            ("address", ADDRESS, same(company.address)),
            ("phone", PHONE, same(phone(company.phone))),
            ("email", EMAIL, same(company.email)),
        ]
    )


def contact_facts(key: str, contact: Contact) -> Block:
    """A person in charge."""
    return facts(
        [
            (f"{key}.name", contact.title, same(contact.name)),
            (f"{key}.phone", PHONE, same(phone(contact.phone))),
            (f"{key}.email", EMAIL, same(contact.email)),
        ]
    )


def people_in_charge(known: Facts) -> tuple[Block, ...]:
    """The contact person, and the data-protection officer if there is one."""
    company = known.controller
    found = [contact_facts("contact", company.contact)]
    if company.officer:
        found.append(contact_facts("officer", company.officer))
    return tuple(found)


def subjects_of(items: Iterable[RegisterItem]) -> list[tuple[str, Bilingual]]:
    """The groups of people whom the items concern, each once."""
    found = {subject: subject.text for item in items for subject in item.subjects}
    return [(subject.value, words) for subject, words in found.items()]


def concerned(item: RegisterItem) -> Bilingual:
    """The groups of people whom an item concerns."""
    if {subject.value for subject in item.subjects}.issuperset(EVERYBODY.split()):
        return ALL
    return joined(subject.text for subject in item.subjects)


def retention_table(known: Facts) -> Block:
    """How long data are kept, by code."""
    lines = [Line(code, (titled(code), known.kept(code))) for code in known.retention_codes()]
    return table((DATA, TIME), lines)


def recipients(known: Facts) -> Block:
    """To whom data may go."""
    found = [item for item in known.items if item.kind is ItemKind.RECIPIENT]
    listed = [item for item in found if item.code.startswith("LUO-") and item.id != NOT_ANY_MORE]
    inside = [item for item in listed if item.id < "S7-06"]  # the group and transfers: sentences
    return points((item.id, item.title) for item in inside)


def protection(known: Facts) -> list[tuple[Bilingual, Block]]:
    """How the register is protected, paper and digital."""
    items = [item for item in known.items if item.kind is ItemKind.PROTECTION]
    paper = [item for item in items if item.id <= "S8-03"]
    digital = [(item.id, item.title) for item in items if item not in paper]
    return [
        (MANUAL, points((item.id, item.title) for item in paper)),
        (DIGITAL, points([*digital, *MORE_SECURITY])),
    ]


def sources_of(item: RegisterItem) -> Bilingual:
    """Where an item comes from."""
    return joined(both(source.label) for source in item.sources)
