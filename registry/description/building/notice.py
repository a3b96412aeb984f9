"""The privacy notice (tietosuojaseloste): GDPR articles 12–14, in the sections of old.

Sections 1–9, opening hours and contacts keep the numbers that people know from the register
description; what the law has added since stands inside them and in section 10.
"""

from __future__ import annotations

from collections.abc import Iterator

from registry.description.building import common, texts
from registry.description.building.common import DATA, WHOM
from registry.description.building.facts import Facts, joined, same
from registry.description.rules import Block, Line, Section
from vuokra.policy.items import ItemKind, RegisterItem
from vuokra.policy.sources import Source
from vuokra.policy.text import Bilingual
from vuokra.ui.formatting import phone

CONTENTS = [
    ("5.2", Bilingual("Perustiedot", "Basic data"), "S5-00", "S5-06"),
    ("5.3", Bilingual("Asunnon hakemiseen ja asiakkuuden alkamiseen liittyvät tiedot",
                      "Applying for a home and the start of the customership"), "S5-06", "S5-27"),
    ("5.4", Bilingual("Vuokrasuhteeseen liittyvät tiedot", "Tenancy"), "S5-27", "S5-36"),
    ("5.5", Bilingual("Muut asiakkuuteen liittyvät tiedot", "Other data on the customership"),
     "S5-36", "S6"),
    ("5.6", Bilingual("Rekisterin käytöstä syntyvät tiedot", "Data that the use makes"), "SY", "T"),
]  # fmt: skip
"""Parts of section 5: the ids from … to (not included)."""

ORDER = "SY-06"
"""The item of the order of applicants: where it is held, its logic is told (article 13(2)(f))."""
KEPT = Bilingual("Säilytys (kohta 10)", "Kept (section 10)")
BASES = Bilingual("Oikeusperuste", "Legal basis")
PURPOSE = Bilingual("Tarkoitus", "Purpose")
SOURCE = Bilingual("Lähde", "Source")
WHAT = Bilingual("Mitä tietoja", "Which data")


def notice(known: Facts) -> tuple[Section, ...]:
    """Every section of the notice."""
    return (
        Section("1", Bilingual("Rekisterinpitäjä", "Controller"),
                (common.controller_facts(known),)),
        Section("2", Bilingual("Rekisteriasioita hoitava henkilö", "Contact person"),
                common.people_in_charge(known)),
        Section("3", Bilingual("Rekisterin nimi", "Name of the register"), (_name(known),)),
        Section("4", Bilingual("Henkilötietojen käyttötarkoitus", "Purposes of processing"),
                tuple(_purposes(known))),
        Section("5", Bilingual("Rekisterin tietosisältö", "Content of the register"), ()),
        *_content(known),
        Section("6", Bilingual("Säännönmukaiset tietolähteet", "Regular sources"),
                tuple(_sources(known))),
        Section("7", Bilingual("Tietojen luovuttaminen ja siirtäminen",
                               "Disclosures and transfers"),
                (common.text("default", texts.DISCLOSURE), common.recipients(known),
                 common.text("group", texts.GROUP), common.text("transfers", texts.TRANSFERS))),
        Section("8", Bilingual("Rekisterin suojaus", "Protection"), ()),
        *(Section(f"8.{n}", title, (block,))
          for n, (title, block) in enumerate(common.protection(known), start=1)),
        Section("9", Bilingual("Tarkastus-, kielto- ja korjausoikeus sekä muut oikeudet",
                               "Access, objection, rectification and other rights"),
                (common.text("intro", texts.RIGHTS_INTRO), _rights(known))),
        Section("10", Bilingual("Säilytysajat", "How long data are kept"),
                (common.text("intro", texts.KEPT), common.retention_table(known))),
        Section("11", Bilingual("Aukioloajat", "Opening hours"), (_hours(known),)),
        Section("12", Bilingual("Yhteystiedot", "Contacts"), tuple(_contacts(known))),
    )  # fmt: skip


def _name(known: Facts) -> Block:
    company = known.controller
    return common.text("name", same(f"{company.name}: {company.register}"))


def _purposes(known: Facts) -> Iterator[Block]:
    yield common.text("intro", texts.PURPOSES)
    yield common.table(
        (PURPOSE, BASES),
        [
            Line(item.id, (item.title, joined((basis.text for basis in item.legal_bases), "; ")))
            for item in known.held(ItemKind.PURPOSE)
        ],
    )
    yield common.text("analysis", texts.NO_ANALYSIS)
    yield common.text("automation", texts.NO_AUTOMATION)
    if any(item.id == ORDER for item in known.held()):
        yield common.text("order", texts.ORDER)
    yield common.text("duty", texts.MUST_TELL)


def _content(known: Facts) -> Iterator[Section]:
    held = known.held()
    people = (common.text("intro", texts.SUBJECTS), common.points(common.subjects_of(held)))
    yield Section("5.1", Bilingual("Rekisteröidyt", "Whose data"), people)
    for code, title, first, end in CONTENTS:
        part = [item for item in held if first <= item.id < end]
        block = _items(part) if part else common.text("none", texts.NONE_YET)
        history = (common.text("history", texts.HISTORY),) if code == "5.2" else ()
        yield Section(code, title, (block, *history))


def _items(items: list[RegisterItem]) -> Block:
    return common.table(
        (DATA, WHOM, KEPT),
        [
            Line(item.id, (item.title, common.concerned(item), same(", ".join(item.retention))))
            for item in items
        ],
    )


def _sources(known: Facts) -> Iterator[Block]:
    held = known.held()
    titles = {item.code: item.title for item in known.items if item.kind is ItemKind.SOURCE}
    used = [source for source in Source if any(source in item.sources for item in held)]
    yield common.table(
        (SOURCE, WHAT),
        [
            Line(
                source.value,
                (titles[source.value],
                 joined(item.title for item in held if source in item.sources)),
            )
            for source in used
        ],
    )  # fmt: skip
    yield common.text("elsewhere", texts.ELSEWHERE)


def _rights(known: Facts) -> Block:
    lines = list(texts.RIGHTS)
    if known.answer:
        words = zip(texts.ANSWERED, known.answer, strict=True)
        answered = Bilingual(*(sentence.format(time=time) for sentence, time in words))
        lines.append(("answered", Bilingual("Vastausaika", "Time to answer"), answered))
    return common.facts([*lines, ("complaint", texts.COMPLAINT_TITLE, texts.COMPLAINT)])


def _hours(known: Facts) -> Block:
    openings = known.controller.openings
    if not openings:
        return common.text("none", texts.NO_HOURS)
    return common.facts((one.day.fi, one.day, same(one.hours)) for one in openings)


def _contacts(known: Facts) -> Iterator[Block]:
    yield common.controller_facts(known)
    for number, one in enumerate(known.controller.contacts):
        key = f"{number}"
        told = joined(filter(lambda text: text.fi, [
            same(one.name), same(phone(one.phone)), same(one.email), one.hours,
        ]))  # fmt: skip
        yield common.facts([(key, one.title, told)])
