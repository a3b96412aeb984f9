"""A sheet about a person with turvakielto carries the printer's name across it (ui 6, *Print*)."""

from __future__ import annotations

from registry.persons.models import Person
from tests.registry.persons.conftest import SignedIn
from tests.registry.persons.test_pages import card_of


def test_the_sheet_is_marked_with_who_printed_it(signed_in: SignedIn, protected: Person) -> None:
    text = signed_in("SOP").get(card_of(protected)).text
    mark = text[text.index('class="print-only watermark"') :][:200]
    name = text[text.index('class="nav-user"') :].partition("<strong>")[2].partition("<")[0]
    assert name
    assert name in mark
