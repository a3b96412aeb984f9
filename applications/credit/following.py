"""What becomes of checks when two records of one person are merged."""

from __future__ import annotations

from applications.credit.models import CreditCheck
from applications.credit.queries import OF_CHOICE, OF_LEASE
from registry.persons import merging
from registry.persons.models import Person
from vuokra.access.actor import Case
from vuokra.access.context import current


def tell_case(survivor: Person, merged: Person) -> None:
    """The checks that move to the survivor are handled for the case that they were made for."""
    known = CreditCheck.objects.filter(person=merged).order_by("pk")
    found = known.values_list("pk", "decision_id", "lease_id").first()
    if found is None or current().case is not None:
        return
    _pk, decision, lease = found
    current().case = Case(OF_CHOICE, decision) if decision else Case(OF_LEASE, lease)


def register() -> None:
    """Called from the room's AppConfig."""
    merging.repoint("applications_credit.CreditCheck")
    merging.accompany(before=tell_case)
