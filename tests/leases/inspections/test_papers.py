"""The record of an inspection on paper."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from leases.contracts.models import Lease
from leases.inspections import papers, services
from leases.inspections.models import Inspection
from registry.persons.models import Person
from tests.leases.contracts.paperwork import lacking, made, text
from tests.leases.inspections.conftest import CAUSED, WORN, agreed, finished, first_room
from tests.people import make_user, sign_in, system_access
from tests.registry.protection.conftest import acting, ban
from tests.vuokra.documents.conftest import company, files
from vuokra.accounts.models import User
from vuokra.policy.roles import Role

__all__ = ["company", "files"]
pytestmark = pytest.mark.usefixtures("company", "files")


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(Role.SOP)


@pytest.fixture
def done(lease: Lease) -> Inspection:
    with system_access():
        row = agreed(lease)
        for details in (CAUSED, WORN):
            services.add_remark(first_room(row), details)
        return finished(row)


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("fi", ["Tarkastuspöytäkirja", "Ei huomautettavaa", "perittäväksi", "Paikka ja aika",
             "Eteinen"]),
     ("en", ["Inspection record", "No remarks", "Proposed", "Place and date", "Hall"])],
)  # fmt: skip
def test_the_record_says_what_was_seen(
    clerk: User, done: Inspection, person: Person, language: str, wanted: list[str]
) -> None:
    with system_access():
        person.language = language
        person.save()
    with acting(clerk):
        document = papers.order_record(done)
    found = text(clerk, made(document))
    common = ["Lattia", "Naarmu ikkunan edessä", "120,00 €", "Koulukatu 5 A 2",
              "Marjukka Anneli Lehtovaara"]  # fmt: skip
    assert lacking(found, common + wanted) == [] and "150685" not in found


def test_whoever_inspects_prints_the_record_without_reading_leases(
    done: Inspection, person: Person
) -> None:
    caretaker = make_user(Role.HUO)
    browser, page = sign_in(Client(), caretaker), f"/tarkastukset/{done.pk}/"
    assert f"{page}tulosta/" in browser.get(page).content.decode()
    assert browser.post(f"{page}tulosta/")["Location"].startswith("/asiakirjat/")
    with acting(caretaker):
        document = papers.order_record(done)
    found = text(caretaker, made(document))
    assert "Koulukatu 5 A 2" in found and "Marjukka Anneli Lehtovaara" in found


def test_there_is_none_before_it_is_done(clerk: User, lease: Lease) -> None:
    with system_access():
        row = agreed(lease)
    with acting(clerk), pytest.raises(ValidationError):
        papers.order_record(row)


def test_under_turvakielto_no_flat_is_named(clerk: User, done: Inspection, person: Person) -> None:
    with system_access():
        ban(person)
    with acting(clerk):
        document = papers.order_record(done)
    assert "Koulukatu" not in text(clerk, made(document))


def test_it_is_ordered_from_the_page(clerk: User, done: Inspection) -> None:
    browser, page = sign_in(Client(), clerk), f"/tarkastukset/{done.pk}/"
    assert f"{page}tulosta/" in browser.get(page).content.decode()
    assert browser.post(f"{page}tulosta/")["Location"].startswith("/asiakirjat/")
