"""Papers of an invented person, and staff who handle them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from registry.archive import services
from registry.archive.models import PaperFile, PaperKind, Store
from registry.archive.services import Details
from registry.persons.models import Person
from tests.people import make_user, system_access
from tests.registry.persons.conftest import SignedIn, demo_mode, person, signed_in
from tests.registry.protection.conftest import acting
from vuokra.accounts.models import User
from vuokra.policy.roles import Role

__all__ = ["SignedIn", "acting", "demo_mode", "person", "signed_in"]

TODAY = timezone.localdate()


def papers(person: Person, store: Store, **changes: object) -> PaperFile:
    """An application whose retention is over, in the open context."""
    given: dict[str, object] = {
        "kind": PaperKind.APPLICATION, "store": store, "covers_from": date(2022, 3, 1),
        "covers_to": date(2022, 5, 31), "keep_until": TODAY - timedelta(days=1),
    }  # fmt: skip
    details = Details(**given | changes)  # type: ignore[arg-type]  # a test's keywords
    return services.record_file(person, details, today=TODAY)


@pytest.fixture
def store(db: None) -> Store:
    return Store.objects.create(code="A-12", kind="box", room="Arkistohuone", lock="room")


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(Role.HAK, username="kasittelija")


@pytest.fixture
def colleague(db: None) -> User:
    return make_user(Role.HAK, username="todistaja")


@pytest.fixture
def application(person: Person, store: Store) -> PaperFile:
    with system_access():
        return papers(person, store)
