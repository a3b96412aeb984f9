"""The demo company and its staff."""

from __future__ import annotations

import os
import secrets

from vuokra.accounts.demo import make_accounts
from vuokra.accounts.models import User
from vuokra.company.models import Company
from vuokra.company.services import save_company
from vuokra.demo.registry import Progress, Scale


def fill_company(scale: Scale, progress: Progress) -> None:
    """Hillakosken Vuokra-asunnot Oy, which does not exist."""
    save_company(
        Company(
            name="Hillakosken Vuokra-asunnot Oy",
            business_id="0000001-9",
            street_address="Koskikatu 1",
            postal_code="97999",
            city="Hillakoski",
            phone="+358490000001",
            email="toimisto@example.fi",
            contact_person="Reetta Rekivaara",
            contact_phone="+358490000002",
            contact_email="rekisteri@example.fi",
        )
    )
    progress(1, 1)


def no_company() -> bool:
    """Whether the controller's details are missing."""
    return not Company.objects.exists()


def fill_accounts(scale: Scale, progress: Progress) -> None:
    """The demo staff. Their password is that of VUOKRA_DEMO_PASSWORD, or one nobody knows."""
    made = make_accounts(os.environ.get("VUOKRA_DEMO_PASSWORD") or secrets.token_urlsafe(24))
    progress(len(made), len(made))


def no_accounts() -> bool:
    """Whether there are no staff accounts."""
    return not User.objects.exists()
