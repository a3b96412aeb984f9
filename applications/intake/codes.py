"""The codes of an application: what applicants tell, in the words of the form (hakulomake).

Source: resident-selection specification, sections 4.1, 5.1, 6.1, 7, 10.2 and 10.5. What a code
means for the selection stands in dated rules, not here.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Whether the applicant lives with the company already (hakemuksen laji)."""

    NEW = "new", _("Uusi hakemus")
    CHANGE = "change", _("Asunnonvaihto")


class Channel(models.TextChoices):
    """How the application arrived (saapumistapa)."""

    PAPER = "paper", _("Paperilomake")
    PHONE = "phone", _("Puhelin")
    EMAIL = "email", _("Sähköposti")
    VISIT = "visit", _("Käynti toimistossa")
    FILE = "file", _("Tiedosto tai verkkolomake")


class State(models.TextChoices):
    """Where an application is (hakemuksen tila). Source: section 10.5."""

    DRAFT = "draft", _("Luonnos")
    RECEIVED = "received", _("Saapunut")
    INCOMPLETE = "incomplete", _("Täydennettävänä")
    VALID = "valid", _("Voimassa")
    OFFERED = "offered", _("Tarjottu")
    ACCEPTED = "accepted", _("Hyväksynyt tarjouksen")
    HOUSED = "housed", _("Sopimus tehty")
    EXPIRED = "expired", _("Vanhentunut")
    WITHDRAWN = "withdrawn", _("Peruttu")
    MERGED = "merged", _("Yhdistetty")


class Part(models.TextChoices):
    """As what somebody is in the household of an application (asema hakemuksella)."""

    APPLICANT = "applicant", _("Hakija")
    CO_APPLICANT = "co_applicant", _("Kanssahakija")
    RESIDENT = "resident", _("Muu asukas")
    AWAY = "away", _("Muualla asuva lapsi")


PARTIES: Final = (Part.APPLICANT, Part.CO_APPLICANT)
"""Who will be a party of the lease: those who apply."""


class Relation(models.TextChoices):
    """What somebody is to the applicant (suhde hakijaan)."""

    SPOUSE = "spouse", _("Puoliso")
    PARTNER = "partner", _("Avopuoliso")
    CHILD = "child", _("Lapsi")
    PARENT = "parent", _("Vanhempi")
    RELATIVE = "relative", _("Muu sukulainen")
    OTHER = "other", _("Muu")


class EndReason(models.TextChoices):
    """Why an application ended (hakemuksen päättymisen syy)."""

    HOUSED = "housed", _("Sai asunnon")
    EXPIRED = "expired", _("Voimassaolo päättyi")
    WITHDRAWN = "withdrawn", _("Hakija perui")
    ELSEWHERE = "elsewhere", _("Sai asunnon muualta")
    DEATH = "death", _("Hakija on kuollut")
    MERGED = "merged", _("Yhdistettiin toiseen hakemukseen")


class Corrected(models.TextChoices):
    """Whose correction what was given has met since (korjaajan peruste); see ui.md 5.5."""

    GIVEN = "", _("Kuten annettu")
    APPLICANT = "applicant", _("Hakijan korjaus")
    CLERK = "clerk", _("Käsittelijän korjaus")


class Situation(models.TextChoices):
    """Why a home is needed (asunnontarpeen peruste), table 5.1. Which urgency class a code means is
    a dated rule of the company."""

    OUTDOORS = "A1", _("Ulkona tai asunnoksi kelpaamattomassa tilassa")
    SHELTER = "A2", _("Yömajassa tai vastaavassa tilapäismajoituksessa")
    INSTITUTION = "A3", _("Laitoksessa asunnon puutteen vuoksi")
    APART = "A4", _("Perhe erillään, tilapäisessä majoituksessa tai turvakodissa")
    OBLIGED = "A5", _("Viranomaisen päätös muuttaa ilman omaa syytä")
    DEMOLITION = "A6", _("Talo puretaan")
    VERY_CRAMPED = "A7", _("Hyvin ahdas asunto")
    NEW_JOB = "A8", _("Uusi työ- tai opiskelupaikka paikkakunnalla")
    ACCESS = "A9", _("Esteettömän asunnon tarve")
    NOTICE = "B1", _("Vuokranantaja on irtisanonut")
    ILLNESS = "B2", _("Pitkäaikainen sairaus tai vamma, lääkärintodistus")
    LEAVES_SUPPORT = "B3", _("Muutto vapauttaa tukiasunnon")
    SHARED = "B4", _("Perhe alivuokralaisena tai yhteisasunnossa")
    COSTLY = "B5", _("Kohtuuttomat asumiskulut")
    CRAMPED = "B6", _("Ahdas asunto")
    CHANGED = "B7", _("Ero, puutteellinen varustelu tai määräajan päättyminen")
    WISH = "C1", _("Muu syy tai toive")


