"""What the room shows on a person's card: the latest documents, and a page with them all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.persons import merging, panels, tabs
from registry.persons.models import Person
from registry.persons.queries import presence
from registry.persons.queries.presence import known_empty
from registry.persons.queries.standing import refuse_if_tied, refuse_restricted
from vuokra.access.context import current
from vuokra.documents import queries, registry
from vuokra.documents.models import DocumentSubject

LATEST = 5


def documents(person: Person, today: date) -> dict[str, Any] | None:
    """The latest documents that the actor's rights open; two statements, or none without any."""
    if known_empty(person, DocumentSubject) or not registry.kinds_of(current().actor):
        return None
    found = queries.documents_of(person.pk, limit=LATEST)
    return {"lines": found} if found else None


def refuse_closed(subjects: Collection[int]) -> None:
    """No document about oneself, the household or a colleague (DP-A2), nor without a reason about
    whose processing is restricted (DP-A35)."""
    for person in Person.with_merged.filter(pk__in=subjects):
        refuse_if_tied(person)
    refuse_restricted(subjects, today=timezone.localdate())


def register() -> None:
    """Register the parts of this room."""
    presence.register(
        DocumentSubject, lambda person: DocumentSubject.objects.filter(subject_id=person)
    )
    panels.register_panel("documents", 60, "side", "papers/panel.html", documents)
    tabs.register(_("Asiakirjat"), "papers:documents", 50)
    registry.guard(refuse_closed)
    merging.repoint("vuokra_documents.DocumentSubject", "subject_id")
