"""The sentences of the notice that no table holds: what the law says of every register.

Source: GDPR articles 12–22 and 77, data-protection specification 2.4, 6 and 11. The generated parts
of the notice stand beside these.
"""

from __future__ import annotations

from vuokra.policy.text import Bilingual

PURPOSES = Bilingual(
    "Henkilötietoja käsitellään vain alla oleviin tarkoituksiin. Jokaisella tarkoituksella on "
    "oma oikeusperusteensa.",
    "Personal data are processed for the purposes below only. Each purpose has a legal basis of "
    "its own.",
)
NO_ANALYSIS = Bilingual(
    "Toimintaa analysoidaan ja kehitetään vain tiedoista, joista ketään ei voi tunnistaa.",
    "Analysis and development use only data from which nobody can be recognised.",
)
NO_AUTOMATION = Bilingual(
    "Päätöksiä ei tehdä pelkästään automaattisesti. Päätöksen tekee aina nimetty henkilö.",
    "No decision is made by automated means alone. A named person decides.",
)
ORDER = Bilingual(
    "Asunnonhakijat järjestetään ehdotukseksi asunnon tarpeen kiireellisyyden, varallisuuden ja "
    "tulojen mukaan, kuten laki edellyttää. Järjestys lasketaan hakemuksen tiedoista, eikä se "
    "ratkaise valintaa. Hakija saa pyynnöstä tietää sijansa ja valinnan perusteet.",
    "Applicants for a home are ordered as a proposal by how urgent their need is, by wealth and by "
    "income, as the law asks. The order is worked out from the application and does not decide. "
    "Applicants may ask for their own place and the grounds of the choice.",
)
MUST_TELL = Bilingual(
    "Asunnon hakeminen ja vuokrasopimus edellyttävät niitä varten pyydettyjä tietoja: ilman niitä "
    "hakemusta ei voi käsitellä eikä sopimusta tehdä. Muut tiedot ovat vapaaehtoisia.",
    "Applying for a home and making a lease require the data asked for them: without these the "
    "application cannot be handled nor the lease made. Other data are voluntary.",
)
SUBJECTS = Bilingual("Rekisterissä on tietoja seuraavista:", "The register holds data on:")
NONE_YET = Bilingual("Näitä tietoja rekisterissä ei vielä ole.", "The register holds none yet.")
HISTORY = Bilingual(
    "Tietojen muutoksista jää merkintä, josta näkee, kuka muutti ja milloin.",
    "Changes leave a record of who changed what and when.",
)
ELSEWHERE = Bilingual(
    "Jos tiedot on saatu muualta kuin henkilöltä itseltään, hänelle kerrotaan siitä.",
    "A person whose data come from somebody else is told of it.",
)
DISCLOSURE = Bilingual(
    "Tietoja ei luovuteta yhtiön ulkopuolelle, ellei sopimus henkilötietojen käsittelystä tai laki "
    "salli sitä. Jokainen luovutus kirjataan. Tietoja voivat saada:",
    "Data are not disclosed outside the company unless a processing agreement or a law allows it. "
    "Every disclosure is recorded. Data may go to:",
)
GROUP = Bilingual(
    "Saman konsernin yritykset saavat vain yhteenvetoja, joista ketään ei voi tunnistaa.",
    "Companies of the same group get only summaries from which nobody can be recognised.",
)
TRANSFERS = Bilingual(
    "Tietoja ei siirretä Euroopan unionin ja Euroopan talousalueen ulkopuolelle.",
    "Data are not transferred outside the European Union and the European Economic Area.",
)
MANUAL = Bilingual("Manuaalinen aineisto", "Paper")
DIGITAL = Bilingual("Digitaalinen aineisto", "Digital data")
MORE_SECURITY = [
    ("sealed", Bilingual(
        "henkilötunnukset, pankkitilit ja muut arkaluonteiset tiedot salataan",
        "identity codes, bank accounts and other sensitive data are encrypted")),
    ("looks", Bilingual(
        "jokaisesta katselusta jää merkintä: kuka, milloin ja mihin tarkoitukseen",
        "every look leaves a record: who, when and for what purpose")),
    ("seals", Bilingual(
        "lokin muuttumattomuus voidaan todentaa", "it can be verified that the log is unaltered")),
    ("ties", Bilingual(
        "työntekijä ei avaa omia eikä läheistensä tietoja",
        "staff do not open data of their own or of people close to them")),
    ("turvakielto", Bilingual(
        "turvakiellon alaiset yhteystiedot säilytetään erillään",
        "contact details under turvakielto are kept apart")),
    ("secrecy", Bilingual(
        "henkilöstö on sitoutunut vaitioloon", "staff are bound to confidentiality")),
]  # fmt: skip

