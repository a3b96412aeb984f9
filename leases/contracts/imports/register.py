"""The import of leases as `vuokra.imports` knows it, and its pages."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leases.contracts.imports.check import check
from leases.contracts.imports.columns import COLUMNS
from leases.contracts.imports.write import write
from registry.persons.purposes import VIEWING
from vuokra.imports.pages import ImportPages, Words
from vuokra.imports.registry import Importer
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

IMPORTER: Final = Importer(
    code="leases",
    title=_("Vuokrasopimusten tuonti"),
    columns=COLUMNS,
    needs=(
        (Group.CUSTOMER, Level.READ),
        (Group.PERSON, Level.READ),
        (Group.HOMES, Level.READ),
        (Group.LEASE, Level.WRITE),
    ),
    check=check,
    write=write,
)


def _button(count: int) -> str:
    return ngettext("Tuo %(count)s sopimus", "Tuo %(count)s sopimusta", count)


def _done(count: int) -> str:
    return ngettext("%(count)s sopimus tuotiin.", "%(count)s sopimusta tuotiin.", count)


def _known(count: int) -> str:
    return ngettext(
        "%(count)s sopimus on jo kirjattu; se ei muutu.",
        "%(count)s sopimusta on jo kirjattu; ne eivät muutu.",
        count,
    )


PAGES: Final = ImportPages(
    IMPORTER,
    "leases",
    VIEWING,
    Words(
        columns=_(
            "Ensimmäisellä rivillä ovat otsikot suomeksi tai englanniksi, missä järjestyksessä "
            "tahansa. Yksi rivi on yksi allekirjoitettu sopimus. Henkilöt ja huoneistot tuodaan "
            "ennen sopimuksia."
        ),
        button=_button,
        done=_done,
        known=_known,
        nothing=_("Kaikki sopimukset on jo kirjattu."),
        home="leases:list",
        home_label=_("Vuokrasopimukset"),
    ),
    "sopimukset",
)
