"""Personal data that the software itself makes: SY-01 … SY-15.

The first seven are of the specification; the rest are what its rules need to be kept: A2 and A3
(ties), A59 (death), articles 18 and 5(1)(e) (marks), articles 13 and 14 (notices), and
the documents that are made of the data, S8-01 … S8-03 (papers), 9.5 (watched people).
"""

from __future__ import annotations

from vuokra.policy.basis import Basis
from vuokra.policy.groups import Group
from vuokra.policy.register.model import EVERYBODY, RegisterItem, column
from vuokra.policy.register.persons import EVERY_TASK

ALL = f"KÄ {EVERYBODY}"

ITEMS: list[RegisterItem] = [
    column(
        "SY-01", "KÄYTTÄJÄ", "käyttäjätunnukset, roolit ja kirjautumisen toiset tekijät",
        "user accounts, roles and second factors", "A C",
        group=Group.STAFF, also=[Group.LOG], purposes="P15",
        basis=[Basis.LAW, Basis.INTEREST], subjects="KÄ", seen="PAA TAR", retention="R-KÄ",
        built=True,
        note="Secrets of second factors are class C. The admin's log names accounts.",
    ),
    column(
        "SY-02", "LOKI", "käyttöloki ja muutosloki", "access log and change log", "A",
        group=Group.LOG, purposes="P15",
        basis=[Basis.LAW, Basis.SECURITY, Basis.LOG_BENCHMARK], subjects=ALL, seen="TAR REK",
        retention="R13", built=True, note="Sealed against alteration.",
    ),
    column(
        "SY-03", "SY-03", "luovutusloki", "disclosure log", "B",
        group=Group.DISCLOSURE, purposes="P14 P15",
        basis=[Basis.ACCOUNTABILITY, Basis.RECIPIENTS, Basis.NOTIFYING], subjects=EVERYBODY,
        seen="REK", retention="R6 R14", built=True,
        note="As long as the file that was disclosed, then R14. JOH approves and sees.",
    ),
    column(
        "SY-04", "SY-04", "rekisteröityjen pyynnöt", "data-subject requests", "B",
        group=Group.RIGHTS, purposes="P14", basis=[Basis.LAW], subjects=EVERYBODY, seen="REK JOH",
        retention="R14", built=True,
        note="JOH as the second person of an answer. What is disputed in a rectification is "
        "sealed as class D; evidence of identity is not kept.",
    ),
    column(
        "SY-05", "SY-05", "tietoturvaloukkausten luettelo", "breach register", "B",
        group=Group.DISCLOSURE, purposes="P15", basis=[Basis.BREACHES], subjects=ALL,
        seen="REK JOH", retention="R15",
    ),
    column(
        "SY-06", "SY-06", "valinnan pisteet ja vertailu", "selection score and comparison", "B",
        group=Group.SELECTION, purposes="P2", subjects="HA KH", seen="VAL",
        retention="R2", built=True,
    ),
    column(
        "SY-07", "SY-07", "hätäkatselut", "break-glass records", "B",
        group=Group.WATCH, purposes="P15", basis=[Basis.INTEREST],
        subjects=ALL, seen="TAR REK JOH", retention="R13", built=True,
        note="Who opened whose record past the usual rights, why, and what the review of it said. "
        "Rows are added and never changed.",
    ),
    column(
        "SY-08", "SIDONNAISUUS", "käyttäjän sidonnaisuudet rekisteröityihin",
        "ties of a user to data subjects", "B",
        group=Group.TIES, purposes="P15", basis=[Basis.LAW, Basis.SECURITY], subjects=ALL,
        seen="HAK VAL SOP REK", retention="R6 R-KÄ", sources="ASIAKAS", built=True,
        note="Whose record a user may not open, and on whom a user may not decide.",
    ),
    column(
        "SY-09", "KUOLEMA", "kuolinpäivä", "date of death", "A",
        group=Group.PERSON, purposes="P1 P3 P4 P5", subjects=EVERYBODY, seen=EVERY_TASK,
        retention="R2 R6 R18", sources="ASIAKAS DVV MUU", built=True,
        note="Marketing and reminders stop; contact details are not offered any more.",
    ),
    column(
        "SY-10", "RAJOITUS", "käsittelyn rajoittaminen ja säilytyspito",
        "restriction of processing and legal hold", "B",
        group=Group.PERSON, purposes="P14", basis=[Basis.LAW],
        subjects=EVERYBODY, seen=EVERY_TASK, retention="R6 R14", sources="ASIAKAS", built=True,
        note="Article 18, and waiting for the end of a dispute: a ground and the matter's number, "
        "not its content.",
    ),
    column(
        "SY-11", "INFORMOINTI", "annetut tietosuojaselosteet", "privacy notices given", "A",
        group=Group.PERSON, purposes="P14", basis=[Basis.LAW, Basis.INFORMING],
        subjects=EVERYBODY, seen=EVERY_TASK, retention="R6 R14", sources="ASIAKAS", built=True,
        note="Articles 13 and 14: which version, when, how and by whom.",
    ),
    column(
        "SY-12", "ASIAKIRJA", "rekisteröidystä laaditut asiakirjat",
        "documents made about the person", "B D",
        group=Group.PERSON, purposes="P1 P2 P3 P4 P5 P9 P14", subjects=EVERYBODY,
        seen=EVERY_TASK, retention="R2 R6 R10 R14", built=True,
        note="That there is one. Its content is of the item that it is a copy of, opened by the "
        "right to that item's field group and kept as long; class D with the person's own key.",
    ),
    column(
        "SY-13", "PAPERI", "paperiaineiston luettelo", "register of papers", "B",
        group=Group.ARCHIVE, purposes="P1 P2 P3 P4 P5 P9 P14", basis=[Basis.LAW, Basis.SECURITY],
        subjects=EVERYBODY, seen="HAK VAL SOP TAL PER ASN REK",
        retention="R2 R3 R4 R6 R7 R8 R9 R10 R11 R12 R14", built=True,
        note="S8-01 to S8-03: which papers lie where, who had them, when they were destroyed and "
        "before whom. Papers are seen by those who see their like on the screen.",
    ),
    column(
        "SY-14", "KUOLINPESÄ", "kuolinpesän yhteyshenkilö", "contact of an estate", "A C",
        group=Group.COMMITMENT, purposes="P3 P4 P5", subjects="VU MS TA", seen="SOP TAL PER",
        retention="R6 R8", sources="ASIAKAS DVV MUU", built=True,
        note="Whom to turn to of a dead person's lease and dues (A59); nothing of the dead person "
        "is told by it.",
    ),
    column(
        "SY-15", "SEURANTA", "henkilöt, joiden tietojen katselua seurataan",
        "people whose record is watched", "B",
        group=Group.WATCH, purposes="P15", basis=[Basis.SECURITY], subjects=EVERYBODY,
        seen="TAR REK JOH", retention="R13", built=True,
        note="A public figure, or a victim of a much-told case: every look raises an alert.",
    ),
]  # fmt: skip
