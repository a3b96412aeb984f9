"""Pages of deposits: from the lease's card to the return, and who sees the account."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leases.deposits import services
from leases.deposits.models import Commitment, Deposit, Form, RefundAccount, Settlement
from leases.deposits.rules.deposit import Payer
from leases.homes.models import Flat, Stair
from registry.persons.models import Person
from tests.leases.deposits.conftest import (
    DAY,
    IBAN,
    NEXT_IBAN,
    NOW,
    RENT,
    TODAY,
    SignedIn,
    Staff,
    account,
    acting,
    concluded,
    drafted,
    make_flat,
)
from tests.people import make_user, sign_in, system_access
from tests.registry.protection.conftest import ban
from vuokra.policy.roles import Role

ADDRESS = "/vakuudet/"


def html(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def day(offset: int = 0) -> str:
    found = TODAY + DAY * offset
    return f"{found.day}.{found.month}.{found.year}"


def test_a_deposit_is_agreed_on_the_page_of_its_lease(
    signed_in: SignedIn, flat: Flat, person: Person
) -> None:
    browser = signed_in("SOP")
    with system_access():
        lease = drafted(flat, person)
    page, agree = f"/sopimukset/{lease.pk}/", f"{ADDRESS}sopimus/{lease.pk}/"
    assert agree in html(browser, page)
    form = html(browser, agree)
    assert "650,00" in form and "Miksi?" in form  # the usual, and why no more than three
    asked = {"demanded_eur": "2275,00", "form": "money", "due_on": day(7)}
    refused = browser.post(agree, asked)
    assert refused.status_code == 422
    assert "mitätön" in refused.content.decode() and "2275,00" in refused.content.decode()
    browser.post(agree, asked | {"demanded_eur": "1300,00"})
    text = html(browser, page)
    assert "Vakuus" in text and "1 300,00" in text.replace("\xa0", " ")
    with system_access():
        deposit = Deposit.objects.get()
    own = f"{ADDRESS}{deposit.pk}/"
    paid = {"payer": "tenant", "payer_name": "", "euros": "650,00", "on": day(), "reference": ""}
    assert browser.post(f"{own}maksu/", paid)["Location"] == own
    assert browser.post(f"{own}maksu/", paid).status_code == 422  # a double click
    with system_access():
        assert deposit.receipts.count() == 1
    given = {
        "purpose": "deposit", "issuer": "kela", "number": "K-7", "amount_eur": "650,00",
        "valid_from": day(), "valid_to": "",
    }  # fmt: skip
    assert browser.post(f"{agree}sitoumus/", given)["Location"] == own
    assert "Vakuus annettu" in html(browser, own)
    with system_access():
        made = Commitment.objects.get()
    realised = f"{ADDRESS}sitoumus/{made.pk}/saatu/"
    assert browser.post(realised, {"euros": "700,00", "on": day()}).status_code == 422
    assert browser.post(realised, {"euros": "100,00", "on": day()}).status_code == 302


def test_a_signed_lease_without_its_deposit_is_in_force_and_told(
    signed_in: SignedIn, flat: Flat, person: Person, staff: Staff
) -> None:
    browser = signed_in("SOP")
    with acting(staff.clerk):
        lease = concluded(flat, person)
        deposit = services.agree(lease, RENT, Form.MONEY, TODAY + DAY, today=TODAY)
        deposit.due_on = TODAY - DAY
        deposit.save()
    text = html(browser, f"/sopimukset/{lease.pk}/")
    assert "Voimassa" in text and "Vakuus antamatta" in text
    assert "purkaa" in html(browser, f"{ADDRESS}{deposit.pk}/")
    assert f"{ADDRESS}{deposit.pk}/" in html(browser, f"{ADDRESS}?rajaus=saamatta")
    assert "Hanki vakuus" in html(browser, "/")
    with acting(staff.clerk):
        services.receive(deposit, Payer.TENANT, RENT, on=TODAY, today=TODAY)
    assert "Hanki vakuus" not in html(browser, "/")


def test_a_deposit_goes_back_through_every_step(
    signed_in: SignedIn, ended: Deposit, staff: Staff
) -> None:
    clerk, payer = signed_in("SOP"), sign_in(Client(), staff.payer)
    own = f"{ADDRESS}{ended.pk}/"
    text = html(clerk, own)
    assert "Huoneistoa ei ole tarkastettu" in text and "Palautettava" in text and "Miksi?" in text
    assert "Selvitä ja palauta vakuus" in html(clerk, "/")
    listed = html(clerk, f"{ADDRESS}?rajaus=palautettavat")
    assert own in listed and "Koulukatu 5 A 2" in listed
    nothing = clerk.post(f"{own}tarkistus/", {"handed_over_on": "", "inspected_on": ""})
    assert nothing.status_code == 422 and "Kirjoita luovutuspäivä" in nothing.content.decode()
    clerk.post(f"{own}tarkistus/", {"handed_over_on": day(-9), "inspected_on": day(-9)})
    assert clerk.post(f"{own}saldo/", {"euros": "0"}).status_code == 403
    payer.post(f"{own}saldo/", {"euros": "0,00"})
    kept = {"reason": "cleaning", "euros": "120,50", "evidence": "loppukatselmus 4"}
    assert clerk.post(f"{own}vahennys/", kept | {"evidence": ""}).status_code == 422
    clerk.post(f"{own}vahennys/", kept)
    wrong = payer.post(
        f"{own}tili/", {"payer": "tenant", "iban": IBAN[:-1] + "6", "holder": "", "reason": ""}
    )
    assert wrong.status_code == 422
    payer.post(f"{own}tili/", {"payer": "tenant", "iban": IBAN, "holder": "", "reason": ""})
    assert clerk.post(f"{own}selvitys/", {"interest": "0,00"})["Location"] == own
    assert clerk.post(f"{own}selvitys/hyvaksy/").status_code == 403
    assert "Hyväksy vakuuden selvitys" in html(payer, "/")
    refused = payer.post(f"{own}selvitys/hyvaksy/", follow=True).content.decode()
    assert "Kirjasit palautustilin itse" in refused
    with system_access():
        account = RefundAccount.objects.get()
    confirm = f"{own}tili/{account.pk}/vahvista/"
    asked = html(clerk, confirm)
    assert confirm in html(clerk, own) and "Älä kysy tilinumeroa" in asked
    held = re.search(r'<option value="(\d+)"', asked)
    assert held is not None
    clerk.post(confirm, {"called": held[1]})
    payer.post(f"{own}selvitys/hyvaksy/")
    clerk.post(f"{own}selvitys/ilmoitus/", {"on": day()})
    with system_access():
        settlement = Settlement.objects.get()
        payout = settlement.payouts.get()
    assert settlement.closed and str(payout.euros) == "1179.50"
    assert payer.post(f"{own}palautus/{payout.pk}/", {"on": day(), "reference": "RF1"})["Location"]
    assert "Selvitetty" in html(clerk, own)
    assert own not in html(clerk, f"{ADDRESS}?rajaus=palautettavat")
    payer.post(f"{own}selvitys/hyvaksy/")  # twice does nothing
    assert "jo hyväksytty" in html(payer, own)


def test_DP_A45_the_account_is_dots_for_the_clerk_and_opened_by_the_accountant(
    signed_in: SignedIn, ready: Deposit, staff: Staff
) -> None:
    clerk, payer = signed_in("SOP"), sign_in(Client(), staff.second)
    own = f"{ADDRESS}{ready.pk}/"
    with acting(staff.payer):
        new = account(ready, iban=NEXT_IBAN, now=NOW - timedelta(hours=2))
    plain = NEXT_IBAN.replace(" ", "")
    for browser in (clerk, payer):
        text = html(browser, own)
        assert plain not in text and NEXT_IBAN not in text and "Vahvistamatta" in text
    show = f"{own}tili/{new.pk}/nayta/iban/"
    assert clerk.post(show).status_code == 403
    assert plain in payer.post(show).content.decode()
    assert payer.post(f"{own}tili/{new.pk}/nayta/uuid/").status_code == 404
    confirm = f"{own}tili/{new.pk}/vahvista/"
    assert "Tunnistettu toimipisteessä" in html(clerk, confirm)
    assert "Vahvista palautustilin vaihto" in html(clerk, "/")
    assert clerk.post(confirm, {"called": ""})["Location"] == own
    with system_access():
        assert RefundAccount.objects.get(pk=new.pk).confirmed == "visit"
    assert "Vahvista palautustilin vaihto" not in html(clerk, "/")


def test_who_may_see_deposits(signed_in: SignedIn, ended: Deposit) -> None:
    own = f"{ADDRESS}{ended.pk}/"
    assert signed_in("HUO").get(own).status_code == 403
    assert signed_in("JOH").get(own).status_code == 403
    manager = sign_in(Client(), make_user(Role.JOH))
    assert own not in html(manager, f"/sopimukset/{ended.lease_id}/")
    assert "Palautustili" not in html(signed_in("PER"), own)
    clerk = signed_in("SOP")
    assert clerk.get(f"{ADDRESS}999999/").status_code == 404


def test_the_home_of_a_protected_tenant_is_not_told(
    signed_in: SignedIn, ended: Deposit, person: Person
) -> None:
    with system_access():
        ban(person)
    clerk = signed_in("SOP")
    assert "Koulukatu" not in html(clerk, f"{ADDRESS}{ended.pk}/")
    listed = html(clerk, ADDRESS)
    assert "Turvakielto – ei näytetä" in listed and "Koulukatu" not in listed
    assert f"{ADDRESS}{ended.pk}/" not in html(signed_in("TAL"), ADDRESS)


@pytest.mark.parametrize("view", ["", "?rajaus=saamatta", "?rajaus=myohassa"])
def test_lists_cost_the_same_however_long(
    signed_in: SignedIn, stair: Stair, person: Person, staff: Staff, view: str
) -> None:
    browser = signed_in("SOP")

    def made(number: int) -> None:
        with acting(staff.clerk):
            lease = concluded(make_flat(stair, 20 + number), person)
            services.agree(lease, RENT, Form.MONEY, TODAY, today=TODAY)

    made(1)
    browser.get(ADDRESS + view)
    with CaptureQueriesContext(connection) as few:
        browser.get(ADDRESS + view)
    for number in (2, 3, 4):
        made(number)
    with CaptureQueriesContext(connection) as many:
        browser.get(ADDRESS + view)
    assert len(many) <= len(few)