class Tenure(models.TextChoices):
    """How one lives now (nykyisen asunnon hallintamuoto)."""

    OWN = "own", _("Oma asunto")
    RENTED = "rented", _("Vuokra-asunto")
    SUBTENANT = "subtenant", _("Alivuokralainen")
    EMPLOYER = "employer", _("Työsuhdeasunto")
    PARENTS = "parents", _("Vanhempien luona")
    NONE = "none", _("Ilman asuntoa")
    OTHER = "other", _("Muu")


class Condition(models.TextChoices):
    """In what condition the present home is (asunnon kunto)."""

    GOOD = "good", _("Hyvä")
    FAIR = "fair", _("Tyydyttävä")
    POOR = "poor", _("Huono")
    UNFIT = "unfit", _("Asuinkelvoton")


class Conveniences(models.TextChoices):
    """What the present home has (asunnon varustetaso)."""

    FULL = "full", _("Kaikki mukavuudet")
    LACKING = "lacking", _("Puutteellinen varustelu")


class Employment(models.TextChoices):
    """What a member of the household does (työssäkäynti)."""

    PERMANENT = "permanent", _("Vakinainen työ")
    TEMPORARY = "temporary", _("Määräaikainen työ")
    PART_TIME = "part_time", _("Osa-aikainen työ")
    ENTREPRENEUR = "entrepreneur", _("Yrittäjä")
    STUDENT = "student", _("Opiskelija")
    UNEMPLOYED = "unemployed", _("Työtön")
    PENSIONER = "pensioner", _("Eläkeläinen")
    CONSCRIPT = "conscript", _("Varusmies tai siviilipalvelus")
    HOME = "home", _("Kotona")
    OTHER = "other", _("Muu")


class IncomeKind(models.TextChoices):
    """Where income comes from (tulolaji). Whether it is counted is a dated rule; benefits that
    would tell of anybody's health are one kind that is not counted (`OTHER_EXEMPT`)."""

    WAGE = "wage", _("Palkka ja palkan lisät")
    BUSINESS = "business", _("Yritystulo")
    PENSION = "pension", _("Eläke")
    UNEMPLOYMENT = "unemployment", _("Työttömyysetuus")
    PARENTAL = "parental", _("Vanhempainpäiväraha tai kotihoidon tuki")
    DAILY = "daily", _("Muu päiväraha")
    CAPITAL = "capital", _("Pääomatulo")
    FOREIGN = "foreign", _("Tulo ulkomailta")
    OTHER = "other", _("Muu säännöllinen tulo")
    STUDY_GRANT = "study_grant", _("Opintoraha")
    HOUSING_ALLOWANCE = "housing_allowance", _("Asumistuki")
    CHILD_BENEFIT = "child_benefit", _("Lapsilisä")
    MAINTENANCE = "maintenance", _("Elatusapu tai elatustuki")
    SOCIAL_ASSISTANCE = "social_assistance", _("Toimeentulotuki")
    OTHER_EXEMPT = "other_exempt", _("Muu etuus, jota ei lasketa tuloksi")


class Period(models.TextChoices):
    """For how long an amount is (tulon jakso)."""

    MONTH = "month", _("kuukaudessa")
    YEAR = "year", _("vuodessa")


