"""The demo company and its staff."""

from __future__ import annotations

import os
import secrets
from datetime import time

from vuokra.accounts.demo import make_accounts
from vuokra.accounts.models import User
from vuokra.company.models import Company, ContactKind
from vuokra.company.services import save_company
from vuokra.demo.registry import Progress, Scale

CONTACTS = [
    (ContactKind.OFFICE, "+358490000001", "Käynnit sopimuksen mukaan.", "Visits by appointment."),
    (ContactKind.MAINTENANCE, "+358490000003", "Arkisin klo 7–15.30.", "Weekdays 7–15.30."),
    (ContactKind.ON_CALL, "+358490000004",
     "Arkisin klo 15.30–7, viikonloput ja pyhät. Vain kiireelliset viat, aina soittamalla.",
     "Weekdays 15.30–7, weekends and holidays. Urgent faults only, always by phone."),
    (ContactKind.DOORS, "+358490000005", "Ovenavaukset aina.", "Door opening at any time."),
]  # fmt: skip


def fill_company(scale: Scale, progress: Progress) -> None:
    """Hillakosken Vuokra-asunnot Oy, which does not exist."""
    company = save_company(
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
    for day in range(1, 6):
        closes = time(16) if day < 5 else time(15)
        company.office_hours.create(weekday=day, opens=time(9), closes=closes)
    for kind, phone, hours, hours_en in CONTACTS:
        company.contacts.create(kind=kind, phone=phone, hours=hours, hours_en=hours_en)
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
