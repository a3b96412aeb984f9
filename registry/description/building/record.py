"""The record of processing activities (seloste käsittelytoimista): GDPR article 30(1).

For the company and the authority. Section D names every column of the database that holds personal
data, so that the record can be compared with the catalogue.
"""

from __future__ import annotations

from registry.description.building import common, texts
from registry.description.building.common import DATA, WHOM
from registry.description.building.facts import Facts, both, joined, same
from registry.description.rules import Block, Line, Section
from vuokra.policy.basis import PURPOSE_BASES
from vuokra.policy.groups import Group
from vuokra.policy.items import RegisterItem
from vuokra.policy.rights import PURPOSES, RIGHTS, Level
from vuokra.policy.roles import Purpose, Role
from vuokra.policy.text import Bilingual

LEVELS = {
    Level.MASKED: Bilingual("peitettynä", "masked"),
    Level.READ: Bilingual("katselu", "read"),
    Level.WRITE: Bilingual("muuttaminen", "change"),
}
CLASS = Bilingual("luokka", "class")
ITEM_HEAD = (
    DATA,
    WHOM,
    Bilingual("Tarkoitus (B) ja muu peruste", "Purpose (B) and further basis"),
    Bilingual("Kuka näkee (I)", "Seen by (I)"),
    Bilingual("Lähde", "Source"),
    Bilingual("Säilytys", "Kept"),
    Bilingual("Taulut ja sarakkeet", "Tables and columns"),
)


def record(known: Facts) -> tuple[Section, ...]:
    """Every section of the record."""
    held = known.held()
    return (
        Section("A", Bilingual("Rekisterinpitäjä ja yhteyshenkilöt", "Controller and contacts"),
                (common.controller_facts(known), *common.people_in_charge(known))),
        Section("B", Bilingual("Käsittelyn tarkoitukset", "Purposes of processing"),
                (_purposes(),)),
        Section("C", Bilingual("Rekisteröityjen ryhmät", "Categories of data subjects"),
                (common.points(common.subjects_of(held)),)),
        Section("D", Bilingual("Henkilötietoryhmät", "Categories of personal data"),
                (common.table(ITEM_HEAD, [_item(item, known) for item in held]),)),
        Section("E", Bilingual("Vastaanottajien ryhmät", "Categories of recipients"),
                (common.recipients(known), common.text("group", texts.GROUP))),
        Section("F", Bilingual("Siirrot kolmansiin maihin", "Transfers to third countries"),
                (common.text("transfers", texts.TRANSFERS),)),
        Section("G", Bilingual("Tietojen poistamisen määräajat", "Time limits for erasure"),
                (common.retention_table(known),)),
        Section("H", Bilingual("Turvatoimet", "Security measures"), ()),
        *(Section(f"H.{n}", title, (block,))
          for n, (title, block) in enumerate(common.protection(known), start=1)),
        Section("I", Bilingual("Tehtäväroolit ja niiden oikeudet", "Task roles and their rights"),
                (_roles(),)),
    )  # fmt: skip


def _purposes() -> Block:
    head = (
        Bilingual("Tarkoitus", "Purpose"),
        Bilingual("Oikeusperuste", "Legal basis"),
        Bilingual("Roolit", "Roles"),
    )
    return common.table(head, [_purpose(purpose) for purpose in Purpose])


def _purpose(purpose: Purpose) -> Line:
    bases = joined((basis.text for basis in PURPOSE_BASES[purpose]), "; ")
    roles = joined(both(role.label) for role in Role if purpose in PURPOSES[role])
    return Line(purpose.value, (_coded(purpose.value, both(purpose.label)), bases, roles))


def _item(item: RegisterItem, known: Facts) -> Line:
    classes = "–".join(one.value for one in (item.protection, item.stricter) if one)
    purposes = same(", ".join(purpose.value for purpose in item.purposes))
    bases = joined((basis.text for basis in item.basis), "; ")
    return Line(
        item.id,
        (
            Bilingual(*(f"{item.id} {words} ({kind} {classes})"
                        for words, kind in zip(item.title, CLASS, strict=True))),
            common.concerned(item),
            joined(filter(lambda words: words.fi, [purposes, bases]), "; "),
            same(", ".join(role.value for role in item.seen_by)),
            common.sources_of(item),
            same(", ".join(item.retention)),
            same(", ".join(known.places.get(item.id, ()))),
        ),
    )  # fmt: skip


def _roles() -> Block:
    head = (
        Bilingual("Rooli", "Role"),
        *(LEVELS[level] for level in (Level.WRITE, Level.READ, Level.MASKED)),
    )
    return common.table(head, [_role(role) for role in Role])


def _role(role: Role) -> Line:
    cells = [
        joined(both(group.label) for group in Group if RIGHTS[role].get(group) == level)
        for level in (Level.WRITE, Level.READ, Level.MASKED)
    ]
    return Line(role.value, (_coded(role.value, both(role.label)), *cells))


def _coded(code: str, words: Bilingual) -> Bilingual:
    return Bilingual(*(f"{code} {text}" for text in words))
