"""Where links of the pages of applications lead, and by which words they are called."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from applications.intake.codes import IncomeKind, State
from applications.intake.models import Income
from registry.persons.models import Person
from tests.applications.intake.conftest import SignedIn, row, system_access
from tests.applications.intake.test_pages import at, body

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["application", "review"])
def test_links_of_a_part_are_called_by_the_words_of_its_row(
    signed_in: SignedIn, person: Person, page: str
) -> None:
    with system_access():
        told = row(person, State.RECEIVED)
        one = told.members.get()
        part = Income.objects.create(member=one, kind=IncomeKind.PENSION, euros=Decimal(900))
    found = body(signed_in("HAK"), at(page, told))
    for act in ("muuta", "poista"):
        link = re.search(rf'<a id="{act}-tulo-{part.pk}" aria-labelledby="(.*?)"', found)
        assert link is not None
        (own, row_) = link.group(1).split()
        assert own == f"{act}-tulo-{part.pk}", "its own word first"
        (words,) = re.findall(rf'<span id="{row_}">(.*?)</span>', found, re.S)
        assert "Eläke" in words and str(part.pk) not in words
    assert f", {part.pk}</span>" not in found, "no number of the database"


def test_an_empty_list_begins_an_application_for_those_who_may(signed_in: SignedIn) -> None:
    new = f'href="{reverse("applications:whole")}"'

    def empty(role: str) -> str:
        found = body(signed_in(role), reverse("applications:list"))
        return found.split('<div class="empty">')[1].split("</div>")[0]

    found = empty("HAK")
    assert new in found and "Uusi hakemus" in found
    assert "<a" not in empty("VAL")
