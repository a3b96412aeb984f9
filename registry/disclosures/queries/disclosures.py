"""What was disclosed: lists for the registrar, and what one person's data went to whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.disclosures.models import (
    Category,
    Channel,
    DisclosedPerson,
    Disclosure,
    Recipient,
)
from registry.disclosures.texts import named
from registry.persons import exports
from registry.persons.models import Person
from registry.persons.queries import may_know_of_protection, records_of
from registry.persons.queries.standing import closed
from vuokra.access.errors import ObjectDenied
from vuokra.access.stated import raw_sql
from vuokra.accounts.queries import staff_names
from vuokra.policy.roles import Purpose

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE = 50
SHOWN_PEOPLE = 50
DISCLOSURE_TABLE = "registry_disclosures_disclosure"

FILES = frozenset({exports.ORIGIN})
"""Origins whose disclosures get the digest of their file when it has left."""

Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which disclosures a list shows; nothing of a person, so it may stand in an address."""

    recipient: int | None = None
    category: Category | None = None
    own_use: bool | None = None
    purpose: Purpose | None = None
    first: date | None = None
    last: date | None = None
    irregular: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A disclosure with the names of staff, in words."""

    row: Disclosure
    by: str
    approved_by: str
    what: str
    corrected: bool
    whole: bool

    @property
    def remarks(self) -> list[StrOrPromise]:
        """What is out of the ordinary, in words."""
        row = self.row
        known = (
            (row.irregular, _("ilman perustetta")),
            (row.void, _("tietoja ei annettu")),
            (row.corrects_id is not None, _("oikaisu")),
            (self.corrected, _("oikaistu myöhemmin")),
            (row.origin in FILES and not self.whole, _("tiedosto ei lähtenyt kokonaan")),
        )
        return [text for holds, text in known if holds]

    @property
    def law(self) -> str:
        """The basis in words: the agreement's number, or statute and section."""
        if self.row.basis is not None:
            return " ".join(filter(None, (self.row.basis.reference, self.row.basis.section)))
        return " ".join(filter(None, (self.row.statute, self.row.section)))


@dataclass(frozen=True, slots=True)
class Given:
    """That a recipient was given items of a person: for the data-subject copy (article 15(1)(c)).

    `recipient` is None for a copy in the company's own use.
    """

    at: datetime
    recipient: Recipient | None
    codes: tuple[str, ...]
    purpose: Purpose
    law: str
    channel: str
    instrument: str


def chosen(wanted: Wanted) -> QuerySet[Disclosure]:
    """Disclosures that pass the filters, newest first."""
    found = Disclosure.objects.order_by("-at", "-id")
    if wanted.recipient is not None:
        found = found.filter(recipient_id=wanted.recipient)
    if wanted.category is not None:
        found = found.filter(recipient__category=wanted.category)
    if wanted.own_use is not None:
        found = found.filter(recipient__isnull=wanted.own_use)
    if wanted.purpose is not None:
        found = found.filter(purpose=wanted.purpose)
    if wanted.first is not None:
        found = found.filter(at__date__gte=wanted.first)
    if wanted.last is not None:
        found = found.filter(at__date__lte=wanted.last)
    if wanted.irregular:
        found = found.filter(irregular=True)
    return found


def disclosure_page(wanted: Wanted, number: int) -> Page[Line]:
    """A page of 50; three statements."""
    paginator = Paginator(_joined(chosen(wanted)), PAGE)
    page = paginator.get_page(number)
    return Page(in_words(page.object_list), page.number, paginator)  # type: ignore[arg-type]


def _joined(found: QuerySet[Disclosure]) -> QuerySet[Disclosure]:
    return found.select_related("recipient", "basis", "copy", "corrected_by")


def in_words(rows: Iterable[Disclosure]) -> list[Line]:
    """Disclosures as lines of a list; one statement for the names of staff."""
    found = list(rows)
    staff = {one for row in found for one in (row.by_id, row.approved_by_id) if one}
    names = staff_names(staff)
    return [
        Line(
            row,
            names.get(row.by_id or 0, ""),
            names.get(row.approved_by_id or 0, ""),
            named(row.codes),
            hasattr(row, "corrected_by"),
            hasattr(row, "copy"),
        )
        for row in found
    ]


def disclosure_by_id(pk: int) -> Line:
    """A disclosure. Raises ObjectDenied when there is none."""
    found = _joined(Disclosure.objects.filter(pk=pk)).first()
    if found is None:
        raise ObjectDenied(DISCLOSURE_TABLE, pk)
    return in_words([found])[0]


