"""Refusals and codes in words for the screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from registry.disclosures.rules import Answer, Refusal
from vuokra.policy.items import ITEMS
from vuokra.ui import formatting

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REFUSALS: dict[Refusal, StrOrPromise] = {
    Refusal.NO_BASIS: gettext_lazy(
        "Vastaanottajalla ei ole voimassa olevaa sopimusta tai muuta perustetta. "
        "Tietoja ei luovuteta."
    ),
    Refusal.NOT_YET: gettext_lazy(
        "Peruste alkaa vasta %(day)s. Tietoja ei luovuteta sitä ennen."
    ),
    Refusal.ENDED: gettext_lazy(
        "Sopimus tai muu peruste päättyi %(day)s. Tietoja ei enää luovuteta."
    ),
    Refusal.PURPOSE: gettext_lazy(
        "Perusteessa ei ole tätä käyttötarkoitusta."
    ),
    Refusal.CODES: gettext_lazy("Perusteen mukaan ei saa luovuttaa: %(codes)s."),
    Refusal.HETU: gettext_lazy(
        "Henkilötunnus luovutetaan vain perintään, luottotietoihin ja viranomaiselle."
    ),
    Refusal.THIRD_COUNTRY: gettext_lazy(
        "Siirto EU- ja ETA-alueen ulkopuolelle on estetty: siirtoperustetta ei ole kirjattu."
    ),
    Refusal.AGGREGATES: gettext_lazy(
        "Konserniyhtiölle annetaan vain koosteita, ei henkilöiden tietoja."
    ),
}  # fmt: skip


def why_not(answer: Answer) -> str:
    """The refusal in words."""
    if answer.refusal is None:
        raise ValueError("The answer is no refusal.")
    values = {
        "day": formatting.date(answer.day) if answer.day else "",
        "codes": named(answer.codes),
    }
    return str(REFUSALS[answer.refusal]) % values


def name_of(code: str) -> str:
    """A register item in words, without what it holds in brackets; a code no longer known as it
    is."""
    return capfirst(str(ITEMS[code].title).partition(" (")[0]) if code in ITEMS else code


def named(codes: Iterable[str]) -> str:
    """Register items in words, in the order of the register description."""
    order = list(ITEMS)
    known = sorted(codes, key=lambda code: order.index(code) if code in ITEMS else len(order))
    return ", ".join(name_of(code) for code in known)
