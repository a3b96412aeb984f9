"""One row of a file as a flat, held to the rules of the forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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
)
from leases.homes.models.buildings import HOUSE_LENGTH, NAME_LENGTH, STREET_LENGTH
from leases.homes.rules import AddressError, Home, Street
from registry.persons.imports.cells import YES_NO, CellReader
from vuokra.imports.columns import header_key

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


class RowReader(CellReader):
    """Reads the flat of one row."""

    def flat(self) -> ImportedFlat | None:
        """The flat of the row, or None when something in it is wrong."""
        address = self._address()
        number, rooms = self.whole("site", range(1, 1_000_000)), self.whole("rooms", ROOMS)
        area = self.decimal("area", *AREA, units=("m²", "m2"))
        self.require(site=number, rooms=rooms, area=area)
        found = {
            "site_name": self.text("site_name", NAME_LENGTH),
            "postal_code": self._postal_code(),
            "town": self.text("town", NAME_LENGTH),
            "kind": self.choice("kind", KINDS) or "block",
            "built": self.whole("built", YEARS),
            "lift": self.choice("lift", YES_NO) == "yes",
            "kitchen": self.choice("kitchen", KITCHENS) or "k",
            "floor": self.whole("floor", FLOORS),
            "equipment": self._equipment(),
            "access": self.choice("access", ACCESS) or "none",
            "shares": self.decimal("shares", Decimal("0.01"), Decimal(100_000)),
            "funded": self._funded(),
            "taken_on": self.day("taken_on"),
        }
        if not self.good or address is None or number is None or rooms is None or area is None:
            return None
        return ImportedFlat(
            row=self.row.number, site=number, street=address[0], home=address[1], rooms=rooms,
            area=area, **found,  # type: ignore[arg-type]  # each of its own type
        )  # fmt: skip

    # -- parts -------------------------------------------------------------------------------

    def _address(self) -> tuple[Street, Home] | None:
        typed = self.text("address", STREET_LENGTH + HOUSE_LENGTH + 10)
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

    def _postal_code(self) -> str:
        text = self.text("postal_code", 5)
        if text and not (len(text) == 5 and text.isascii() and text.isdecimal()):
            self.wrong("postal_code", _("Suomalaisessa postinumerossa on viisi numeroa."))
        return text

    def _equipment(self) -> list[str]:
        found = []
        for word in filter(None, map(header_key, self.row.text("equipment").split(","))):
            if word not in EQUIPMENT:
                self.wrong("equipment", _("Arvoa ei tunneta. Katso sallitut arvot ohjeesta."))
                return []
            found.append(EQUIPMENT[word])
        return sorted(set(found))

    def _funded(self) -> Funded | None:
        funding, group = self.choice("funding", FUNDING), self.choice("group", GROUPS)
        first, last = self.day("funding_from"), self.day("funding_to")
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
