"""Papers of deposits: the statement, and what other papers of the lease say of the deposit."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from leases.contracts.papers.ordering import Printed
from leases.contracts.services import make_ready
from leases.deposits import papers, queries, services
from leases.deposits.models import Deposit, Form, Settlement
from leases.homes.models import Stair
from registry.persons.models import Person, Source
from registry.protection.models import ContactAddress
from tests.leases.contracts.paperwork import lacking, made, printed, text
from tests.leases.deposits.conftest import DAY, RENT, TODAY, Staff, drafted, make_flat
from tests.people import sign_in, system_access
from tests.registry.protection.conftest import acting, ban
from tests.vuokra.documents.conftest import company, files
from vuokra.documents.models import Document

__all__ = ["company", "files"]
pytestmark = pytest.mark.usefixtures("company", "files")


def statement(staff: Staff, deposit: Deposit, language: str = "fi") -> str:
    """The statement as the tenant reads it."""
    with acting(staff.clerk):
        found, row = queries.deposit_by_id(deposit.pk, today=TODAY)
        row.tenants[0].person.language = language
        (document,) = papers.order_statement(found, row)
    return text(staff.clerk, made(document))


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("fi", ["Vakuusselvitys", "Vähennykset", "Tavanomaista kulumista", "Palautetaan"]),
     ("en", ["Deposit statement", "Deductions", "Ordinary wear", "Returned"])],
)  # fmt: skip
def test_the_statement_accounts_for_every_euro(
    settled: Settlement, staff: Staff, language: str, wanted: list[str]
) -> None:
    found = statement(staff, settled.deposit, language)
    assert lacking(found, ["1 300,00 €", "650,00 €", "Marjukka Lehtovaara", *wanted]) == []
    assert "FI21" not in found and "150685" not in found


def test_there_is_none_before_the_approval(ready: Deposit, staff: Staff) -> None:
    with acting(staff.clerk), pytest.raises(ValidationError):
        papers.order_statement(*queries.deposit_by_id(ready.pk, today=TODAY))


def test_under_turvakielto_it_names_no_flat(
    settled: Settlement, staff: Staff, person: Person
) -> None:
    with system_access():
        ban(person)
        ContactAddress.objects.create(
            person=person, street="PL 12", postal_code="97990", town="Kivikylä",
            valid_from=date(2026, 1, 1), source=Source.PERSON,
        )  # fmt: skip
    found = statement(staff, settled.deposit)
    assert "PL 12" in found and "Koulukatu" not in found


def test_the_lease_and_the_confirmation_tell_of_the_deposit(
    ended: Deposit, staff: Staff, stair: Stair, other: Person
) -> None:
    """The lease of one that was agreed on before it was made ready to be signed."""
    with acting(staff.clerk):
        draft = drafted(make_flat(stair, 8), other, starts_on=TODAY)
        services.agree(draft, RENT * 2, Form.MONEY, TODAY + DAY, today=TODAY)
        make_ready(draft, today=TODAY)
    (lease,) = printed(staff.clerk, draft, Printed.LEASE, "fi")
    wanted = ["Vakuus", "1 300,00 €", "Rahana", "Annettava viimeistään"]
    assert lacking(text(staff.clerk, lease), wanted) == []
    (confirmation,) = printed(staff.clerk, ended.lease, Printed.CONFIRMATION, "en")
    assert lacking(text(staff.clerk, confirmation), ["Deposit", "number of the account"]) == []


def test_it_is_ordered_from_the_page_and_listed_on_the_lease(
    settled: Settlement, staff: Staff
) -> None:
    from django.test import Client

    browser, page = sign_in(Client(), staff.clerk), f"/vakuudet/{settled.deposit_id}/"
    address = f"{page}selvitys/tulosta/"
    assert address in browser.get(page).content.decode()
    ordered = browser.post(address)["Location"]
    with system_access():
        document = Document.objects.get()
    assert ordered == f"/asiakirjat/{document.uuid}/"
    with system_access():
        lease = settled.deposit.lease_id
    assert str(document.uuid) in browser.get(f"/sopimukset/{lease}/").content.decode()
