"""The import of applications as `vuokra.imports` knows it, and its pages."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from applications.intake.imports.check import check
from applications.intake.imports.columns import DETAILS, HOME, NEED, OF_MEMBER, PERSON, WHO, WISH
from applications.intake.imports.document import rows_of
from applications.intake.imports.write import write
from vuokra.imports.columns import Columns, RefusedColumn
from vuokra.imports.pages import ImportPages, Words
from vuokra.imports.registry import Importer
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose

PURPOSES: Final = (Purpose.HAKEMUS, Purpose.ASUKASVALINTA)

COLUMNS: Final = Columns(
    read=(*WHO, *PERSON, *OF_MEMBER, *DETAILS, *NEED, *HOME, *WISH),
    refused=(
        RefusedColumn(
            ("turvakielto", "non-disclosure", "protected", "osoitteenluovutuskielto"),
            _("turvakieltoa ei tuoda tiedostosta. Poista sarake, jätä nämä hakemukset pois ja "
              "kirjaa henkilö, turvakielto ja hakemus käsin."),
        ),
        RefusedColumn(
            ("markkinointilupa", "suoramarkkinointilupa", "marketing permission"),
            _("suostumukset tuodaan omalla tuonnillaan. Poista sarake."),
        ),
    ),
    nested=rows_of,
)  # fmt: skip
"""All columns; a JSON document tells the same by the codes."""

IMPORTER: Final = Importer(
    code="applications",
    title=_("Hakemusten tuonti"),
    columns=COLUMNS,
    needs=tuple(
        (group, Level.WRITE)
        for group in (
            Group.PERSON, Group.IDENTITY, Group.HETU, Group.CONTACT, Group.HOUSEHOLD, Group.NEED,
            Group.ECONOMY, Group.PERMIT,
        )
    ),
    check=check,
    write=write,
)  # fmt: skip


def _button(count: int) -> str:
    return ngettext("Tuo %(count)s hakemus", "Tuo %(count)s hakemusta", count)


def _done(count: int) -> str:
    return ngettext("%(count)s hakemus tuotiin.", "%(count)s hakemusta tuotiin.", count)


def _known(count: int) -> str:
    return ngettext(
        "%(count)s hakemus on jo tuotu. Tuonti ei uusi eikä muuta sitä: uusi tai korjaa se käsin.",
        "%(count)s hakemusta on jo tuotu. Tuonti ei uusi eikä muuta niitä: uusi tai korjaa ne "
        "käsin.",
        count,
    )


PAGES: Final = ImportPages(
    IMPORTER,
    "applications",
    PURPOSES,
    Words(
        columns=_(
            "Ensimmäisellä rivillä ovat otsikot suomeksi tai englanniksi, missä järjestyksessä "
            "tahansa. Yksi rivi on yksi ruokakunnan jäsen; koko hakemuksen tiedot ovat hakijan "
            "rivillä. Verkkolomake voi toimittaa saman JSON-tiedostona."
        ),
        button=_button,
        done=_done,
        known=_known,
        nothing=_("Kaikki hakemukset on jo tuotu."),
        home="applications:list",
        home_label=_("Hakemukset"),
    ),
    "hakemukset",
)
