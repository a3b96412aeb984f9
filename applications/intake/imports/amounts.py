"""Cells that hold several things: incomes, property, debts and the grounds of a need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from applications.intake.codes import AssetKind, DebtKind, IncomeKind, Period, Situation
from applications.intake.imports.words import words_of
from applications.intake.models import Asset, Debt, Ground, Income
from applications.intake.models.given import EUROS_MOST
from applications.intake.rules import checks
from applications.intake.words import doubt_words
from registry.persons.imports.cells import CellReader
from vuokra.imports.columns import header_key
from vuokra.imports.reader import parse_day

_DAY: Final = r"[0-9]{1,2}\.\s?[0-9]{1,2}\.\s?[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
_AMOUNT: Final = re.compile(
    r"(?P<kind>[^:]{1,60}):\s*(?P<euros>[-−]?[0-9 \u00a0]+(?:[.,][0-9]{1,2})?)\s*€?"
    r"(?:\s*/\s*(?P<period>kk|v|month|year))?"
    r"(?:\s+(?P<share>[0-9]{1,3}(?:[.,][0-9]{1,2})?)\s*%)?"
    rf"(?:\s+alkaen\s+(?P<since>{_DAY}))?(?:\s+asti\s+(?P<until>{_DAY}))?"
    rf"(?:\s+luovutettu\s+(?P<given_up_on>{_DAY}))?"
)
_GROUND: Final = re.compile(rf"(?P<code>[A-Ca-c][0-9])(?:\s+(?P<since>{_DAY}))?")
_PERIODS: Final = {"kk": Period.MONTH, "month": Period.MONTH, "v": Period.YEAR, "year": Period.YEAR}
_CENT: Final = Decimal("0.01")
_WHOLE: Final = Decimal(100)


class AmountReader(CellReader):
    """Reads the cells of one row that hold several things, divided by |."""

    today: date

    def incomes(self) -> list[Income]:
        """What the member earns, each unlikely one with a remark."""
        found = []
        for one, kind, euros in self._amounts("incomes", IncomeKind):
            if one["share"] or one["given_up_on"]:
                self.wrong("incomes", _form("palkka: 2450,00 /kk alkaen 1.3.2024"))
                continue
            row = Income(
                kind=kind, euros=euros, period=_PERIODS.get(one["period"] or "", Period.MONTH),
                since=self._day("incomes", one["since"]), until=self._day("incomes", one["until"]),
            )  # fmt: skip
            if euros < 0:
                self.wrong("incomes", _("Tulo ei voi olla alle nolla."))
            if row.since and row.until and row.until < row.since:
                self.wrong("incomes", _("Päättymispäivä on ennen alkamispäivää."))
            self._doubt_income(row)
            found.append(row)
        return found

    def assets(self) -> list[Asset]:
        """What the member owns."""
        found = []
        for one, kind, euros in self._amounts("assets", AssetKind):
            row = Asset(
                kind=kind, euros=euros, given_up_on=self._day("assets", one["given_up_on"]),
                share=_number(one["share"]) if one["share"] else _WHOLE,
            )  # fmt: skip
            if one["period"] or one["since"] or one["until"]:
                self.wrong("assets", _form("asunto: 90000 50 %"))
            if euros < 0:
                text = _("Varallisuus ei voi olla alle nolla. Kirjaa velka omalle rivilleen.")
                self.wrong("assets", text)
            if row.share > _WHOLE:
                self.wrong("assets", _("Omistusosuus on 0–100 %."))
            if (row.kind == AssetKind.GIVEN_UP) != (row.given_up_on is not None):
                self.wrong("assets", _("Luovutetulla varallisuudella on luovutuspäivä."))
            elif row.given_up_on and row.given_up_on > self.today:
                self.wrong("assets", _("Päivä on tulevaisuudessa."))
            for remark in checks.of_asset(euros):
                self._warn("assets", remark)
            found.append(row)
        return found

    def debts(self) -> list[Debt]:
        """What the member owes."""
        found = []
        for one, kind, euros in self._amounts("debts", DebtKind):
            if any(one[name] for name in ("period", "share", "since", "until", "given_up_on")):
                self.wrong("debts", _form("asuntolaina: 40000"))
            if euros < 0:
                self.wrong("debts", _("Velka ei voi olla alle nolla."))
            found.append(Debt(kind=kind, euros=euros))
        return found

    def grounds(self) -> list[Ground]:
        """By which situations a home is needed."""
        found: dict[str, Ground] = {}
        for entry in self.entries("grounds"):
            one = _GROUND.fullmatch(entry)
            code = one["code"].upper() if one else ""
            if one is None or code not in Situation.values:
                text = _("Kirjoita taulukon tunnus, esimerkiksi B6 tai A8 1.1.2027.")
                self.wrong("grounds", text)
            elif code in found:
                self.wrong("grounds", _("Peruste on jo hakemuksella."))
            else:
                found[code] = Ground(situation=code, since=self._day("grounds", one["since"]))
                if (since := found[code].since) and since > self.today:
                    self.wrong("grounds", _("Päivä on tulevaisuudessa."))
        return list(found.values())

    def entries(self, column: str) -> Iterator[str]:
        """What stands in a cell, one by one."""
        return filter(None, map(str.strip, re.split(r"[|\n]", self.row.text(column))))

    # -- parts ---------------------------------------------------------------------------------

    def _amounts(
        self, column: str, kinds: type[TextChoices]
    ) -> Iterator[tuple[re.Match[str], str, Decimal]]:
        known = words_of(kinds)
        for entry in self.entries(column):
            one = _AMOUNT.fullmatch(entry)
            if one is None:
                self.wrong(column, _form("palkka: 2450,00 /kk | eläke: 300 /kk"))
            elif header_key(one["kind"]) not in known:
                self.wrong(column, _("Lajia ei tunneta. Katso sallitut lajit ohjeesta."))
            elif abs(euros := _number(one["euros"])) > EUROS_MOST:
                self.wrong(column, _("Määrä on liian suuri."))
            else:
                yield one, known[header_key(one["kind"])], euros

    def _day(self, column: str, typed: str | None) -> date | None:
        day = parse_day(typed) if typed else None
        if typed and day is None:
            self.wrong(column, _("Päivää ei ole kalenterissa."))
        return day

    def _doubt_income(self, row: Income) -> None:
        for remark in checks.of_income(
            IncomeKind(row.kind), row.euros, Period(row.period),
            since=row.since, until=row.until, today=self.today,
        ):  # fmt: skip
            self._warn("incomes", remark)

    def _warn(self, column: str, remark: checks.Remark) -> None:
        self.report.warn(self.row.number, column, doubt_words(remark.doubt))


def _form(example: str) -> str:
    return _("Kirjoita laji, kaksoispiste ja määrä, esimerkiksi %(example)s.") % {
        "example": example
    }


def _number(typed: str) -> Decimal:
    bare = "".join(typed.split()).replace("−", "-").replace(",", ".")
    return Decimal(bare).quantize(_CENT)
