"""The columns of an import of applications (docs/importing-applications.md).

One row is one member of a household; what is said of the whole application stands on the
applicant's row.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from vuokra.imports.columns import Column

_LIST = _("Monta tietoa erotetaan pystyviivalla.")

WHO: Final = (
    Column("source", "Järjestelmä", "System", ("lähdejärjestelmä", "source"), required=True,
           help=_("Mistä järjestelmästä hakemus tuli."), example="verkkolomake"),
    Column("source_id", "Tunnus järjestelmässä", "Id in the system", ("source id", "hakemus-id"),
           required=True, help=_("Sama kaikilla hakemuksen riveillä. Siitä hakemus tunnetaan, kun "
           "sama tiedosto tuodaan uudelleen."), example="2026-1042"),
    Column("part", "Asema", "Part", ("asema hakemuksella",), required=True,
           help=_("hakija, kanssahakija, muu asukas tai muualla asuva lapsi."), example="hakija"),
    Column("relation", "Suhde hakijaan", "Relation", ("suhde",),
           help=_("puoliso, avopuoliso, lapsi, vanhempi, muu sukulainen tai muu."), example=""),
    Column("customer_number", "Asiakasnumero", "Customer number",
           help=_("Kun henkilö on jo rekisterissä ja numero tiedetään."), example=""),
)  # fmt: skip

PERSON: Final = (
    Column("surname", "Sukunimi", "Surname", ("last name",), example="Mallikas"),
    Column("given_names", "Etunimet", "Given names", ("etunimi",), example="Meri Orvokki"),
    Column("call_name", "Kutsumanimi", "Call name", example="Meri"),
    Column("hetu", "Henkilötunnus", "Identity code", ("hetu",),
           help=_("Lapselta ja muulta asukkaalta vain, kun haetaan valtion tukemaa asuntoa."),
           example="150685-906N"),
    Column("birth_date", "Syntymäaika", "Birth date", day=True, example="15.6.1985"),
    Column("language", "Asiointikieli", "Language", ("kieli",), example="suomi"),
    Column("phone", "Puhelin", "Phone", ("puhelinnumero",), example="049 000 0001"),
    Column("email", "Sähköposti", "E-mail", example="meri.mallikas@example.fi"),
    Column("street", "Katuosoite", "Street", ("lähiosoite",), example="Koskikatu 1 A 2"),
    Column("postal_code", "Postinumero", "Postal code", example="97999"),
    Column("town", "Postitoimipaikka", "Town", example="Hillakoski"),
    Column("country", "Maa", "Country", example="FI"),
)  # fmt: skip

OF_MEMBER: Final = (
    Column("residence", "Oleskelun peruste", "Right of residence",
           help=_("kansalainen, rekisteröity, opiskelu, lupa tai ei lupaa."),
           example="kansalainen"),
    Column("permit_from", "Lupa alkaen", "Permit from", day=True, example=""),
    Column("permit_to", "Lupa asti", "Permit to", day=True, example=""),
    Column("consent_on", "Huoltajan suostumus", "Consent of guardians", ("huoltajien suostumus",),
           day=True, example="",
           help=_("Päivä, jona huoltajat suostuivat alaikäisen vuokrasopimukseen.")),
    Column("employment", "Työssäkäynti", "Employment", example="vakinainen työ"),
    Column("occupation", "Ammatti", "Occupation", example="lähihoitaja"),
    Column("employer", "Työnantaja tai oppilaitos", "Employer or school", ("työnantaja",),
           example="Hillakosken kaupunki"),
    Column("work_place", "Työpaikkakunta", "Place of work", example="Hillakoski"),
    Column("work_since", "Työ alkoi", "Work since", day=True, example="1.3.2024"),
    Column("work_until", "Työ päättyy", "Work until", day=True, example=""),
    Column("incomes", "Tulot", "Incomes", help=_("Laji: euroa, jakso ja tarvittaessa päivät. "
           "Monta tietoa erotetaan pystyviivalla."),
           example="palkka: 2450,00 /kk alkaen 1.3.2024 | asumistuki: 120 /kk"),
    Column("income_told", "Kaikki tulot ilmoitettu", "All income told",
           help=_("kyllä, kun muita tuloja ei ole. Tyhjä tieto puuttuu, se ei ole nolla."),
           example="kyllä"),
    Column("assets", "Varallisuus", "Property", help=_("Laji: käypä arvo, omistusosuus ja "
           "luovutetun päivä. Monta tietoa erotetaan pystyviivalla."),
           example="talletukset: 3500 | asunto: 90000 50 %"),
    Column("debts", "Velat", "Debts", help=_LIST, example="asuntolaina: 40000"),
    Column("wealth_told", "Kaikki varat ilmoitettu", "All property told", example="kyllä"),
)  # fmt: skip

DETAILS: Final = (
    Column("kind", "Hakemuksen laji", "Kind", help=_("uusi tai asunnonvaihto. Tyhjä on uusi."),
           example="uusi"),
    Column("subsidised", "Valtion tukema", "Subsidised",
           help=_("ei, kun haetaan vain muuta kuin valtion tukemaa asuntoa."), example="kyllä"),
    Column("received_on", "Saapunut", "Received", required=True, day=True, example="1.12.2026"),
    Column("assured_on", "Vakuutettu oikeaksi", "Assured", day=True, example="1.12.2026"),
    Column("signed_on", "Allekirjoitettu", "Signed", day=True, example="1.12.2026"),
)  # fmt: skip

NEED: Final = (
    Column("grounds", "Tarpeen perusteet", "Grounds", ("perusteet",),
           help=_("Taulukon tunnukset, päivä perään kun tiedetään. Monta tietoa erotetaan "
                  "pystyviivalla."), example="B6 | A8 1.1.2027"),
    Column("wished_on", "Toivottu muuttopäivä", "Wished date", day=True, example="1.2.2027"),
    Column("homeless_since", "Ilman asuntoa alkaen", "Homeless since", day=True, example=""),
    Column("must_move_by", "Muutettava viimeistään", "Must move by", day=True, example=""),
    Column("own_words", "Omin sanoin", "Own words", example=""),
    Column("expected_on", "Lapsen laskettu aika", "Expected child", day=True, example=""),
    Column("away_reason", "Miksi muualla asuva lapsi lasketaan", "Why a child elsewhere counts",
           example=""),
)  # fmt: skip

HOME: Final = (
    Column("tenure", "Nykyinen asunto", "Present home", ("hallintamuoto",),
           help=_("oma, vuokra, alivuokra, työsuhde, vanhempien luona, ilman asuntoa tai muu."),
           example="vuokra-asunto"),
    Column("municipality", "Kunta", "Municipality", example="Hillakoski"),
    Column("landlord", "Vuokranantaja", "Landlord", example=""),
    Column("moved_in", "Muuttovuosi", "Moved in", example="2019"),
    Column("rooms", "Huoneita nyt", "Rooms now", example="2"),
    Column("area_m2", "Pinta-ala nyt", "Area now", example="48,5"),
    Column("residents", "Asukkaita nyt", "Residents now", example="2"),
    Column("cost_eur", "Asumiskulut", "Housing costs", help=_("Euroa kuukaudessa."),
           example="690,00"),
    Column("condition", "Kunto", "Condition", example="hyvä"),
    Column("conveniences", "Varustetaso", "Conveniences", example="kaikki mukavuudet"),
)  # fmt: skip

WISH: Final = (
    Column("sites", "Toivotut kohteet", "Sites", ("kohteet",),
           help=_("Kohteiden numerot tai nimet. Tyhjä on kaikki."), example=""),
    Column("rooms_from", "Huoneita vähintään", "Rooms from", example="2"),
    Column("rooms_to", "Huoneita enintään", "Rooms to", example="3"),
    Column("area_from", "Pinta-ala vähintään", "Area from", example=""),
    Column("area_to", "Pinta-ala enintään", "Area to", example=""),
    Column("rent_most_eur", "Vuokra enintään", "Rent at most", example="850"),
    Column("floor_from", "Kerros vähintään", "Floor from", example=""),
    Column("floor_to", "Kerros enintään", "Floor to", example=""),
    Column("lift", "Hissillä mikä tahansa kerros", "Any floor with a lift", example="kyllä"),
    Column("equipment", "Varustelu", "Equipment", help=_LIST, example=""),
    Column("access", "Esteettömyys", "Access", example=""),
    Column("pets", "Lemmikkejä", "Pets", example="ei"),
    Column("smoke_free", "Savuton asunto", "Smoke-free", example="ei"),
)  # fmt: skip
