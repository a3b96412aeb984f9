"""Planted values, and finding them in any shape in which a screen or a file may write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from registry.persons.rules import hetu_check_character
from vuokra.policy.groups import Group

BETWEEN = r"[\s\u00a0\u202f\-./()]*"
MONTHS = {
    3: ("maaliskuuta", "March"), 11: ("marraskuuta", "November"),
}  # fmt: skip


def text(value: str) -> str:
    """A pattern of words, whatever white space stands between them."""
    return r"[\s\u00a0]+".join(map(re.escape, value.split()))


def number(value: str) -> str:
    """Digits that are not part of something longer."""
    return rf"(?<!\w){re.escape(value)}(?!\w)"


def phone(international: str) -> str:
    """+358401234567 also as 040 123 4567, 0401234567, (0)40-1234567, 00358 …"""
    national = international.removeprefix("+358")
    return rf"(?:(?:\+|00){BETWEEN}358{BETWEEN}(?:0{BETWEEN})?|0{BETWEEN}){BETWEEN.join(national)}"


def hetu(code: str) -> str:
    """An identity code with any separator, with white space, or with none."""
    birth, individual = code[:6], code[7:]
    return rf"{birth}\s*[-+–A-FU-Y]?\s*{individual}"


def iban(code: str) -> str:
    """FI2112345600000785 in groups of any size."""
    return r"(?<!\w)" + r"[\s\u00a0\u202f-]*".join(code)


def day(value: dt.date) -> str:
    """A date as a number, in words (Finnish, English), in ISO form, and in the code's beginning."""
    finnish, english = MONTHS[value.month]
    shapes = [
        rf"0?{value.day}\.\s*0?{value.month}\.\s*{value.year}",
        rf"{value.day}\.?\s*(?:{finnish}|{english})\s*{value.year}",
        rf"{english}\s*{value.day},?\s*{value.year}",
        rf"0?{value.day}/0?{value.month}/{value.year}",
        value.isoformat(),
        value.strftime("%d%m%y"),
    ]
    return rf"(?<!\d)(?:{'|'.join(shapes)})"


@dataclass(frozen=True)
class Canary:
    """One planted value: of which field group, and the pattern that finds it."""

    group: Group
    name: str
    pattern: str
    owner: str = ""  # of whose data: "person", "other", "protected" or "staff"

    @cached_property
    def found_by(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE)

    def __str__(self) -> str:
        return f"{self.owner} {self.name} ({self.group})"


def find(canaries: Iterable[Canary], where: str) -> list[Canary]:
    """The canaries that sing in a text."""
    return [canary for canary in canaries if canary.found_by.search(where)]


@dataclass(frozen=True)
class Bird:
    """An invented person whose every value is a canary."""

    owner: str
    surname: str
    given_names: str
    call_name: str
    customer_number: int
    born: dt.date
    individual: str
    phone: str
    email: str
    street: str
    postal_code: str
    town: str
    protected: bool = False  # under turvakielto: then the name too is for those who keep bans

    @property
    def hetu(self) -> str:
        digits = self.born.strftime("%d%m%y")
        return f"{digits}-{self.individual}{hetu_check_character(digits, self.individual)}"

    @property
    def canaries(self) -> list[Canary]:
        closed = {Group.PERSON: Group.PROTECTION, Group.CONTACT: Group.PROTECTED_CONTACT}

        def of(group: Group, name: str, pattern: str) -> Canary:
            group = closed.get(group, group) if self.protected else group
            return Canary(group, name, pattern, self.owner)

        return [
            of(Group.CUSTOMER, "customer number", number(str(self.customer_number))),
            of(Group.PERSON, "surname", text(self.surname)),
            *(of(Group.PERSON, "given name", text(name)) for name in self.given_names.split()),
            of(Group.IDENTITY, "birth date", day(self.born)),
            of(Group.IDENTITY, "birth year", number(str(self.born.year))),
            of(Group.HETU, "identity code", hetu(self.hetu)),
            of(Group.CONTACT, "telephone", phone(self.phone)),
            of(Group.CONTACT, "e-mail", text(self.email)),
            of(Group.CONTACT, "street", text(self.street)),
            of(Group.CONTACT, "postal code", number(self.postal_code)),
            of(Group.CONTACT, "town", text(self.town)),
        ]


