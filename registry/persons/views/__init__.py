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
from registry.persons.views.history import history
from registry.persons.views.lists import (
    chosen,
    delete_view,
    export,
    open_view,
    person_list,
    save_view,
    search,
)
from registry.persons.views.marks import add_mark, edit_death, end_mark, restricted, review_hold
from registry.persons.views.notices import add_notice
from registry.persons.views.standing import add_tie, end_tie, ties

__all__ = [
    "add_address",
    "add_contact_point",
    "add_mark",
    "add_notice",
    "add_tie",
    "card",
    "change_purpose",
    "chosen",
    "delete_view",
    "edit_death",
    "edit_identity",
    "edit_person",
    "end_address",
    "end_contact_point",
    "end_mark",
    "end_tie",
    "export",
    "history",
    "new_person",
    "open_view",
    "person_list",
    "restricted",
    "reveal_hetu",
    "review_hold",
    "save_view",
    "search",
    "ties",
]
