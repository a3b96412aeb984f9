"""Two records of one person, and everything that either has."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from registry.duplicates.models import Candidate, Origin
from registry.duplicates.services import Choices, choose_pair, merge
from registry.persons import merging, services
from registry.persons.models import (
    AddressKind,
    ContactKind,
    FormerCode,
    Identity,
    IdentityKind,
    Person,
    Source,
)
from registry.persons.services import Code, Names, PostalAddress
from tests.people import system_access
from tests.registry.persons.conftest import (  # noqa: F401  (fixtures)
    CODE,
    SINCE,
    TODAY,
    demo_mode,
    invented,
    signed_in,
)

OTHER_CODE = "150685Y906N"
REASON = "Sama henkilö kirjattiin kahdesti."
UNDO_REASON = "Yhdistettiin väärät tietueet."


def now() -> datetime:
    return timezone.now()


def twin(code: str = OTHER_CODE, since: date = date(2025, 5, 1)) -> Person:
    """The newer record of the person that `invented()` makes: fewer names, another code."""
    person = services.register_person(
        Names("Lehtovaara", "Marjukka"),
        today=TODAY,
        identity=Code(IdentityKind.HETU, code) if code else None,
        customer_since=since,
    )
    services.add_contact_point(
        person, ContactKind.EMAIL, "toinen@example.fi", source=Source.PERSON, valid_from=since
    )
    services.add_address(
        person, AddressKind.HOME, PostalAddress("Suokuja 3", "97999", "Hillakoski"),
        source=Source.APPLICATION, valid_from=since,
    )  # fmt: skip
    return person


@pytest.fixture
def both(db: None) -> tuple[Person, Person]:
    """The older record and the newer one."""
    with system_access():
        return invented(), twin()


@pytest.fixture
def pair(both: tuple[Person, Person]) -> Candidate:
    with system_access():
        return choose_pair(*both, Origin.CHOSEN)


def merged(survivor: Person, other: Person, choices: Choices | None = None) -> Any:
    return merge(survivor, other, choices or Choices(), reason=REASON, now=now())


# What an undo need not bring back: when a row was last saved, and how a code is sealed.
ASIDE = {"changed_at", "hetu"}


def state_of(people: tuple[int, int]) -> dict[str, list[dict[str, Any]]]:
    """Every row of the registered tables that names either person, with codes opened."""
    found: dict[str, list[dict[str, Any]]] = {}
    found["person"] = [
        {k: v for k, v in row.items() if k not in ASIDE}
        for row in Person.with_merged.filter(pk__in=people).order_by("pk").values()
    ]
    for reference in merging.references():
        rows = reference.model._base_manager.filter(**{f"{reference.field}__in": people})
        found[reference.model_label] = [
            {
                field.attname: getattr(row, field.attname)
                for field in row._meta.concrete_fields
                if field.attname not in ASIDE and field.attname != "hetu_index"
            }
            | {"code": _opened(row)}
            for row in rows.order_by("pk")
        ]
    return found


def _opened(row: Any) -> str:
    sealed = row.hetu if isinstance(row, Identity | FormerCode) else None
    return "" if sealed is None else sealed.reveal()