RIGHTS_INTRO = Bilingual(
    "Rekisteröidyllä on seuraavat oikeudet. Niiden käyttäminen on maksutonta.",
    "The registered person has the following rights. Using them is free of charge.",
)
ACCESS = Bilingual(
    "Sinulla on oikeus saada tietää, mitä tietoja sinusta on rekisterissä, mihin niitä käytetään, "
    "mistä ne on saatu, kenelle niitä on luovutettu ja milloin niitä on katseltu, ja saada niistä "
    "jäljennös (15 artikla).",
    "You may know which data the register holds on you, what they are used for, where they came "
    "from, to whom they were disclosed and when they were looked at, and have a copy (article 15).",
)
OBJECTION = Bilingual(
    "Voit milloin tahansa kieltää tietojesi käsittelyn ja luovuttamisen suoramainontaan, "
    "etämyyntiin, muuhun suoramarkkinointiin sekä markkina- ja mielipidetutkimuksiin. Kielto tulee "
    "voimaan heti. Muuta käsittelyä, joka perustuu yleiseen etuun tai oikeutettuun etuun, voit "
    "vastustaa henkilökohtaisella syyllä (21 artikla).",
    "You may at any time forbid processing and disclosing your data for advertising by post, "
    "telephone sales, other direct marketing, and market and opinion surveys. It takes effect at "
    "once. Other processing based on the public interest or a legitimate interest you may object "
    "to on grounds of your own situation (article 21).",
)
RECTIFICATION = Bilingual(
    "Voit vaatia, että virheellinen tieto oikaistaan tai puutteellinen täydennetään. Oikaisusta "
    "ilmoitetaan niille, joille tieto on luovutettu (16 ja 19 artikla).",
    "You may demand that wrong data are corrected or incomplete data completed. Those to whom the "
    "data were disclosed are told (articles 16 and 19).",
)
ERASURE = Bilingual(
    "Voit pyytää tietojesi poistamista. Tietoja, jotka laki velvoittaa säilyttämään tai joita "
    "tarvitaan oikeudelliseen vaateeseen, ei voi poistaa ennen säilytysajan päättymistä (17 "
    "artikla).",
    "You may ask for your data to be erased. Data that a law demands to keep, or that a legal "
    "claim needs, cannot be erased before their time is over (article 17).",
)
RESTRICTION = Bilingual(
    "Voit pyytää, että tietojasi vain säilytetään, esimerkiksi niiden paikkansapitävyyden "
    "selvittämisen ajan (18 artikla).",
    "You may ask that your data are only stored, for example while their accuracy is being checked "
    "(article 18).",
)
PORTABILITY = Bilingual(
    "Saat antamasi tiedot koneluettavassa muodossa, kun käsittely perustuu sopimukseen tai "
    "suostumukseen (20 artikla).",
    "You may have the data that you gave in a machine-readable form when processing rests on a "
    "contract or consent (article 20).",
)
WITHDRAWAL = Bilingual(
    "Voit peruuttaa antamasi suostumuksen milloin tahansa yhtä helposti kuin annoit sen (7 "
    "artikla).",
    "You may withdraw a consent at any time, as easily as you gave it (article 7).",
)
HOW = Bilingual(
    "Pyynnön voi tehdä vapaamuotoisesti: käymällä, soittamalla, kirjeellä tai sähköpostilla. "
    "Allekirjoitusta ei vaadita. Henkilöllisyys varmistetaan siinä määrin kuin on tarpeen; "
    "henkilötunnuksen tietäminen ei todista henkilöllisyyttä.",
    "A request needs no form: visit, telephone, write or e-mail. No signature is demanded. "
    "Identity is verified as far as is needed; knowing an identity code does not prove it.",
)
ANSWERED = Bilingual(
    "Pyyntöön vastataan viimeistään {time} kuluttua sen saapumisesta. Jos asia on laaja, kerromme "
    "siinä ajassa, että vastaus viipyy, ja miksi.",
    "A request is answered at the latest {time} after it arrived. If the matter is large, we say "
    "within that time that the answer takes longer, and why.",
)
COMPLAINT = Bilingual(
    "Voit tehdä valituksen tietosuojavaltuutetulle, jos katsot, että tietojasi on käsitelty "
    "lainvastaisesti (77 artikla): Tietosuojavaltuutetun toimisto, PL 800, 00531 Helsinki, "
    "tietosuoja@om.fi, tietosuoja.fi.",
    "You may lodge a complaint with the Data Protection Ombudsman if you consider that your data "
    "have been processed unlawfully (article 77): Office of the Data Protection Ombudsman, P.O. "
    "Box 800, 00531 Helsinki, tietosuoja@om.fi, tietosuoja.fi.",
)
RIGHTS = [
    ("access", Bilingual("Tarkastusoikeus", "Access"), ACCESS),
    ("objection", Bilingual("Kielto-oikeus", "Objection"), OBJECTION),
    ("rectification", Bilingual("Korjausoikeus", "Rectification"), RECTIFICATION),
    ("erasure", Bilingual("Oikeus tietojen poistamiseen", "Erasure"), ERASURE),
    ("restriction", Bilingual("Oikeus käsittelyn rajoittamiseen", "Restriction"), RESTRICTION),
    ("portability", Bilingual("Oikeus siirtää tiedot", "Portability"), PORTABILITY),
    ("withdrawal", Bilingual("Suostumuksen peruuttaminen", "Withdrawing consent"), WITHDRAWAL),
    ("how", Bilingual("Pyynnön tekeminen", "Making a request"), HOW),
]
COMPLAINT_TITLE = Bilingual("Valitus", "Complaint")
KEPT = Bilingual(
    "Tietoja säilytetään vain niin kauan kuin niitä tarvitaan. Säilytysajat ovat:",
    "Data are kept only as long as they are needed. The times are:",
)
NO_HOURS = Bilingual("Palvelemme sopimuksen mukaan.", "We serve by appointment.")
