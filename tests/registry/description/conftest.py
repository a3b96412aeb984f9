"""The company's details, and people who sign in."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.people import system_access
from tests.registry.persons.conftest import signed_in
from vuokra.company.models import Company, ContactKind
from vuokra.company.services import save_company

__all__ = ["signed_in"]


@pytest.fixture
def company(db: None) -> Company:
    """The demo company's details."""
    with system_access():
        found = save_company(
            Company(
                name="Hillakosken Vuokra-asunnot Oy", business_id="0000001-9",
                street_address="Koskikatu 1", postal_code="97999", city="Hillakoski",
                phone="+358490000001", email="toimisto@example.fi",
                contact_person="Reetta Rekivaara", contact_phone="+358490000002",
            )
        )  # fmt: skip
        found.office_hours.create(weekday=1, opens=dt.time(9), closes=dt.time(16))
        found.contacts.create(
            kind=ContactKind.ON_CALL, phone="+358490000004", hours="Aina.", hours_en="Always."
        )
    return found
