"""The words of a file and the codes they mean: codes, the labels of the form, and short names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.db.models import TextChoices
from django.utils.translation import override

from applications.intake import codes
from leases.homes.models import Access, Equipment
from registry.persons.imports.cells import Words
from vuokra.imports.columns import header_key

_SHORT: Mapping[type[TextChoices], Mapping[str, tuple[str, ...]]] = {
    codes.Kind: {"new": ("uusi",), "change": ("vaihto",)},
    codes.Part: {"away": ("muualla asuva lapsi", "muualla asuva")},
    codes.Residence: {
        "citizen": ("kansalainen", "suomalainen"),
        "registered": ("rekisteröity",),
        "study": ("opiskelu",),
        "permit": ("lupa", "oleskelulupa"),
        "seeker": ("ei lupaa", "turvapaikanhakija"),
    },
    codes.Tenure: {
        "own": ("oma",), "rented": ("vuokra",), "subtenant": ("alivuokra",),
        "employer": ("työsuhde",),
    },
    codes.Employment: {
        "permanent": ("vakinainen",), "temporary": ("määräaikainen",),
        "part_time": ("osa-aikainen",),
    },
    codes.IncomeKind: {
        "wage": ("palkka",), "parental": ("vanhempainpäiväraha",), "business": ("yritys",),
        "unemployment": ("työttömyysturva",),
    },
    codes.AssetKind: {
        "dwelling": ("asunto",), "real_estate": ("kiinteistö",), "savings": ("talletukset",),
        "securities": ("arvopaperit",), "estate": ("kuolinpesä",), "cottage": ("mökki",),
    },
    codes.DebtKind: {"other": ("muu",)},
    Equipment: {},
    Access: {},
}  # fmt: skip


@cache
def words_of(kind: type[TextChoices]) -> Words:
    """What may be written for each code: the code, its label in both languages, its short names."""
    found: dict[str, str] = {}
    for language in ("en", "fi"):
        with override(language):
            found |= {header_key(str(one.label)): one.value for one in kind}
    for value, texts in _SHORT.get(kind, {}).items():
        found |= {header_key(text): value for text in texts}
    return found | {header_key(one.value): one.value for one in kind}
