"""The columns of an import of leases, in the order of the template (docs/importing-leases.md)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.persons.imports.cells import Words, words
from vuokra.imports.columns import Column, Columns

_PEOPLE = _("Asiakasnumerot tai vanhat tunnukset pilkuilla erotettuna.")

COLUMNS: Final = Columns(
    read=(
        Column("address", "Osoite", "Address", ("huoneisto",), required=True,
               help=_("Huoneisto, joka on jo kirjattu: katu, talo, porras ja huoneisto."),
               example="Koulukatu 5 A 2"),
        Column("tenant", "Vuokralainen", "Tenant", ("asiakasnumero", "customer number"),
               required=True, help=_("Asiakasnumero tai vanha tunnus."), example="V-1042"),
        Column("co_tenants", "Kanssavuokralaiset", "Co-tenants", help=_PEOPLE, example="V-1043"),
        Column("spouse", "Puoliso", "Spouse", ("avopuoliso",),
               help=_("Asunnossa asuva puoliso tai avopuoliso, joka ei ole vuokralainen."),
               example=""),
        Column("occupants", "Asukkaat", "Occupants", ("muut asukkaat", "residents"),
               help=_PEOPLE, example=""),
        Column("guarantors", "Takaajat", "Guarantors", help=_PEOPLE, example=""),
        Column("starts_on", "Alkoi", "Starts", ("sopimus alkaa", "alkaa", "start"), required=True,
               day=True, example="1.6.2024"),
        Column("concluded_on", "Allekirjoitettu", "Signed", ("allekirjoituspäivä", "concluded"),
               required=True, day=True,
               help=_("Päivä ratkaisee, kumman lain irtisanomisajat koskevat sopimusta."),
               example="20.5.2024"),
        Column("term_ends_on", "Määräaika päättyy", "Fixed term ends", day=True,
               help=_("Tyhjä, kun sopimus on voimassa toistaiseksi."), example=""),
        Column("last_day", "Viimeinen päivä", "Last day", ("päättynyt", "ended"), day=True,
               help=_("Kun sopimus on päättynyt tai sen päättymisestä on sovittu."), example=""),
        Column("first_notice_on", "Ensimmäinen irtisanomispäivä", "First notice date", day=True,
               example=""),
        Column("rent", "Vuokra", "Rent", ("vuokra €/kk",), required=True,
               help=_("Euroa kuukaudessa, kuten muutkin hinnat."), example="612,50"),
        Column("priced_from", "Hinnat alkaen", "Prices from", day=True,
               help=_("Tyhjänä sopimuksen alusta."), example="1.3.2026"),
        Column("water_person", "Vesimaksu henkilöltä", "Water per person", example="22,00"),
        Column("persons", "Henkilöitä", "Persons", ("henkilöluku",),
               help=_("Henkilöt, joilta vesimaksu peritään. Tyhjä on 1."), example="2"),
        Column("water_advance", "Vesiennakko", "Water advance", example=""),
        Column("sauna", "Sauna", "Sauna", example="12,00"),
        Column("parking", "Autopaikka", "Parking", example=""),
        Column("due_day", "Eräpäivä", "Due day", help=_("Kuukauden päivä 1–28. Tyhjä on lain "
               "mukaan toinen."), example="2"),
        Column("water", "Vesimaksun peruste", "Water basis",
               help=_("henkilöluku, mittari tai sisältyy. Tyhjä on henkilöluku."),
               example="henkilöluku"),
        Column("smoking", "Tupakointi", "Smoking",
               help=_("kielletty tai huoneistossa. Tyhjä on kielletty myös parvekkeella."),
               example="kielletty"),
        Column("pets", "Lemmikit", "Pets", help=_("sallittu tai kielletty. Tyhjä on sallittu."),
               example="sallittu"),
        Column("clauses", "Erityisehdot", "Special terms", example=""),
    ),
)  # fmt: skip

WATER: Final[Words] = words(
    persons=("henkilöluku", "henkilöluvun mukaan", "persons"),
    meter=("mittari", "mittarin mukaan", "meter"),
    included=("sisältyy", "sisältyy vuokraan", "included"),
)
SMOKING: Final[Words] = words(
    forbidden=("kielletty", "forbidden"),
    balcony=("huoneistossa", "kielletty huoneistossa", "indoors"),
)
PETS: Final[Words] = words(
    allowed=("sallittu", "allowed"),
    forbidden=("kielletty", "forbidden"),
)
