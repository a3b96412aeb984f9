"""Making documents: order, render in the worker, keep sealed. The only writers of the tables."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import pikepdf
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation

from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.access.stated import bulk_write
from vuokra.accounts.models import User
from vuokra.company.queries import company
from vuokra.documents import registry, rendering
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document, DocumentSubject, State, TemplateVersion
from vuokra.documents.registry import Data, Kind
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.ui import formatting

TABLE = "vuokra_documents_document"
WAITS = dt.timedelta(minutes=2)
"""A document that has waited so long was left by a worker that was stopped."""


# -- ordering ----------------------------------------------------------------------------------


@transaction.atomic
def order(
    kind: str,
    *,
    subjects: Sequence[int],
    language: str,
    reference: str,
    by: User | None,
    purpose: Purpose,
    about_id: int | None = None,
) -> Document:
    """Order a document (asiakirjan tilaaminen); the worker makes it.

    `subjects` are row ids of the persons it is about, the first of all first; `reference` is the
    number of the matter and names nobody; `about_id` a row id that the kind's `data` finds its
    matter by. `by` is None for a job of the system. Raises KeyError for an unknown kind,
    FunctionDenied without the right to it, ValueError for a language it has no template in, or a
    class D document about nobody.
    """
    document = _checked(
        registry.kind_of(kind), Order(subjects, language, reference, about_id), by, purpose
    )
    document.save()
    for subject in dict.fromkeys(subjects):
        DocumentSubject(document=document, subject_id=subject).save()
    _queue(document)
    return document


def order_now(
    kind: str,
    *,
    subjects: Sequence[int],
    language: str,
    reference: str,
    usual: Purpose,
    about_id: int | None = None,
) -> Document:
    """Order a document in the name of whoever acts, for the purpose of what is open, or the `usual`
    one where none is. Raises as `order`."""
    return order(
        kind, subjects=subjects, language=language, reference=reference, about_id=about_id,
        by=acting(), purpose=current().purpose or usual,
    )  # fmt: skip


def acting() -> User | None:
    """Who acts in the open access; None for a job of the system."""
    return User.objects.filter(pk=current().actor.user_id or 0).first()


@dataclass(frozen=True, slots=True)
class Order:
    """One of several documents that are ordered together; see `order`."""

    subjects: Sequence[int]
    language: str
    reference: str
    about_id: int | None = None


@transaction.atomic
def order_many(kind: str, orders: Sequence[Order], *, by: User | None, purpose: Purpose) -> UUID:
    """Order many documents of a kind at once (asiakirjojen tilaaminen); the batch that tells how
    far they are. A fixed number of statements beside one for each task. Raises as `order`."""
    found, batch = registry.kind_of(kind), uuid4()
    documents = [_checked(found, one, by, purpose, batch) for one in orders]
    with bulk_write("documents ordered together"):
        Document.objects.bulk_create(documents)
        DocumentSubject.objects.bulk_create(
            DocumentSubject(document=document, subject_id=subject)
            for document, one in zip(documents, orders, strict=True)
            for subject in dict.fromkeys(one.subjects)
        )
    for document in documents:
        _queue(document)
    return batch


def _checked(
    kind: Kind, one: Order, by: User | None, purpose: Purpose, batch: UUID | None = None
) -> Document:
    for group, level in kind.needs:
        current().require(group, level)
    if one.language not in kind.languages:
        raise ValueError(f"The document {kind.key} is not made in {one.language}.")
    if kind.sealed_for_subject and not one.subjects:
        raise ValueError(f"The document {kind.key} is sealed with the key of a person; name one.")
    return Document(
        kind=kind.key,
        language=one.language,
        reference=one.reference,
        batch=batch,
        about_id=one.about_id,
        subject_id=one.subjects[0] if one.subjects else None,
        purpose=purpose,
        ordered_by=by,
    )


@transaction.atomic
def retry(document: Document, *, by: User | None) -> None:
    """Make a document again that was not finished, in the name of whoever says so now: with their
    rights and purpose, not those of the first. Raises ObjectDenied for one that is ready or has
    just been ordered."""
    document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    if not may_retry(document, timezone.now()):
        raise ObjectDenied(TABLE, document.pk)
    document.state, document.fault = State.QUEUED, ""
    document.ordered_at, document.ordered_by = timezone.now(), by
    document.purpose = current().purpose or Purpose(document.purpose)
    document.save()
    _queue(document)


def may_retry(document: Document, now: dt.datetime) -> bool:
    """Whether it failed, or has waited so long that its worker must have been stopped."""
    late = document.state == State.QUEUED and now - document.ordered_at > WAITS
    return late or document.state == State.FAILED


def retry_batch(batch: UUID, *, by: User | None) -> int:
    """Make again what was not finished of a batch, in the name of whoever says so now; how many."""
    now, again = timezone.now(), 0
    for document in Document.objects.filter(batch=batch).exclude(state=State.READY):
        if may_retry(document, now):
            retry(document, by=by)
            again += 1
    return again


def queue_left_behind() -> int:
    """Queue again what waits for a worker that was stopped; gives how many. Every night."""
    left = Document.objects.filter(state=State.QUEUED, ordered_at__lt=timezone.now() - WAITS)
    documents = list(left)
    for document in documents:
        _queue(document)
    return len(documents)


def _queue(document: Document) -> None:
    from vuokra.documents.tasks import make

    make.enqueue(document.pk, document.ordered_by_id, str(document.purpose))


# -- making ------------------------------------------------------------------------------------


def proceed(document_id: int) -> None:
    """Make a document that waits; nothing when another worker has made it or is at it.

    All in the open transaction: a worker that is killed leaves the document waiting. Raises
    NotMade, FunctionDenied, or what the kind's `data` raises.
    """
    current().require(Group.PERSON, Level.READ)
    waiting = Document.objects.select_for_update(no_key=True, skip_locked=True)
    document = waiting.filter(pk=document_id, state=State.QUEUED).first()
    if document is None:
        return
    kind = registry.kind_of(document.kind)
    for group, level in kind.needs:
        current().require(group, level)
    current().note("item", kind.item)
    with translation.override(document.language):
        data = kind.data(document)
        pdf = _typeset(kind, data, document.language, document.reference)
    document.template = template_version(kind, document.language)
    _keep(document, pdf)


def fail(document_id: int, fault: Fault) -> None:
    """Say that a document was not made; its transaction was rolled back."""
    document = Document.objects.filter(pk=document_id, state=State.QUEUED).first()
    if document is not None:
        document.state, document.fault = State.FAILED, fault
        document.save()


def render(kind: Kind | str, data: Data, language: str, reference: str = "") -> bytes:
    """The PDF of data by a kind's template, kept nowhere: a preview, or part of another task.

    Raises NotMade when the template has an error, KeyError for an unknown kind or language.
    """
    found = registry.kind_of(kind) if isinstance(kind, str) else kind
    with translation.override(language):
        return _typeset(found, data, language, reference)


def template_version(kind: Kind, language: str) -> TemplateVersion:
    """The version of the template as it is now; recorded when it is used for the first time."""
    source = kind.source(language)
    digest = hashlib.sha256(source.encode()).hexdigest()
    mine = TemplateVersion.objects.filter(key=kind.key, language=language)
    if (known := mine.filter(digest=digest).defer("source").first()) is not None:
        return known
    newest = mine.aggregate(newest=Max("number"))["newest"] or 0
    found, _new = mine.get_or_create(
        digest=digest,
        defaults={
            "key": kind.key,
            "language": language,
            "number": newest + 1,
            "source": source,
        },
    )
    return found


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened_pdf:
        return len(opened_pdf.pages)


def _typeset(kind: Kind, data: Data, language: str, reference: str) -> bytes:
    now = timezone.localtime()
    inputs = {
        "lang": language,
        "title": str(kind.title),
        "date": formatting.date(now),
        "reference": reference,
        "company": _letterhead(),
        "data": data,
    }
    return rendering.typeset(kind.source(language), inputs, at=now, archive=kind.archive)


def _letterhead() -> dict[str, object]:
    """The controller as the layout shows it. Raises NotMade before it has been entered."""
    found = company()
    if found is None:
        raise NotMade(Fault.DATA)
    place, phone = f"{found.postal_code} {found.city}", formatting.phone(found.phone)
    lines = [found.name, found.business_id, f"{found.street_address}, {place}", phone]
    address = [found.street_address, place, phone, found.email]
    return {"name": found.name, "lines": lines, "address": [line for line in address if line]}


def _keep(document: Document, pdf: bytes) -> None:
    kind = registry.kind_of(document.kind)
    column = document.own_file if kind.sealed_for_subject else document.file
    column.save("", ContentFile(pdf), save=False)
    document.digest = hashlib.sha256(pdf).hexdigest()
    document.size, document.pages = len(pdf), pages_of(pdf)
    document.state, document.ready_at = State.READY, timezone.now()
    document.save()


# -- opening -----------------------------------------------------------------------------------


def opened(document: Document) -> bytes:
    """The PDF of a document that is ready; the event names everybody it is about, and the item.

    Raises ObjectDenied when it is not ready or not for the actor, and what a room raises that asks
    for a reason first.
    """
    kind = registry.kind_of(document.kind)
    if document.state != State.READY or not kind.open_to(current().actor):
        raise ObjectDenied(TABLE, document.pk)
    registry.ask_first(document)
    current().note_subjects(document.about.values_list("subject_id", flat=True))
    current().note("item", kind.item)
    return _content(document)


def joined(documents: Sequence[Document], *, both_sides: bool) -> bytes:
    """Documents that are ready in one PDF to print (yhteistuloste), in the order given; the event
    names everybody they are about, and the items. With `both_sides` each begins on a sheet of its
    own when both sides are printed. One statement.

    Raises ObjectDenied when one is not ready, not for the actor or of class D, and what a guard of
    the register raises when the record of somebody they are about is closed to the user (DP-A2).
    """
    for document in documents:
        kind = registry.kind_of(document.kind)
        ready = document.state == State.READY and not kind.sealed_for_subject
        if not ready or not kind.open_to(current().actor):
            raise ObjectDenied(TABLE, document.pk)
        current().note("item", kind.item)
    about = DocumentSubject.objects.filter(document__in=documents)
    subjects = sorted(set(about.values_list("subject_id", flat=True)))
    registry.refuse_closed(subjects)
    current().note_subjects(subjects)
    return _one_file((_content(document) for document in documents), both_sides)


def _content(document: Document) -> bytes:
    with document.stored.open() as file:
        return bytes(file.read())


def _one_file(pdfs: Iterable[bytes], both_sides: bool) -> bytes:
    found = io.BytesIO()
    with pikepdf.new() as whole:
        for content in pdfs:
            with pikepdf.open(io.BytesIO(content)) as part:
                whole.pages.extend(part.pages)
                if both_sides and len(part.pages) % 2:
                    left, low, right, high = map(float, part.pages[-1].mediabox)
                    whole.add_blank_page(page_size=(right - left, high - low))
        whole.save(found, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return found.getvalue()
