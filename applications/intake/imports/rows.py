"""One row of a file as a member of a household, the applicant's with what the application says."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from applications.intake.codes import (
    PARTIES,
    Condition,
    Conveniences,
    Employment,
    Kind,
    Part,
    Proof,
    Relation,
    Residence,
    Tenure,
)
from applications.intake.imports.amounts import AmountReader
from applications.intake.imports.columns import DETAILS, HOME, NEED, PERSON, WISH
from applications.intake.imports.document import MemberRow
from applications.intake.imports.words import words_of
from applications.intake.models import (
    CLASS_A,
    SOURCE_ID_LENGTH,
    SOURCE_LENGTH,
    Asset,
    Debt,
    Ground,
    Income,
    Need,
    Permit,
    PresentHome,
    Wish,
    Work,
)
from applications.intake.models.economy import EMPLOYER_LENGTH, OCCUPATION_LENGTH
from applications.intake.models.needs import (
    FLOORS_MOST,
    LANDLORD_LENGTH,
    NOTE_LENGTH,
    PLACE_LENGTH,
    ROOMS_MOST,
    WORDS_LENGTH,
)
from applications.intake.rules import checks
from applications.intake.words import doubt_words
from leases.homes.models import Access, Equipment
from registry.households.rules import HetuRegime, Situation, hetu_regime
from registry.households.services.households import HETU_REFUSED
from registry.persons.imports.cells import YES_NO
from registry.persons.imports.rows import Identified, ImportedPerson
from registry.persons.imports.rows import RowReader as PersonReader
from registry.persons.models import IdentityKind
from registry.persons.queries.majority import is_minor
from registry.persons.services import Names
from vuokra.imports.columns import Row, header_key
from vuokra.imports.registry import Report

CENT: Final = Decimal("0.01")
COST_MOST: Final = Decimal("99999.99")
AREA_MOST: Final = Decimal("9999.99")
YEARS: Final = range(1900, 2101)
MANY: Final = range(1000)
OF_WHOLE: Final = tuple(one.code for one in (*DETAILS, *NEED, *HOME, *WISH))

SiteIds = Mapping[str, int]
"""The sites of the company by what they are called, as `header_key` writes it."""


@dataclass(slots=True, repr=False)
class ImportedMember:
    """What a good row says of a member. `known` is the person's row id once found; `code` goes to
    the application alone (R4). Its `repr` tells nothing."""

    row: int
    part: Part
    relation: str
    customer_number: str
    person: ImportedPerson
    code: str
    residence: str
    permit: Permit | None
    consent_on: date | None
    work: Work | None
    incomes: list[Income]
    assets: list[Asset]
    debts: list[Debt]
    income_told: bool
    wealth_told: bool
    known: int = 0

    @property
    def key(self) -> object:
        """What tells the person from the others of the file."""
        if self.known:
            return self.known
        if self.person.code or self.code:
            return "code", self.person.code or self.code
        return "name", self.person.name_key, self.person.birth_date


@dataclass(slots=True, repr=False)
class Whole:
    """What the applicant's row says of the whole application."""

    details: dict[str, Any]
    need: Need | None
    grounds: list[Ground]
    home: PresentHome | None
    wish: Wish


@dataclass(slots=True, repr=False)
class ImportedApplication:
    """An application of the file; `row` is the applicant's."""

    row: int
    source: str
    source_id: str
    members: list[ImportedMember]
    whole: Whole


class Within(Report):
    """The report of a file, of one member of an application in a JSON document: the row alone does
    not tell whom it concerns."""

    def __init__(self, outer: Report, words: str) -> None:
        super().__init__()
        self._outer, self._words = outer, words

    def error(self, row: int, column: str, text: Any) -> None:
        self._outer.error(row, column, f"{self._words} {text}")

    def warn(self, row: int, column: str, text: Any) -> None:
        self._outer.warn(row, column, f"{self._words} {text}")


def report_of(row: Row, report: Report) -> Report:
    """Where faults of a row go."""
    if isinstance(row, MemberRow) and row.member > 1:
        return Within(report, _("%(number)s. henkilö:") % {"number": row.member})
    return report


