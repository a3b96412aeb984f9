"""Making papers of leases in tests: the worker's part, and what a reader sees of the PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pypdf import PdfReader

from leases.contracts import queries
from leases.contracts.models import Lease
from leases.contracts.papers import ordering
from leases.contracts.papers.ordering import Printed
from leases.contracts.queries import LeaseRow
from tests.leases.contracts.conftest import TODAY
from tests.people import system_access
from tests.registry.protection.conftest import acting
from vuokra.accounts.models import User
from vuokra.documents import services, tasks
from vuokra.documents.models import Document, State


def row_of(lease: Lease) -> LeaseRow:
    return queries.lease_by_id(lease.pk, today=TODAY)


def printed(user: User, lease: Lease, paper: Printed, language: str = "") -> list[Document]:
    """What the worker makes of an order."""
    with acting(user):
        ordered = ordering.order(row_of(lease), paper, language=language)
    return [made(one) for one in ordered]


def made(document: Document) -> Document:
    tasks.make.func(document.pk, document.ordered_by_id, str(document.purpose))
    with system_access():
        return Document.objects.get(pk=document.pk)


def pdf(user: User, document: Document) -> bytes:
    assert document.state == State.READY, document.fault
    with acting(user):
        return services.opened(document)


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def words(content: bytes) -> str:
    """The text with single spaces, without the invisible places where a long word may break."""
    text = " ".join(page.extract_text() for page in reader(content).pages)
    return " ".join(text.replace("\u200b", "").replace("\u00ad", "").split())


def text(user: User, document: Document) -> str:
    return words(pdf(user, document))


def texts(user: User, documents: Sequence[Document]) -> list[str]:
    return [text(user, one) for one in documents]


def lacking(text: str, wanted: Any) -> list[str]:
    """Which of the wanted words are not there, however lines were broken."""
    flat = text.replace(" ", "").replace("\u00a0", "")
    return [one for one in wanted if str(one).replace(" ", "").replace("\u00a0", "") not in flat]
