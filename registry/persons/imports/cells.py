"""Reading the cells of a row of any import: texts, numbers, choices and days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from registry.persons.rules import clean_text, find_hetus
from vuokra.imports.columns import Row, header_key
from vuokra.imports.registry import Report

Words = Mapping[str, str]
"""What may be written in a cell, as `header_key` writes it, and the code it means."""


def words(**names: tuple[str, ...]) -> dict[str, str]:
    """Codes with the words that mean them, turned into `Words`."""
    return {header_key(text): code for code, texts in names.items() for text in texts}


YES_NO: Words = words(yes=("kyllä", "on", "yes", "x", "1"), no=("ei", "no", "0"))


class CellReader:
    """Reads the cells of one row; what is wrong goes to the report at its column."""

    def __init__(self, row: Row, report: Report) -> None:
        self.row, self.report = row, report
        self.good = not row.problems

    def wrong(self, column: str, words: str) -> None:
        """Note a fault at a column: the row is not taken."""
        self.good = False
        self.report.error(self.row.number, column, words)

    def require(self, **values: object) -> None:
        """What was read of columns that may not be empty: a fault at each that is."""
        for column, value in values.items():
            empty = value in (None, "") and not self.row.text(column).strip()
            if empty and column not in self.row.problems:
                self.wrong(column, _("Tämä tieto puuttuu."))

    def text(self, column: str, longest: int) -> str:
        text = clean_text(self.row.text(column))
        if len(text) > longest:
            self.wrong(column, _("Teksti on liian pitkä."))
        if find_hetus(text):
            self.wrong(column, _("Tekstissä on henkilötunnus. Poista se."))
        return text

    def whole(self, column: str, within: range) -> int | None:
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

    def decimal(
        self, column: str, least: Decimal, most: Decimal, units: tuple[str, ...] = ()
    ) -> Decimal | None:
        """A number between two others, to the decimals of `least`; one of the units may follow."""
        text = "".join(self.row.text(column).split())
        for unit in units:
            text = text.removesuffix(unit)
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

    def choice(self, column: str, known: Words) -> str:
        typed = header_key(self.row.text(column))
        if typed and typed not in known:
            self.wrong(column, _("Arvoa ei tunneta. Katso sallitut arvot ohjeesta."))
        return known.get(typed, "")

    def day(self, column: str) -> date | None:
        value = self.row.values.get(column)
        return value if isinstance(value, date) else None
