"""The import of homes as `vuokra.imports` knows it, and its pages."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leases.homes.imports.check import check
from leases.homes.imports.columns import COLUMNS
from leases.homes.imports.write import write
from registry.persons.purposes import VIEWING
from vuokra.imports.pages import ImportPages, Words
from vuokra.imports.registry import Importer
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

IMPORTER: Final = Importer(
    code="homes",
    title=_("Huoneistojen tuonti"),
    columns=COLUMNS,
    needs=((Group.HOMES, Level.WRITE),),
    check=check,
    write=write,
)


def _button(count: int) -> str:
    return ngettext("Tuo %(count)s huoneisto", "Tuo %(count)s huoneistoa", count)


def _done(count: int) -> str:
    return ngettext("%(count)s huoneisto tuotiin.", "%(count)s huoneistoa tuotiin.", count)


def _known(count: int) -> str:
    return ngettext(
        "%(count)s huoneisto on jo kirjattu; sen tiedot eivät muutu.",
        "%(count)s huoneistoa on jo kirjattu; niiden tiedot eivät muutu.",
        count,
    )


PAGES: Final = ImportPages(
    IMPORTER,
    "homes",
    VIEWING,
    Words(
        columns=_(
            "Ensimmäisellä rivillä ovat otsikot suomeksi tai englanniksi, missä järjestyksessä "
            "tahansa. Yksi rivi on yksi huoneisto. Uudet kohteet, talot ja portaat syntyvät "
            "osoitteista."
        ),
        button=_button,
        done=_done,
        known=_known,
        nothing=_("Kaikki huoneistot on jo kirjattu."),
        home="homes:flats",
        home_label=_("Huoneistot"),
    ),
    "huoneistot",
)
