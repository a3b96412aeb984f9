"""What staff look at of the paper archive. Each function runs a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.archive import rules
from registry.archive.models import AfterScan, Destruction, Loan, PaperFile, Store
from registry.archive.rule_rows import scanned
from registry.persons.models import Mark, MarkKind, Person
from registry.persons.queries import in_force, may_know_of_protection
from registry.persons.queries.marks import on_hold
from registry.persons.queries.presence import known_empty
from registry.persons.queries.presence import register as seldom
from registry.persons.queries.standing import closed
from registry.retention import words
from registry.retention.queries import lengths
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.accounts.queries import staff_names, staff_on
from vuokra.policy import rights
from vuokra.policy.groups import Group
from vuokra.policy.items import BY_ID
from vuokra.policy.rights import Level
from vuokra.rules.queries import RuleValue, rule
from vuokra.rules.queries import rules as numbers

FILE_TABLE = "registry_archive_paperfile"
seldom(PaperFile)
PAGE = 50
_NAMES = (
    "person__surname", "person__given_names", "person__call_name", "person__sort_key",
    "person__language", "person__customer_since",
)  # fmt: skip
"""Not read for the archive: folders are known by customer number."""


class State(models.TextChoices):
    """Views of the list (rajaus), as they stand in an address."""

    HERE = "paikalla", _("Arkistossa")
    OUT = "lainassa", _("Lainassa")
    DUE = "tuhottavat", _("Tuhottavat")
    GONE = "tuhotut", _("Tuhotut")


@dataclass(frozen=True, slots=True)
class FileRow:
    """Papers with where they are: the loan that is open, and their destruction."""

    file: PaperFile
    loan: Loan | None
    destruction: Destruction | None
    due_ground: str

    @property
    def gone(self) -> bool:
        """Whether they have been destroyed before a witness."""
        return self.destruction is not None and self.destruction.confirmed_at is not None

    @property
    def waits(self) -> bool:
        """Whether their destruction waits for the witness."""
        return self.destruction is not None and self.destruction.confirmed_at is None

    @property
    def retention(self) -> str:
        """The retention code of papers of the kind."""
        return rules.KINDS[self.file.kind].retention


@dataclass(frozen=True, slots=True)
class NamedLoan:
    """A loan with the names of who took the papers and who received them back."""

    row: Loan
    borrower: str
    receiver: str


@dataclass(frozen=True, slots=True)
class FilePage:
    """One file with every loan, and the names of the staff in them."""

    row: FileRow
    loans: list[Loan]
    names: dict[int, str]
    held: bool
    formula: str
    """From what the retention runs and how long, in words."""

    @property
    def named_loans(self) -> list[NamedLoan]:
        """The loans, newest first."""
        return [
            NamedLoan(loan, self._name(loan.borrower_id), self._name(loan.returned_to_id))
            for loan in self.loans
        ]

    @property
    def recorder(self) -> str:
        return self._name(self.row.file.recorded_by_id)

    @property
    def destroyer(self) -> str:
        return self._name(self.row.destruction.destroyed_by_id) if self.row.destruction else ""

    @property
    def witness(self) -> str:
        return self._name(self.row.destruction.witness_id) if self.row.destruction else ""

    @property
    def items(self) -> list[str]:
        """The register items on the papers, in words."""
        return [str(BY_ID[code].title) for code in rules.KINDS[self.row.file.kind].items]

    def _name(self, user_id: int | None) -> str:
        return self.names.get(user_id or 0, "")


def files(today: date) -> QuerySet[PaperFile]:
    """The papers that the actor may know of: not those of his own or of who lives with him (A2),
    and of whom a turvakielto covers only when he may know of it."""
    known = PaperFile.objects.filter(kind__in=rules.kinds_open_to(current().actor))
    known = known.exclude(closed(today))
    return known if may_know_of_protection() else known.exclude(person__protected=True)


def file_list(
    today: date, *, store: int | None = None, state: State | None = None, number: int = 1
) -> Page[FileRow]:
    """A page of papers by place and kind; four statements."""
    found = files(today)
    if store is not None:
        found = found.filter(store_id=store)
    if state is not None:
        found = found.filter(_of(state, today))
    found = _shown(found).order_by("store__code", "person__customer_number", "id")
    page: Page[FileRow] = Paginator(found, PAGE).get_page(number)  # type: ignore[assignment]  # rows follow
    page.object_list = _rows(page.object_list, today)  # type: ignore[arg-type]  # papers still
    return page


def files_of(person: Person, *, today: date) -> list[FileRow]:
    """The papers of one person that the actor may know of; two statements."""
    if known_empty(person, PaperFile):
        return []
    return _rows(_shown(files(today).filter(person=person)), today)


def file_of(person: Person, pk: int, *, today: date) -> FileRow:
    """One file of this person. Raises ObjectDenied for another's, none, or one of a closed kind."""
    found = _rows(_shown(files(today).filter(person=person, pk=pk)), today)
    if not found:
        raise ObjectDenied(FILE_TABLE, pk)
    return found[0]


