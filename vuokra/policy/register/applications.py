"""Section 5, applying for a home and the start of the customership: S5-06 … S5-26."""

from __future__ import annotations

from vuokra.policy.basis import Basis
from vuokra.policy.groups import Group
from vuokra.policy.register.model import RegisterItem, column

ITEMS: list[RegisterItem] = [
    column(
        "S5-06", "HK-ASNRO", "asiakasnumero", "customer number", "A",
        group=Group.CUSTOMER, purposes="P1 P3", subjects="HA KH VU KV TA MS",
        seen="HAK VAL SOP TAL PER HUO ASN MAR REK TAR JOH", retention="R6", built=True,
        note="Random or from a sequence, never derived from an identity code. It is how the "
        "access log names a person, so the log reviewer sees it too.",
    ),
    column(
        "S5-07", "HK-ALKU", "asiakkuuden alkupäivämäärä", "start of the customership", "A",
        group=Group.PERSON, purposes="P3", subjects="HA VU", seen="HAK SOP TAL PER",
        retention="R6", built=True,
    ),
    column(
        "S5-08", "HK-TALOUSLKM", "samassa taloudessa asuvien lukumäärä",
        "number of people in the household", "A",
        group=Group.HOUSEHOLD, also=[Group.MAINTENANCE], purposes="P2",
        subjects="HA KH VU KV AS LA", seen="HAK VAL SOP HUO", retention="R2 R6", sources="HAK",
        built=True,
        note="HUO sees the count on a work order, not the household.",
    ),
    column(
        "S5-09", "HK-TALOUSNIMI", "kaikkien samassa taloudessa asuvien etu- ja sukunimet",
        "names of everybody in the household", "A",
        group=Group.HOUSEHOLD, purposes="P2", basis=[Basis.INTEREST], subjects="KH KV AS LA",
        seen="HAK VAL SOP", retention="R2 R18", sources="HAK", built=True,
    ),
    column(
        "S5-10", "HK-TALOUSHETU", "samassa taloudessa asuvien henkilötunnukset",
        "identity codes of people in the household", "C",
        group=Group.HETU, purposes="P1 P2", basis=[Basis.HETU, Basis.APPLICATION_FORM],
        subjects="KH KV LA AS", seen="HAK SOP PER TAL", retention="R2 R6 R18", sources="HAK",
        built=True,
        note="Narrower than in 2019: a child, or a resident who is no party, only in an "
        "application to a state-subsidised flat (decree 904/2006) or with a reason code "
        "(KHO:2023:56); otherwise the birth date.",
    ),
    column(
        "S5-11", "HK-TARVE", "asunnon tarve (kiireellisyys, perustelut, asunnottomuus, "
        "muuttovelvoite)", "need of a home (urgency, grounds, homelessness, duty to move)", "B D",
        group=Group.NEED, purposes="P2", subjects="HA KH", seen="HAK VAL", retention="R2 R4",
        sources="HAK", built=True,
        note="Free text and proofs are class D (pregnancy, health, violence).",
    ),
    column(
        "S5-12", "HK-NYKYAS", "nykyinen asunto (hallintamuoto, koko, vuokra, vuokranantaja, "
        "kunto)", "present home (tenure, size, rent, landlord, condition)", "B",
        group=Group.NEED, purposes="P2", subjects="HA", seen="HAK VAL", retention="R2",
        sources="HAK", built=True,
    ),
    column(
        "S5-13", "HK-TYÖ", "työssäkäynti (työnantaja, työpaikan sijainti)",
        "employment (employer, place of work)", "B",
        group=Group.ECONOMY, purposes="P2", subjects="HA KH", seen="HAK VAL", retention="R2 R4",
        sources="HAK", built=True,
    ),
    column(
        "S5-14", "HK-TYÖKESTO", "työsuhteen kesto", "length of employment", "B",
        group=Group.ECONOMY, purposes="P2", subjects="HA KH", seen="HAK VAL", retention="R2 R4",
        sources="HAK", built=True,
    ),
    column(
        "S5-15", "HK-TYÖLAATU", "työsuhteen laatu", "kind of employment", "B",
        group=Group.ECONOMY, purposes="P2", subjects="HA KH", seen="HAK VAL", retention="R2 R4",
        sources="HAK", built=True,
    ),
    column(
        "S5-16", "HK-TULO", "tulotiedot", "income", "B D",
        group=Group.ECONOMY, purposes="P2", basis=[Basis.LAW], subjects="HA KH AS",
        seen="HAK VAL", retention="R2 R3 R4", sources="HAK", built=True,
        note="Of everybody over 18. Benefits that tell of health are class D; files are "
        "encrypted.",
    ),
    column(
        "S5-17", "HK-VARAT", "varallisuustiedot (käypä arvo, velat)",
        "assets (market value, debts)", "B",
        group=Group.ECONOMY, purposes="P2", subjects="HA KH AS LA", seen="HAK VAL",
        retention="R2 R3 R4", sources="HAK", built=True,
    ),
    column(
        "S5-18", "HK-LUOTTO", "luottotiedot", "credit data", "B",
        group=Group.CREDIT, purposes="P1 P3", basis=[Basis.CREDIT_DATA], subjects="HA KH TA",
        seen="VAL SOP", retention="R5", sources="ASTI", built=True,
        note="The result code only, no report.",
    ),
    column(
        "S5-19", "HK-VELKAJ", "velkajärjestelytiedot", "debt adjustment", "B",
        group=Group.COLLECTION, purposes="P1 P5", subjects="HA VU", seen="VAL PER",
        retention="R5 R8", sources="ASIAKAS MUU",
    ),
    column(
        "S5-20", "HK-PERINTÄ", "perintään liittyvät tiedot (aiemmat vuokravelat, perintätila)",
        "collection (earlier rent debts, state of collection)", "B",
        group=Group.COLLECTION, purposes="P1 P5", subjects="HA VU TA", seen="VAL PER TAL",
        retention="R8", sources="TAPAHT ASIAKAS MUU",
        note="VAL sees sum and state. From a previous landlord only with a basis.",
    ),
    column(
        "S5-21", "HK-EDUNV", "edunvalvonta (päätös, laajuus, edunvalvoja, valtuutus)",
        "guardianship (decision, extent, guardian, mandate)", "C D",
        group=Group.GUARDIANSHIP, purposes="P1 P3", basis=[Basis.LAW], subjects="HA VU EV",
        seen="HAK SOP TAL PER", retention="R6", sources="ASIAKAS DVV MUU", built=True,
        note="Tells of health: what goes beyond who acts for whom is class D. TAL as payee.",
    ),
    column(
        "S5-22", "HK-HUOLT", "alaikäisen hakijan huoltajatiedot",
        "guardians of an applicant under age", "C",
        group=Group.GUARDIANSHIP, purposes="P1 P3", subjects="HA HU", seen="HAK SOP",
        retention="R2 R6", sources="HAK DVV", built=True,
        note="Ends at 18; the history is restricted.",
    ),
    column(
        "S5-23", "HK-MAKSUS", "maksusitoumuksen antajan tiedot",
        "giver of a payment commitment", "B D",
        group=Group.COMMITMENT, purposes="P3 P4",
        basis=[Basis.CONTRACT, Basis.LAW, Basis.INTEREST], subjects="MS", seen="SOP TAL PER",
        retention="R6", sources="ASIAKAS MUU", built=True,
        note="Class D when the giver is social welfare.",
    ),
    column(
        "S5-24", "HK-TAKAUS", "takauksen antajan tiedot", "guarantor", "B C",
        group=Group.COMMITMENT, also=[Group.HETU], purposes="P3 P5", basis=[Basis.CONTRACT],
        subjects="TA", seen="SOP PER", retention="R6 R8", sources="ASIAKAS", built=True,
        note="The identity code is class C and lies with the others.",
    ),
    column(
        "S5-25", "HK-OLESK", "oleskeluluvan voimassaolo", "validity of a residence permit", "D",
        group=Group.PERMIT, purposes="P2", basis=[Basis.LAW], subjects="HA VU",
        seen="HAK VAL SOP", retention="R17", sources="ASIAKAS", built=True,
        note="Dates and type only; never the ground, never a copy. SOP sees the date.",
    ),
    column(
        "S5-26", "HK-ARA", "muut ARA-asukasvalinnan edellyttämät tiedot (kansalaisuus, haettava "
        "huoneisto, erityisryhmä, vertailu, valintaperuste, päätös)",
        "other data of resident selection (citizenship, flat, special group, comparison, ground, "
        "decision)", "B D",
        group=Group.SELECTION, also=[Group.NEED], purposes="P2", subjects="HA KH AS LA",
        seen="HAK VAL JOH",
        retention="R2 R4 R6", sources="HAK", built=True,
        note="Citizenship is class A, a special group may be class D. No structured codes for "
        "ethnicity or crime. JOH sees the decision.",
    ),
]  # fmt: skip