PERSON = Bird(
    owner="person", surname="Kanariasalo", given_names="Viserrys Livertys", call_name="Viserrys",
    customer_number=83746251, born=dt.date(1957, 3, 14), individual="934", phone="+358401234567",
    email="viserrys.kanaria@example.fi", street="Kanariankuja 7 K 77", postal_code="98765",
    town="Kanariankylä",
)  # fmt: skip
OTHER = Bird(
    owner="other", surname="Peipposuo", given_names="Tirskutus Sirkutus", call_name="Sirkutus",
    customer_number=83746359, born=dt.date(1949, 11, 23), individual="957", phone="+358457654321",
    email="tirskutus@example.com", street="Peipponkaari 9 P 99", postal_code="98743",
    town="Peipponperä",
)  # fmt: skip

PROTECTED = Bird(
    owner="protected", surname="Varpuslahti", given_names="Pajuska Visertys", call_name="Pajuska",
    customer_number=83746467, born=dt.date(1968, 3, 27), individual="961", phone="+358503216549",
    email="pajuska.varpus@example.fi", street="Varpuskuja 3 V 33", postal_code="98721",
    town="Varpusperä", protected=True,
)  # fmt: skip

STAFF_NAME, STAFF_USER, STAFF_MAIL = "Loviisa Kuikkamaa", "kuikka77", "kuikka77@example.fi"
STAFF_ADDRESS = "203.0.113.77"
MATTER = "VIU-7719/2026"
FORMER_NAME = "Vanhakanaria"
REMINDER = "Kanarian häkin avaimen muistutus"
REASON = "Kanarianmunan perustelu"
FOLDER = "Kanariamappi 77"
ASKER, TOLD, CALLER = (
    "Kanariapartion päivystäjä",
    "Kanarialuovutus 77",
    "Kanariakonstaapeli Tiainen",
)
NECESSITY = "Kanarian katsojien tarpeellisuusarvio"
EMERGENCY, WATCHED = "Kanarianhäkin vesivahinko yöllä", "Kanarialaulun maailmanmestari"

TRUSTEE, TRUSTEE_PHONE = "Kultasirkun edunvalvontatoimisto", "+358401236547"
DECISION, EXTENT = "Kultasirkkulan käräjäoikeus H 77/4321", "Sirkutusasioiden hoito"
PAYER = "Viherpeipon sosiaalitoimi"
CONSENTED, PROOF = dt.date(2019, 3, 17), "Kanariansulka 7719"
GROUND = "Hippiäisen sotkettu saatava"
WISH, REQUESTER = "Kottaraisen laulun jäljennökset", "Kottarinen Kaihomieli"
DISPUTED = "Kottaraisenkaari 4 K 44"
MOVED_IN, TIED_FROM = dt.date(1997, 11, 19), dt.date(1999, 3, 21)

CLAUSES = "Kanarialinnun laulu sallittu parvekkeella"
IBAN, HOLDER = "FI2112345600000785", "Kanariatädin Tilinomistaja"
EVIDENCE = "Kanarian nokkimat tapetit, kohta 7"
FAULT = "Tikankolo kirsikkapuisessa kynnyksessä"
PASSED_OVER = "Kanaria ei vastannut puhelimeen"
COMPLAINED = "Varpuselle annettiin kanarian pesä"
REGISTER, MARKED = "Siivekkäiden Luottorekisteri Oy", "Linnunpönttö jäi maksamatta"
LOCKED_OUT = "Munalukko jumissa pakkasyönä"
OWN_WORDS, URGENCY = "Pesä putosi kuusesta ukkosella", "Poikaset lentävät ennen juhannusta"
EMPLOYER, LANDLORD = "Linnunruokatehdas Siemen Oy", "Kiinteistö Oy Käenpesä"
GRANTED = dt.date(2018, 3, 21)

