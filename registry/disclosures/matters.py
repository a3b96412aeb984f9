"""The matter because of which a recipient is told (article 19): its room says where its page is."""

from __future__ import annotations

from collections.abc import Callable

from registry.disclosures.models import Notification

Page = Callable[[Notification], str]

_pages: list[Page] = []


def register(page: Page) -> None:
    """Let a room say where the page of a matter of its own is: an address of the product, or an
    empty text when the matter is not its, or not for the user."""
    _pages.append(page)


def page_of(task: Notification) -> str:
    """The page of the task's matter; an empty text when no room knows it."""
    return next(filter(None, (page(task) for page in _pages)), "")
