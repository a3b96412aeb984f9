"""The columns of an import of permissions and prohibitions, and what their cells mean."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.consents.codes import Channel, Use
from vuokra.imports.columns import Column, Columns, RefusedColumn, header_key

COLUMNS: Final = Columns(
    read=(
        Column("number", "Asiakasnumero", "Customer number", ("asiakas", "customer"),
               help=_("Asiakasnumero tai sähköposti on annettava."), example="10452"),
        Column("email", "Sähköposti", "E-mail", ("sähköpostiosoite", "e-mail address"),
               help=_("Osoite, joka on rekisterissä yhdellä henkilöllä."),
               example="meri.mallikas@example.fi"),
        Column("use", "Käyttö", "Use", ("käyttötarkoitus", "purpose"), required=True,
               help=_("suoramarkkinointi, kumppanit, tutkimukset tai kyselyt."),
               example="suoramarkkinointi"),
        Column("channel", "Kanava", "Channel", ("tapa",),
               help=_("posti, puhelin, sähköposti, tekstiviesti tai muu. Tutkimuksissa ja "
                      "kyselyissä tyhjä."),
               example="sähköposti"),
        Column("permitted", "Lupa", "Permitted", ("sallittu", "permission"), required=True,
               help=_("1 tai kyllä: lupa. 0 tai ei: kielto."), example="0"),
        Column("decided_on", "Päivä", "Date", ("pvm", "päivämäärä"), required=True, day=True,
               help=_("Milloin henkilö antoi luvan tai kielsi."), example="1.3.2024"),
        Column("proof", "Todiste", "Proof", ("todisteen tunnus",),
               help=_("Skannatun lomakkeen tai äänitteen tunnus."), example="S-2024-118"),
    ),
    refused=(
        RefusedColumn(
            ("turvakielto", "non-disclosure", "osoitteenluovutuskielto"),
            _("turvakieltoa ei tuoda tiedostosta. Poista sarake."),
        ),
        RefusedColumn(
            ("henkilötunnus", "hetu", "personal identity code"),
            _("henkilötunnusta ei tarvita. Poista sarake ja käytä asiakasnumeroa."),
        ),
    ),
)  # fmt: skip

USES: Final = {
    "suoramarkkinointi": Use.MARKETING, "markkinointi": Use.MARKETING,
    "directmarketing": Use.MARKETING, "marketing": Use.MARKETING,
    "kumppanit": Use.PARTNER, "kumppani": Use.PARTNER, "konserni": Use.PARTNER,
    "partners": Use.PARTNER, "partner": Use.PARTNER,
    "tutkimukset": Use.RESEARCH, "tutkimus": Use.RESEARCH, "markkinatutkimus": Use.RESEARCH,
    "research": Use.RESEARCH,
    "kyselyt": Use.SURVEY, "kysely": Use.SURVEY, "asiakaskyselyt": Use.SURVEY,
    "surveys": Use.SURVEY, "survey": Use.SURVEY,
}  # fmt: skip
CHANNELS: Final = {
    "posti": Channel.POST, "kirje": Channel.POST, "post": Channel.POST,
    "puhelin": Channel.PHONE, "phone": Channel.PHONE, "telephone": Channel.PHONE,
    "sähköposti": Channel.EMAIL, "email": Channel.EMAIL,
    "tekstiviesti": Channel.SMS, "sms": Channel.SMS, "textmessage": Channel.SMS,
    "muu": Channel.OTHER, "other": Channel.OTHER,
}  # fmt: skip
ANSWERS: Final = {
    "1": True, "kyllä": True, "k": True, "yes": True, "true": True,
    "0": False, "ei": False, "e": False, "no": False, "false": False,
}  # fmt: skip


def key(text: str) -> str:
    """A cell as it is looked up: letters and digits alone, in lower case."""
    return header_key(text)
