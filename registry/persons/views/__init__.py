"""Pages of people: list, search, card, forms, reveal, export."""

from registry.persons.views.card import card, change_purpose, reveal_hetu
from registry.persons.views.editing import (
    add_address,
    add_contact_point,
    edit_identity,
    edit_person,
    end_address,
    end_contact_point,
    new_person,
)
from registry.persons.views.lists import export, person_list, search

__all__ = [
    "add_address", "add_contact_point", "card", "change_purpose", "edit_identity", "edit_person",
    "end_address", "end_contact_point", "export", "new_person", "person_list", "reveal_hetu",
    "search",
]  # fmt: skip
