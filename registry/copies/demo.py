"""Demo company: a copy of the data of one of the invented people, to be gone through."""

from __future__ import annotations

from registry.copies import services
from registry.copies.models import Copy, CopyKind
from registry.households.models import Membership
from registry.persons.models import Person
from vuokra.demo.registry import Progress, Scale


def fill(scale: Scale, progress: Progress) -> None:
    """Somebody who lives with another, so that there is something to decide on."""
    together = Membership.objects.filter(household__memberships__person_id__isnull=False)
    person = (
        Person.objects.filter(protected=False, pk__in=together.values("person_id"))
        .order_by("pk")
        .first()
    )
    if person is not None:
        services.start_copy(
            person, language="fi", kind=CopyKind.ACCESS, reference="TP-2026-1", by=None
        )
    progress(1, 1)


def empty() -> bool:
    """Whether no copy has been made."""
    return not Copy.objects.exists()
