"""Who of the members of a file is in the register, and who may come into an application."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from applications.intake.codes import Part
from applications.intake.imports.rows import ImportedMember
from applications.intake.models import Member
from registry.persons.imports.check import Known
from registry.persons.models import Identity, Mark, MarkKind, Person
from registry.persons.queries import in_force
from registry.persons.queries.standing import told_to_user
from vuokra.imports.registry import Report

LONGEST_NUMBER: Final = 10


@dataclass(slots=True)
class Register:
    """What the register has of the members of one batch; a fixed number of statements."""

    today: date
    known: Known
    numbers: dict[str, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)
    protected: set[int] = field(default_factory=set)
    marks: dict[int, set[str]] = field(default_factory=dict)
    births: dict[int, date] = field(default_factory=dict)
    open: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, members: Sequence[ImportedMember], today: date) -> Register:
        """Look up everybody of a batch."""
        found = cls(today, Known.of([one.person for one in members if _is_told(one)]))
        typed = {one.customer_number for one in members}
        wanted = [int(one) for one in typed if one.isascii() and one.isdecimal()
                  and len(one) < LONGEST_NUMBER]  # fmt: skip
        by_number = Person.objects.filter(customer_number__in=wanted)
        found.numbers = {
            str(number): pk for number, pk in by_number.values_list("customer_number", "pk")
        }
        found._read({*found.numbers.values(), *found.known.by_code.values(),
                     *found.known.born.values()})  # fmt: skip
        return found

    def _read(self, ids: set[int]) -> None:
        people = Person.objects.filter(pk__in=ids)
        for pk, name, protected in people.values_list("pk", "sort_key", "protected"):
            self.names[pk] = name
            if protected:
                self.protected.add(pk)
        self.told = set(told_to_user(sorted(ids), today=self.today))
        marks = Mark.objects.filter(in_force(self.today), person__in=ids)
        for pk, kind in marks.values_list("person_id", "kind"):
            self.marks.setdefault(pk, set()).add(kind)
        born = Identity.objects.filter(active=True, person__in=ids, birth_date__isnull=False)
        self.births = dict(born.values_list("person_id", "birth_date"))
        taken = Member.objects.filter(is_open=True, person__in=ids).exclude(part=Part.AWAY)
        self.open = dict(taken.values_list("person_id", "application__number"))

    def born(self, member: ImportedMember) -> date | None:
        """The birth date of a member, by the file or the register."""
        return member.person.birth_date or self.births.get(member.known)

    def find(self, member: ImportedMember, report: Report) -> None:
        """Find a member in the register: by customer number, else as the import of people does."""
        if member.customer_number:
            self._by_number(member, report)
        elif self.known.has(member.person, report):
            member.known = self.known.pk_of(member.person)

    def _by_number(self, member: ImportedMember, report: Report) -> None:
        found = self.numbers.get(member.customer_number)
        if found is None or found not in self.told:
            report.error(member.row, "customer_number", _("Numerolla ei ole ketään rekisterissä."))
            return
        coded = self.known.by_code.get(member.person.code) if member.person.code else None
        born = self.births.get(found)
        if coded not in (None, found):
            words = _("Asiakasnumero ja henkilötunnus kuuluvat rekisterissä eri henkilöille.")
            report.error(member.row, "hetu", words)
        elif _is_told(member) and self.names[found] != member.person.name_key:
            words = _("Asiakasnumero on rekisterissä eri nimellä. Tarkista, kummalle se kuuluu.")
            report.error(member.row, "customer_number", words)
        elif member.person.birth_date and born not in (None, member.person.birth_date):
            words = _("Syntymäaika ei ole sama kuin rekisterissä.")
            report.error(member.row, "birth_date", words)
        else:
            member.known = found

    def judge(self, member: ImportedMember, report: Report) -> None:
        """Report somebody who cannot come into an application."""
        if not member.known:
            return
        marks = self.marks.get(member.known, set())
        if member.known not in self.told:
            words = _("Henkilön tietoja ei voi käyttää tässä tuonnissa. Toinen tuo hakemuksen.")
        elif MarkKind.RESTRICTION in marks:
            words = _(
                "Henkilön tietojen käsittely on rajoitettu. Häntä ei voi lisätä hakemukselle."
            )
        elif MarkKind.DECEASED in marks:
            words = _("Henkilö on kirjattu kuolleeksi.")
        elif member.part != Part.AWAY and member.known in self.open:
            words = _(
                "Henkilö on jo voimassa olevalla hakemuksella %(number)s. Tuonti ei uusi eikä "
                "korvaa sitä. Poista tämä hakemus tiedostosta ja uusi, korjaa tai korvaa vanha "
                "käsin."
            ) % {"number": self.open[member.known]}
        else:
            return
        report.error(member.row, _column_of(member), words)


def _is_told(member: ImportedMember) -> bool:
    """Whether the file names the member."""
    return bool(member.person.names.surname or member.person.names.given_names)


def _column_of(member: ImportedMember) -> str:
    if member.customer_number:
        return "customer_number"
    return "hetu" if member.person.code else "surname"
