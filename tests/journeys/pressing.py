"""Buttons that lead to another page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def press(page: Page, name: str = "Tallenna", *, exact: bool = False) -> None:
    """Press the last button of this name, and wait for the page that follows. The page of the
    button is waited for first: a link that led to it would else be taken for what follows."""
    button = page.get_by_role("button", name=name, exact=exact).last
    button.wait_for()
    with page.expect_navigation():
        button.click()