class RowReader(AmountReader):
    """Reads the member, and what is said of the application, of one row."""

    def __init__(self, row: Row, report: Report, today: date, sites: SiteIds) -> None:
        super().__init__(row, report_of(row, report))
        self.today, self.sites = today, sites
        self.part = self.choice("part", words_of(Part))

    def source(self) -> tuple[str, str]:
        """Which system the application comes from, and its id there; empty when one is missing."""
        source = self.text("source", SOURCE_LENGTH)
        source_id = self.text("source_id", SOURCE_ID_LENGTH)
        self.require(source=source, source_id=source_id, part=self.part)
        return (source, source_id) if self.good else ("", "")

    # -- the member ----------------------------------------------------------------------------

    def member(self, *, subsidised: bool, received_on: date | None) -> ImportedMember | None:
        """The member of the row, or None when something in it is wrong."""
        relation = self.choice("relation", words_of(Relation))
        if self.part == Part.APPLICANT and relation:
            self.wrong("relation", _("Hakijalla ei ole suhdetta hakijaan. Tyhjennä tieto."))
        elif self.part != Part.APPLICANT and not relation and self.good:
            self.wrong("relation", _("Kerro, mikä henkilö on hakijalle."))
        elif self.part == Part.AWAY and relation != Relation.CHILD:
            self.wrong("part", _("Muualla asuva on hakijan lapsi."))
        person, code = self._person(subsidised, received_on)
        residence = self.choice("residence", words_of(Residence))
        found = ImportedMember(
            row=self.row.number, part=Part(self.part or Part.RESIDENT), relation=relation,
            customer_number=self.text("customer_number", 12), person=person, code=code,
            residence=residence if residence in CLASS_A else "", permit=self._permit(residence),
            consent_on=self._consent(), work=self._work(), incomes=self.incomes(),
            assets=self.assets(), debts=self.debts(),
            income_told=self.yes("income_told"), wealth_told=self.yes("wealth_told"),
        )  # fmt: skip
        return found if self.good else None

    def yes(self, column: str, *, empty: bool = False) -> bool:
        """Whether a cell says yes; what an empty one means is told."""
        said = self.choice(column, YES_NO)
        return said == "yes" if said else empty

    def _person(self, subsidised: bool, received_on: date | None) -> tuple[ImportedPerson, str]:
        """Who it is, by the rules of the import of people, and the code that the application alone
        keeps (HK-TALOUSHETU)."""
        names = {one.code for one in PERSON}
        row = Row(
            self.row.number,
            {code: value for code, value in self.row.values.items() if code in names},
            {code: text for code, text in self.row.problems.items() if code in names},
        )
        row.values["source"] = "application"
        if received_on:
            row.values["valid_from"] = received_on
        nobody = ImportedPerson(self.row.number, Names())
        if self.row.text("customer_number") and not self.row.text("surname"):
            if any(code in row.values for code in ("hetu", "birth_date", "given_names")):
                self.wrong("surname", _("Anna nimi, tai jätä muutkin henkilön tiedot pois."))
            return nobody, ""
        reader = PersonReader(row, self.report, self.today, justified=True)
        person = reader.person()
        self.good = self.good and reader.good
        if person is None:
            return nobody, ""
        if not person.code and not person.birth_date and not self.row.text("customer_number"):
            self.wrong("birth_date", _("Anna henkilötunnus, syntymäaika tai asiakasnumero."))
        return self._by_regime(person, subsidised)

    def _by_regime(self, person: ImportedPerson, subsidised: bool) -> tuple[ImportedPerson, str]:
        """Where the code of the person may be kept (DP-A13)."""
        if not person.code or person.birth_date is None:
            return person, ""
        situation = Situation.SUBSIDISED_APPLICATION if subsidised else Situation.FREE_APPLICATION
        regime = hetu_regime(
            situation, is_minor=is_minor(person.birth_date, self.today),
            becomes_party=self.part in PARTIES, has_reason=False,
        )  # fmt: skip
        if regime is HetuRegime.ACCEPTED:
            return person, ""
        if regime is HetuRegime.REFUSED:
            self.wrong("hetu", str(HETU_REFUSED))
        born = Identified(IdentityKind.BIRTH_DATE, person.birth_date)
        return dataclasses.replace(person, identity=born), person.code

    def _permit(self, residence: str) -> Permit | None:
        first, last = self.day("permit_from"), self.day("permit_to")
        if not residence or residence in CLASS_A:
            if first or last:
                self.wrong("residence", _("Anna oleskelun peruste, jonka päivät nämä ovat."))
            return None
        if residence == Residence.PERMIT and first is None:
            self.wrong("permit_from", _("Anna luvan alkamispäivä."))
        if first and last and last < first:
            self.wrong("permit_to", _("Päättymispäivä on ennen alkamispäivää."))
        permit = Permit()
        permit.kind = residence
        permit.granted_from = first.isoformat() if first else None
        permit.granted_to = last.isoformat() if last else None
        return permit

    def _consent(self) -> date | None:
        """When the guardians consented; whether to a child's lease is asked once it is known who
        the member is."""
        day = self.day("consent_on")
        if day and day > self.today:
            self.wrong("consent_on", _("Päivä on tulevaisuudessa."))
        return day

    def _work(self) -> Work | None:
        since, until = self.day("work_since"), self.day("work_until")
        work = Work(
            employment=self.choice("employment", words_of(Employment)),
            occupation=self.text("occupation", OCCUPATION_LENGTH),
            employer=self.text("employer", EMPLOYER_LENGTH),
            place=self.text("work_place", PLACE_LENGTH), since=since, until=until,
        )  # fmt: skip
        if since and until and until < since:
            self.wrong("work_until", _("Päättymispäivä on ennen alkamispäivää."))
        told = (work.employment, work.occupation, work.employer, work.place, since, until)
        if any(told) and not work.employment and not self.row.text("employment"):
            self.wrong("employment", _("Tämä tieto puuttuu."))
        return work if any(told) else None

    # -- the application -----------------------------------------------------------------------

    def of_whole(self) -> Whole:
        """What the row says of the whole application."""
        received_on = self.day("received_on")
        self.require(received_on=received_on)
        for column in ("received_on", "assured_on", "signed_on"):
            if (day := self.day(column)) and day > self.today:
                self.wrong(column, _("Päivä on tulevaisuudessa."))
        if received_on:
            self._remark(checks.of_receipt(received_on, self.today))
        details = {
            "kind": self.choice("kind", words_of(Kind)) or Kind.NEW,
            "subsidised": self.yes("subsidised", empty=True), "received_on": received_on,
            "assured_on": self.day("assured_on"), "signed_on": self.day("signed_on"),
        }  # fmt: skip
        return Whole(details, self._need(), self.grounds(), self._home(), self._wish())

    def refuse_whole(self) -> None:
        """What concerns the whole application stands on the applicant's row alone."""
        for column in OF_WHOLE:
            if column in self.row.values:
                self.wrong(column, _("Tämä kirjoitetaan vain hakijan riville."))
                return

    def _need(self) -> Need | None:
        need = Need(
            wished_on=self.day("wished_on"), homeless_since=self.day("homeless_since"),
            must_move_by=self.day("must_move_by"),
            away_reason=self.text("away_reason", NOTE_LENGTH),
        )  # fmt: skip
        words, expected = self.text("own_words", WORDS_LENGTH), self.day("expected_on")
        need.own_words = words or None
        need.expected_on = expected.isoformat() if expected else None
        need.expected_proof = str(Proof.TOLD) if expected else None
        self._remark(
            checks.of_need(
                wished_on=need.wished_on, must_move_by=need.must_move_by,
                homeless_since=need.homeless_since, today=self.today,
            )
        )  # fmt: skip
        return need if any(one.code in self.row.values for one in NEED[1:]) else None

    def _home(self) -> PresentHome | None:
        home = PresentHome(
            tenure=self.choice("tenure", words_of(Tenure)),
            municipality=self.text("municipality", PLACE_LENGTH),
            landlord=self.text("landlord", LANDLORD_LENGTH),
            moved_in=self.whole("moved_in", YEARS), rooms=self.whole("rooms", MANY),
            area_m2=self.decimal("area_m2", CENT, AREA_MOST, units=("m²", "m2")),
            residents=self.whole("residents", range(1, MANY.stop)),
            cost_eur=self.decimal("cost_eur", Decimal("0.00"), COST_MOST, units=("€",)),
            condition=self.choice("condition", words_of(Condition)),
            conveniences=self.choice("conveniences", words_of(Conveniences)),
        )  # fmt: skip
        if not any(one.code in self.row.values for one in HOME):
            return None
        self.require(tenure=home.tenure)
        self._remark(
            checks.of_home(
                area_m2=home.area_m2, rooms=home.rooms, residents=home.residents,
                cost_eur=home.cost_eur, moved_in=home.moved_in, born=None, income_eur=None,
                today=self.today,
            )
        )  # fmt: skip
        return home

    def _wish(self) -> Wish:
        wish = Wish(
            sites=self._sites(),
            rooms_from=self.whole("rooms_from", range(1, ROOMS_MOST + 1)),
            rooms_to=self.whole("rooms_to", range(1, ROOMS_MOST + 1)),
            area_from=self.decimal("area_from", CENT, AREA_MOST, units=("m²", "m2")),
            area_to=self.decimal("area_to", CENT, AREA_MOST, units=("m²", "m2")),
            rent_most_eur=self.decimal("rent_most_eur", CENT, COST_MOST, units=("€",)),
            floor_from=self.whole("floor_from", range(1, FLOORS_MOST + 1)),
            floor_to=self.whole("floor_to", range(1, FLOORS_MOST + 1)),
            lift=self.yes("lift"), equipment=self._several("equipment", Equipment),
            access=self.choice("access", words_of(Access)) or Access.NONE,
            pets=self.yes("pets"), smoke_free=self.yes("smoke_free"),
        )  # fmt: skip
        for first, last in (("rooms_from", "rooms_to"), ("area_from", "area_to"),
                            ("floor_from", "floor_to")):  # fmt: skip
            least, most = getattr(wish, first), getattr(wish, last)
            if least is not None and most is not None and most < least:
                self.wrong(last, _("Yläraja on pienempi kuin alaraja."))
        self._remark(checks.of_wish(wish.rent_most_eur))
        return wish

    def _sites(self) -> list[int]:
        found = []
        for name in self.entries("sites"):
            site = self.sites.get(header_key(name))
            if site is None:
                self.wrong("sites", _("Kohdetta ei ole. Kirjoita kohteen numero tai nimi."))
            elif site not in found:
                found.append(site)
        return found

    def _several(self, column: str, kind: type[TextChoices]) -> list[str]:
        known, found = words_of(kind), []
        for name in self.entries(column):
            code = known.get(header_key(name))
            if code is None:
                self.wrong(column, _("Arvoa ei tunneta. Katso sallitut arvot ohjeesta."))
            elif code not in found:
                found.append(code)
        return found

    def _remark(self, remarks: Any) -> None:
        for remark in remarks:
            self.report.warn(self.row.number, remark.field, doubt_words(remark.doubt))
