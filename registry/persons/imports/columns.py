"""The columns of an import of people, in the order of the template (docs/importing-people.md)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from vuokra.imports.columns import Column, Columns, RefusedColumn

COLUMNS: Final = Columns(
    read=(
        Column(
            "external_id", "Vanha tunnus", "External id", ("old id", "asiakastunnus"),
            help=_("Tunnus vanhassa järjestelmässä. Siitä henkilö tunnetaan, kun sama tiedosto "
                   "tuodaan uudelleen."),
            example="A-10452",
        ),
        Column("surname", "Sukunimi", "Surname", ("last name", "family name"),
               required=True, help=_("Sukunimi tai etunimet on annettava."), example="Mallikas"),
        Column("given_names", "Etunimet", "Given names", ("etunimi", "first names", "first name"),
               help=_("Kaikki etunimet."), example="Meri Orvokki"),
        Column("call_name", "Kutsumanimi", "Call name", ("name in use",), example="Meri"),
        Column(
            "identity_kind", "Tunnisteen laji", "Identity kind",
            help=_("henkilötunnus, keinotunnus tai syntymäaika. Tyhjänä päätellään muista."),
            example="keinotunnus",
        ),
        Column("hetu", "Henkilötunnus", "Identity code", ("hetu", "personal identity code"),
               help=_("Muodossa PPKKVV-NNNT."), example="150685-906N"),
        Column("birth_date", "Syntymäaika", "Birth date", ("date of birth",), day=True,
               help=_("Kun henkilötunnusta ei ole."), example="15.6.1985"),
        Column("language", "Asiointikieli", "Language", ("kieli",),
               help=_("suomi, ruotsi tai englanti (fi, sv, en). Tyhjä on suomi."), example="suomi"),
        Column("customer_since", "Asiakkuus alkoi", "Customer since", day=True,
               example="1.3.2024"),
        Column("phone", "Puhelin", "Phone", ("puhelinnumero", "phone number", "telephone"),
               example="049 000 0001"),
        Column("email", "Sähköposti", "E-mail", ("sähköpostiosoite", "e-mail address"),
               example="meri.mallikas@example.fi"),
        Column("street", "Katuosoite", "Street", ("lähiosoite", "street address", "osoite"),
               help=_("Vakinainen osoite."), example="Koskikatu 1 A 2"),
        Column("postal_code", "Postinumero", "Postal code", ("postcode", "zip code"),
               example="97999"),
        Column("town", "Postitoimipaikka", "Town", ("city", "kunta"), example="Hillakoski"),
        Column("country", "Maa", "Country", ("country code",),
               help=_("Maan tunnus, esimerkiksi SE. Tyhjä on FI."), example="FI"),
        Column(
            "source", "Lähde", "Source", ("tietolähde",),
            help=_("Mistä yhteystiedot on saatu: asuntohakemus, vuokrasopimus, asiakas itse …"),
            example="Asiakas itse",
        ),
        Column("valid_from", "Voimassa alkaen", "Valid from", day=True,
               help=_("Yhteystietojen ensimmäinen päivä. Tyhjä on tuontipäivä."),
               example="1.3.2024"),
    ),
    refused=(
        RefusedColumn(
            ("turvakielto", "non-disclosure", "protected", "osoitteenluovutuskielto"),
            _("turvakieltoa ei tuoda tiedostosta. Poista sarake, jätä nämä henkilöt pois ja kirjaa "
              "heidät ja turvakielto käsin."),
        ),
        RefusedColumn(
            ("markkinointilupa", "suoramarkkinointilupa", "markkinointi", "marketing permission",
             "marketing consent", "marketing"),
            _("markkinointilupaa ei tuoda henkilöiden mukana. Poista sarake ja tuo luvat ja "
              "kiellot omana tiedostonaan."),
        ),
        RefusedColumn(
            ("sukupuoli", "sex", "gender"),
            _("sukupuolta ei kirjata rekisteriin. Poista sarake."),
        ),
    ),
)  # fmt: skip
