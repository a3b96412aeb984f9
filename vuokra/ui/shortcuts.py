"""Keyboard shortcuts: one table, from which both the list on the screen and the handlers come.

The list (`?`) is rendered with `data-keys`, and `vuokra.js` reads its handlers from that list.
Single letters work outside text fields only and can be turned off (WCAG 2.1.4) with a cookie
that the help page sets. Source: user-interface direction, section 10.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vuokra.ui.navigation import Block

COOKIE = "vuokra_shortcuts"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Keys pressed one after another (`g h`) and what they do: an action of ours or an address."""

    keys: str
    label: str | Promise
    action: str = ""
    url: str = ""

    @property
    def each(self) -> list[str]:
        """The keys as they are printed."""
        return self.keys.split(" ")


FIXED = (
    Shortcut("/", _("Hae"), action="search"),
    Shortcut("?", _("Pikanäppäimet"), action="list"),
    Shortcut("j", _("Seuraava rivi"), action="next-row"),
    Shortcut("k", _("Edellinen rivi"), action="previous-row"),
    Shortcut("x", _("Valitse rivi"), action="choose-row"),
    Shortcut("Enter", _("Avaa rivi"), action="open-row"),
    Shortcut("Ctrl+Enter", _("Tallenna lomake"), action="save"),
    Shortcut("Esc", _("Sulje"), action="close"),
)


def for_navigation(blocks: Iterable[Block]) -> list[Shortcut]:
    """The fixed shortcuts and `g` + letter for each page of the navigation that has one."""
    pages = [
        Shortcut(f"g {item.shortcut}", item.label, url=item.url)
        for block in blocks
        for item in block.items
        if item.shortcut
    ]
    return [*FIXED, *pages]


def enabled(request: HttpRequest) -> bool:
    """Whether the user has left single-letter shortcuts on."""
    return request.COOKIES.get(COOKIE) != "off"
