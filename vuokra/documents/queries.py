"""What staff look at of documents. Each function runs a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.accounts.queries import staff_names
from vuokra.desk.subjects import Subject, subjects
from vuokra.documents import registry, services
from vuokra.documents.models import Document, State
from vuokra.documents.registry import Kind

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A document as lists show it: without its content."""

    document: Document
    kind: Kind
    by: str

    @property
    def ready(self) -> bool:
        return self.document.state == State.READY


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document as its page shows it."""

    line: Line
    about: list[Subject]
    others: int
    version: int | None
    may_retry: bool

    @property
    def moving(self) -> bool:
        """Whether the worker has it, or will soon."""
        return self.line.document.state == State.QUEUED and not self.may_retry


def documents_of(subject_id: int, *, limit: int = SHOWN) -> list[Line]:
    """The latest documents about a person that the actor's rights open; two statements."""
    return _lines(_open().filter(about__subject_id=subject_id)[:limit])


def documents_in(kind: str, reference: str) -> list[Line]:
    """Documents of a kind in a matter, the latest first, for those who may see them; two
    statements."""
    return _lines(_open().filter(kind=kind, reference=reference))


def documents_in_matter(reference: str, *, limit: int = SHOWN) -> list[Line]:
    """Documents of every kind in a matter, the latest first, for those who may see them; two
    statements."""
    return _lines(_open().filter(reference=reference)[:limit])


@dataclass(frozen=True, slots=True)
class Batch:
    """What was ordered together: how many there are, are ready and failed, and whether the worker
    has left the rest: nothing of it has moved for long."""

    batch: UUID
    total: int
    done: int
    failed: int
    late: bool

    @property
    def percent(self) -> int:
        """Hundredths of it."""
        return 100 * (self.done + self.failed) // self.total

    @property
    def moving(self) -> bool:
        """Whether the worker has something of it, or will soon."""
        return self.done + self.failed < self.total and not self.late

    @property
    def unfinished(self) -> int:
        """How many are to be started again, once the worker has nothing of it."""
        return 0 if self.moving else self.total - self.done


def batch_by_uuid(batch: UUID) -> Batch:
    """How far documents are that were ordered together; one statement. Whoever ordered them sees
    it: raises ObjectDenied to others, and when nothing of it is left for the actor."""
    counted = _of_batch(batch).aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(state=State.READY)),
        failed=Count("pk", filter=Q(state=State.FAILED)),
        ordered=Max("ordered_at"),
        moved=Max("ready_at"),
    )
    if not counted["total"]:
        raise ObjectDenied(services.TABLE)
    moved = max(counted["ordered"], counted["moved"] or counted["ordered"])
    late = timezone.now() - moved > services.WAITS
    return Batch(batch, counted["total"], counted["done"], counted["failed"], late)


def documents_of_batch(batch: UUID) -> list[Line]:
    """The documents that were ordered together, by their matters; two statements."""
    return _lines(_of_batch(batch).order_by("reference", "id"))


def ready_of_batch(batch: UUID) -> list[Document]:
    """Those of them that can be printed together, by their matters, without those that open one by
    one; one statement. Raises ObjectDenied when there is none for the actor."""
    ready = registry.together(_of_batch(batch).filter(state=State.READY))
    ready = ready.order_by("reference", "id")
    found = [one for one in ready if not registry.kind_of(one.kind).sealed_for_subject]
    if not found:
        raise ObjectDenied(services.TABLE)
    return found


def _of_batch(batch: UUID) -> QuerySet[Document]:
    return _open().filter(batch=batch, ordered_by=current().actor.user_id)


def document_by_uuid(uuid: UUID | str) -> Document:
    """The document of an address: the one door to it; two statements.

    Raises ObjectDenied when there is none for the actor or a room hides it, and what a guard of the
    register raises when the record of somebody it is about is closed to the user (DP-A2).
    """
    document = _open().filter(uuid=uuid).first()
    if document is None:
        raise ObjectDenied(services.TABLE)
    registry.refuse_closed(_subjects(document))
    return document


def sheet(document: Document) -> Sheet:
    """One document with whom it is about; at most four statements."""
    (line,) = _lines([document])
    ids = _subjects(document)
    known = subjects(ids)
    version = document.template.number if document.template is not None else None
    return Sheet(
        line,
        [known[one] for one in ids if one in known],
        sum(one not in known for one in ids),
        version,
        services.may_retry(document, timezone.now()),
    )


def _open() -> QuerySet[Document]:
    """What the actor's rights open and no room hides."""
    kinds = [kind.key for kind in registry.kinds_of(current().actor)]
    return registry.shown(Document.objects.filter(kind__in=kinds))


def _subjects(document: Document) -> list[int]:
    return sorted(document.about.values_list("subject_id", flat=True))


def _lines(documents: Iterable[Document]) -> list[Line]:
    found = list(documents)
    names = staff_names(one.ordered_by_id for one in found if one.ordered_by_id)
    return [
        Line(one, registry.kind_of(one.kind), names.get(one.ordered_by_id or 0, ""))
        for one in found
    ]
