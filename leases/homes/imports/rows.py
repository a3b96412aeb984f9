"""One row of a file as a flat, held to the rules of the forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _

from leases.homes import rules
from leases.homes.imports.columns import (
    ACCESS,
    EQUIPMENT,
    FUNDING,
    GROUPS,
    KINDS,
    KITCHENS,
    YES_NO,
    Words,
)
from leases.homes.models.buildings import HOUSE_LENGTH, NAME_LENGTH, STREET_LENGTH
from leases.homes.rules import AddressError, Home, Street
from registry.persons.rules import clean_text, find_hetus
from vuokra.imports.columns import Row, header_key
from vuokra.imports.registry import Report

ROOMS: Final = range(1, 21)
AREA: Final = (Decimal("0.1"), Decimal(1000))
YEARS: Final = range(1800, 2201)
FLOORS: Final = range(-3, 100)


@dataclass(frozen=True, slots=True)
class Funded:
    """The funding of a flat of the file."""

    funding: str
    group: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class ImportedFlat:
    """What a good row says of a flat, its house and its site."""

    row: int
    site: int
    site_name: str
    postal_code: str
    town: str
    street: Street
    home: Home
    kind: str
    built: int | None
    lift: bool
    rooms: int
    kitchen: str
    area: Decimal
    floor: int | None
    equipment: list[str]
    access: str
    shares: Decimal | None
    funded: Funded | None
    taken_on: date | None

    @property
    def key(self) -> str:
        """What tells the flat from all others."""
        return rules.address_key(self.street, self.home)


class RowReader:
    """Reads the cells of one row; what is wrong goes to the report at its column."""

    def __init__(self, row: Row, report: Report) -> None:
        self.row, self.report = row, report
        self.good = not row.problems

    def flat(self) -> ImportedFlat | None:
        """The flat of the row, or None when something in it is wrong."""
        address = self._address()
        number, rooms = self._whole("site", range(1, 1_000_000)), self._whole("rooms", ROOMS)
        area = self._decimal("area", *AREA)
        for column, value in (("site", number), ("rooms", rooms), ("area", area)):
            if value is None and not self.row.text(column):
                self.wrong(column, _("Tämä tieto puuttuu."))
        found = {
            "site_name": self._text("site_name", NAME_LENGTH),
            "postal_code": self._postal_code(),
            "town": self._text("town", NAME_LENGTH),
            "kind": self._choice("kind", KINDS) or "block",
            "built": self._whole("built", YEARS),
            "lift": self._choice("lift", YES_NO) == "yes",
            "kitchen": self._choice("kitchen", KITCHENS) or "k",
            "floor": self._whole("floor", FLOORS),
            "equipment": self._equipment(),
            "access": self._choice("access", ACCESS) or "none",
            "shares": self._decimal("shares", Decimal("0.01"), Decimal(100_000)),
            "funded": self._funded(),
            "taken_on": self._day("taken_on"),
        }
        if not self.good or address is None or number is None or rooms is None or area is None:
            return None
        return ImportedFlat(
            row=self.row.number, site=number, street=address[0], home=address[1], rooms=rooms,
            area=area, **found,  # type: ignore[arg-type]  # each of its own type
        )  # fmt: skip

    # -- parts -------------------------------------------------------------------------------

    def wrong(self, column: str, words: str) -> None:
        self.good = False
        self.report.error(self.row.number, column, words)

    def _address(self) -> tuple[Street, Home] | None:
        typed = self._text("address", STREET_LENGTH + HOUSE_LENGTH + 10)
        if not self.good and not typed:
            return None
        try:
            return rules.parse_address(typed)
        except AddressError:
            self.wrong(
                "address", _("Kirjoita katu, talo, porras ja huoneisto, esimerkiksi %(example)s.")
                % {"example": "Koulukatu 5 A 2"},
            )  # fmt: skip
            return None

    def _text(self, column: str, longest: int) -> str:
        text = clean_text(self.row.text(column))
        if len(text) > longest:
            self.wrong(column, _("Teksti on liian pitkä."))
        if find_hetus(text):
            self.wrong(column, _("Tekstissä on henkilötunnus. Poista se."))
        return text

    def _postal_code(self) -> str:
        text = self._text("postal_code", 5)
        if text and not (len(text) == 5 and text.isascii() and text.isdecimal()):
            self.wrong("postal_code", _("Suomalaisessa postinumerossa on viisi numeroa."))
        return text

    def _whole(self, column: str, within: range) -> int | None:
        text = self.row.text(column).strip()
        if not text:
            return None
        digits = text.removeprefix("-")
        if digits.isascii() and digits.isdecimal() and len(digits) < 8 and int(text) in within:
            return int(text)
        self.wrong(
            column, _("Kirjoita kokonaisluku väliltä %(first)s–%(last)s.")
            % {"first": within[0], "last": within[-1]},
        )  # fmt: skip
        return None

    def _decimal(self, column: str, least: Decimal, most: Decimal) -> Decimal | None:
        text = "".join(self.row.text(column).split()).removesuffix("m²").removesuffix("m2")
        if not text:
            return None
        try:
            value = Decimal(text.replace(",", "."))
        except InvalidOperation:
            value = Decimal("NaN")
        if value.is_finite() and least <= value <= most:
            return value.quantize(least)
        self.wrong(column, _("Kirjoita luku, esimerkiksi 54,5."))
        return None

    def _choice(self, column: str, known: Words) -> str:
        typed = header_key(self.row.text(column))
        if typed and typed not in known:
            self.wrong(column, _("Arvoa ei tunneta. Katso sallitut arvot ohjeesta."))
        return known.get(typed, "")

    def _equipment(self) -> list[str]:
        found = []
        for word in filter(None, map(header_key, self.row.text("equipment").split(","))):
            if word not in EQUIPMENT:
                self.wrong("equipment", _("Arvoa ei tunneta. Katso sallitut arvot ohjeesta."))
                return []
            found.append(EQUIPMENT[word])
        return sorted(set(found))

    def _funded(self) -> Funded | None:
        funding, group = self._choice("funding", FUNDING), self._choice("group", GROUPS)
        first, last = self._day("funding_from"), self._day("funding_to")
        if not funding:
            if first or last or group:
                self.wrong("funding", _("Anna rahoitusmuoto, jota tiedot koskevat."))
            return None
        if first is None:
            if "funding_from" not in self.row.problems:
                self.wrong("funding_from", _("Anna päivä, josta rahoitusmuoto on voimassa."))
            return None
        if last is not None and last < first:
            self.wrong("funding_to", _("Viimeinen päivä on ennen ensimmäistä."))
        return Funded(funding, group, first, last)

    def _day(self, column: str) -> date | None:
        value = self.row.values.get(column)
        return value if isinstance(value, date) else None
