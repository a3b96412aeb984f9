"""The import of permissions and prohibitions as `vuokra.imports` knows it, and its pages."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registry.consents.imports.check import check
from registry.consents.imports.columns import COLUMNS
from registry.consents.imports.write import write
from registry.persons.purposes import VIEWING
from vuokra.imports.pages import ImportPages, Words
from vuokra.imports.registry import Importer
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

NEEDS: Final = (
    (Group.CUSTOMER, Level.READ),
    (Group.PERSON, Level.READ),
    (Group.IDENTITY, Level.READ),
    (Group.CONTACT, Level.READ),
    (Group.CONSENT, Level.WRITE),
)
IMPORTER: Final = Importer(
    code="consents",
    title=_("Lupien ja kieltojen tuonti"),
    columns=COLUMNS,
    needs=NEEDS,
    check=check,
    write=write,
)


def _button(count: int) -> str:
    return ngettext("Tuo %(count)s rivi", "Tuo %(count)s riviä", count)


def _done(count: int) -> str:
    return ngettext("%(count)s rivi tuotiin.", "%(count)s riviä tuotiin.", count)


def _known(count: int) -> str:
    return ngettext(
        "%(count)s rivi ei muuta mitään: se on jo kirjattu tai kielto on voimassa.",
        "%(count)s riviä ei muuta mitään: ne on jo kirjattu tai kielto on voimassa.",
        count,
    )


PAGES: Final = ImportPages(
    IMPORTER,
    "consents",
    VIEWING,
    Words(
        columns=_(
            "Ensimmäisellä rivillä ovat otsikot suomeksi tai englanniksi, missä järjestyksessä "
            "tahansa. Yksi rivi on yksi lupa tai kielto. Henkilön oma kielto jää aina voimaan."
        ),
        button=_button,
        done=_done,
        known=_known,
        nothing=_("Tuotavaa ei ole."),
        home="persons:list",
        home_label=_("Henkilöt"),
    ),
    "luvat-ja-kiellot",
)
