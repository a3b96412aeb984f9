"""Choosing a person of the register within another form: search by POST, nothing typed is lost.

A search text that was changed means search, whichever way the form was sent; one that was not
changed means save. So Enter does what one expects in every field.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.persons import queries as persons
from registry.persons.forms import NOT_REMEMBERED
from registry.persons.models import Person
from registry.persons.rules import find_hetus
from vuokra.search.registry import TooShort

SHOWN = 8
SEARCH_LENGTH = 100
SEARCH = "search"


class PickFields(forms.Form):
    """What was typed, what was searched last, and who was chosen."""

    q = forms.CharField(
        label=gettext_lazy("Nimi tai asiakasnumero"),
        required=False,
        max_length=SEARCH_LENGTH,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
    )
    searched = forms.CharField(required=False, widget=forms.HiddenInput, max_length=SEARCH_LENGTH)
    chosen = forms.SlugField(required=False, widget=forms.HiddenInput)


@dataclass(slots=True)
class Picked:
    """Who was found and who is chosen; `more` tells that the search found others too.

    `initial` is what was typed, for showing the form again; `problem` why nothing was searched.
    """

    hits: list[Person] = field(default_factory=list)
    chosen: Person | None = None
    searched: bool = False
    more: bool = False
    problem: str = ""
    initial: dict[str, Any] = field(default_factory=dict)

    @property
    def choices(self) -> list[Person]:
        """Whom the form offers, the chosen one among them."""
        if self.chosen is None or self.chosen in self.hits:
            return self.hits
        return [self.chosen, *self.hits]


def pick(data: QueryDict, *, today: date) -> Picked:
    """Read who was chosen, and search when the form was sent to search.

    An identity code that was typed is not put back into the page. Raises ObjectDenied for a person
    out of reach, FunctionDenied for a code when the role may not know codes.
    """
    picked = Picked(initial=data.dict())
    if code := data.get("chosen", ""):
        picked.chosen = persons.person_by_public_id(code)
    text = data.get("q", "").strip()[:SEARCH_LENGTH]
    if SEARCH not in data and text == data.get("searched", ""):
        return picked
    picked.searched = True
    try:
        found = persons.find(text, today=today, limit=SHOWN)
    except TooShort:
        picked.problem = _("Kirjoita enemmän nimestä, tai koko asiakasnumero.")
        return picked
    picked.hits = found.persons
    picked.more = found.more
    shown = "" if find_hetus(text) else text
    picked.initial |= {"q": shown, "searched": shown}
    return picked
