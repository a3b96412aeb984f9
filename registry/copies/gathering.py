"""Collecting a whole copy: rows, documents, looks, changes and the twelve points, at one moment."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import date

from django.db import models
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.text import capfirst

from registry.copies import points
from registry.copies.collecting import Collected, File, collect_rows, personal_tables
from registry.copies.content import Attachment, CopyContent, Section
from registry.copies.looks import changes_of, local_day, looks_of, moment
from registry.copies.models import CopyKind
from registry.copies.portability import is_portable
from registry.copies.sheets import suffix_of
from registry.persons.models import Person
from registry.persons.queries.standing import records_of
from vuokra.access.models import RowChange
from vuokra.company.queries import company
from vuokra.documents import registry as documents
from vuokra.documents.models import Document
from vuokra.policy.catalogue import ColumnRole

Tell = Callable[[int, int], None]
PAPERWORK = frozenset({"SY-04", "ASIAKIRJA"})
"""Items of the request's own file and of papers made meanwhile: they do not make a copy old."""


def collect(person: Person, *, kind: str, language: str, tell: Tell) -> CopyContent:
    """Everything that is held of a person now; the open context must reach every field group.

    Of records that were merged into the person's, too. For portability only what the person gave,
    on contract or consent (article 20).
    """
    now, today = timezone.now(), timezone.localdate()
    ids = [one.pk for one in records_of(person)]
    found = collect_rows(ids, tell)
    content = CopyContent(
        kind=kind,
        language=language,
        collected_at=moment(now),
        person={"name": person.name, "number": str(person.customer_number)},
        controller=_controller(),
        sections=found.sections,
        records=ids,
        connected=sorted(found.connected),
        protected=sorted(
            Person.with_merged.filter(pk__in=found.connected, protected=True).values_list(
                "pk", flat=True
            )
        ),
    )
    if kind == CopyKind.PORTABILITY:
        content.sections = [one for s in content.sections if (one := _portable(s)).entries]
    else:
        _add_access(content, found, ids, today)
    return content


def _add_access(content: CopyContent, found: Collected, ids: list[int], today: date) -> None:
    content.attachments = [
        _attachment(file, number, ids) for number, file in enumerate(found.files)
    ]
    content.looks = looks_of(ids)
    content.blocks = points.build(content, ids, today)
    if (changes := changes_of(ids)).entries:
        content.sections.append(changes)


def _portable(section: Section) -> Section:
    codes = section.code.split("+")
    section.entries = [
        entry
        for entry in section.entries
        if not entry.others and is_portable(codes, entry.source or None)
    ]
    return section


def _attachment(file: File, number: int, ids: list[int]) -> Attachment:
    with getattr(file.row, file.column).open() as opened:
        data = opened.read()
    title, day, others = _described(file.row, ids)
    return Attachment(
        f"liite-{number + 1}.{suffix_of(data)}",
        title,
        day,
        hashlib.sha256(data).hexdigest(),
        base64.b64encode(data).decode(),
        others,
    )


def _described(row: models.Model, ids: list[int]) -> tuple[str, str, list[int]]:
    """Title and day of the row a file belongs to, and other persons whom it concerns."""
    if not isinstance(row, Document):
        return capfirst(str(row._meta.verbose_name)), "", []
    others = set(row.about.values_list("subject_id", flat=True)) - set(ids)
    return str(documents.kind_of(row.kind).title), local_day(moment(row.ordered_at)), sorted(others)


def _controller() -> dict[str, str]:
    found = company()
    if found is None:
        return {}
    return {
        "name": found.name,
        "business_id": found.business_id,
        "address": f"{found.street_address}, {found.postal_code} {found.city}",
        "phone": found.phone,
        "email": found.email,
    }


def fingerprint(person: Person) -> tuple[int, int]:
    """How many changes of the person's rows the database has logged, and the last of them: another
    pair means that something has changed. One statement.

    The file of the request itself, and papers made meanwhile, do not count.
    """
    ids = [one.pk for one in records_of(person)]
    rows = RowChange.objects.filter(subject__in=ids).exclude(table_name__in=_paperwork())
    found = rows.aggregate(count=Count("id"), last=Max("id"))
    return found["count"], found["last"] or 0


def _paperwork() -> list[str]:
    tables = []
    for table, _model in personal_tables():
        codes = {c.code for c in table.columns.values() if c.role is ColumnRole.ITEM}
        if (codes and codes <= PAPERWORK) or table.name == "vuokra_documents_subject":
            tables.append(table.name)
    return [*tables, *(f"registry_copies_{name}" for name in ("enclosure", "opening", "reading"))]