CANARIES: tuple[Canary, ...] = (
    *PERSON.canaries,
    Canary(Group.PERSON, "number of a matter", text(MATTER), "person"),
    Canary(Group.PERSON, "former name", text(FORMER_NAME), "person"),
    *OTHER.canaries,
    Canary(Group.GUARDIANSHIP, "trustee", text(TRUSTEE)),
    Canary(Group.GUARDIANSHIP, "trustee's telephone", phone(TRUSTEE_PHONE)),
    Canary(Group.GUARDIANSHIP, "decision", text(DECISION)),
    Canary(Group.GUARDIANSHIP, "extent", text(EXTENT)),
    Canary(Group.COMMITMENT, "payer", text(PAYER)),
    Canary(Group.HETU, "reason of a code", text(GROUND)),
    Canary(Group.HOUSEHOLD, "moved in", day(MOVED_IN)),
    Canary(Group.CONSENT, "day of a consent", day(CONSENTED), "person"),
    Canary(Group.CONSENT, "proof of a consent", text(PROOF), "person"),
    Canary(Group.TIES, "tied from", day(TIED_FROM)),
    *PROTECTED.canaries,
    Canary(Group.STAFF, "name", text(STAFF_NAME), "staff"),
    Canary(Group.STAFF, "user name", rf"(?<!\w){STAFF_USER}(?!\w)", "staff"),
    Canary(Group.STAFF, "e-mail", text(STAFF_MAIL), "staff"),
    Canary(Group.STAFF, "address", re.escape(STAFF_ADDRESS), "staff"),
    Canary(Group.WORK, "reminder", text(REMINDER), "person"),
    Canary(Group.WATCH, "reason of a break-glass", text(EMERGENCY), "person"),
    Canary(Group.WATCH, "why a person is watched", text(WATCHED), "other"),
    Canary(Group.ARCHIVE, "label of a folder", text(FOLDER), "person"),
    Canary(Group.DISCLOSURE, "who asked", text(ASKER), "person"),
    Canary(Group.DISCLOSURE, "note of a disclosure", text(TOLD), "person"),
    Canary(Group.DISCLOSURE, "who called", text(CALLER), "person"),
    Canary(Group.RIGHTS, "what is asked", text(WISH), "person"),
    Canary(Group.RIGHTS, "who asks", text(REQUESTER), "person"),
    Canary(Group.PROTECTED_CONTACT, "a disputed value", text(DISPUTED), "person"),
    Canary(Group.RIGHTS, "necessity test", text(NECESSITY), "person"),
    Canary(Group.LEASE, "special terms of a lease", text(CLAUSES), "person"),
    Canary(Group.LEASE, "what shows a deduction", text(EVIDENCE), "person"),
    Canary(Group.BANK, "refund account", iban(IBAN)),
    Canary(Group.BANK, "holder of a refund account", text(HOLDER)),
    Canary(Group.MAINTENANCE, "remark of an inspection", text(FAULT), "person"),
    Canary(Group.MAINTENANCE, "note of an opening", text(LOCKED_OUT), "person"),
    Canary(Group.NEED, "the applicant's own words", text(OWN_WORDS), "person"),
    Canary(Group.NEED, "note on urgency", text(URGENCY), "person"),
    Canary(Group.NEED, "landlord", text(LANDLORD), "person"),
    Canary(Group.ECONOMY, "employer", text(EMPLOYER), "person"),
    Canary(Group.PERMIT, "day of a permit", day(GRANTED), "person"),
    Canary(Group.SELECTION, "why somebody was passed over", text(PASSED_OVER), "person"),
    Canary(Group.CREDIT, "credit register", text(REGISTER), "person"),
    Canary(Group.CREDIT, "why a measure was taken", text(MARKED), "person"),
    Canary(Group.SELECTION, "what a complaint is about", text(COMPLAINED), "person"),
    Canary(Group.LOG, "reason of an event", text(REASON), "staff"),
)
