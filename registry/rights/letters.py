"""What requesters are told in writing (6.4): receipt, identity, extension, answer, confirmation.

Every letter says which request it answers, and those that refuse anything tell of the supervisor
and of the courts. The words are those of the screen's languages; values come from the request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.protection.letters import letter_address, name_on_envelope
from registry.rights import bars, clock
from registry.rights.models import (
    NOT_WHOLLY,
    DataRequest,
    Decision,
    Letter,
    LetterKind,
    Level,
    Right,
    Way,
)
from registry.rights.queries.notices import notices_of
from registry.rights.rule_rows import LAPSE_DAYS, SUPERVISOR
from vuokra.access.context import current
from vuokra.accounts.models import User
from vuokra.documents import registry, services
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document
from vuokra.documents.registry import Data, Kind
from vuokra.policy.groups import Group
from vuokra.policy.roles import Purpose
from vuokra.rules.queries import rule
from vuokra.ui import formatting

PREFIX: Final = "rights."
TEMPLATE: Final = "registry/rights/letter.typ"
POSTED: Final = (Way.LETTER, Way.REGISTERED)
Section = dict[str, Any]


def order(letter: Letter) -> Document | None:
    """Have the letter made (kirjeen tilaaminen); none for what was said by telephone."""
    row = letter.request
    if letter.way == Way.PHONE:
        return None
    acting = current().actor.user_id
    return services.order(
        f"{PREFIX}{letter.kind}",
        subjects=[row.person_id] if row.person_id else [],
        language=str(letter.language),
        reference=row.number,
        by=User.objects.filter(pk=acting or 0).first(),
        purpose=Purpose.OIKEUDET,
        about_id=letter.pk,
    )


def data(document: Document) -> Data:
    """What the letter shows. Raises NotMade when it has no receiver to be posted to."""
    letter = (
        Letter.objects.select_related("request__person").filter(pk=document.about_id or 0).first()
    )
    if letter is None:
        raise NotMade(Fault.DATA)
    return contents(letter.request, LetterKind(letter.kind), Way(letter.way))


def contents(row: DataRequest, kind: LetterKind, way: Way) -> Data:
    """The same of a letter that is not written yet, for a preview."""
    paragraphs, sections = BODIES[kind](row)
    return {
        "receiver": _receiver(row, way),
        "facts": [
            [_("Pyyntö"), row.number],
            [_("Saapunut"), formatting.date(row.received_on)],
            [_("Oikeus"), ", ".join(str(right.label) for right in row.asks)],
        ],
        "paragraphs": [str(text) for text in paragraphs],
        "sections": sections,
    }


def _receiver(row: DataRequest, way: Way) -> list[str]:
    """The lines of the envelope. One who asks for another gets the answer in his own name, at the
    address that he gave; under turvakielto the contact address alone is used."""
    if row.person is not None and not row.behalf:
        if way in POSTED:
            return letter_address(row.person.pk, clock.today()).required()
        return [name_on_envelope(row.person)]
    lines = [row.sender]
    if way in POSTED and row.sender_contact is not None:
        lines += [line.strip() for line in row.sender_contact.reveal().split(",")]
    return [line for line in lines if line]


# -- bodies --------------------------------------------------------------------------------------

Body = tuple[list[str], list[Section]]


def _section(title: str, paragraphs: Iterable[str] = (), **rows: Any) -> Section:
    return {"title": title, "paragraphs": list(paragraphs), "head": [], "rows": []} | rows


def _receipt(row: DataRequest) -> Body:
    return [
        _("Olemme vastaanottaneet pyyntösi."),
        _("Vastaamme viimeistään %(date)s.") % {"date": formatting.date(row.due_target)},
    ], []


def _identity(row: DataRequest) -> Body:
    ways = {
        Level.T0: _("Vastaa tähän viestiin osoitteesta, joka meillä on tiedossa."),
        Level.T1: _("Soitamme sinulle numeroon, joka meillä on tiedossa."),
    }
    how = ways.get(
        Level(row.required_level),
        _("Käy toimistossa ja näytä kuvallinen henkilötodistus, tai tunnistaudu vahvasti postin "
          "palvelussa."),
    )  # fmt: skip
    return [
        _("Meidän on varmistettava, että pyyntö on sinun, ennen kuin vastaamme siihen."),
        how,
        _("Älä lähetä henkilötunnustasi tai kopiota henkilöllisyystodistuksesta. Todistus vain "
          "nähdään: siitä ei oteta kopiota."),
    ], []  # fmt: skip


def _reminder(row: DataRequest) -> Body:
    days = rule(LAPSE_DAYS, clock.today()).integer
    paragraphs, sections = _identity(row)
    return [
        _("Emme ole vielä voineet varmistaa, että pyyntö on sinun."),
        *paragraphs[1:],
        _("Jos emme voi tunnistaa sinua, pyyntö raukeaa, kun tunnistautumispyynnöstä on kulunut "
          "%(days)s päivää.") % {"days": days},
    ], sections  # fmt: skip


def _not_identified(row: DataRequest) -> Body:
    return [
        _("Emme ole voineet varmistaa, että pyyntö on sinun. Siksi emme voi toteuttaa sitä "
          "(tietosuoja-asetus 12 artikla 2)."),
        _("Voit tehdä pyynnön uudelleen milloin tahansa."),
    ], _remedies(row)  # fmt: skip


def _extension(row: DataRequest) -> Body:
    return [
        _("Tarvitsemme pyyntösi käsittelyyn enemmän aikaa."),
        _("Vastaamme viimeistään %(date)s.") % {"date": formatting.date(row.due_target)},
        f"{row.get_extension_ground_display()}. {row.extension_reason}",
    ], _remedies(row)


def _answer(row: DataRequest) -> Body:
    decisions = list(row.decisions.all())
    sections = [_decision(row, decision) for decision in decisions]
    sections += _rectified(row) + _erasure(row)
    sections += _recipients(row)
    if any(one.outcome in NOT_WHOLLY or one.fee for one in decisions):
        sections += _remedies(row)
    if row.person is None:
        return [_("Rekisterissämme ei ole sinua koskevia tietoja.")], sections
    return [_("Vastaamme pyyntöösi seuraavasti.")], sections


def _decision(row: DataRequest, decision: Decision) -> Section:
    words = [str(decision.get_outcome_display()) + "."]
    if decision.outcome in NOT_WHOLLY:
        words += [str(decision.get_ground_display()) + ".", decision.reasons]
    if decision.facts:
        words.append(decision.facts)
    if decision.fee is not None:
        words.append(_("Maksu on %(fee)s.") % {"fee": formatting.money(decision.fee)})
    if decision.to_supervisor:
        words.append(
            _("Tiedot voidaan pyynnöstäsi antaa tietosuojavaltuutetulle (tietosuojalaki 34 §).")
        )
    return _section(str(Right(decision.right).label), words)


def _rectified(row: DataRequest) -> list[Section]:
    """What came of each value that was disputed; the values themselves are not printed."""
    found = [
        [str(one.get_target_display()), str(one.get_result_display()), one.result_note]
        for one in row.corrections.all()
    ]
    if not found:
        return []
    head = [_("Tieto"), _("Tulos"), _("Perustelut")]
    return [_section(_("Oikaistavat tiedot"), head=head, rows=found)]


def _erasure(row: DataRequest) -> list[Section]:
    """What is erased, what is not, by what law, and until when (DP-A33)."""
    found = [
        [
            str(bars.title_of(line.group)), str(line.get_fate_display()),
            " ".join(filter(None, (str(line.get_bar_display()) if line.bar else "", line.statute))),
            formatting.date(line.until) if line.until else "–",
        ]
        for line in row.erasure_lines.all()
    ]  # fmt: skip
    if not found:
        return []
    head = [_("Tietoryhmä"), _("Ratkaisu"), _("Este"), _("Asti")]
    text = _("Varmuuskopioista tiedot poistuvat niiden vanhentuessa.")
    return [_section(_("Poisto tietoryhmittäin"), [text], head=head, rows=found)]


def _recipients(row: DataRequest) -> list[Section]:
    """That those who were given the data are told; by name when the person asks (19 artikla)."""
    if not notices_of(row):
        return []
    text = _("Kerromme tästä niille, joille tietojasi on luovutettu. Pyynnöstäsi kerromme, keille.")
    return [_section(_("Tietojesi vastaanottajat"), [text])]


def _confirmation(row: DataRequest) -> Body:
    return [
        _("Kieltosi tai suostumuksesi peruutus on tallennettu ja voimassa heti."),
        _("Emme käytä tietojasi kieltämääsi tarkoitukseen emmekä luovuta niitä siihen."),
    ], []


def _lifting(row: DataRequest) -> Body:
    return [
        _("Rajoitimme tietojesi käsittelyä pyyntösi vuoksi. Rajoitus päättyy %(date)s.")
        % {"date": formatting.date(clock.today())},
    ], _remedies(row)


def _remedies(row: DataRequest) -> list[Section]:
    """Complaint to the supervisor, and the courts (12 artikla 4)."""
    return [
        _section(
            _("Jos olet tyytymätön"),
            [
                _("Voit valittaa tietosuojavaltuutetulle: %(contact)s.")
                % {"contact": rule(SUPERVISOR, clock.today()).text},
                _("Voit myös viedä asian tuomioistuimeen (tietosuoja-asetus 79 artikla)."),
            ],
        )
    ]


BODIES: Final[dict[LetterKind, Callable[[DataRequest], Body]]] = {
    LetterKind.RECEIPT: _receipt,
    LetterKind.IDENTITY: _identity,
    LetterKind.REMINDER: _reminder,
    LetterKind.NOT_IDENTIFIED: _not_identified,
    LetterKind.EXTENSION: _extension,
    LetterKind.ANSWER: _answer,
    LetterKind.CONFIRMATION: _confirmation,
    LetterKind.LIFTING: _lifting,
}

TITLES: Final = {
    LetterKind.RECEIPT: gettext_lazy("Pyyntösi on vastaanotettu"),
    LetterKind.IDENTITY: gettext_lazy("Varmista, että pyyntö on sinun"),
    LetterKind.REMINDER: gettext_lazy("Muistutus: varmista, että pyyntö on sinun"),
    LetterKind.NOT_IDENTIFIED: gettext_lazy("Pyyntöäsi ei voitu toteuttaa"),
    LetterKind.EXTENSION: gettext_lazy("Pyyntösi käsittely jatkuu"),
    LetterKind.ANSWER: gettext_lazy("Vastaus pyyntöösi"),
    LetterKind.CONFIRMATION: gettext_lazy("Kieltosi on voimassa"),
    LetterKind.LIFTING: gettext_lazy("Käsittelyn rajoitus päättyy"),
}


def register() -> None:
    """Register a kind of document for each letter."""
    for kind, title in TITLES.items():
        registry.register(
            Kind(
                key=f"{PREFIX}{kind.value}", title=title, group=Group.RIGHTS, item="SY-04",
                templates=TEMPLATE, data=data,
            )
        )  # fmt: skip


def papers_of(row: DataRequest) -> dict[int, Document]:
    """The documents of a request by the id of their letter; one statement."""
    found = Document.objects.filter(kind__startswith=PREFIX, reference=row.number)
    return {one.about_id or 0: one for one in found.defer("file", "own_file")}
