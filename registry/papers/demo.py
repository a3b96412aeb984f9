"""Demo company: a letter to one of the invented people."""

from __future__ import annotations

from registry.papers import details
from registry.persons.models import Person
from vuokra.demo.registry import Progress, Scale
from vuokra.documents.models import Document


def fill(scale: Scale, progress: Progress) -> None:
    """The letter is ordered; the worker makes it when it starts."""
    person = Person.objects.filter(protected=False, addresses__isnull=False).order_by("pk").first()
    if person is not None:
        details.order(person, by=None)
    progress(1, 1)


def empty() -> bool:
    """Whether no document has been ordered."""
    return not Document.objects.exists()
