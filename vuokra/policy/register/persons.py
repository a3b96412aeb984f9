"""Section 5, opening and basic data (perustiedot): S5-00a … S5-05."""

from __future__ import annotations

from vuokra.policy.basis import Basis
from vuokra.policy.groups import Group
from vuokra.policy.register.model import ADULTS, EVERYBODY, RegisterItem, column

EVERY_TASK = "HAK VAL SOP TAL PER HUO ASN MAR REK JOH"
"""Everybody who has a task with people; the log reviewer and the main user have none (3.1)."""

ITEMS: list[RegisterItem] = [
    column(
        "S5-00a", "PT-RYHMÄ", "rekisteröityjen ryhmä", "group of data subjects", "A",
        group=Group.PERSON, purposes="P1 P2 P3 P4 P5 P6 P7", subjects=EVERYBODY, seen=EVERY_TASK,
        retention="R2 R6 R18", sources="HAK SOP",
        note="Follows from the relations (application, lease, guarantee); each role sees the "
        "groups of its own task.",
    ),
    column(
        "S5-00b", "PT-HIST", "tietojen muutoshistoria", "history of every item", "",
        group=None, purposes="P1 P3 P15", subjects=EVERYBODY, seen="",
        retention="R2 R6 R18",
        note="Class, readers and retention are those of the item whose history it is; to see "
        "the history is a right of its own.",
    ),
    column(
        "S5-01", "PT-NIMI", "nimi (etu-, suku- ja kutsumanimi, entiset nimet)",
        "name (given names, surname, name in use, former names)", "A",
        group=Group.PERSON, purposes="P1 P3", subjects=EVERYBODY, seen=EVERY_TASK,
        retention="R2 R6 R18", sources="HAK DVV", built=True,
        note="MAR uses names through sending only.",
    ),
    column(
        "S5-02", "PT-HETU", "henkilötunnus", "personal identity code", "C",
        group=Group.HETU, purposes="P1 P3 P5", basis=[Basis.HETU],
        subjects="HA KH VU KV TA MS EV HU", seen="HAK SOP PER TAL", retention="R2 R6",
        sources="HAK SOP", built=True,
        note="Encrypted with a keyed blind index. Masked; opening one is an access event with a "
        "reason. HU only if needed. MAR and HUO never.",
    ),
    column(
        "S5-02b", "PT-SYNT", "syntymäaika, ulkomainen tunniste tai keinotunnus",
        "birth date, foreign identifier or artificial code", "A C",
        group=Group.IDENTITY, also=[Group.HETU], purposes="P1 P3 P5", basis=[Basis.HETU],
        subjects=EVERYBODY, seen="HAK SOP PER TAL", retention="R2 R6 R18", sources="HAK",
        built=True,
        note="A birth date is class A; a foreign or artificial identifier is class C and lies "
        "with the identity codes.",
    ),
    column(
        "S5-03", "PT-OSOITE",
        "postiosoitteet (vakinainen, tilapäinen, posti- ja laskutusosoite)",
        "postal addresses (permanent, temporary, postal, invoicing)", "A D",
        group=Group.CONTACT, also=[Group.PROTECTED_CONTACT, Group.MAINTENANCE],
        purposes="P1 P3", subjects=EVERYBODY, seen="SOP HAK TAL PER HUO",
        retention="R2 R6 R12", sources="HAK DVV", built=True,
        note="Class D under turvakielto, in a table of its own. HUO sees the flat of an order.",
    ),
    column(
        "S5-04", "PT-PUH", "puhelinnumerot", "telephone numbers", "A D",
        group=Group.CONTACT, also=[Group.PROTECTED_CONTACT, Group.MAINTENANCE],
        purposes="P1 P3", subjects=ADULTS, seen="SOP HAK PER HUO MAR", retention="R2 R6",
        sources="HAK", built=True,
        note="Class D under turvakielto. HUO for one order; MAR through sending only.",
    ),
    column(
        "S5-05", "PT-EMAIL", "sähköpostiosoitteet", "e-mail addresses", "A D",
        group=Group.CONTACT, also=[Group.PROTECTED_CONTACT], purposes="P1 P3", subjects=ADULTS,
        seen="SOP HAK PER MAR", retention="R2 R6", sources="HAK", built=True,
        note="Class D under turvakielto. MAR through sending only.",
    ),
]  # fmt: skip
