"""Papers of leases in the browser: ordered from the page, many at once, and as one file."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from leases.contracts import papers, services
from leases.contracts.models import Lease, Pets
from leases.contracts.rules.notice import Document as Paper
from leases.homes.models import Stair
from registry.persons.models import Person, TieKind
from registry.persons.services.standing import record_tie
from tests.leases.contracts.conftest import TODAY, SignedIn, drafted, make_flat, other
from tests.leases.contracts.paperwork import made, reader, words
from tests.leases.contracts.test_papers import (
    STARTS,
    clerk,
    company,
    files,
    guarantor,
    lease,
    noticed,
    old,
)
from tests.people import make_user, sign_in, system_access
from vuokra.access.models import AccessEvent
from vuokra.accounts.models import User
from vuokra.documents import registry, tasks
from vuokra.documents.errors import Fault
from vuokra.documents.models import Document
from vuokra.policy.roles import Role as StaffRole

__all__ = ["clerk", "company", "files", "guarantor", "lease", "old", "other"]
pytestmark = pytest.mark.usefixtures("company", "files")


def test_papers_are_ordered_and_listed_on_the_page(
    clerk: User, lease: Lease, person: Person
) -> None:
    browser = sign_in(Client(), clerk)
    page = f"/sopimukset/{lease.pk}/"
    assert "Tulosta sopimus" in browser.get(page).content.decode()
    ordered = browser.post(f"{page}tulosta/", {"paper": "lease"})
    assert ordered["Location"].startswith("/asiakirjat/")
    shown = browser.get(page).content.decode()
    assert ordered["Location"] in shown
    assert ordered["Location"] in browser.get(f"/henkilot/{person.public_id}/").content.decode()
    wrong = browser.post(f"{page}tulosta/", {"paper": "outo"}, follow=True)
    assert "Valitse asiakirja ja kieli" in wrong.content.decode()
    refused = browser.post(
        f"{page}tulosta/", {"paper": "confirmation", "language": "fi"}, follow=True
    )
    assert "ei voi tulostaa nyt" in refused.content.decode()


def test_annexes_are_chosen_on_the_page_by_those_who_keep_leases(clerk: User, lease: Lease) -> None:
    page = f"/sopimukset/{lease.pk}/"
    shown = sign_in(Client(), clerk).get(page).content.decode()
    for paper in ("household", "rules"):
        assert f'<option value="{paper}"' in shown
    reads = sign_in(Client(), make_user(StaffRole.TAL)).get(page)
    assert reads.status_code == 200 and 'name="paper"' not in reads.content.decode()


def test_a_notice_is_printed_from_its_row(clerk: User, old: Lease) -> None:
    notice = noticed(old, Paper.WARNING, breach="4", ground="Melu öisin.")
    browser, page = sign_in(Client(), clerk), f"/sopimukset/{old.pk}/"
    address = f"{page}ilmoitus/{notice.pk}/tulosta/"
    assert address in browser.get(page).content.decode()
    assert browser.post(address)["Location"].startswith("/asiakirjat/")


def test_leases_to_be_signed_are_printed_at_once(
    clerk: User, lease: Lease, stair: Stair, guarantor: Person, other: Person
) -> None:
    with system_access():
        second = drafted(make_flat(stair, 7), other, starts_on=STARTS)
        services.make_ready(second, today=TODAY)
        drafted(make_flat(stair, 8), guarantor, starts_on=STARTS)
    browser = sign_in(Client(), clerk)
    assert "Tulosta sopimukset" in browser.get("/sopimukset/?rajaus=odottaa").content.decode()
    page = browser.post("/sopimukset/tulosta/")["Location"]
    assert "0 / 2" in browser.get(page).content.decode()
    with system_access():
        waiting = list(Document.objects.order_by("pk"))
    assert [one.reference for one in waiting] == [f"VS-{lease.number}", f"VS-{second.number}"]
    made(waiting[0])
    moving = browser.get(page, headers={"HX-Request": "true"}).content.decode()
    assert "1 / 2, 50" in moving
    tasks._fail(waiting[1].pk, Fault.OTHER)
    assert "Tee keskeneräiset uudelleen" in browser.get(page).content.decode()
    browser.post(f"{page}uudelleen/")
    made(waiting[1])
    assert "2 / 2" in browser.get(page).content.decode()
    assert browser.get(page, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    stranger = sign_in(Client(), make_user(StaffRole.SOP, username="toinen"))
    assert stranger.get(page).status_code == 404
    assert stranger.get(f"{page}tuloste/").status_code == 404


def test_what_was_ordered_together_is_printed_as_one_file(
    clerk: User, lease: Lease, stair: Stair, person: Person, guarantor: Person, other: Person
) -> None:
    with system_access():
        second = drafted(make_flat(stair, 7), guarantor, starts_on=STARTS)
        services.make_ready(second, today=TODAY)
    browser = sign_in(Client(), clerk)
    page = browser.post("/sopimukset/tulosta/")["Location"]
    assert browser.get(f"{page}tuloste/").status_code == 404, "nothing is ready"
    with system_access():
        waiting = list(Document.objects.order_by("pk"))
    lengths = [made(one).pages or 0 for one in waiting]
    assert f"{page}tuloste/" in browser.get(page).content.decode()
    together = browser.get(f"{page}tuloste/")
    assert str(lease.number) not in together["Content-Disposition"]
    assert len(reader(together.content).pages) == sum(lengths)
    found = words(together.content)
    assert found.index(f"VS-{lease.number}") < found.index(f"VS-{second.number}")
    with system_access():
        opening = AccessEvent.objects.filter(actor_id=clerk.pk).order_by("-pk")[0]
    assert set(opening.subjects) == {person.pk, other.pk, guarantor.pk}
    sheets = browser.get(f"{page}tuloste/", {"kaksipuolisesti": "1"})
    assert len(reader(sheets.content).pages) == sum(one + one % 2 for one in lengths)


def test_A2_one_closed_record_closes_the_file_of_all(
    clerk: User, lease: Lease, person: Person
) -> None:
    browser = sign_in(Client(), clerk)
    page = browser.post("/sopimukset/tulosta/")["Location"]
    with system_access():
        (waiting,) = Document.objects.all()
    made(waiting)
    with system_access():
        record_tie(person, clerk.pk, TieKind.OWN, valid_from=date(2024, 1, 1))
    assert browser.get(f"{page}tuloste/").status_code in (403, 404)


def test_every_paper_speaks_both_languages(signed_in: SignedIn) -> None:
    """Names of the papers have English; each is registered and refuses nobody's language."""
    for kind in papers.KINDS:
        assert registry.kind_of(kind.key) is kind and kind.languages == ("fi", "en")
        with translation.override("en"):
            english = str(kind.title)
        with translation.override("fi"):
            assert english != str(kind.title)


def test_a_ban_on_pets_is_no_objection_in_english() -> None:
    """The same Finnish word is a consent's state elsewhere."""
    with translation.override("en"):
        assert str(Pets.FORBIDDEN.label) == "Not allowed"
