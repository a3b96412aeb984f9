"""The groups of data that the rooms below hold, and the bars that they know (6.6, 5.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.archive.models import PaperFile
from registry.consents.models import Decision as ConsentDecision
from registry.disclosures.models import DisclosedPerson
from registry.households.models import (
    Commitment,
    Guardian,
    HetuGround,
    Membership,
    Trusteeship,
)
from registry.persons.models import (
    Address,
    ContactPoint,
    ExternalId,
    FormerName,
    Identity,
    Mark,
    NoticeGiven,
    Person,
)
from registry.persons.queries import in_force
from registry.persons.queries.majority import is_minor
from registry.persons.queries.marks import on_hold
from registry.protection.models import ContactAddress, ProtectedDetail, Turvakielto
from registry.retention.queries import length_rule, lengths
from registry.retention.rules import Facts, retention_end
from registry.rights.bars import Barred, Held, register_bar, register_group
from registry.rights.models import OPEN, Bar, DataRequest, Ground
from vuokra.documents.models import DocumentSubject

BASIC, CONTACT, HETU, HOUSEHOLD, CONSENTS, FILES, MARKS, LOG = (
    "basic", "contact", "minor_hetu", "household", "consents", "requests", "marks", "log",
)  # fmt: skip
ACCOUNTABILITY: Final = "(EU) 2016/679 5 artikla 2"


def _rows(person: Person, *tables: type[models.Model]) -> int:
    return sum(table._default_manager.filter(person=person).count() for table in tables)


def _held(rows: int, **given: Any) -> Held | None:
    return Held(rows, **given) if rows else None


def basic(person: Person, today: date) -> Held | None:
    """Names and what identifies the person."""
    return Held(1 + _rows(person, Identity, FormerName, ExternalId))


def contact(person: Person, today: date) -> Held | None:
    """Telephones, e-mails and addresses, those under turvakielto too."""
    return _held(_rows(person, ContactPoint, Address, ProtectedDetail, ContactAddress))


def minor_hetu(person: Person, today: date) -> Held | None:
    """A child's identity code that no ground holds: recorded unlawfully (finding 1)."""
    found = Identity.objects.filter(person=person, hetu__isnull=False)
    identity = found.only("person_id", "birth_date").first()
    if identity is None or not is_minor(identity.birth_date, today):
        return None
    if HetuGround.objects.filter(person=person).exists():
        return None
    return Held(1, Ground.UNLAWFUL)


def household(person: Person, today: date) -> Held | None:
    """With whom the person lives or lived, and who acts or pays for whom."""
    either = Q(person=person) | Q(other=person)
    relations = sum(
        table._default_manager.filter(either).count()
        for table in (Guardian, Trusteeship, Commitment)
    )
    return _held(_rows(person, Membership) + relations)


def consents(person: Person, today: date) -> Held | None:
    """Consents and objections: what was forbidden leaves a keyed hash (R11)."""
    return _held(_rows(person, ConsentDecision), ground=Ground.OBJECTION, keeps_hash=True)


def files(person: Person, today: date) -> Held | None:
    """The requests of the person."""
    return _held(DataRequest.objects.filter(person=person).count())


def marks(person: Person, today: date) -> Held | None:
    """Marks, bans and the notices given: what shows that the law was kept."""
    return _held(_rows(person, Mark, NoticeGiven, Turvakielto))


def papers(person: Person, today: date) -> Held | None:
    """Paper files: destroyed, not erased."""
    return _held(_rows(person, PaperFile))


def documents(person: Person, today: date) -> Held | None:
    """Letters and papers that were made of the person."""
    return _held(DocumentSubject.objects.filter(subject_id=person.pk).count())


def disclosed(person: Person, today: date) -> Held | None:
    """To whom the person's data were given."""
    return _held(_rows(person, DisclosedPerson))


def log(person: Person, today: date) -> Held | None:
    """The access log and the change log: they always hold something."""
    return Held(1)


# -- bars --------------------------------------------------------------------------------------


def answers_for_another(person: Person, today: date) -> Barred | None:
    """A guarantee or payment commitment in force: a contract."""
    found = Commitment.objects.filter(in_force(today)).filter(Q(person=person) | Q(other=person))
    return Barred(Bar.CONTRACT, "6 artikla 1 b") if found.exists() else None


def held_from_deletion(person: Person, today: date) -> Barred | None:
    """A legal hold: deletion waits, whatever the group."""
    return Barred(Bar.HOLD, "17 artikla 3 e") if on_hold(person, today=today) else None


def file_is_kept(person: Person, today: date) -> Barred | None:
    """The file of a request is kept for some years after it closed (R14); an open one is open."""
    theirs = DataRequest.objects.filter(person=person)
    last = theirs.order_by("-closed_on").values_list("closed_on", flat=True).first()
    closed = today if theirs.filter(state__in=OPEN).exists() else last
    if closed is None:
        return None
    until = retention_end("R14", Facts(closed=closed), lengths(today))
    return Barred(Bar.LAW, f"{ACCOUNTABILITY}; R14", until, length_rule("R14", today))


def shows_that_law_was_kept(person: Person, today: date) -> Barred | None:
    """Marks and notices show that the controller kept the law (accountability)."""
    return Barred(Bar.LAW, ACCOUNTABILITY)


def paper_is_kept(person: Person, today: date) -> Barred | None:
    """A paper file whose last day has not come: the latest day of them."""
    kept = PaperFile.objects.filter(person=person, keep_until__gte=today)
    last = kept.order_by("-keep_until").values_list("keep_until", flat=True).first()
    return Barred(Bar.LAW, "17 artikla 3 b ja e; säilytysaika", last) if last else None


def secures_processing(person: Person, today: date) -> Barred | None:
    """The access log is never erased on request (6.6)."""
    return Barred(Bar.SECURITY, "32 artikla; 17 artikla 3 b ja e; R13")


def register() -> None:
    """Register the groups and bars of this room and those below it."""
    groups: Iterable[tuple[str, Any, int, Any]] = (
        (BASIC, _("Nimi ja tunnistetiedot"), 10, basic),
        (CONTACT, _("Yhteystiedot"), 20, contact),
        (HETU, _("Alaikäisen henkilötunnus ilman perustetta"), 30, minor_hetu),
        (HOUSEHOLD, _("Ruokakunta ja suhteet"), 40, household),
        (CONSENTS, _("Suostumukset ja kiellot"), 50, consents),
        (MARKS, _("Merkinnät, turvakiellot ja informointi"), 60, marks),
        (FILES, _("Tietopyynnöt"), 70, files),
        ("papers", _("Paperiaineisto"), 62, papers),
        ("documents", _("Kirjeet ja asiakirjat"), 64, documents),
        ("disclosures", _("Luovutukset"), 66, disclosed),
        (LOG, _("Käyttöloki ja muutosloki"), 80, log),
    )
    for code, title, order, holds in groups:
        register_group(code, title, order, holds)
    register_bar((BASIC, HOUSEHOLD), answers_for_another)
    register_bar((), held_from_deletion)
    # who asked must be known as long as the file of the request is kept
    register_bar((BASIC, FILES), file_is_kept)
    register_bar(("papers",), paper_is_kept)
    # what was told and given, and to whom, shows how the law was kept
    register_bar((MARKS, "documents", "disclosures"), shows_that_law_was_kept)
    register_bar((LOG,), secures_processing)