def people_of(row: Disclosure) -> list[Person]:
    """The first people of a disclosure, by name; one statement. Who is under turvakielto is there
    only for those who may know of it, and nobody whose record is closed to the user (A2)."""
    links = DisclosedPerson.objects.filter(disclosure=row)
    found = Person.with_merged.filter(pk__in=links.values("person_id")).order_by("sort_key", "id")
    found = found.annotate(person_id=F("pk")).filter(~closed(timezone.localdate()))
    if not may_know_of_protection():
        found = found.filter(protected=False)
    return list(
        found.only("public_id", "customer_number", "surname", "given_names", "call_name",
                   "protected")[:SHOWN_PEOPLE]
    )  # fmt: skip


def people_ids(row: Disclosure) -> list[int]:
    """Ids of everybody whose data a disclosure held; one statement."""
    links = DisclosedPerson.objects.filter(disclosure=row).order_by("person_id")
    return list(links.values_list("person_id", flat=True))


def batch(wanted: Wanted, place: Place | None, size: int) -> tuple[list[Line], Place | None]:
    """The next lines of the filtered list and where the ones after them begin; two statements."""
    found = chosen(wanted)
    if place is not None:
        at, pk = place
        found = found.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))
    lines = in_words(_joined(found)[:size])
    following = (lines[-1].row.at, lines[-1].row.pk) if len(lines) == size else None
    return lines, following


# -- of one person -----------------------------------------------------------------------------


def _links(records: Collection[int]) -> QuerySet[DisclosedPerson]:
    """The link rows of a person's records, newest first."""
    found = DisclosedPerson.objects.filter(person__in=records)
    return found.order_by("-disclosure__at", "-disclosure_id")


def _ids(person: Person) -> list[int]:
    """Ids of a person's record and of those merged into it; one statement or a few."""
    return [one.pk for one in records_of(person)]


def lines_of(person: Person, number: int) -> Page[Line]:
    """What was disclosed of a person; four statements."""
    joined = ("disclosure", *(f"disclosure__{name}" for name in ("recipient", "basis", "copy",
                                                                 "corrected_by")))  # fmt: skip
    paginator = Paginator(_links(_ids(person)).select_related(*joined), PAGE)
    page = paginator.get_page(number)
    lines = in_words(link.disclosure for link in page.object_list)
    return Page(lines, page.number, paginator)  # type: ignore[arg-type]  # lines of the same rows


def recipients_of(person: Person) -> list[Given]:
    """To whom data of a person were given, and when: one row for each disclosure (C-154/21).

    Rows that were corrected count as corrected; two statements.
    """
    return given_of(_ids(person))


def given_of(records: Collection[int]) -> list[Given]:
    """The same by the ids of a person's records, for the data-subject copy; one statement."""
    rows = _valid(records).select_related("disclosure__recipient", "disclosure__basis")
    return [_given(link.disclosure) for link in rows]


def _given(row: Disclosure) -> Given:
    law = Line(row, "", "", "", corrected=False, whole=True).law
    return Given(
        row.at, row.recipient, tuple(row.codes), Purpose(row.purpose), law,
        row.get_channel_display(), row.basis.get_instrument_display() if row.basis else "",
    )  # fmt: skip


def _valid(records: Collection[int]) -> QuerySet[DisclosedPerson]:
    """Disclosures that happened, as they were corrected last."""
    return _links(records).filter(disclosure__void=False, disclosure__corrected_by__isnull=True)


def given_to(person: Person) -> dict[int, frozenset[str]]:
    """The items of a person that each recipient was given, by the recipient's id; two statements.

    The company's own use has no recipient and is not among them.
    """
    rows = (
        _valid(_ids(person))
        .filter(disclosure__recipient__isnull=False)
        .select_related("disclosure")
    )
    found: dict[int, frozenset[str]] = {}
    for link in rows:
        row: Any = link.disclosure
        found[row.recipient_id] = found.get(row.recipient_id, frozenset()) | frozenset(row.codes)
    return found


ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
TAKEN = """
    SELECT coalesce(sum(person_count), 0) FROM registry_disclosures_disclosure
    WHERE by_id = %s AND channel = %s AND approved_by_id IS NULL AND recorded_at >= %s
"""


def taken_out(user_id: int | None, today: date) -> int:
    """How many people a member of staff has taken out in files today without another's approval;
    two statements. A sum that tells nothing of them, so that no right to disclosures is asked.

    Whoever asks for the same member of staff waits until this transaction is over: of two files
    taken at the same moment the second counts the first.
    """
    midnight = datetime.combine(today, time.min, tzinfo=timezone.get_current_timezone())
    with raw_sql("how many people were taken out today"), connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [f"registry_disclosures_taken:{user_id}"])
        cursor.execute(TAKEN, [user_id, Channel.FILE, midnight])
        (people,) = cursor.fetchone()
    return int(people)
