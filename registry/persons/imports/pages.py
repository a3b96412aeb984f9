"""The pages of the import of people."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registry.persons.imports.register import IMPORTER
from registry.persons.purposes import VIEWING
from vuokra.imports.pages import ImportPages, Words


def _button(count: int) -> str:
    return ngettext("Tuo %(count)s henkilö", "Tuo %(count)s henkilöä", count)


def _done(count: int) -> str:
    return ngettext("%(count)s henkilö tuotiin.", "%(count)s henkilöä tuotiin.", count)


def _known(count: int) -> str:
    return ngettext(
        "%(count)s henkilö on jo rekisterissä; hänen tietonsa eivät muutu.",
        "%(count)s henkilöä on jo rekisterissä; heidän tietonsa eivät muutu.",
        count,
    )


PAGES: Final = ImportPages(
    IMPORTER,
    "persons",
    VIEWING,
    Words(
        columns=_(
            "Ensimmäisellä rivillä ovat otsikot suomeksi tai englanniksi, missä järjestyksessä "
            "tahansa. Sarakkeen voi jättää pois; sukunimi on pakollinen."
        ),
        button=_button,
        done=_done,
        known=_known,
        nothing=_("Kaikki ovat jo rekisterissä."),
        home="persons:list",
        home_label=_("Henkilöt"),
    ),
    "henkilot",
)
