"""One row of a file as a person, held to the rules of the forms."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.persons import rules, services
from registry.persons.models import ContactKind, ExternalId, IdentityKind, Language, Source
from registry.persons.services import Names, PostalAddress
from vuokra.imports.columns import Row
from vuokra.imports.registry import Report

Made = TypeVar("Made")
Choice = TypeVar("Choice", IdentityKind, Language, Source)

STREET_LENGTH: Final = 200
TOWN_LENGTH: Final = 100
_FINNISH_POSTAL_CODE: Final = re.compile(r"[0-9]{5}")
_BARE_FINNISH: Final = re.compile(r"358[0-9]{6,10}")

KINDS: Final = {
    "hetu": IdentityKind.HETU, "henkilötunnus": IdentityKind.HETU,
    "identitycode": IdentityKind.HETU, "personalidentitycode": IdentityKind.HETU,
    "keinotunnus": IdentityKind.SUBSTITUTE, "substitute": IdentityKind.SUBSTITUTE,
    "syntymäaika": IdentityKind.BIRTH_DATE, "vainsyntymäaika": IdentityKind.BIRTH_DATE,
    "birthdate": IdentityKind.BIRTH_DATE,
}  # fmt: skip
LANGUAGES: Final = {
    "fi": Language.FINNISH, "suomi": Language.FINNISH, "finnish": Language.FINNISH,
    "sv": Language.SWEDISH, "ruotsi": Language.SWEDISH, "swedish": Language.SWEDISH,
    "svenska": Language.SWEDISH,
    "en": Language.ENGLISH, "englanti": Language.ENGLISH, "english": Language.ENGLISH,
}  # fmt: skip
SOURCES: Final[dict[str, Source]] = {
    **{re.sub(r"\W", "", source.value).casefold(): source for source in Source},
    "asuntohakemus": Source.APPLICATION, "hakemus": Source.APPLICATION,
    "application": Source.APPLICATION,
    "vuokrasopimus": Source.LEASE, "lease": Source.LEASE,
    "asiakasitse": Source.PERSON, "asiakas": Source.PERSON, "person": Source.PERSON,
    "vuokrasuhteentapahtuma": Source.EVENT, "event": Source.EVENT,
    "digijaväestötietovirasto": Source.POPULATION_REGISTER, "dvv": Source.POPULATION_REGISTER,
    "populationregister": Source.POPULATION_REGISTER,
    "luottotietorekisteri": Source.CREDIT_REGISTER, "creditregister": Source.CREDIT_REGISTER,
    "muuviranomainentaiyritys": Source.OTHER, "muu": Source.OTHER, "other": Source.OTHER,
}  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Identified:
    """What identifies a person of the file; `code` is empty when only the birth date is known."""

    kind: IdentityKind
    birth_date: date
    code: str = ""
    artificial: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Reached:
    """Contact details of a person of the file, all from one source and one day."""

    source: Source
    valid_from: date
    phone: str = ""
    email: str = ""
    address: PostalAddress | None = None


@dataclass(frozen=True, slots=True, repr=False)
class ImportedPerson:
    """What a good row says of a person. Its `repr` tells nothing."""

    row: int
    names: Names
    external_id: str = ""
    identity: Identified | None = None
    source: Source | None = None
    reached: Reached | None = None
    language: Language = Language.FINNISH
    customer_since: date | None = None

    @property
    def code(self) -> str:
        return self.identity.code if self.identity else ""

    @property
    def birth_date(self) -> date | None:
        return self.identity.birth_date if self.identity else None

    @property
    def name_key(self) -> str:
        """The name as it is compared: letter case and spelling of spaces aside."""
        return rules.person_sort_key(self.names.surname, self.names.given_names)


class RowReader:
    """Reads the cells of one row; what is wrong goes to the report at its column. `justified`: a
    minor's code may stand there; where it is kept is for the caller to say (DP-A13)."""

    def __init__(self, row: Row, report: Report, today: date, *, justified: bool = False) -> None:
        self.justified = justified
        self.row, self.report, self.today = row, report, today
        self.good = not row.problems

    def person(self) -> ImportedPerson | None:
        """The person of the row, or None when something in it is wrong."""
        source = self._choice("source", SOURCES, _("Lähdettä ei tunneta."))
        found = ImportedPerson(
            row=self.row.number,
            names=self.at("surname", self._names) or Names(),
            external_id=self._external_id(),
            identity=self._identity(),
            source=source,
            reached=self._reached(source),
            language=self._choice("language", LANGUAGES, _("Kirjoita suomi, ruotsi tai englanti."))
            or Language.FINNISH,
            customer_since=self.day("customer_since"),
        )
        return found if self.good else None

    # -- parts -------------------------------------------------------------------------------

    def text(self, column: str) -> str:
        return self.row.text(column)

    def day(self, column: str) -> date | None:
        value = self.row.values.get(column)
        return value if isinstance(value, date) else None

    def wrong(self, column: str, words: str) -> None:
        self.good = False
        self.report.error(self.row.number, column, words)

    def at(self, column: str, check: Callable[[], Made]) -> Made | None:
        """What a check gives; what it refuses is noted at the column, or at those it names."""
        try:
            return check()
        except ValidationError as error:
            named = error.message_dict if hasattr(error, "error_dict") else {column: error.messages}
            for name, words in named.items():
                self.wrong(name, " ".join(words))
            return None

    def _names(self) -> Names:
        return services.checked_names(
            Names(self.text("surname"), self.text("given_names"), self.text("call_name"))
        )

    def _external_id(self) -> str:
        value = rules.clean_text(self.text("external_id"))
        if len(value) > ExternalId.LENGTH:
            self.wrong(
                "external_id",
                _("Tunnuksessa voi olla enintään %(limit)s merkkiä.")
                % {"limit": ExternalId.LENGTH},
            )
        elif value:
            self.at("external_id", lambda: services.refuse_hetu_in_text(value))
        return value

    def _identity(self) -> Identified | None:
        """Kind, code and birth date; the kind follows from the others when it is not told."""
        typed, told = self.text("hetu"), self.day("birth_date")
        kind = self._choice("identity_kind", KINDS, _("Tunnisteen lajia ei tunneta."))
        if kind is None:
            kind = IdentityKind.HETU if typed else IdentityKind.BIRTH_DATE if told else None
        if kind is None or "hetu" in self.row.problems or "birth_date" in self.row.problems:
            return None
        if kind is IdentityKind.BIRTH_DATE:
            return self._born(kind, typed, told)
        hetu = self.at("hetu", lambda: self._code(kind, typed))
        if hetu is None:
            return None
        if told is not None and told != hetu.birth_date:
            self.wrong("birth_date", _("Syntymäaika ei ole sama kuin tunnuksessa."))
        return Identified(kind, hetu.birth_date, hetu.code, hetu.artificial)

    def _born(self, kind: IdentityKind, typed: str, told: date | None) -> Identified | None:
        if typed:
            self.wrong("hetu", _("Lajiksi on kirjattu syntymäaika. Poista tunnus tai laji."))
        day = self.at("birth_date", lambda: services.checked_birth_date(told, today=self.today))
        return Identified(kind, day) if day else None

    def _code(self, kind: IdentityKind, typed: str) -> rules.Hetu:
        """The code; one typed with other dashes or in lower case is corrected, and that is told."""
        proper = rules.corrected_hetu(typed)
        if proper == typed or not rules.find_hetus(proper):
            return self._checked(kind, typed)
        hetu = self._checked(kind, proper)
        self.report.warn(
            self.row.number,
            "hetu",
            _("Tunnus luetaan korjattuna, muodossa %(form)s. Tarkista se ennen tuontia.")
            % {"form": f"••••••{hetu.code[6]}•••{hetu.code[10]}"},
        )
        return hetu

    def _checked(self, kind: IdentityKind, typed: str) -> rules.Hetu:
        return services.check_code(kind, typed, today=self.today, justified=self.justified)

    def _choice(self, column: str, known: dict[str, Choice], words: str) -> Choice | None:
        typed = re.sub(r"[\W_]", "", self.text(column)).casefold()
        if not typed:
            return None
        if typed not in known:
            self.wrong(column, words)
        return known.get(typed)

    def _reached(self, source: Source | None) -> Reached | None:
        """Contact details with the source they must have."""
        phone = self._contact("phone", ContactKind.PHONE)
        email = self._contact("email", ContactKind.EMAIL)
        address = self._address()
        if not (phone or email or address):
            return None
        if source is None:
            if not self.text("source"):
                self.wrong("source", _("Kirjoita, mistä yhteystiedot on saatu."))
            return None
        return Reached(source, self.day("valid_from") or self.today, phone, email, address)

    def _contact(self, column: str, kind: ContactKind) -> str:
        typed = self.text(column)
        if not typed:
            return ""
        if kind is ContactKind.PHONE and _BARE_FINNISH.fullmatch(typed):
            typed = f"+{typed}"  # a spreadsheet takes +358… for a number and drops the sign
        return self.at(column, lambda: services.checked_contact(kind, typed)) or ""

    def _address(self) -> PostalAddress | None:
        typed = PostalAddress(
            self.text("street"), self.text("postal_code"), self.text("town"),
            self.text("country") or "FI",
        )  # fmt: skip
        if not (typed.street or typed.postal_code or typed.town):
            return None
        address = self.at("street", lambda: services.cleaned_address(typed))
        if address is None:
            return None
        for column, value, longest in (
            ("street", address.street, STREET_LENGTH), ("town", address.town, TOWN_LENGTH),
        ):  # fmt: skip
            if not value:
                self.wrong(column, _("Osoitteesta puuttuu tämä tieto."))
            elif len(value) > longest:
                self.wrong(column, _("Teksti on liian pitkä."))
        if address.country == "FI" and not _FINNISH_POSTAL_CODE.fullmatch(address.postal_code):
            self.wrong("postal_code", _("Suomalaisessa postinumerossa on viisi numeroa."))
        elif len(address.postal_code) > 12:
            self.wrong("postal_code", _("Teksti on liian pitkä."))
        return address
