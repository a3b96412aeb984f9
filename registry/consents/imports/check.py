"""Every row of a file against the rules, the other rows and the register (koeajo)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from registry.consents import queries, rules
from registry.consents.codes import SURVEY_USES, Cell, Kind, Use
from registry.consents.imports.columns import ANSWERS, CHANNELS, USES, key
from registry.consents.models import PROOF_LENGTH, Decision
from registry.consents.queries import Stands
from registry.consents.rules import NOTHING, SAID_NO, Standing
from registry.persons import rules as person_rules
from registry.persons.models import ContactKind, ContactPoint, Identity, Person
from registry.persons.queries import in_force
from registry.persons.queries.majority import is_minor
from vuokra.imports.columns import Row
from vuokra.imports.registry import Plan, Report, Stage, Tell

BATCH: Final = 1000


@dataclass(frozen=True, slots=True)
class Imported:
    """One row that is in order by itself; `person` is known once the register was asked."""

    row: int
    number: int | None
    email: str
    cell: Cell
    permitted: bool
    decided_on: date
    proof: str
    person: int = 0

    @property
    def kind(self) -> Kind:
        """A permission, or a prohibition."""
        return Kind.PERMISSION if self.permitted else Kind.PROHIBITION

    @property
    def column(self) -> str:
        """The column that names the person."""
        return "number" if self.number is not None else "email"


def check(rows: Sequence[Row], report: Report, today: date, tell: Tell) -> Plan[Imported]:
    """What is new in a file, and how many rows change nothing.

    A permission never beats a person's own no: the row is left out and the report lists it (A36).
    """
    plan: Plan[Imported] = Plan([])
    seen: dict[tuple[int, Cell], int] = {}
    read = list(_read(rows, report, today))
    for start in range(0, len(read), BATCH):
        batch = read[start : start + BATCH]
        known = _Known.of(batch, today)
        for one in batch:
            found = known.person_of(one, report)
            if found is None:
                continue
            first = seen.setdefault((found, one.cell), one.row)
            if first != one.row:
                words = _("Sama henkilö, käyttö ja kanava on rivillä %(row)s.")
                report.error(one.row, one.column, words % {"row": first})
            elif known.is_new(one, found, report):
                plan.new.append(replace(one, person=found))
            else:
                plan.known += 1
        tell(Stage.CHECK, min(start + BATCH, len(rows)), len(rows))
    return plan


# -- a row by itself ---------------------------------------------------------------------------


def _read(rows: Iterable[Row], report: Report, today: date) -> Iterator[Imported]:
    for row in rows:
        errors = report.errors + len(row.problems)
        number, email = _number(row, report), _email(row, report)
        cell, permitted = _cell(row, report), _answer(row, report)
        day = _day(row, report, today)
        proof = _proof(row, report)
        if not (row.text("number").strip() or row.text("email").strip()):
            report.error(row.number, "number", _("Anna asiakasnumero tai sähköposti."))
        if report.errors + len(row.problems) > errors or cell is None or day is None:
            continue
        if permitted and not rules.may_permit(cell):
            words = _("Tutkimuksiin ja kyselyihin ei tarvita lupaa. Tuo vain kiellot.")
            report.error(row.number, "permitted", words)
            continue
        yield Imported(row.number, number, email, cell, bool(permitted), day, proof)


def _number(row: Row, report: Report) -> int | None:
    text = row.text("number").strip()
    if not text:
        return None
    if text.isdecimal() and len(text) < 19:
        return int(text)
    report.error(row.number, "number", _("Asiakasnumerossa on vain numeroita."))
    return None


def _email(row: Row, report: Report) -> str:
    text = row.text("email").strip()
    if not text:
        return ""
    try:
        return person_rules.normalise_email(text).casefold()
    except person_rules.ContactError:
        report.error(row.number, "email", _("Tarkista sähköpostiosoite."))
        return ""


def _cell(row: Row, report: Report) -> Cell | None:
    use = USES.get(key(row.text("use")))
    if use is None:
        words = _("Kirjoita suoramarkkinointi, kumppanit, tutkimukset tai kyselyt.")
        report.error(row.number, "use", words)
        return None
    text = key(row.text("channel"))
    if use in SURVEY_USES:
        if text:
            words = _("Tutkimuksissa ja kyselyissä kanava jätetään tyhjäksi.")
            report.error(row.number, "channel", words)
        return rules.cell_of(use, CHANNELS["muu"])
    if text not in CHANNELS:
        words = _("Kirjoita posti, puhelin, sähköposti, tekstiviesti tai muu.")
        report.error(row.number, "channel", words)
        return None
    return Cell(Use(use), CHANNELS[text])


def _answer(row: Row, report: Report) -> bool | None:
    found = ANSWERS.get(key(row.text("permitted")))
    if found is None:
        report.error(row.number, "permitted", _("Kirjoita 1 (lupa) tai 0 (kielto)."))
    return found


def _day(row: Row, report: Report, today: date) -> date | None:
    value = row.values.get("decided_on")
    if not isinstance(value, date):
        if "decided_on" not in row.problems:
            report.error(row.number, "decided_on", _("Anna päivä."))
        return None
    if value > today:
        report.error(row.number, "decided_on", _("Päivä on tulevaisuudessa."))
        return None
    return value


def _proof(row: Row, report: Report) -> str:
    text = person_rules.clean_text(row.text("proof"))
    if len(text) > PROOF_LENGTH:
        words = _("Enintään %(limit)s merkkiä.") % {"limit": PROOF_LENGTH}
        report.error(row.number, "proof", words)
    if person_rules.find_hetus(text):
        report.error(row.number, "proof", _("Tekstissä on henkilötunnus. Poista se."))
    return text


# -- against the register ----------------------------------------------------------------------


@dataclass(slots=True)
class _Known:
    """What the register has of the people of one batch; at most six statements."""

    numbers: dict[int, int] = field(default_factory=dict)
    emails: dict[str, set[int]] = field(default_factory=dict)
    suppressed: set[str] = field(default_factory=set)
    born: dict[int, date] = field(default_factory=dict)
    stands: Stands = field(default_factory=dict)
    written: set[tuple[int, Cell, str, date]] = field(default_factory=set)

    @classmethod
    def of(cls, batch: Sequence[Imported], today: date) -> _Known:
        known = cls()
        numbers = [one.number for one in batch if one.number is not None]
        emails = {one.email for one in batch if one.email}
        known.numbers = dict(
            Person.objects.filter(customer_number__in=numbers).values_list("customer_number", "pk")
        )
        points = ContactPoint.objects.filter(
            in_force(today), kind=ContactKind.EMAIL, search_value__in=emails,
            person__merged_into__isnull=True,
        )  # fmt: skip
        for email, person in points.values_list("search_value", "person_id"):
            known.emails.setdefault(email, set()).add(person)
        known.suppressed = queries.suppressed_texts(emails)
        persons = {*known.numbers.values(), *(p for who in known.emails.values() for p in who)}
        born = Identity.objects.filter(person_id__in=persons)
        known.born = dict(born.values_list("person_id", "birth_date"))
        known._ask(persons, today)
        return known

    def _ask(self, persons: set[int], today: date) -> None:
        self.stands = queries.stands_of_many(persons, today)
        mine = Q(person_id__in=persons, manner="import")
        rows = Decision.objects.filter(mine).values_list(
            "person_id", "use", "channel", "kind", "decided_on"
        )
        for person, use, channel, kind, day in rows:
            cell = queries.cell_by_code(f"{use}:{channel}")
            self.written.add((person, cell, kind, day))

    def person_of(self, one: Imported, report: Report) -> int | None:
        """The person that a row names; an error in the report where there is none, or several."""
        by_number = self.numbers.get(one.number) if one.number is not None else None
        by_email = self.emails.get(one.email, set())
        if one.number is not None:
            if by_number is None:
                report.error(one.row, "number", _("Asiakasnumeroa ei ole rekisterissä."))
            elif one.email and by_email and by_number not in by_email:
                words = _("Sähköposti kuuluu rekisterissä toiselle henkilölle.")
                report.error(one.row, "email", words)
                return None
            return by_number
        if len(by_email) == 1:
            return next(iter(by_email))
        if by_email:
            words = _("Osoite on usealla henkilöllä. Anna asiakasnumero.")
            report.error(one.row, "email", words)
        elif one.email in self.suppressed:
            report.warn(one.row, "email", _("Osoite on estolistalla. Riviä ei tuoda."))
        else:
            report.error(one.row, "email", _("Osoitetta ei ole rekisterissä. Anna asiakasnumero."))
        return None

    def is_new(self, one: Imported, person: int, report: Report) -> bool:
        """Whether the row is to be written; what is left out for another reason than that it is
        there already goes to the report."""
        now = self.stands.get(person, {}).get(one.cell, NOTHING).standing
        said = Standing.PERMITTED if one.permitted else Standing.FORBIDDEN
        if now is said or (person, one.cell, one.kind.value, one.decided_on) in self.written:
            return False
        if not one.permitted:
            return True
        if self._forbidden(one, person):
            words = _("Henkilö on kieltänyt tämän. Kielto jää voimaan, lupaa ei tuoda.")
            report.warn(one.row, "permitted", words)
            return False
        born = self.born.get(person)
        if born is not None and is_minor(born, one.decided_on):
            words = _("Henkilö oli alaikäinen. Lupaa ei tuoda.")
            report.warn(one.row, "permitted", words)
            return False
        if one.email in self.suppressed:
            report.warn(one.row, "email", _("Osoite on estolistalla. Lupaa ei tuoda."))
            return False
        return True

    def _forbidden(self, one: Imported, person: int) -> bool:
        stands = self.stands.get(person, {})
        for cell in rules.also_forbidding(one.cell):
            now = stands.get(cell, NOTHING).standing
            if now is Standing.FORBIDDEN or (cell == one.cell and now in SAID_NO):
                return True
        return False
