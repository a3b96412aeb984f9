"""One row of a file as a signed lease, held to the rules of the forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from leases.contracts.imports.columns import PETS, SMOKING, WATER
from leases.contracts.models import CLAUSES_LENGTH, ComponentKind
from leases.contracts.rules.persons import Role
from leases.homes.models.buildings import HOUSE_LENGTH, STREET_LENGTH
from leases.homes.rules import AddressError, address_key, parse_address
from registry.persons.imports.cells import CellReader
from registry.persons.models import ExternalId
from vuokra.imports.columns import Row
from vuokra.imports.registry import Report

CENT: Final = Decimal("0.01")
MOST: Final = Decimal("99999.99")
PRICES: Final = {
    "rent": ComponentKind.RENT,
    "water_person": ComponentKind.WATER_PERSON,
    "water_advance": ComponentKind.WATER_ADVANCE,
    "sauna": ComponentKind.SAUNA,
    "parking": ComponentKind.PARKING,
}
PEOPLE: Final = {
    "tenant": Role.TENANT,
    "co_tenants": Role.CO_TENANT,
    "spouse": Role.SPOUSE,
    "occupants": Role.OCCUPANT,
    "guarantors": Role.GUARANTOR,
}


@dataclass(slots=True, repr=False)
class ImportedLease:
    """What a good row says of a lease. `people` are columns with ids as typed; `flat_id` and
    `parties` are found in the register by the check. Its `repr` tells nothing."""

    row: int
    key: str
    people: list[tuple[str, str]]
    starts_on: date
    concluded_on: date
    term_ends_on: date | None
    last_day: date | None
    first_notice_on: date | None
    prices: dict[ComponentKind, Decimal]
    priced_from: date
    persons: int
    terms: dict[str, object]
    flat_id: int = 0
    parties: list[tuple[Role, int]] = field(default_factory=list)
    open_ended: bool = True
    follows: int | None = None

    @property
    def tenant_id(self) -> int:
        """The first tenant, once found."""
        return next(person for role, person in self.parties if role is Role.TENANT)

    @property
    def ends_on(self) -> date | None:
        """The last day of the tenancy as far as it is known."""
        if self.last_day is not None:
            return self.last_day
        return None if self.open_ended else self.term_ends_on


class RowReader(CellReader):
    """Reads the lease of one row."""

    def __init__(self, row: Row, report: Report, today: date) -> None:
        super().__init__(row, report)
        self.today = today

    def lease(self) -> ImportedLease | None:
        """The lease of the row, or None when something in it is wrong."""
        key = self._address()
        people = [(column, typed) for column in PEOPLE for typed in self._people(column)]
        starts_on, concluded_on = self.day("starts_on"), self.day("concluded_on")
        prices = {
            kind: price
            for column, kind in PRICES.items()
            if (price := self.decimal(column, Decimal("0.00"), MOST, units=("€",))) is not None
        }
        self.require(
            tenant=self.row.text("tenant").strip(), starts_on=starts_on,
            concluded_on=concluded_on, rent=prices.get(ComponentKind.RENT),
        )  # fmt: skip
        term_ends_on, last_day = self.day("term_ends_on"), self.day("last_day")
        priced_from = self.day("priced_from") or starts_on
        persons = self.whole("persons", range(1, 31)) or 1
        terms: dict[str, object] = {
            "due_day": self.whole("due_day", range(1, 29)),
            "water": self.choice("water", WATER) or "persons",
            "smoking": self.choice("smoking", SMOKING) or "forbidden",
            "pets": self.choice("pets", PETS) or "allowed",
            "clauses": self.text("clauses", CLAUSES_LENGTH),
        }
        if starts_on is None or concluded_on is None or priced_from is None:
            return None
        self._check_days(starts_on, concluded_on, priced_from)
        if not self.good:
            return None
        return ImportedLease(
            row=self.row.number, key=key, people=people, starts_on=starts_on,
            concluded_on=concluded_on, term_ends_on=term_ends_on, last_day=last_day,
            first_notice_on=self.day("first_notice_on"), prices=prices,
            priced_from=priced_from, persons=persons, terms=terms,
            open_ended=term_ends_on is None,
        )  # fmt: skip

    # -- parts -------------------------------------------------------------------------------

    def _address(self) -> str:
        typed = self.text("address", STREET_LENGTH + HOUSE_LENGTH + 10)
        if not self.good and not typed:
            return ""
        try:
            return address_key(*parse_address(typed))
        except AddressError:
            self.wrong(
                "address", _("Kirjoita katu, talo, porras ja huoneisto, esimerkiksi %(example)s.")
                % {"example": "Koulukatu 5 A 2"},
            )  # fmt: skip
            return ""

    def _people(self, column: str) -> Iterator[str]:
        for typed in filter(None, map(str.strip, self.text(column, 400).split(","))):
            if len(typed) > ExternalId.LENGTH:
                self.wrong(column, _("Teksti on liian pitkä."))
            yield typed

    def _check_days(self, starts_on: date, concluded_on: date, priced_from: date) -> None:
        if concluded_on > self.today:
            self.wrong("concluded_on", _("Päivä on tulevaisuudessa."))
        for column in ("term_ends_on", "last_day"):
            ends_on = self.day(column)
            if ends_on is not None and ends_on < starts_on:
                self.wrong(column, _("Päättymispäivä on ennen alkamispäivää."))
        last_day = self.day("last_day")
        too_late = last_day is not None and starts_on <= last_day < priced_from
        if priced_from < starts_on or too_late:
            self.wrong("priced_from", _("Hinnat alkavat sopimuksen aikana."))
