"""The columns of an import of homes, in the order of the template (docs/importing-homes.md)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.persons.imports.cells import words
from vuokra.imports.columns import Column, Columns

COLUMNS: Final = Columns(
    read=(
        Column("site", "Kohdenumero", "Site number", ("kohde", "site", "property number"),
               required=True, example="101"),
        Column("site_name", "Kohteen nimi", "Site name", ("property name",),
               help=_("Tarvitaan, kun kohde on uusi."), example="Koivurinne"),
        Column("address", "Osoite", "Address", ("huoneisto", "katuosoite"), required=True,
               help=_("Katu, talo, porras ja huoneisto."), example="Koulukatu 5 A 2"),
        Column("postal_code", "Postinumero", "Postal code", ("zip code",),
               help=_("Tarvitaan, kun kohde on uusi."), example="97999"),
        Column("town", "Postitoimipaikka", "Town", ("city", "kunta"),
               help=_("Tarvitaan, kun kohde on uusi."), example="Hillakoski"),
        Column("kind", "Talotyyppi", "Building type",
               help=_("kerrostalo, rivitalo, paritalo tai omakotitalo. Tyhjä on kerrostalo."),
               example="kerrostalo"),
        Column("built", "Valmistumisvuosi", "Year built", ("rakennusvuosi",), example="1987"),
        Column("lift", "Hissi", "Lift", ("elevator",), help=_("kyllä tai ei."), example="ei"),
        Column("rooms", "Huoneita", "Rooms", ("huoneluku",), required=True, example="2"),
        Column("kitchen", "Keittiö", "Kitchen",
               help=_("k, avok, kk tai tupak. Tyhjä on k."), example="kk"),
        Column("area", "Pinta-ala", "Area", ("pinta-ala m2", "m2", "neliöt"), required=True,
               help=_("Neliömetreinä."), example="54,5"),
        Column("floor", "Kerros", "Floor", example="2"),
        Column("equipment", "Varustelu", "Equipment",
               help=_("Pilkuilla erotettuna: sauna, parveke, lasitettu parveke, oma piha, "
                      "astianpesukoneliitäntä, pesukoneliitäntä, irtainvarasto, vaatehuone."),
               example="sauna, parveke"),
        Column("access", "Esteettömyys", "Accessibility",
               help=_("ei, esteetön pääsy tai pyörätuoli. Tyhjä on ei."), example="esteetön pääsy"),
        Column("shares", "Jyvitysyksiköt", "Weighted units", example="54,5"),
        Column("funding", "Rahoitusmuoto", "Funding",
               help=_("arava, arava jatko, pitkä korkotuki, lyhyt korkotuki tai vapaa."),
               example="pitkä korkotuki"),
        Column("funding_from", "Rajoitus alkoi", "Restriction from", day=True,
               help=_("Tarvitaan, kun rahoitusmuoto on annettu."), example="1.6.1987"),
        Column("funding_to", "Rajoitus päättyy", "Restriction to", day=True,
               example="31.5.2032"),
        Column("group", "Erityisryhmä", "Special group",
               help=_("opiskelijat, nuoret, ikääntyneet tai muu."), example=""),
        Column("taken_on", "Otettu vuokrakäyttöön", "In use from", day=True,
               example="1.6.1987"),
    ),
)  # fmt: skip


KINDS: Final = words(
    block=("kerrostalo", "block", "block of flats"),
    terrace=("rivitalo", "terrace", "terraced house"),
    semi=("paritalo", "semi", "semi-detached"),
    house=("omakotitalo", "erillistalo", "house", "detached"),
)
KITCHENS: Final = words(
    k=("k", "keittiö", "kitchen"),
    avok=("avok", "avokeittiö", "open"),
    kk=("kk", "keittokomero", "kitchenette"),
    tupak=("tupak", "tupakeittiö"),
)
EQUIPMENT: Final = words(
    sauna=("sauna",),
    balcony=("parveke", "balcony"),
    glazed=("lasitettu parveke", "glazed balcony"),
    yard=("oma piha", "piha", "yard"),
    dishwasher=("astianpesukoneliitäntä", "astianpesukone", "dishwasher"),
    washer=("pesukoneliitäntä", "pesukone", "washing machine"),
    store=("irtainvarasto", "varasto", "store"),
    walk_in=("vaatehuone", "walk-in closet"),
)
ACCESS: Final = words(
    none=("ei", "ei esteetön", "none", "no"),
    step_free=("esteetön pääsy", "esteetön", "step-free"),
    wheelchair=("pyörätuoli", "pyörätuolilla liikuttava", "wheelchair"),
)
FUNDING: Final = words(
    arava=("arava", "aravalaina"),
    arava_ext=("arava jatko", "aravan jatkorajoitus", "arava extension"),
    long=("pitkä korkotuki", "korkotuki", "long interest subsidy"),
    short=("lyhyt korkotuki", "short interest subsidy"),
    free=("vapaa", "vapaarahoitteinen", "free", "free-market"),
)
GROUPS: Final = words(
    students=("opiskelijat", "students"),
    young=("nuoret", "young"),
    old=("ikääntyneet", "vanhukset", "elderly"),
    other=("muu", "muu erityisryhmä", "other"),
)