class AssetKind(models.TextChoices):
    """What is owned (varallisuuslaji). Source: section 6.1."""

    DWELLING = "dwelling", _("Asunto-osake tai oma asunto")
    REAL_ESTATE = "real_estate", _("Kiinteistö, maa tai metsä")
    COTTAGE = "cottage", _("Vapaa-ajan asunto")
    SECURITIES = "securities", _("Osakkeet ja rahastot")
    SAVINGS = "savings", _("Talletukset ja säästöt")
    ESTATE = "estate", _("Osuus kuolinpesästä")
    BUSINESS = "business", _("Elinkeinon tai ammatin varat")
    VEHICLE = "vehicle", _("Ajoneuvo")
    HOUSEHOLD = "household", _("Koti-irtaimisto")
    GIVEN_UP = "given_up", _("Luovutettu varallisuus")
    OTHER = "other", _("Muu varallisuus")


class LeftOut(models.TextChoices):
    """Why an asset is not counted (vähennyksen peruste), VNa 166/2008 3 and 6 §."""

    SMALL = "small", _("Vähäinen")
    LIVELIHOOD = "livelihood", _("Tarpeen toimeentulon hankkimiseksi")
    WORK_MOVE = "TYOMUUTTO", _("Asunto lähtöpaikkakunnalla, muutto työn vuoksi")
    SUPPORT = "support", _("Tavanomainen oma asunto, asumisen tuki erityisen tarpeen")


class DebtKind(models.TextChoices):
    """What is owed (velan laji)."""

    STUDY = "study", _("Opintolaina")
    MORTGAGE = "mortgage", _("Asuntolaina")
    OTHER = "other", _("Muu velka")


class Residence(models.TextChoices):
    """By what right somebody lives in Finland (oleskelun peruste), table 4.1."""

    CITIZEN = "citizen", _("Suomen kansalainen")
    REGISTERED = (
        "registered",
        _("Oleskeluoikeus rekisteröity tai oleskelukortti (EU, ETA, Pohjoismaat)"),
    )
    STUDY = "study", _("Oleskelulupa opiskelua varten")
    PERMIT = "permit", _("Oleskelulupa, EU:n sininen kortti tai Migrin todistus")
    SEEKER = "seeker", _("Turvapaikanhakija, ei lupaa")


class Proof(models.TextChoices):
    """Whether what was told has been shown (todentaminen)."""

    TOLD = "told", _("Hakijan ilmoitus")
    SEEN = "seen", _("Todistus nähty")


class NeededBy(models.TextChoices):
    """At which step an attachment is needed (milloin liite tarvitaan)."""

    PROCESSING = "processing", _("Käsittelyyn")
    OFFER = "offer", _("Ennen tarjousta")
    CONTRACT = "contract", _("Ennen sopimusta")


class AttachmentKind(models.TextChoices):
    """What a paper shows (liitteen laji). Source: section 10.3.

    Proofs that would tell of health or of a family's affairs are called by what they are asked for:
    the kind is seen where the paper is not. A credit report is not among them (A48).
    """

    ORIGINAL = "original", _("Hakemus alkuperäisenä")
    WAGE = "wage", _("Palkkatodistus tai tulorekisteriote")
    PENSION = "pension", _("Eläketodistus")
    TAX = "tax", _("Esitäytetty veroilmoitus")
    STUDENT = "student", _("Opiskelutodistus")
    BENEFIT = "benefit", _("Päätös etuudesta")
    BUSINESS = "business", _("Tuloslaskelma, tase ja kirjanpitäjän lomake")
    SERVICE = "service", _("Palvelustodistus")
    VALUE = "value", _("Selvitys omaisuuden käyvästä arvosta")
    DEBTS = "debts", _("Velkatodistus")
    NOTICE = "notice", _("Irtisanomisilmoitus tai häätötuomio")
    HOUSEHOLD = "household", _("Todistus ruokakunnan muutoksesta")
    NEED = "need", _("Todistus asunnontarpeen perusteesta")
    RESIDENCE = "residence", _("Oleskeluoikeuden todistus")
    GROUP = "group", _("Selvitys erityisryhmään kuulumisesta")
    OTHER = "other", _("Muu liite")


class AttachmentState(models.TextChoices):
    """How far an attachment has come (liitteen tila)."""

    ASKED = "asked", _("Pyydetty")
    ARRIVED = "arrived", _("Saapunut")
    SEEN = "seen", _("Nähty ja tarkistettu")
    DROPPED = "dropped", _("Ei tarvita")
