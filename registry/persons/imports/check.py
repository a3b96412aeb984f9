"""Every row of a file against the rules, the other rows and the register (koeajo)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from registry.persons.imports.rows import ImportedPerson, RowReader
from registry.persons.models import ExternalId, FormerCode, FormerCodeReason, Identity, Person
from vuokra.crypto.blind import blind
from vuokra.db.bulk import batches
from vuokra.imports.columns import Row
from vuokra.imports.registry import Plan, Report, Stage, Tell

BATCH = 1000


def check(rows: Sequence[Row], report: Report, today: date, tell: Tell) -> Plan[ImportedPerson]:
    """The people who are new, and how many the register has already.

    Somebody is known by the old system's id, by the code, or without either by name and birth
    date. What is known stays as it is: an import changes nobody.
    """
    total = 2 * len(rows)  # once by itself, once against the register
    people = _without_doubles(_people(rows, report, today, tell, total), report)
    plan: Plan[ImportedPerson] = Plan([])
    for done, batch in enumerate(batches(people, BATCH)):
        known = Known.of(batch)
        for person in batch:
            if known.has(person, report):
                plan.known += 1
            else:
                plan.new.append(person)
        tell(Stage.CHECK, len(rows) + min((done + 1) * BATCH, len(rows)), total)
    return plan


def _people(
    rows: Sequence[Row], report: Report, today: date, tell: Tell, total: int
) -> Iterator[ImportedPerson]:
    for done, row in enumerate(rows):
        if done % BATCH == 0:
            tell(Stage.CHECK, done, total)
        reader = RowReader(row, report, today)
        person = reader.person()
        if person is None:
            continue
        if person.code or person.birth_date or person.external_id:
            yield person
        else:
            reader.wrong("hetu", _("Anna henkilötunnus, syntymäaika tai vanha tunnus."))


def _without_doubles(people: Iterable[ImportedPerson], report: Report) -> list[ImportedPerson]:
    """The first of those that the file tells twice; the others are errors."""
    seen: dict[tuple[object, ...], int] = {}
    kept = []
    for person in people:
        for column, key, words in _keys(person):
            first = seen.setdefault(key, person.row)
            if first != person.row:
                report.error(person.row, column, words % {"row": first})
                break
        else:
            kept.append(person)
    return kept


def _keys(person: ImportedPerson) -> Iterator[tuple[str, tuple[object, ...], str]]:
    """What tells a person from the others of the file: column, key, and what is said of a second
    one."""
    if person.external_id:
        yield "external_id", ("id", person.external_id), _("Sama vanha tunnus on rivillä %(row)s.")
    if person.code:
        yield "hetu", ("code", person.code), _("Sama tunnus on rivillä %(row)s.")
    if not person.code and not person.external_id:
        key = ("name", person.name_key, person.birth_date)
        yield "birth_date", key, _("Sama nimi ja syntymäaika on rivillä %(row)s.")


@dataclass(slots=True)
class Known:
    """What the register has of the people of one batch."""

    by_external: dict[str, int] = field(default_factory=dict)
    by_code: dict[str, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    coded: dict[int, bool] = field(default_factory=dict)
    born: dict[tuple[str, date], int] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Sequence[ImportedPerson]) -> Known:
        """At most six statements."""
        known = cls()
        wanted = [person.external_id for person in people if person.external_id]
        known.by_external = dict(
            ExternalId.objects.filter(value__in=wanted).values_list("value", "person_id")
        )
        known._find_codes(people)
        ids = {*known.by_external.values(), *known.by_code.values()}
        known.names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "sort_key"))
        coded = Identity.objects.filter(person_id__in=ids, hetu_index__isnull=False)
        known.coded = dict.fromkeys(coded.values_list("person_id", flat=True), True)
        known._find_births(people)
        return known

    def _find_codes(self, people: Sequence[ImportedPerson]) -> None:
        indexes = {person.code: blind("hetu", person.code) for person in people if person.code}
        codes = {digest: code for code, index in indexes.items() for digest in index.digests}
        wanted = list(indexes.values())
        if not wanted:
            return
        former = FormerCode.objects.filter(hetu_index__in=wanted, reason=FormerCodeReason.CHANGED)
        present = Identity.objects.filter(hetu_index__in=wanted, active=True)
        for found in (former, present):
            for person_id, digest in found.values_list("person_id", "hetu_index"):
                self.by_code[codes[bytes(digest or b"")]] = person_id

    def _find_births(self, people: Sequence[ImportedPerson]) -> None:
        wanted = {(person.name_key, person.birth_date) for person in people if person.birth_date}
        same = Identity.objects.filter(
            active=True,
            birth_date__in={day for _name, day in wanted},
            person__sort_key__in={name for name, _day in wanted},
        )
        for person_id, day, name in same.values_list("person_id", "birth_date", "person__sort_key"):
            self.born[name, day] = person_id

    def has(self, person: ImportedPerson, report: Report) -> bool:
        """Whether the person is in the register; what a human must look at goes to the report."""
        external = self.by_external.get(person.external_id) if person.external_id else None
        coded = self.by_code.get(person.code) if person.code else None
        found = external if external is not None else coded
        if found is None:
            return self._by_name(person, report)
        column = "external_id" if external is not None else "hetu"
        if external is not None and coded is not None and external != coded:
            words = _("Vanha tunnus ja henkilötunnus kuuluvat rekisterissä eri henkilöille.")
            report.error(person.row, "hetu", words)
        elif self.names[found] != person.name_key:
            words = _("Tunnus on jo rekisterissä eri nimellä. Tarkista, kummalle se kuuluu.")
            report.error(person.row, column, words)
        elif person.code and coded is None:
            self._other_code(person, found, report)
        return True

    def pk_of(self, person: ImportedPerson) -> int:
        """The row id of somebody whom `has` has found."""
        for known, key in ((self.by_external, person.external_id), (self.by_code, person.code)):
            if key and key in known:
                return known[key]
        return self.born[person.name_key, person.birth_date or date.min]

    def _other_code(self, person: ImportedPerson, found: int, report: Report) -> None:
        if found in self.coded:
            words = _("Henkilöllä on rekisterissä toinen tunnus. Tarkista, kumpi on oikea.")
            report.error(person.row, "hetu", words)
        else:
            words = _("Henkilö on jo rekisterissä ilman tunnusta. Lisää tunnus hänen kortillaan.")
            report.warn(person.row, "hetu", words)

    def _by_name(self, person: ImportedPerson, report: Report) -> bool:
        """Without a code or an old id, name and birth date tell a person; with one, they only
        make one look."""
        if person.birth_date is None or (person.name_key, person.birth_date) not in self.born:
            return False
        if not person.code and not person.external_id:
            return True
        words = _("Samanniminen, samana päivänä syntynyt on jo rekisterissä. Tarkista henkilö.")
        report.warn(person.row, "surname", words)
        return False
