"""Pages and forms that the user may open, found by the beginnings of their words."""

from __future__ import annotations

import unicodedata
from datetime import date

from django.utils.translation import gettext

from vuokra.access.context import current
from vuokra.search.registry import LIMIT, Hit
from vuokra.ui import navigation


def find(text: str, today: date) -> list[Hit]:
    """Pages of the navigation, and forms of the `+ Uusi` menu, whose words begin as typed."""
    typed = _folded(text).split()
    return [hit for hit in _offered() if typed and _fits(typed, _folded(hit.title))][:LIMIT]


def _offered() -> list[Hit]:
    actor = current().actor
    pages = [
        Hit(item.url, str(item.label), str(block.title))
        for block in navigation.blocks(actor, "", counts=False)
        for item in block.items
    ]
    forms = [
        Hit(item.url, gettext("Uusi: %(what)s") % {"what": item.label})
        for item in navigation.new_items(actor)
    ]
    return pages + forms


def _fits(typed: list[str], title: str) -> bool:
    """Whether every typed word begins a word of the title."""
    words = title.split()
    return all(any(word.startswith(part) for word in words) for part in typed)


def _folded(text: str) -> str:
    """Lower case without marks above letters, words parted by spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
