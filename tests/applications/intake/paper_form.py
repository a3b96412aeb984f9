"""The long form as a browser without scripts fills and sends it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

SAVE: dict[str, str] = {}


class Controls(HTMLParser):
    """What the form of a page would send: its controls with their values, ticked boxes alone."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.buttons: list[tuple[str, str]] = []
        self.focus = ""
        self._inside = False
        self._select: list[str] = []
        self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = told.get("id") == "whole"
        if not self._inside:
            return
        if "autofocus" in told:
            self.focus = told.get("name", told.get("class", ""))
        if tag == "button" and told.get("name"):
            self.buttons.append((told["name"], told["value"]))
        elif tag == "input" and told.get("name"):
            box = told.get("type") in ("checkbox", "radio")
            if (not box or "checked" in told) and told["name"] != "csrfmiddlewaretoken":
                value = told.get("value", "on" if box else "")
                self.sent.setdefault(told["name"], []).append(value)
        elif tag == "select":
            self._select = [told["name"]]
        elif tag == "option" and self._select:
            if "selected" in told or len(self._select) == 1:
                self._select[1:] = [told["value"]]
        elif tag == "textarea":
            self._select, self._text = [], told["name"]
            self.sent[self._text] = [""]

    def handle_data(self, data: str) -> None:
        if self._text:
            self.sent[self._text][0] += data.removeprefix("\n").removeprefix("\r\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select" and self._select:
            self.sent[self._select[0]] = self._select[1:]
            self._select = []
        elif tag == "textarea":
            self._text = ""


class Paper:
    """The long form in the hands of somebody who types."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.url = reverse("applications:whole")
        self._answered(client.get(self.url))

    def _answered(self, answer: HttpResponse) -> None:
        self.answer: Any = answer
        if answer.status_code in (200, 422):
            self.controls = Controls(answer.content.decode())

    @property
    def sent(self) -> dict[str, list[str]]:
        return self.controls.sent

    @property
    def page(self) -> str:
        page: str = self.answer.content.decode()
        return page

    def type(self, **typed: str | list[str]) -> Paper:
        """Fill fields: `income_1__euros` is the field euros of the first row of income."""
        for name, value in typed.items():
            where, _two, field = name.partition("__")
            name = f"{where.replace('_', '-')}-{field}"
            known = [*self.sent, "applicant-protected", "wish-sites", "told-income", "told-wealth"]
            assert name in known or field == "confirmed", name
            self.sent[name] = value if isinstance(value, list) else [value]
        return self

    def press(self, name: str = "", value: str = "1") -> Paper:
        """Send the form by a button; by the one that saves when none is named."""
        more = {name: [value]} if name else SAVE
        if name in ("add", "drop"):
            assert (name, value) in self.controls.buttons
        self._answered(self.client.post(self.url, self.sent | more))
        return self

    def wrong(self) -> dict[str, str]:
        """What the summary tells, by the id that it links to."""
        assert self.answer.status_code == 422
        told = {one.anchor: one.text for one in self.answer.context["errors"]}
        for anchor in told:
            assert f'href="#{anchor}"' in self.page
            assert f'id="{anchor}"' in self.page
        return told