def file_page(person: Person, pk: int, *, today: date) -> FilePage:
    """One file with its loans; six statements. Raises as `file_of`, and RuleMissing."""
    row = file_of(person, pk, today=today)
    loans = list(Loan.objects.filter(file_id=pk))
    staff = {row.file.recorded_by_id, *(loan.borrower_id for loan in loans)}
    staff |= {loan.returned_to_id for loan in loans}
    if row.destruction:
        staff |= {row.destruction.destroyed_by_id, row.destruction.witness_id}
    names = staff_names(one for one in staff if one)
    formula = str(words.formula(row.retention, lengths(today)))
    return FilePage(row, loans, names, held=on_hold(person, today=today), formula=formula)


def _shown(found: QuerySet[PaperFile]) -> QuerySet[PaperFile]:
    out = Prefetch("loans", Loan.objects.filter(returned_at=None), to_attr="open_loans")
    whole = found.select_related("person", "store", "destruction")
    return whole.defer(*_NAMES).prefetch_related(out)


def scan_rule(kind: str, on: date) -> RuleValue:
    """Whether paper of a kind may go once it has been scanned. Raises RuleMissing."""
    return rule(scanned(kind), on)


def _scan_is_enough(on: date) -> frozenset[str]:
    """The kinds of paper that may go once they have been scanned."""
    found = numbers({scanned(kind) for kind in rules.KINDS}, on)
    return frozenset(kind for kind in rules.KINDS if found[scanned(kind)].flag)


def _rows(found: Iterable[PaperFile], today: date) -> list[FileRow]:
    files, rows = list(found), []
    marked = any(file.after_scan == AfterScan.DESTROYED for file in files)
    enough = _scan_is_enough(today) if marked else frozenset()  # seldom asked: the card reads this
    for file in files:
        loan = next(iter(file.open_loans), None)  # type: ignore[attr-defined]  # prefetched
        destruction = getattr(file, "destruction", None)
        ground = rules.to_destroy(
            file.keep_until, file.after_scan, today, scan_is_enough=file.kind in enough
        )
        rows.append(FileRow(file, loan, destruction, "" if destruction else ground))
    return rows


def _of(state: State, today: date) -> Q:
    there = Q(destruction=None)
    out = Q(Exists(Loan.objects.filter(file=OuterRef("pk"), returned_at=None)))
    if state is State.GONE:
        return Q(destruction__confirmed_at__isnull=False)
    if state is State.OUT:
        return out
    if state is State.DUE:
        return there & _over(today)
    return there & ~out


def _over(today: date) -> Q:
    scanned_ones = Q(after_scan=AfterScan.DESTROYED, kind__in=sorted(_scan_is_enough(today)))
    return Q(keep_until__lt=today) | scanned_ones


def _hold(today: date) -> Q:
    return in_force(today) & Q(kind=MarkKind.LEGAL_HOLD)


def to_destroy(today: date) -> QuerySet[PaperFile]:
    """Papers to be destroyed now (A56): not while the person's data are held, nor while out."""
    held = Mark.objects.filter(_hold(today), person=OuterRef("person_id")).order_by()
    due = files(today).filter(_of(State.DUE, today), ~Exists(held))
    return due.select_related("person").order_by("keep_until", "id")


def overdue_loans(today: date) -> QuerySet[Loan]:
    """Loans that should be back by now."""
    known = files(today).values("pk")
    late = Loan.objects.filter(returned_at=None, due__lte=today, file__in=known)
    return late.select_related("file__person").order_by("due", "id")


def waiting_for_witness(today: date) -> QuerySet[Destruction]:
    """Destructions that the actor saw and has not confirmed yet."""
    waits = Destruction.objects.filter(confirmed_at=None, witness_id=current().actor.user_id)
    return waits.filter(file__in=files(today).values("pk")).select_related("file__person")


def stores() -> list[Store]:
    """Every place with the number of files in it that have not been destroyed; one statement.

    The number counts all kinds of papers: it tells of the box, not of a person.
    """
    there = Q(files__isnull=False) & ~Q(files__destruction__confirmed_at__isnull=False)
    return list(Store.objects.annotate(number=Count("files", filter=there)))


def open_stores() -> list[Store]:
    """Places in use; one statement."""
    return list(Store.objects.filter(closed_on=None))


def store_by_id(pk: int) -> Store:
    """A place. Raises ObjectDenied when there is none."""
    found = Store.objects.filter(pk=pk).first()
    if found is None:
        raise ObjectDenied("registry_archive_store", pk)
    return found


def is_empty(store: Store) -> bool:
    """Whether no papers are left in the place."""
    return not PaperFile.objects.filter(store=store).exclude(
        destruction__confirmed_at__isnull=False
    ).exists()  # fmt: skip


def witnesses(kind: str, *, today: date) -> list[tuple[int, str]]:
    """Who may see papers of a kind destroyed: readers of its like, but not the actor himself."""
    group, me = rules.KINDS[kind].group, current().actor.user_id
    return sorted(
        (
            (member.user_id, member.name)
            for member in staff_on(today)
            if member.user_id != me
            and rights.allows(member.roles, Group.ARCHIVE, Level.READ)
            and rights.allows(member.roles, group, Level.READ)
        ),
        key=lambda choice: choice[1],
    )
