"""The twelve points of article 15 (data-protection 6.3): what is the same for everybody, and what
follows from the rows that were found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from registry.copies import blocks, keeping
from registry.copies.content import Block, CopyContent
from vuokra.policy.basis import PURPOSE_BASES
from vuokra.policy.items import ITEMS
from vuokra.policy.sources import Source
from vuokra.policy.text import Bilingual

TITLES: dict[int, Bilingual] = {
    1: Bilingual("Käsitelläänkö tietojasi", "Whether your data are processed"),
    2: Bilingual("Mihin tietoja käytetään", "What the data are used for"),
    3: Bilingual("Mitä tietoja on", "What data there are"),
    4: Bilingual("Kenelle tietoja on luovutettu", "To whom the data have been disclosed"),
    5: Bilingual("Kuinka kauan tietoja säilytetään", "How long the data are kept"),
    6: Bilingual("Oikeutesi", "Your rights"),
    7: Bilingual("Valitus tietosuojavaltuutetulle", "Complaint to the supervisory authority"),
    8: Bilingual("Mistä tiedot on saatu", "Where the data come from"),
    9: Bilingual("Automaattiset päätökset", "Automated decisions"),
    10: Bilingual("Siirrot EU:n ulkopuolelle", "Transfers outside the EU"),
    11: Bilingual("Jäljennös tiedoista", "Copy of the data"),
    12: Bilingual("Kuka tietojasi on katsonut", "Who has looked at your data"),
}
TEXTS: dict[int, Bilingual] = {
    1: Bilingual("Kyllä. Yhtiöllä on sinusta tässä kerrotut tiedot.",
                 "Yes. The company holds the data told here."),
    2: Bilingual("Käyttötarkoitukset ja niiden perusteet tietosuoja-asetuksessa ja laissa:",
                 "Purposes and their bases in the Regulation and in law:"),
    3: Bilingual("Tiedot ryhmiteltyinä niin kuin tietosuojaselosteessa. Luvut kertovat, montako "
                 "merkintää ryhmässä on.",
                 "Data grouped as in the privacy notice. The numbers say how many entries each "
                 "group has."),
    4: Bilingual("Luovutuksia ei ole kirjattu.", "No disclosures have been recorded."),
    5: Bilingual("Päivä on viimeinen, jona tiedon uusin merkintä säilytetään. Jos aika ei ole "
                 "alkanut, kerrotaan mistä se alkaa ja kuinka kauan se kestää. Säilytyspidossa "
                 "olevia tietoja ei poisteta ennen kuin pito päättyy.",
                 "The day is the last on which the newest entry is kept. Where the time does not "
                 "run yet it is told from what it will, and for how long. Data under a legal hold "
                 "are not deleted before the hold ends."),
    6: Bilingual("Voit pyytää virheellisen tiedon oikaisemista, tiedon poistamista ja käsittelyn "
                 "rajoittamista, vastustaa käsittelyä ja kieltää suoramarkkinoinnin. Ota yhteyttä "
                 "yhtiöön; pyyntö ei maksa mitään eikä sille ole määrämuotoa.",
                 "You may ask to have wrong data corrected, data erased and their use restricted, "
                 "object to the processing, and forbid direct marketing. Contact the company; a "
                 "request costs nothing and has no set form."),
    7: Bilingual("Jos olet tyytymätön siihen, miten tietojasi käsitellään, voit valittaa "
                 "tietosuojavaltuutetulle (tietosuoja.fi).",
                 "If you are not satisfied with how your data are processed, you may lodge a "
                 "complaint with the Data Protection Ombudsman (tietosuoja.fi)."),
    8: Bilingual("Muualta kuin sinulta itseltäsi saadut tiedot:",
                 "Data that did not come from yourself:"),
    9: Bilingual("Sinua koskevia päätöksiä ei tehdä pelkästään automaattisesti. Päätökset tekee "
                 "nimetty työntekijä.",
                 "No decisions about you are made by automated means alone. Decisions are made by "
                 "a named member of staff."),
    10: Bilingual("Tietoja ei siirretä EU- tai ETA-maiden ulkopuolelle.",
                  "Data are not transferred outside the EU or the EEA."),
    11: Bilingual("Tiedot ovat jäljempänä ja koneluettavina tiedostossa tiedot.json. Ensimmäinen "
                  "jäljennös on maksuton.",
                  "The data follow, and are machine-readable in the file tiedot.json. The first "
                  "copy is free of charge."),
    12: Bilingual("Katselukerrat käyttötarkoituksen mukaan. Jokainen katselu on luettelossa "
                  "jäljempänä: päivä, rooli ja käyttötarkoitus. Tiedostolla todisteet.json voi "
                  "tarkistaa, ettei lokia ole muutettu.",
                  "Consultations by purpose. Each is in the list that follows: day, role and "
                  "purpose. With the file todisteet.json it can be checked that the log was not "
                  "altered."),
}  # fmt: skip
NOTHING_ELSE = Bilingual(
    "Kaikki tiedot ovat sinulta tai syntyneet asiakkuuden aikana.",
    "All data come from you or arose while you were a customer.",
)


def build(content: CopyContent, ids: Sequence[int], today: date) -> list[Block]:
    """All twelve points in order, with what rooms add to them."""
    told: dict[int, list[Block]] = {block.point: [] for block in blocks.blocks()}
    for block in blocks.blocks():
        found = block.build(ids, today)
        if found is not None:
            told[block.point].append(
                Block(block.key, block.point, str(block.title), found.text, found.head, found.rows)
            )
    points: list[Block] = []
    for point in blocks.POINTS:
        own = _point(point, content, today)
        if point == blocks.RECIPIENTS and told.get(point):
            own.text = ""
        points += [own, *told.get(point, [])]
    return points


def _point(point: int, content: CopyContent, today: date) -> Block:
    block = Block(f"point-{point}", point, str(TITLES[point]), str(TEXTS[point]))
    if point == 2:
        block.head = [_("Käyttötarkoitus"), _("Peruste")]
        block.rows = _purposes(content)
    elif point == 3:
        block.head = [_("Tieto"), _("Merkintöjä")]
        block.rows = [[one.title, str(len(one.entries))] for one in content.sections]
    elif point == 5:
        block.head, block.rows = keeping.head(), keeping.table(content, today)
    elif point == 8:
        block.rows = _sources(content)
        block.head = [_("Lähde"), _("Tieto")] if block.rows else []
        block.text = block.text if block.rows else str(NOTHING_ELSE)
    elif point == 12:
        counts = Counter(look.purpose or _("Ei kirjattu") for look in content.looks)
        block.head = [_("Käyttötarkoitus"), _("Katseluja")]
        block.rows = [[purpose, str(count)] for purpose, count in counts.most_common()]
    return block


def _purposes(content: CopyContent) -> list[list[str]]:
    """Every purpose of the items that were found, with the bases of those items, each once."""
    codes = [code for one in content.sections for code in one.code.split("+") if code in ITEMS]
    bases: dict[str, dict[str, None]] = {}
    for code in codes:
        for purpose in ITEMS[code].purposes:
            told = bases.setdefault(str(purpose.label), {})
            told.update(dict.fromkeys(str(basis.text) for basis in PURPOSE_BASES[purpose]))
    return [[purpose, "; ".join(told)] for purpose, told in bases.items()]


def _sources(content: CopyContent) -> list[list[str]]:
    """Sources other than the person, with the items that came from each."""
    found: dict[str, dict[str, None]] = {}
    own = {Source.PERSON, Source.APPLICATION, Source.LEASE, Source.EVENT}
    for section in content.sections:
        for entry in section.entries:
            if entry.source in Source.values and Source(entry.source) not in own:
                found.setdefault(str(Source(entry.source).label), {})[section.title] = None
    return [[source, ", ".join(titles)] for source, titles in sorted(found.items())]
